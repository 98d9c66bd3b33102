"""Dates as people write them, in English and Indonesian. What could mean two things is refused."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.translation import gettext as _

from dialogues.dates.months import MONTH_NUMBERS, WEEKDAYS
from dialogues.dates.value import DateError, PartialDate

# Two dates in full with their weekdays need some 75 characters.
LONGEST_TEXT = 100

_DASHES = re.compile("[‐‑‒–—―−﹘﹣－~]")
_ISO = "[0-9]{4}(?:-[0-9]{2}){0,2}"
_ISO_DATE = re.compile(f"{_ISO}(?:/{_ISO})?")
_ISO_ENDS = re.compile(f"({_ISO}) ?[-/] ?({_ISO})")
_NUMBERS_ONLY = re.compile(r"[0-9]+ ?[./-] ?[0-9]+(?: ?[./-] ?[0-9]+)?")
_DASHED_DATE = re.compile(r"([0-9]{1,2})-([a-z]+)-([0-9]{4})")
_UNTIL = re.compile(
    r"\b(?:to|until|till|through|s\.d\.|s\.d|s/d|sd|sampai dengan|sampai|hingga)(?=[ 0-9])"
)
_AND = re.compile(r" (?:and|dan|&) ")
_ORDINAL = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b")
_WORD = re.compile(r"[0-9]+|[^\W\d]+(?:'[^\W\d]+)*|\S")
_FILLERS = WEEKDAYS | {"of", "the", "tanggal", "tgl"}
# The orders in which people name day, month and year; a part left out is the other end's.
_ORDERS = frozenset({"d", "dm", "md", "m", "y", "my", "ym", "dy", "dmy", "mdy", "ymd"})


def understand(text: str) -> PartialDate | None:
    """The date that a person means by `text`; None when it is empty.

    Takes EDTF, `15 Oktober 2021`, `Oct 15, 2021`, `Okt 2021`, `5–6 Nov 2019`, `5 s.d. 6 November
    2019`, `27 Feb – 1 Mar 2006`, `2019–2020` and their like. Raises `DateError`, with a sentence
    for that person, for anything else; also for dates all of numbers such as 05/10/2021.
    """
    if len(text) > LONGEST_TEXT:
        raise DateError(
            _("A date takes at most %(longest)s characters; this has %(length)s.")
            % {"longest": LONGEST_TEXT, "length": len(text)}
        )
    plain = _plain(text)
    if not plain:
        return None
    return _understand_numbers(plain, text) or _understand_words(plain, text)


def _plain(text: str) -> str:
    """Lower case, one kind of dash, apostrophe and space."""
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).replace("’", "'")
    return " ".join(text.lower().split())


def _understand_numbers(plain: str, text: str) -> PartialDate | None:
    edtf = _ISO_ENDS.sub(r"\1/\2", _UNTIL.sub("-", plain))
    if _ISO_DATE.fullmatch(plain):
        return PartialDate.from_edtf(plain)
    if _ISO_DATE.fullmatch(edtf):
        return PartialDate.from_edtf(edtf)
    if _NUMBERS_ONLY.fullmatch(plain):
        raise DateError(
            _(
                "In “%(text)s” day and month cannot be told apart. Write the month as a word, as in"
                " 5 October 2021, or the year first, as in 2021-10-05."
            )
            % {"text": text.strip()}
        )
    return None


def _understand_words(plain: str, text: str) -> PartialDate:
    plain = _DASHED_DATE.sub(r"\1 \2 \3", plain)
    pieces = _UNTIL.sub("-", plain).split("-")
    neighbours = len(pieces) == 1
    if neighbours:
        pieces = _AND.split(plain)
    ends = [_End.read(piece) for piece in pieces]
    date = _dated(ends)
    # "5 and 9 November" are two days, not the five from the one to the other.
    if date is None or (neighbours and len(ends) == 2 and not _is_unbroken(date)):
        raise DateError(
            _(
                "“%(text)s” is not understood as a date. Write it like 15 October 2021,"
                " 5–6 November 2019, October 2021, 2021 or 2021-10-15."
            )
            % {"text": text.strip()}
        )
    return date


@dataclass(frozen=True, slots=True)
class _End:
    """What is written of one end; None for a part left out."""

    day: str | None = None
    month: int | None = None
    year: str | None = None

    @classmethod
    def read(cls, text: str) -> "_End | None":
        """None when the words are no date."""
        words = _WORD.findall(_ORDINAL.sub(r"\1", text))
        words = [word for word in words if word not in _FILLERS and word not in {",", "."}]
        kinds = "".join(_kind(word) for word in words)
        if kinds not in _ORDERS:
            return None
        found = dict(zip(kinds, words, strict=True))
        month = MONTH_NUMBERS[found["m"]] if "m" in found else None
        return cls(found.get("d"), month, found.get("y"))

    def completed(self) -> str | None:
        """This end as EDTF; None while its year, or the month of its day, is missing."""
        if self.year is None or (self.day and not self.month):
            return None
        parts = [self.year]
        parts += [f"{self.month:02}"] if self.month else []
        parts += [f"{int(self.day):02}"] if self.day else []
        return "-".join(parts)


def _kind(word: str) -> str:
    if word in MONTH_NUMBERS:
        return "m"
    if word.isascii() and word.isdigit():
        return {1: "d", 2: "d", 4: "y"}.get(len(word), "?")
    return "?"


def _dated(ends: list[_End | None]) -> PartialDate | None:
    if len(ends) == 1 and ends[0] is not None:
        edtf = ends[0].completed()
        return PartialDate.from_edtf(edtf) if edtf else None
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    first, last = _shared(ends[0], ends[1])
    start, end = first.completed(), last.completed()
    return PartialDate.from_edtf(f"{start}/{end}") if start and end else None


def _shared(first: _End, last: _End) -> tuple[_End, _End]:
    """Both ends, each with the parts that only the other one names: 5–6 Nov, Oct 5–6."""
    if first.day and last.day:
        first, last = (
            replace(first, month=first.month or last.month),
            replace(last, month=last.month or first.month),
        )
    return replace(first, year=first.year or last.year), last


def _is_unbroken(date: PartialDate) -> bool:
    """Whether an interval's end begins the day after its beginning is over."""
    start, _slash, end = date.edtf.partition("/")
    over = PartialDate.from_edtf(start).latest
    return PartialDate.from_edtf(end).earliest == over + timedelta(days=1)
