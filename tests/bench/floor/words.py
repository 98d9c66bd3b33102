"""Words of the pages: what values are called, and dates as people write them."""

from __future__ import annotations

from datetime import UTC, datetime

LABELS = {
    "own": "Own side",
    "both": "Both sides",
    "third": "A third party",
    "human_rights": "Human rights dialogue",
    "consular": "Consular consultation",
    "interfaith": "Interfaith dialogue",
    "policy_planning": "Policy planning dialogue",
    "legal": "Legal consultation",
    "strategic": "Strategic dialogue",
    "unknown": "Not recorded",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
OWN = "Indonesia"


def called(value: str) -> str:
    """A value of a vocabulary in words."""
    return LABELS.get(value) or value.replace("_", " ").capitalize()


def in_words(day: str | None) -> str:
    """A date as people write it."""
    if day is None:
        return ""
    start, _slash, end = day.partition("/")
    if not end:
        return f'<time datetime="{day}">{one_in_words(start)}</time>'
    if start[:7] == end[:7]:
        return f"{int(start[8:])}–{one_in_words(end)}"
    if start[:4] == end[:4]:
        return f"{one_in_words(start)[:-5]} – {one_in_words(end)}"
    return f"{one_in_words(start)} – {one_in_words(end)}"


def one_in_words(day: str) -> str:
    """A year, a month or a day as people write it."""
    year, *rest = day.split("-")
    words = [MONTHS[int(rest[0]) - 1], year] if rest else [year]
    return " ".join([str(int(rest[1])), *words] if rest[1:] else words)


def is_past(day: str) -> bool:
    """Whether every day that the date may mean is over."""
    return f"{datetime.now(UTC):%Y-%m-%d}"[: len(day)] > day
