"""Dates as people write them, in English and Indonesian."""

from dialogues.dates.value import PartialDate


def understand(text: str) -> PartialDate | None:
    text = text.strip()
    return PartialDate.from_edtf(text) if text else None
