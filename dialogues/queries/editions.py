"""Where a round stands in its series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from dialogues.dates import PartialDate
from dialogues.models import Round, clearance_of
from dialogues.queries.kept import kept, stamp
from dialogues.queries.planned import Given, Reader, planned
from dialogues.vocabulary import RoundStatus

Row = dict[str, Any]
#: How many rounds are shown before and after the one that is read.
REACH = 4
#: How many rounds are looked through, each way, for what went from one into another: a dozen years
#: of most series, and a bound, so that no page grows with its series.
HORIZON = 12
#: Beyond every number that an edition can have.
BEYOND = 32_767

COLUMNS = ("pk", "slug", "edition", "date", "status", "format")


@dataclass(frozen=True, slots=True)
class Place:
    """A round among its series' rounds, as far as the reader may see them."""

    previous: Row | None
    next: Row | None
    nearby: list[Row]
    """From `REACH` before to `REACH` after; `missing_before` counts the editions left out."""
    earlier: list[Row]
    """Those before it, the nearest first, `HORIZON` at most."""
    later: list[Row]
    """Those after it, the nearest first, `HORIZON` at most."""
    position: int
    count: int


def place_of(
    pk: int, series: int, edition: int | None, date: PartialDate | None, reader: Reader
) -> Place:
    """Find a round's neighbours among those that `reader` may see. Two queries, or three.

    Counting reads every round of the series, so the counts are kept for as long as they are true.
    """
    day = date and date.edtf
    given = {"series": series, "edition": edition, "date": day, "alone": None if edition else day}
    [(count, before, following)] = kept(
        stamp(),
        ("place", clearance_of(reader), *given.values()),
        lambda: _counts.ask(reader, **given),
    )
    here = edition or following or BEYOND
    rows = in_order(
        [
            {
                **dict(zip(COLUMNS, row, strict=True)),
                "date": row[3] and PartialDate.from_edtf(row[3]),
            }
            for row in _around.ask(reader, series=series, here=here)
        ]
    )
    note_gaps(rows)
    at = next(index for index, row in enumerate(rows) if row["pk"] == pk)
    nearby = rows[max(at - REACH, 0) : at + REACH + 1]
    for row in nearby:
        row["status_label"] = RoundStatus(row["status"]).label
    return Place(
        previous=rows[at - 1] if at else None,
        next=rows[at + 1] if at + 1 < len(rows) else None,
        nearby=nearby,
        earlier=rows[max(at - HORIZON, 0) : at][::-1],
        later=rows[at + 1 : at + 1 + HORIZON],
        # Without number and date a round stands last.
        position=before + 1 if edition or day else count,
        count=count,
    )


@planned
def _counts(reader: Reader) -> QuerySet[Any, Any]:
    """How many rounds the series has; how many stand before this one; which edition follows one
    that stands `alone`, on that date but without a number."""
    before = (
        Q(edition__lt=Given("edition"))
        | Q(edition=None, date__lt=Given("date"))
        | Q(date__lt=Given("alone"))
    )
    found: QuerySet[Any, Any] = (
        Round.objects.visible_to(reader)
        .filter(series=Given("series"))
        .order_by()
        .values("series")
        .annotate(
            count=Count("pk"),
            before=Count("pk", filter=before),
            following=Min("edition", filter=Q(date__gt=Given("alone"))),
        )
        .values_list("count", "before", "following")
    )
    return found


@planned
def _around(reader: Reader) -> QuerySet[Any, Any]:
    """The rounds with the numbers next below and from `here` on, and all without a number."""
    seen = Round.objects.visible_to(reader).filter(series=Given("series")).values_list(*COLUMNS)
    below = seen.filter(edition__lt=Given("here")).order_by("-edition")[: HORIZON + 1]
    above = seen.filter(edition__gte=Given("here")).order_by("edition")[: HORIZON + 1]
    return below.union(above, seen.filter(edition=None).order_by(), all=True)


def in_order(rows: list[Row]) -> list[Row]:
    """Numbered rounds by edition; each without a number before the first that is later."""
    alone = sorted((row for row in rows if not row["edition"]), key=_by_date)
    ordered: list[Row] = []
    placed = 0
    for row in sorted((row for row in rows if row["edition"]), key=lambda row: row["edition"]):
        while placed < len(alone) and _is_later(row, alone[placed]):
            ordered.append(alone[placed])
            placed += 1
        ordered.append(row)
    return [*ordered, *alone[placed:]]


def _is_later(row: Row, other: Row) -> bool:
    return bool(row["date"] and other["date"] and row["date"] > other["date"])


def _by_date(row: Row) -> tuple[bool, PartialDate | int, int]:
    return (row["date"] is None, row["date"] or 0, row["pk"])


def note_gaps(rows: list[Row]) -> None:
    """Give each row `missing_before`: how many editions are not there between it and the last."""
    last = None
    for row in rows:
        row["missing_before"] = row["edition"] - last - 1 if row["edition"] and last else 0
        last = row["edition"] or last
