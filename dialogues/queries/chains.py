"""The chain of a series' rounds: what is missing in it, how often it meets, who hosts next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from statistics import median
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from dialogues.dates import PartialDate
from dialogues.models import Round, User
from dialogues.queries.editions import in_order, note_gaps
from dialogues.vocabulary import Host, RoundStatus

Reader = User | AnonymousUser
Row = dict[str, Any]

#: A month on the average, in days.
MONTH = 365.2425 / 12
#: What a round is while it is still to come.
AHEAD = (RoundStatus.PLANNED, RoundStatus.CONFIRMED, RoundStatus.POSTPONED)
OTHER_SIDE: dict[str, str] = {Host.OWN: Host.PARTNER, Host.PARTNER: Host.OWN}

COLUMNS = (
    "pk", "slug", "edition", "date", "status", "format", "host", "next_round_note", "series",
)  # fmt: skip


class Pause(NamedTuple):
    """The time between two rounds held one after the other, from the middle of what either date
    may mean to the middle of the other's."""

    months: float
    before: Row
    after: Row


class Turns(NamedTuple):
    """How often the host changed from a round to the one after, where both hosts are known."""

    changed: int
    known: int
    next: str
    """Who would host next by turns: "own" or "partner"; "" where nothing suggests either."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A series' rounds as far as a reader may see them, in order; see `COLUMNS`.

    Each has `missing_before`, how many editions are not there between it and the last; for the
    first one, how many before it.
    """

    rows: list[Row]

    @property
    def held(self) -> list[Row]:
        return [row for row in self.rows if row["status"] == RoundStatus.HELD]

    @property
    def last_held(self) -> Row | None:
        """The round held last by its date; without any date, the last in order."""
        held = self.held
        dated = [row for row in held if row["date"]]
        if dated:
            return max(dated, key=lambda row: row["date"].latest)
        return held[-1] if held else None

    def coming(self, today: date) -> Row | None:
        """The next round that is planned and may still take place."""
        ahead = [
            row
            for row in self.rows
            if row["status"] in AHEAD and (row["date"] is None or row["date"].latest >= today)
        ]
        return min(ahead, key=_soonest, default=None)

    def overtaken(self, today: date) -> Row | None:
        """The last round that is planned still though its day has passed."""
        passed = [
            row
            for row in self.rows
            if row["status"] in AHEAD and row["date"] and row["date"].latest < today
        ]
        return passed[-1] if passed else None

    @property
    def pauses(self) -> list[Pause]:
        """The pauses between rounds held of which the dates are known, and none is missing."""
        return [
            Pause((_middle(after["date"]) - _middle(before["date"])) / MONTH, before, after)
            for before, after in self.neighbours()
            if before["date"] and after["date"]
        ]

    @property
    def cadence(self) -> float | None:
        """The median of the pauses in months, if there is any."""
        pauses = [pause.months for pause in self.pauses]
        return median(pauses) if pauses else None

    @property
    def longest(self) -> Pause | None:
        """The longest pause."""
        return max(self.pauses, key=lambda pause: pause.months, default=None)

    @property
    def turns(self) -> Turns:
        """Whether hosts take turns, and whose turn would be next.

        They do unless the host stayed the same more often than it changed.
        """
        hosts = [
            (before["host"], after["host"])
            for before, after in self.neighbours()
            if before["host"] in OTHER_SIDE and after["host"] in OTHER_SIDE
        ]
        changed = sum(before != after for before, after in hosts)
        held = self.held
        last = OTHER_SIDE.get(held[-1]["host"], "") if held else ""
        return Turns(changed, len(hosts), last if 2 * changed >= len(hosts) else "")

    def neighbours(self) -> Iterator[tuple[Row, Row]]:
        """Each two rounds held with no edition missing or unheld between them."""
        for before, after in pairwise(self.held):
            if _follows(before, after):
                yield before, after


def chains_of(user: Reader, **of: Any) -> dict[int, Chain]:
    """The chains of the series that `of` selects rounds by, by the series' id. One query."""
    return chains_in(Round.objects.visible_to(user).filter(**of))


def chains_in(rounds: QuerySet[Round]) -> dict[int, Chain]:
    """The chains that these rounds make, by the series' id. One query."""
    rows = rounds.order_by("series", "pk").values(*COLUMNS)
    return {series: chain_of(list(some)) for series, some in groupby(rows, _series)}


def chain_of(rows: list[Row]) -> Chain:
    """Put one series' rounds in order, and count what is missing."""
    ordered = in_order(rows)
    note_gaps(ordered)
    if ordered and ordered[0]["edition"]:
        ordered[0]["missing_before"] = ordered[0]["edition"] - 1
    return Chain(ordered)


def _series(row: Row) -> int:
    series: int = row["series"]
    return series


def _soonest(row: Row) -> tuple[bool, PartialDate | int]:
    return (row["date"] is None, row["date"] or 0)


def _follows(before: Row, after: Row) -> bool:
    """Whether two rounds held are neighbours as far as one can know."""
    if before["edition"] is None or after["edition"] is None:
        return True
    return bool(after["edition"] - before["edition"] == 1)


def _middle(when: PartialDate) -> float:
    return (when.earliest.toordinal() + when.latest.toordinal()) / 2
