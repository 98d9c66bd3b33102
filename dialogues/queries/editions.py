"""Where a round stands in its series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from dialogues.dates import PartialDate
from dialogues.models import Round, User
from dialogues.vocabulary import RoundStatus

Row = dict[str, Any]
#: How many rounds are shown before and after the one that is read.
REACH = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A round among its series' rounds, as far as the reader may see them."""

    previous: Row | None
    next: Row | None
    nearby: list[Row]
    """From `REACH` before to `REACH` after; `missing_before` counts the editions left out."""
    position: int
    count: int


def place_of(round_: Round, user: User | AnonymousUser) -> Place:
    """Find the round's neighbours among those that `user` may see. One query."""
    rows = in_order(
        list(
            Round.objects.visible_to(user)
            .filter(series=round_.series_id)
            .order_by("pk")
            .values("pk", "slug", "edition", "date", "status", "format")
        )
    )
    note_gaps(rows)
    for row in rows:
        row["status_label"] = RoundStatus(row["status"]).label
    here = next(index for index, row in enumerate(rows) if row["pk"] == round_.pk)
    return Place(
        previous=rows[here - 1] if here else None,
        next=rows[here + 1] if here + 1 < len(rows) else None,
        nearby=rows[max(here - REACH, 0) : here + REACH + 1],
        position=here + 1,
        count=len(rows),
    )


def in_order(rows: list[Row]) -> list[Row]:
    """Numbered rounds by edition; each without a number before the first that is later."""
    ordered = sorted((row for row in rows if row["edition"]), key=lambda row: row["edition"])
    without = sorted((row for row in rows if not row["edition"]), key=_by_date)
    for row in without:
        later = (
            index
            for index, other in enumerate(ordered)
            if row["date"] and other["date"] and other["date"] > row["date"]
        )
        ordered.insert(next(later, len(ordered)), row)
    return ordered


def _by_date(row: Row) -> tuple[bool, PartialDate | int, int]:
    return (row["date"] is None, row["date"] or 0, row["pk"])


def note_gaps(rows: list[Row]) -> None:
    """Give each row `missing_before`: how many editions are not there between it and the last."""
    last = None
    for row in rows:
        row["missing_before"] = row["edition"] - last - 1 if row["edition"] and last else 0
        last = row["edition"] or last
