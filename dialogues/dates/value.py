"""The partial date: what is known of when something happens, and no more (EDTF level 0)."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from django.utils.translation import gettext as _

from dialogues.dates.formatting import Parts, in_words
from dialogues.dates.months import month_name

Precision = Literal["year", "month", "day", "interval"]

# The longest value is an interval between two days.
MAX_LENGTH = len("2019-12-29/2020-01-02")
_ONE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
Exactness = Literal["year", "month", "day"]


class DateError(ValueError):
    """What is wrong with a date, in a sentence for its author, in the language then active."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """`YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or two of them as `start/end`; years 0001 to 9999.

    Values order as their text does, which is the order of the database's "C" collation: by
    beginning, a year before its months, a month before its days. An interval comes after all that
    lies within its beginning: 2019/2020 after 2019-12-31 and before 2020.

    Raises `DateError` for anything else, and for an interval from a date to itself: one moment
    has one text, so that equal text means equal dates.
    """

    edtf: str

    def __post_init__(self) -> None:
        facts = _facts(self.edtf)
        if facts.start == facts.end:
            raise DateError(_("The beginning and the end are the same: write the date once."))

    @classmethod
    def from_edtf(cls, text: str) -> "PartialDate":
        """Read EDTF level 0; an interval from a date to itself becomes that date.

        Raises `DateError`, a `ValueError`, with a sentence for the person who wrote the text.
        """
        return _read(text)

    def __str__(self) -> str:
        return self.edtf

    @property
    def is_interval(self) -> bool:
        return "/" in self.edtf

    @property
    def precision(self) -> Precision:
        """How much is known: the year, the month, the day; or "interval", whatever its ends."""
        return "interval" if self.is_interval else _PRECISIONS[len(self.edtf)]

    @property
    def known_to(self) -> Exactness:
        """Whether it is known to the day, the month or only the year; of two ends, the less so."""
        least = min(len(end) for end in self.edtf.split("/"))
        return cast(Exactness, _PRECISIONS[least])

    @property
    def earliest(self) -> date:
        """The first day that this date may mean."""
        return _facts(self.edtf).earliest

    @property
    def latest(self) -> date:
        """The last day that this date may mean."""
        return _facts(self.edtf).latest

    @property
    def html_datetime(self) -> str | None:
        """What `<time datetime>` takes; None for an interval, which HTML cannot express."""
        return None if self.is_interval else self.edtf

    def may_fall_within(self, start: date | None, end: date | None) -> bool:
        """Whether some day that this may mean lies from `start` to `end`; None is open."""
        return (end is None or self.earliest <= end) and (start is None or start <= self.latest)

    def must_fall_within(self, start: date | None, end: date | None) -> bool:
        """Whether every day that this may mean lies from `start` to `end`; None is open."""
        return (start is None or start <= self.earliest) and (end is None or self.latest <= end)

    def display(self, language: str | None = None) -> str:
        """The date in words, `5–6 November 2019`, in the given, else the active language."""
        facts = _facts(self.edtf)
        return in_words(facts.start, facts.end, language)


class _Facts(NamedTuple):
    start: Parts
    end: Parts | None
    earliest: date
    latest: date


@lru_cache(maxsize=8192)
def _read(text: str) -> PartialDate:
    start, slash, end = text.partition("/")
    return PartialDate(start if slash and start == end else text)


@lru_cache(maxsize=8192)
def _facts(edtf: str) -> _Facts:
    first, slash, last = edtf.partition("/")
    start = _parts(first, edtf)
    end = _parts(last, edtf) if slash else None
    earliest, latest = _earliest(start), _latest(end or start)
    if latest < earliest:
        raise DateError(
            _("The end, %(end)s, lies before the beginning, %(start)s.")
            % {"end": in_words(end or start, None), "start": in_words(start, None)}
        )
    return _Facts(start, end, earliest, latest)


def _parts(text: str, whole: str) -> Parts:
    match = _ONE.fullmatch(text)
    if match is None:
        raise DateError(
            _("“%(text)s” is not a date as in 2021, 2021-10, 2021-10-15 or 2021-10-15/2021-10-16.")
            % {"text": whole[: 2 * MAX_LENGTH]}
        )
    year, month, day = (int(part) if part else None for part in match.groups())
    parts = (cast(int, year), month, day)
    _refuse_impossible(*parts)
    return parts


def _refuse_impossible(year: int, month: int | None, day: int | None) -> None:
    if year == 0:
        raise DateError(_("There is no year 0; years run from 0001 to 9999."))
    if month is not None and not 1 <= month <= 12:
        raise DateError(_("There is no month %(month)s.") % {"month": f"{month:02}"})
    if month is None or day is None:
        return
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise DateError(
            _("There is no %(day)s %(month)s: %(month)s %(year)s has %(days)s days.")
            % {
                "day": day,
                "month": month_name(month),
                "year": f"{year:04}",
                "days": days,
            }
        )


def _earliest(parts: Parts) -> date:
    year, month, day = parts
    return date(year, month or 1, day or 1)


def _latest(parts: Parts) -> date:
    year, month, day = parts
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])
