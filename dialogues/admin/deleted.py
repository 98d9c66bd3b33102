"""What was deleted: a list beside each of the records, from which it is brought back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.models import Round, Series
from dialogues.queries.changes import Event
from dialogues.queries.deleted import deleted, who_deleted
from dialogues.records.errors import RecordsRefused
from dialogues.records.restoring import bring_back_round, may_bring_back

SHOWN = 50
#: By what a deleted row is told: the first that it has.
NAMES = ("title", "name", "city", "slug")


class BringingBackAdmin(admin.ModelAdmin):
    """For records that can be brought back after they were deleted; mixed in before the others."""

    change_list_template = "admin/dialogues/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(deleted_view(self))
        name = f"dialogues_{self.opts.model_name}_deleted"
        return [path("deleted/", view, name=name), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        link = reverse(f"admin:dialogues_{self.opts.model_name}_deleted")
        offered = {"deleted_url": link} if self.may_bring_back_any(request) else {}
        return super().changelist_view(request, {**offered, **(extra_context or {})})

    def may_bring_back_any(self, request: HttpRequest) -> bool:
        """Whether the list of what was deleted is the editor's to see."""
        if self.model is Round:
            return bool(request.user.has_perm("dialogues.add_round"))
        return workflow.may_bring_back_rows(request.user, self.model)


def deleted_view(site: BringingBackAdmin) -> Callable[..., HttpResponse]:
    """The list of what was deleted (GET); one of it is brought back (POST, `event`)."""

    def view(request: HttpRequest) -> HttpResponse:
        if not site.may_bring_back_any(request):
            raise PermissionDenied
        gone = deleted(site.model, request.user)
        if request.method == "POST":
            number = request.POST.get("event", "")
            event = gone.filter(pgh_id=number).first() if number.isdecimal() else None
            return bring_back(site, request, event)
        page = Paginator(gone, SHOWN).get_page(request.GET.get("p"))
        events = list(page)
        authors = who_deleted(events)
        series = series_of(request, site, events)
        allowed = allowed_of(request, site, events, series)
        context = {
            **site.admin_site.each_context(request),
            "title": _("Deleted: %s") % site.opts.verbose_name_plural,
            "opts": site.opts,
            "page": page,
            "rows": [
                {
                    "event": event,
                    "name": name_of(event, series),
                    "author": authors[event.pgh_id],
                    "allowed": event.pgh_id in allowed,
                }
                for event in events
            ],
        }
        return TemplateResponse(request, "admin/dialogues/deleted.html", context)

    return view


def bring_back(site: BringingBackAdmin, request: HttpRequest, event: Event | None) -> HttpResponse:
    """Bring it back, or say why not."""
    back = HttpResponseRedirect(request.get_full_path())
    if event is None:
        return back
    verb: Any = bring_back_round if site.model is Round else workflow.bring_back_row
    try:
        record = verb(request.user, event)
    except ValidationError as refusal:
        messages.error(request, f"{name_of(event)}: {' '.join(refusal.messages)}")
    except (PermissionDenied, RecordsRefused) as refusal:
        messages.error(request, f"{name_of(event)}: {refusal}")
    else:
        messages.success(request, _("Brought back: %s") % record)
        return HttpResponseRedirect(
            reverse(f"admin:dialogues_{site.opts.model_name}_change", args=[record.pk])
        )
    return back


def series_of(
    request: HttpRequest, site: BringingBackAdmin, events: list[Event]
) -> dict[Any, Series]:
    """The series that rounds were of, as far as the editor sees them, by their ids."""
    if site.model is not Round:
        return {}
    return Series.objects.visible_to(request.user).in_bulk({event.series_id for event in events})


def allowed_of(
    request: HttpRequest, site: BringingBackAdmin, events: list[Event], series: dict[Any, Series]
) -> set[Any]:
    """Those that the editor may bring back, by the event's id."""
    if site.model is not Round:
        return {event.pgh_id for event in events}
    return {
        event.pgh_id
        for event in events
        if event.series_id in series
        and may_bring_back(request.user, event, series[event.series_id])
    }


def name_of(event: Event, series: Mapping[Any, Series] = MappingProxyType({})) -> str:
    """What the row was called: a round after its series, if that is given, and else by its slug."""
    if event.pgh_tracked_model is Round and event.series_id in series:
        return str(Round(series=series[event.series_id], edition=event.edition, date=event.date))
    return next((str(said) for name in NAMES if (said := getattr(event, name, ""))), "–")
