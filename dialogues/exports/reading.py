"""The rows of a filtered list, a few hundred at a time in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dialogues.filters import ListingFilter
from dialogues.listings import Column, Listing
from dialogues.listings.listing import Row

BATCH = 500


def rows(listing: Listing, filters: ListingFilter, columns: Sequence[Column]) -> Iterator[Row]:
    """All rows that the filter leaves, in its order, with the values of these columns."""
    ids: list[int] = []
    for pk in filters.qs.values_list("pk", flat=True).iterator(chunk_size=10_000):
        ids.append(pk)
        if len(ids) == BATCH:
            yield from listing.read(filters, columns, ids)
            ids = []
    yield from listing.read(filters, columns, ids)
