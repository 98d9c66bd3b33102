"""A month as a calendar draws it: weeks of seven days, and on them what lasts how long."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format

from dialogues.dates import PartialDate

from .entries import Entry


class Day(NamedTuple):
    """One of a week's seven days; `number` is 0 outside the month."""

    number: int
    iso: str
    today: bool


class Cell(NamedTuple):
    """Some days of a week next to one another: free, or taken by one entry."""

    days: int
    entry: Entry | None = None
    begun: bool = False
    """Whether the entry began before these days."""
    goes_on: bool = False
    """Whether it goes on after them."""


class Week(NamedTuple):
    """From Monday to Sunday: its days, and rows of seven days each with what is on them."""

    days: list[Day]
    lanes: list[list[Cell]]


def weekdays() -> list[str]:
    """The days' names from Monday on."""
    # Those of any week; this one began a month.
    return [date_format(date(2024, 1, day), "l") for day in range(1, 8)]


def weeks_of(month: PartialDate, entries: Sequence[Entry]) -> list[Week]:
    """The month's weeks with all entries that are known to the day, the earliest first."""
    year, number = month.earliest.year, month.earliest.month
    today = timezone.localdate()
    # By numbers, as the weeks at the ends of all years would lead to days that there are not.
    found = Calendar().monthdayscalendar(year, number)
    return [
        Week(
            [Day(day, f"{month}-{day:02}", today == date(year, number, day or 1) and day > 0)
             for day in days],
            list(_lanes(month.earliest, days, entries)),
        )
        for days in found
    ]  # fmt: skip


def _lanes(first: date, days: list[int], entries: Sequence[Entry]) -> Iterator[list[Cell]]:
    """As few rows as hold the week's entries without one over the other."""
    within = [index for index, day in enumerate(days) if day]
    begins = first + timedelta(days=days[within[0]] - 1)
    ends = first + timedelta(days=days[within[-1]] - 1)
    waiting = [entry for entry in entries if entry.date.may_fall_within(begins, ends)]
    while waiting:
        lane, waiting = _filled(begins, ends, waiting)
        yield [*_free(within[0]), *lane, *_free(6 - within[-1])]


def _filled(begins: date, ends: date, waiting: list[Entry]) -> tuple[list[Cell], list[Entry]]:
    """A row from `begins` to `ends` with whatever fits, and the entries that did not."""
    lane: list[Cell] = []
    left: list[Entry] = []
    at = begins
    for entry in waiting:
        start, last = max(entry.date.earliest, begins), min(entry.date.latest, ends)
        if start < at:
            left.append(entry)
            continue
        lane += [*_free((start - at).days), _cell(entry, start, last)]
        at = start + timedelta(days=(last - start).days + 1) if last < date.max else last
    taken = sum(cell.days for cell in lane)
    return [*lane, *_free((ends - begins).days + 1 - taken)], left


def _cell(entry: Entry, start: date, last: date) -> Cell:
    begun, goes_on = entry.date.earliest < start, entry.date.latest > last
    return Cell((last - start).days + 1, entry, begun, goes_on)


def _free(days: int) -> list[Cell]:
    return [Cell(1)] * days
