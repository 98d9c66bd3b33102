"""How dates are written: the patterns that they are found by, the most telling first."""

from __future__ import annotations

import re

from dialogues.records.intake.text.terms import alternatives

from .calendar_words import MONTHS, WEEKDAYS

_MONTH = rf"(?P<{{}}>{alternatives(word for word in MONTHS if len(word) > 2)})\b\.?"
_DAY = r"(?P<{}>[0-3]?\d)(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<{}>(?:19|20)\d\d)(?!\d)"
_OF = r"(?:\s|-)(?:of |de |del )?"
_YEAR_AFTER = r"(?:,?\s|-)(?:de |del |tahun )?"
_TO = (
    r"\s?(?:-|to|until|till|through|and|&|s\.?d\.?|s/d|sampai(?: dengan)?|hingga|dan|au|et|a|al|y"
    r"|bis|und)"
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
PATTERNS = (
    # 29 September - 1 October 2025
    _compiled(
        rf"{_D1}{_OF}{_M1}(?:{_YEAR_AFTER}{_Y1})?{_TO}(?:(?:{_WEEKDAY}),?"
        rf" )?{_D2}{_OF}{_M2}(?:{_YEAR_AFTER}{_Y2})?"
    ),
    # February 27 - March 1, 2006
    _compiled(rf"{_M1} {_D1},?{_TO}(?:(?:{_WEEKDAY}),? )?{_M2} {_D2}(?:{_YEAR_AFTER}{_Y2})?"),
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
RELATIVE = re.compile(
    rf"(?<!\w)(?:(?P<weekday>{_WEEKDAY})(?P<past> lalu| silam| kemarin| last)?"
    rf"(?P<coming> mendatang| depan)?"
    r"|(?P<today>today|hari ini|aujourd'hui|heute|hoy)"
    r"|(?P<yesterday>yesterday|kemarin(?! lusa| dulu)|hier|gestern|ayer)"
    r"|(?P<tomorrow>tomorrow|besok|esok(?: hari)?|demain|manana))(?!\w)",
    re.IGNORECASE,
)
YEAR_ALONE = re.compile(
    r"(?<!\w)(?:in|during|pada(?: tahun)?|tahun|en|im jahre?) (?P<y1>(?:19|20)\d\d)(?![\w-])",
    re.IGNORECASE,
)
WEEKDAY_BEFORE = re.compile(
    rf"(?<!\w)(?:{_WEEKDAY})(?: lalu)?[ ,(-]{{1,3}}(?:tanggal |den |le |el )?$", re.IGNORECASE
)
WEEKDAY_WITHIN = 30
