"""What stands in the way of publishing a round, and what its record does not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.models import AgreedPoint, Participant, Round, Source, Statement
from dialogues.models.outcomes import AgreedPointTopic
from dialogues.models.partners import in_readers_language
from dialogues.models.rounds import RoundVenue
from dialogues.queries.missing import not_recorded
from dialogues.vocabulary import LEADING, RoundStatus, Side, Visibility

Row = dict[str, Any]
AHEAD = (RoundStatus.PLANNED, RoundStatus.CONFIRMED)


@dataclass(frozen=True)
class Readiness:
    """What there is to say before a round is published, in whole sentences."""

    wrong: tuple[str, ...] = ()
    """What makes no sense as it stands. It has to be put right first."""
    missing: tuple[str, ...] = ()
    """What is not recorded. Sources do not say everything, so a publisher may confirm it."""


def readiness(round_: Round) -> Readiness:
    """What there is to say before the round, as it stands in the database, is published."""
    return readiness_of([round_.pk])[round_.pk]


def readiness_of(rounds: Iterable[int]) -> dict[int, Readiness]:
    """The same of many rounds, by id, in three queries."""
    return {
        row["pk"]: Readiness(tuple(_wrong(row)), tuple(_missing(row)))
        for row in _rows(list(rounds))
    }


def _rows(ids: list[int]) -> Iterator[Row]:
    """What is asked of each round, under the keys that its document would have."""
    leading: dict[int, list[Row]] = defaultdict(list)
    leaders = Participant.objects.filter(round__in=ids, role__in=LEADING)
    for row in leaders.values("round_id", "side", "role"):
        leading[row["round_id"]].append(row)
    points: dict[int, list[Row]] = defaultdict(list)
    topics = AgreedPointTopic._base_manager.filter(agreedpoint=OuterRef("pk"))
    agreed = AgreedPoint.objects.filter(round__in=ids).annotate(told=Exists(topics))
    for row in agreed.order_by("number").values("round_id", "number", "responsible", "told"):
        points[row["round_id"]].append(row)
    of_round = {
        "venues": RoundVenue._base_manager,
        "statements": Statement.objects,
        "sources": Source.objects,
    }
    there = {
        f"has_{key}": Exists(rows.filter(round=OuterRef("pk")).order_by())
        for key, rows in of_round.items()
    }
    columns = ("pk", "date", "format", "host", "status", "summary", "visibility", "series__desk")
    partner = ("series__partner__name", "series__partner__name_id")
    rounds = Round.objects.filter(pk__in=ids).order_by().annotate(**there)
    for row in rounds.values(*columns, *partner, *there):
        parts = {key: row[f"has_{key}"] for key in of_round}
        of_row = {"participants": leading[row["pk"]], "agreed_points": points[row["pk"]]}
        yield {**row, **parts, **of_row}


def _wrong(row: Row) -> Iterator[str]:
    today, date = timezone.localdate(), row["date"]
    if row["status"] == RoundStatus.HELD and date is None:
        yield _(
            "It was held, but has no date. Give it as exactly as it is known, if only the year."
        )
    if row["status"] == RoundStatus.HELD and date and date.earliest > today:
        yield _("It was held, but its date, %(date)s, is still to come.") % {"date": date.display()}
    if row["status"] in AHEAD and date and date.latest < today:
        yield _(
            "It is %(status)s, but its date, %(date)s, has passed: was it held, postponed or "
            "cancelled?"
        ) % {"status": _word(row["status"]), "date": date.display()}
    if row["visibility"] == Visibility.RESTRICTED and row["series__desk"] is None:
        yield _("It is restricted to its desk, but its series has none.")


def _missing(row: Row) -> Iterator[str]:
    partner = in_readers_language(row["series__partner__name"], row["series__partner__name_id"])
    names: dict[str | None, str] = {Side.OWN: settings.OWN_NAME, Side.PARTNER: partner}
    if things := not_recorded(row, names):
        yield _("Not recorded: %(things)s.") % {"things": ", ".join(things)}
    points = row["agreed_points"]
    if untold := [str(point["number"]) for point in points if not point["told"]]:
        yield ngettext(
            "Agreed point without a topic: %(numbers)s.",
            "Agreed points without a topic: %(numbers)s.",
            len(untold),
        ) % {"numbers": ", ".join(untold)}
    if unowed := [str(point["number"]) for point in points if not point["responsible"]]:
        yield ngettext(
            "Agreed point that names nobody responsible: %(numbers)s.",
            "Agreed points that name nobody responsible: %(numbers)s.",
            len(unowed),
        ) % {"numbers": ", ".join(unowed)}


def _word(status: str) -> str:
    return str(RoundStatus(status).label).lower()
