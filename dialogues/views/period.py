"""Months and years, as the calendar turns them over."""

from __future__ import annotations

from datetime import date

from dialogues.dates import PartialDate

LAST_YEAR = 9999


def year_of(day: date | PartialDate) -> PartialDate:
    """The year that a day, or the beginning of a date, is in."""
    return PartialDate(f"{_day(day).year:04}")


def month_of(day: date | PartialDate) -> PartialDate:
    """The month that a day, or the beginning of a date, is in."""
    return PartialDate(f"{_day(day).year:04}-{_day(day).month:02}")


def months_of(year: PartialDate) -> list[PartialDate]:
    """A year's twelve months."""
    return [PartialDate(f"{year}-{number:02}") for number in range(1, 13)]


def following(period: PartialDate) -> PartialDate | None:
    """The next month or year; None after the last that there is."""
    year, month = period.latest.year, period.latest.month
    if period.precision == "month" and month < 12:
        return PartialDate(f"{year:04}-{month + 1:02}")
    if year == LAST_YEAR:
        return None
    return PartialDate(f"{year + 1:04}" + ("-01" if period.precision == "month" else ""))


def _day(day: date | PartialDate) -> date:
    return day.earliest if isinstance(day, PartialDate) else day
