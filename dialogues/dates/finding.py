"""Dates that a text names in full, wherever they stand in it."""

import re
from collections.abc import Iterator

from dialogues.dates.months import MONTH_NUMBERS
from dialogues.dates.parsing import understand
from dialogues.dates.value import DateError, PartialDate

_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?: ?[-–] ?{_DAY})?"
_DATE = re.compile(
    rf"(?<![\w-])(?:{_DAYS} (?:of )?(?:{_MONTH})\.?,? [0-9]{{4}}"
    rf"|(?:{_MONTH})\.? {_DAYS},? [0-9]{{4}}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2})(?![\w-])",
    re.IGNORECASE,
)


def dates_in(text: str) -> Iterator[PartialDate]:
    """Yield each date of `text` that says its day, month and year, in English or Indonesian."""
    for found in _DATE.finditer(text):
        try:
            date = understand(found[0])
        except DateError:
            continue
        if date:
            yield date
