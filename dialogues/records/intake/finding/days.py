"""Dates as releases write them, found in a sentence and read as far as they are certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dialogues.dates import DateError, PartialDate
from dialogues.records.intake.words.calendar_words import MONTHS, WEEKDAYS
from dialogues.records.intake.words.day_patterns import (
    PATTERNS,
    RELATIVE,
    WEEKDAY_BEFORE,
    WEEKDAY_WITHIN,
    YEAR_ALONE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date in a sentence, by offsets in it. ``edtf`` is None while only its year is missing."""

    start: int
    end: int
    edtf: str | None
    yearless: tuple[tuple[int, int], ...] = ()
    """Month and day of its beginning and perhaps of its end, where it says no year."""
    precision: str = "day"


def days_in(text: str, day_first: bool, anchor: date | None) -> list[Day]:
    """The dates of a sentence in their order. ``anchor`` is the day that it was written on.

    ``day_first`` says how 3/4/2021 is to be read; without it, what could be either is left.
    """

    def written(match: re.Match[str]) -> Day | None:
        day = _read(match, day_first, anchor)
        return day and _with_weekday(day, text)

    def relative(match: re.Match[str]) -> Day | None:
        edtf = _relative(match, anchor)
        return Day(match.start(), match.end(), edtf, precision="relative") if edtf else None

    found: list[Day] = []
    for read, pattern in (
        *((written, pattern) for pattern in PATTERNS),
        (relative, RELATIVE),
        (_year_alone, YEAR_ALONE),
    ):
        for match in pattern.finditer(text):
            taken = any(match.start() < day.end and day.start < match.end() for day in found)
            day = None if taken else read(match)
            if day is not None:
                found.append(day)
    return sorted(found, key=lambda day: day.start)


def _year_alone(match: re.Match[str]) -> Day:
    return Day(match.start("y1"), match.end(), match["y1"], precision="year")


def _with_weekday(day: Day, text: str) -> Day:
    """The same date, with the weekday that stands before it among its words."""
    if text[day.end - 1] == ".":
        day = replace(day, end=day.end - 1)
    before = WEEKDAY_BEFORE.search(text, max(0, day.start - WEEKDAY_WITHIN), day.start)
    if before is None:
        return day
    end = day.end
    if "(" in before[0] and text[end : end + 1] == ")":
        end += 1
    return replace(day, start=before.start(), end=end)


def _read(match: re.Match[str], day_first: bool, anchor: date | None) -> Day | None:
    said = {name: value for name, value in match.groupdict().items() if value}
    days = [int(said[name]) for name in ("d1", "d2") if name in said]
    if "n2" in said:
        months = _numeric_months(said, days, day_first, anchor)
        if months is None:
            return None
    elif "n1" in said:
        months = [int(said["n1"])]
    else:
        months = [MONTHS[said[name].lower()] for name in ("m1", "m2") if name in said]
    years = [_century(said[name]) for name in ("y1", "y2") if name in said]
    return _day(match, days, months, years)


def _numeric_months(
    said: dict[str, str], days: list[int], day_first: bool, anchor: date | None
) -> list[int] | None:
    """The month of a date all in numbers; None where day and month could change places.

    Where the month comes first, ``days`` is set right.
    """
    first, second, year = int(said["d1"]), int(said["n2"]), said.get("y2")
    if said["sep"] == "." and year is None:
        return None  # a time, or a number with a fraction
    as_day_first, as_month_first = second <= 12, first <= 12 and len(days) == 1
    if as_day_first and as_month_first and not day_first and first != second:
        near = _nearer(first, second, year, anchor)
        as_day_first, as_month_first = near == "day first", near == "month first"
    if as_day_first:
        return [second]
    if as_month_first:
        days[:] = [second]
        return [first]
    return None


def _nearer(first: int, second: int, year: str | None, anchor: date | None) -> str:
    """Which of two readings lies in the month before the text was written; "" if both or none."""
    if anchor is None or year is None:
        return ""
    near = []
    for name, day, month in (("day first", first, second), ("month first", second, first)):
        edtf = dated(((month, day),), _century(year))
        ago = (anchor - date.fromisoformat(edtf)).days if edtf else -1
        near += [name] if 0 <= ago <= 31 else []
    return near[0] if len(near) == 1 else ""


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _day(match: re.Match[str], days: list[int], months: list[int], years: list[int]) -> Day | None:
    if not days:
        edtf = _checked(f"{years[0]:04}-{months[0]:02}")
        return Day(match.start(), match.end(), edtf, precision="month") if edtf else None
    ends = [(months[min(place, len(months) - 1)], day) for place, day in enumerate(days)]
    if any(not (1 <= month <= 12 and 1 <= day <= 31) for month, day in ends):
        return None
    if len(ends) == 2 and ends[0] >= ends[1] and len(set(years)) < 2 and ends[0][0] != 12:
        return None
    if not years:
        return Day(match.start(), match.end(), None, tuple(ends))
    edtf = dated(tuple(ends), years[-1], years[0] if len(years) == 2 else None)
    return Day(match.start(), match.end(), edtf) if edtf else None


def dated(
    ends: tuple[tuple[int, int], ...], year: int, first_year: int | None = None
) -> str | None:
    """EDTF of a beginning and perhaps an end in that year; None if there is no such day."""
    last = [f"{year:04}-{month:02}-{day:02}" for month, day in ends]
    if len(ends) == 2:
        begins = first_year or (year - 1 if ends[0] > ends[1] else year)
        last[0] = f"{begins:04}" + last[0][4:]
    return _checked("/".join(last))


def _checked(edtf: str) -> str | None:
    try:
        return str(PartialDate.from_edtf(edtf))
    except DateError:
        return None


def _relative(match: re.Match[str], anchor: date | None) -> str | None:
    if anchor is None:
        return None
    if match["today"]:
        return anchor.isoformat()
    if match["yesterday"]:
        return (anchor - timedelta(days=1)).isoformat()
    if match["tomorrow"]:
        return (anchor + timedelta(days=1)).isoformat()
    weekday = WEEKDAYS[match["weekday"].lower()]
    ago = (anchor.weekday() - weekday) % 7
    if match["past"]:
        return (anchor - timedelta(days=ago or 7)).isoformat()
    if match["coming"]:
        return (anchor + timedelta(days=7 - ago)).isoformat()
    return (anchor - timedelta(days=ago)).isoformat()


def in_year_near(ends: tuple[tuple[int, int], ...], anchor: date, *, ahead: bool) -> str | None:
    """A date without a year, in the year that puts it last before ``anchor``, or first after."""
    years: Iterator[int] = iter((anchor.year, anchor.year + (1 if ahead else -1)))
    for year in years:
        edtf = dated(ends, year)
        if edtf is None:
            continue
        day = PartialDate.from_edtf(edtf).earliest
        if (day >= anchor) if ahead else (day <= anchor):
            return edtf
    return None
