"""Dates as releases write them, found in a sentence and read as far as they are certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dialogues.dates import DateError, PartialDate

from .calendar_words import MONTHS, WEEKDAYS
from .terms import alternatives

_MONTH = rf"(?P<{{}}>{alternatives(word for word in MONTHS if len(word) > 2)})\b\.?"
_DAY = r"(?P<{}>[0-3]?\d)(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<{}>(?:19|20)\d\d)(?!\d)"
_OF = r"(?:\s|-)(?:of |de |del )?"
_YEAR_AFTER = r"(?:,?\s|-)(?:de |del |tahun )?"
_TO = (
    r"\s?(?:-|to|until|till|through|and|&|s\.?d\.?|s/d|sampai(?: dengan)?|hingga|dan|au|et|a|al|y|bis|und)"
    r"\s?(?:tanggal |the |le |el |den )?"
)
_WEEKDAY = alternatives(WEEKDAYS)


def _part(pattern: str, name: str) -> str:
    return pattern.format(name)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.,-])(?:{pattern})(?![\w/])", re.IGNORECASE)


_D1, _D2 = _part(_DAY, "d1"), _part(_DAY, "d2")
_M1, _M2 = _part(_MONTH, "m1"), _part(_MONTH, "m2")
_Y1, _Y2 = _part(_YEAR, "y1"), _part(_YEAR, "y2")
#: The most telling first; what one of them has taken, the next ones leave.
_PATTERNS = (
    # 29 September - 1 October 2025
    _compiled(
        rf"{_D1}{_OF}{_M1}(?:{_YEAR_AFTER}{_Y1})?{_TO}(?:(?:{_WEEKDAY}),? )?{_D2}{_OF}{_M2}(?:{_YEAR_AFTER}{_Y2})?"
    ),
    # February 27 - March 1, 2006
    _compiled(rf"{_M1} {_D1}{_TO}{_M2} {_D2}(?:{_YEAR_AFTER}{_Y2})?"),
    # 15-16 October 2021
    _compiled(rf"{_D1}{_TO}{_D2}{_OF}{_M2}(?:{_YEAR_AFTER}{_Y2})?"),
    # October 15-16, 2021
    _compiled(rf"{_M1} {_D1}{_TO}{_D2}(?:{_YEAR_AFTER}{_Y2})?"),
    # 15 October 2021
    _compiled(rf"{_D1}{_OF}{_M1}(?:{_YEAR_AFTER}{_Y1})?"),
    # October 15, 2021
    _compiled(rf"{_M1} {_D1}(?!\d)(?:{_YEAR_AFTER}{_Y1})?"),
    # 2021-10-15
    re.compile(r"(?<![\w/-])(?P<y1>(?:19|20)\d\d)-(?P<n1>\d\d)-(?P<d1>\d\d)(?![\w/-])"),
    # 29-30/9/2025, 13/3
    re.compile(
        r"(?<![\w/.,-])(?P<d1>\d{1,2})(?:\s?-\s?(?P<d2>\d{1,2}))?(?P<sep>[/.])(?P<n2>\d{1,2})"
        r"(?:(?P=sep)(?P<y2>(?:19|20)\d\d|\d\d))?(?![\w/]|[.,]\d)"
    ),
    # October 2021
    _compiled(rf"{_M1}(?:,? | de | tahun ){_Y1}"),
)
_RELATIVE = re.compile(
    rf"(?<!\w)(?:(?P<weekday>{_WEEKDAY})(?P<past> lalu| silam| kemarin| last)?"
    rf"(?P<coming> mendatang| depan)?"
    r"|(?P<today>today|hari ini|aujourd'hui|heute|hoy)"
    r"|(?P<yesterday>yesterday|kemarin(?! lusa| dulu)|hier|gestern|ayer)"
    r"|(?P<tomorrow>tomorrow|besok|esok(?: hari)?|demain|manana))(?!\w)",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(
    r"(?<!\w)(?:in|during|pada(?: tahun)?|tahun|en|im jahr|im jahre) (?P<y1>(?:19|20)\d\d)(?![\w-])", re.IGNORECASE
)
_WEEKDAY_BEFORE = re.compile(rf"(?<!\w)(?:{_WEEKDAY})(?: lalu)?[ ,(-]{{1,3}}(?:tanggal |den |le |el )?$", re.IGNORECASE)
_BEFORE = 30


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
    found: list[Day] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(match.start() < day.end and day.start < match.end() for day in found):
                day = _read(match, day_first, anchor)
                if day is not None:
                    found.append(_with_weekday(day, text))
    for match in _RELATIVE.finditer(text):
        if not any(match.start() < day.end and day.start < match.end() for day in found):
            edtf = _relative(match, anchor)
            if edtf is not None:
                found.append(Day(match.start(), match.end(), edtf, precision="relative"))
    for match in _YEAR_ALONE.finditer(text):
        if not any(match.start() < day.end and day.start < match.end() for day in found):
            found.append(Day(match.start("y1"), match.end(), match["y1"], precision="year"))
    return sorted(found, key=lambda day: day.start)


def _with_weekday(day: Day, text: str) -> Day:
    """The same date, with the weekday that stands before it among its words."""
    if text[day.end - 1] == ".":
        day = replace(day, end=day.end - 1)
    before = _WEEKDAY_BEFORE.search(text, max(0, day.start - _BEFORE), day.start)
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
    """The month of a date all in numbers; None where day and month could change places."""
    month, year = int(said["n2"]), said.get("y2")
    if said["sep"] == "." and year is None:
        return None  # a time, or a number with a fraction
    if day_first or days[-1] > 12 or days[-1] == month:
        return [month] if month <= 12 else None
    if month > 12:
        days[:] = [month]
        return [int(said["d1"])] if len(days) == 1 and int(said["d1"]) <= 12 else None
    return None


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _day(
    match: re.Match[str], days: list[int], months: list[int], years: list[int]
) -> Day | None:
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


def dated(ends: tuple[tuple[int, int], ...], year: int, first_year: int | None = None) -> str | None:
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
