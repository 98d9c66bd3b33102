"""NDJSON: rounds as documents of the record format, other listings as their columns' values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from dialogues.dates import PartialDate
from dialogues.filters import ListingFilter
from dialogues.listings import Column, Listing
from dialogues.records.reading import stream

from .reading import rows

HOW = orjson.OPT_APPEND_NEWLINE | orjson.OPT_PASSTHROUGH_DATACLASS


def lines(listing: Listing, filters: ListingFilter, columns: Sequence[Column]) -> Iterator[bytes]:
    """Yield a line of JSON for each row that the filter leaves, in its order."""
    if listing.key == "rounds":
        for document in stream(filters.qs, staff=filters.staff):
            yield document + b"\n"
        return
    for row in rows(listing, filters, columns):
        yield orjson.dumps(row, default=_told, option=HOW)


def _told(value: Any) -> str:
    return value.edtf if isinstance(value, PartialDate) else str(value)
