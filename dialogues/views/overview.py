"""The first page: what comes, what was, what is owed, what is new, and what is often asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from dialogues.models import Round
from dialogues.queries import overview
from dialogues.queries.kept import kept_for
from dialogues.queries.listings import points_by_id
from dialogues.queries.owed import yesterday
from dialogues.queries.week import Changed, changed_since
from dialogues.vocabulary import PointStatus, RoundStatus

from .rows import date_of, point_rows, title_of
from .sides import names_in

Row = dict[str, Any]
Link = tuple[str, str]
#: How many of the week's rounds are named.
NAMED = 6


class Overview(TemplateView):
    """`/`, as much of it as the reader may see."""

    template_name = "dialogues/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        counts = kept_for(user, ("overview",), lambda: overview.counted(user))
        changed, changes = changed_since(user, timezone.now() - timedelta(days=7), NAMED)
        points = {row["pk"]: row for row in points_by_id([*counts.overdue, *counts.waiting])}
        return super().get_context_data(
            coming=with_hosts(overview.coming(user)),
            overtaken=with_hosts(overview.overtaken(user)),
            overtaken_url=overtaken_url(),
            latest=with_hosts(overview.latest(user)),
            owed=counts.owed,
            overdue=point_rows([points[pk] for pk in counts.overdue if pk in points], staff=False),
            waiting=point_rows([points[pk] for pk in counts.waiting if pk in points], staff=False),
            changed=[news_of(one) for one in changed],
            changes=changes,
            partners=[partner_row(row) for row in counts.partners],
            round_count=sum(row["count"] for row in counts.partners),
            questions=questions(),
            **kwargs,
        )


def with_hosts(rounds: Iterable[Round]) -> list[tuple[Round, str]]:
    """Each round, and who hosts it; nothing where that is not recorded."""
    return [(round_, names_in(round_.series).get(round_.host, "")) for round_ in rounds]


def overtaken_url() -> str:
    """The list of rounds that are planned still though their day has passed."""
    return asked(
        "round-list",
        status=overview.AHEAD,
        date_to=yesterday(),
        date_match="certain",
    )


def asked(name: str, **parameters: Any) -> str:
    """The address of a list with these filters."""
    return f"{reverse(name)}?{urlencode(parameters, doseq=True)}"


def questions() -> list[Link]:
    """What is asked often, each with the list that answers it."""
    owed = (PointStatus.OPEN, PointStatus.IN_PROGRESS)
    this_year = timezone.localdate().year
    return [
        (_("Still open, by partner"), asked("agreed-point-list", status=owed, ordering="partner")),
        (
            _("Overdue on the partner’s side"),
            asked("agreed-point-list", overdue="true", responsible=("partner", "both")),
        ),
        (
            _("Overdue on our side"),
            asked("agreed-point-list", overdue="true", responsible=("own", "both")),
        ),
        (_("Held this year"), asked("round-list", status=RoundStatus.HELD, year=this_year)),
        (_("Held last year"), asked("round-list", status=RoundStatus.HELD, year=this_year - 1)),
        (_("Next here"), asked("round-list", status=overview.AHEAD, host=("own", "both"))),
        (_("Next at the partner’s"), asked("round-list", status=overview.AHEAD, host="partner")),
        (_("Agreed in the last five years"), asked("agreed-point-list", date_from=this_year - 5)),
    ]


def partner_row(row: Row) -> Row:
    """A partner, and when one last sat with them."""
    return {
        "name": row["name"],
        "url": reverse("partner-detail", args=[row["code"]]),
        "last": date_of(row["last"]),
    }


def news_of(one: Changed) -> Row:
    """What is new of a round, in words, each with where it stands."""
    words = {"entered": _("Entered"), "published": _("Published"), "changed": _("Changed")}
    return {
        "title": title_of(one.round.series.title, one.round.edition),
        "url": one.round.get_absolute_url(),
        "updated": one.round.updated,
        "news": words[one.news],
        "details": list(details_of(one)),
    }


def details_of(one: Changed) -> Iterable[Link]:
    """What happened to the agreed points of a round, point by point."""
    told = [
        (number, _("Point %(number)s: %(status)s") % {"number": number, "status": label})
        for number, label in (
            *((number, PointStatus(status).label) for number, status in one.closed.items()),
            *((number, _("new")) for number in one.added),
            *((number, _("follow-up")) for number in one.followed if number not in one.closed),
        )
    ]
    for number, words in sorted(told):
        yield words, reverse("agreed-point-detail", args=[f"{one.round.slug}.{number}"])
