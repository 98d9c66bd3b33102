"""What the next round of a series is likely to be, offered beside the form and never written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Field
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dialogues.models import Participant, Round, Series
from dialogues.queries.proposals import Proposal, last_people, propose
from dialogues.vocabulary import Host

#: What is copied of somebody who took part before.
OF_A_PERSON = ("side", "role", "person", "name", "title", "institution")


@dataclass(frozen=True)
class Line:
    """One proposal: the field, what goes into it, and why."""

    field: str
    value: Any
    label: str
    why: str

    @property
    def what(self) -> str:
        field = cast("Field[Any, Any]", Round._meta.get_field(self.field))
        return capfirst(str(field.verbose_name))


def lines_of(proposal: Proposal) -> list[Line]:
    """What is proposed, in the order of the form."""
    found = []
    if number := proposal.edition:
        why = _("The highest so far is %(edition)s.") % {"edition": number - 1}
        found.append(Line("edition", number, str(number), why))
    if proposal.host:
        changed, known = proposal.turns
        why = (
            _("The host changed %(changed)s of %(known)s times from one round to the next.")
            % {"changed": changed, "known": known}
            if known
            else _("It was the other side's turn last time.")
        )
        found.append(Line("host", proposal.host, str(Host(proposal.host).label), why))
    if proposal.venue and proposal.venue_of:
        why = _("There this host had the round of %(when)s.") % {
            "when": proposal.venue_of["date"].display() if proposal.venue_of["date"] else "–"
        }
        found.append(Line("venues", proposal.venue.pk, str(proposal.venue), why))
    return found


def proposal_view(site: ModelAdmin[Round]) -> Any:
    """The view that the form asks when a series is chosen: `?series=` its id, `?for=` the round
    that is being edited, if it is stored already. Answers a piece of a page."""

    def view(request: HttpRequest) -> HttpResponse:
        if not site.has_view_or_change_permission(request):
            raise PermissionDenied
        series = series_asked(request.GET.get("series", ""), request.user)
        if series is None:
            raise Http404
        stored = request.GET.get("for", "")
        return render(
            request,
            "admin/dialogues/round/proposal.html",
            offered(series, request.user, int(stored) if stored.isdecimal() else None),
        )

    return view


def offered(series: Series, user: Any, but: int | None) -> dict[str, Any]:
    """For that piece of a page: a stored round has its edition and host, and lacks its people."""
    proposal = propose(series, user) if but is None else None
    return {
        "series": series,
        "proposal": proposal and {"planned": proposal.planned, "lines": lines_of(proposal)},
        "people": last_people(series.pk, but, user),
    }


def series_asked(text: str, user: Any) -> Series | None:
    """The series of that slug or id, if the user sees it."""
    seen = Series.objects.visible_to(user)
    found: Series | None = seen.filter(slug=text).first()
    if found is None and text.isdecimal() and len(text) < 10:
        found = seen.filter(pk=text).first()
    return found


def prefilled(series: Series, user: Any) -> dict[str, Any]:
    """What the form of a new round begins with where a link asks for the series' next one."""
    proposed = {line.field: line.value for line in lines_of(propose(series, user))}
    if "venues" in proposed:
        proposed["venues"] = [proposed["venues"]]
    return {"series": series.pk, "status": "held", **proposed}


def people_asked(request: HttpRequest) -> list[Participant]:
    """Whom the form of a new round begins with where a link asks for the last round's people."""
    if request.method != "GET" or "people" not in request.GET:
        return []
    if not hasattr(request, "people_asked"):
        series = series_asked(request.GET.get("series", ""), request.user)
        found = last_people(series.pk, None, request.user) if series else []
        request.people_asked = found  # type: ignore[attr-defined]
    people: list[Participant] = request.people_asked  # type: ignore[attr-defined]
    return people


def copied(one: Participant) -> dict[str, Any]:
    """A row of somebody who took part before."""
    return {name: getattr(one, f"{name}_id", getattr(one, name)) for name in OF_A_PERSON}
