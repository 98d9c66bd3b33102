"""What a document says of a row that stands already, taken over as far as it differs."""

from __future__ import annotations

from typing import Any

from .errors import RecordError
from .shape import Document


class Refused(Exception):
    """One thing that a document says is not taken over; nothing of the file is."""

    def __init__(self, error: RecordError) -> None:
        self.error = error
        super().__init__(str(error))


def said_of(document: Document, *keys: str) -> dict[str, Any]:
    """What the document itself gives of these keys."""
    return {key: getattr(document, key) for key in keys if document.says(key)}


def overwrite(row: Any, wanted: dict[str, Any]) -> bool:
    """Set what differs and save just that; tell whether anything did."""
    differing = [key for key, value in wanted.items() if getattr(row, key) != value]
    for key in differing:
        setattr(row, key, wanted[key])
    if differing:
        row.save(update_fields=differing)
    return bool(differing)
