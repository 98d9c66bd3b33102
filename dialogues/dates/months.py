"""Names of months and weekdays in English and Indonesian, for reading and for writing."""

from django.utils.translation import get_language

MONTH_NAMES = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
}  # fmt: skip

_ABBREVIATIONS = {
    1: "jan", 2: "feb peb pebruari", 3: "mar mrt", 4: "apr", 6: "jun", 7: "jul",
    8: "aug ags agt agu agst agust", 9: "sep sept", 10: "oct okt", 11: "nov nop nopember",
    12: "dec des",
}  # fmt: skip

_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri"
    " sat sun senin selasa rabu kamis jumat jum'at sabtu minggu ahad sen sel rab kam jum sab min"
)
WEEKDAYS = frozenset(_WEEKDAYS.split())


def language_in_use(language: str | None) -> str:
    """The language of `MONTH_NAMES` for a code such as `en-gb`; None takes the active one."""
    code = (language or get_language() or "en").split("-")[0].lower()
    return code if code in MONTH_NAMES else "en"


def month_name(month: int, language: str | None = None) -> str:
    """The full name of month 1–12 in the given, else the active language."""
    return MONTH_NAMES[language_in_use(language)][month - 1]


def _month_numbers() -> dict[str, int]:
    numbers = {
        name.lower(): number
        for names in MONTH_NAMES.values()
        for number, name in enumerate(names, start=1)
    }
    for number, words in _ABBREVIATIONS.items():
        numbers |= dict.fromkeys(words.split(), number)
    return numbers


MONTH_NUMBERS = _month_numbers()
