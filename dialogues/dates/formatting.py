"""A partial date in words: never more than is known, and what two ends share is said once."""

from dialogues.dates.months import month_name

Parts = tuple[int, int | None, int | None]


def in_words(start: Parts, end: Parts | None, language: str | None = None) -> str:
    """Year, month and day of one date, or of an interval's two ends, as people write them.

    `language` is a code such as `id`; None takes the active one. Unknown languages read English.
    """
    if end is None:
        return _one(*start, language)
    return _between(start, end, language)


def _one(year: int, month: int | None, day: int | None, language: str | None) -> str:
    # Four digits even before the year 1000, so that what we show can be typed back in.
    words = [f"{day}"] if day else []
    words += [month_name(month, language)] if month else []
    return " ".join([*words, f"{year:04}"])


def _between(start: Parts, end: Parts, language: str | None) -> str:
    last = _one(*end, language)
    if _precision(start) != _precision(end) or start[0] != end[0]:
        first = _one(*start, language)
    elif start[1] == end[1]:
        first = f"{start[2]}"
    else:
        first = _one(*start, language).removesuffix(f" {start[0]:04}")
    return _joined(first, last, tight=_is_tight(start, end))


def _precision(end: Parts) -> int:
    return sum(part is not None for part in end)


def _is_tight(start: Parts, end: Parts) -> bool:
    """Whether the dash stands between two single words: days, months of a year, or years."""
    if _precision(start) != _precision(end):
        return False
    return start[:-1] == end[:-1] or (start[2] is None and start[0] == end[0]) or start[1] is None


def _joined(first: str, last: str, *, tight: bool) -> str:
    return f"{first}–{last}" if tight else f"{first} – {last}"
