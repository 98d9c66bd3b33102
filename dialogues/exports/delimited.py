"""CSV: written by PostgreSQL itself, so that a hundred thousand rounds need no memory here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connection

from dialogues.filters import ListingFilter
from dialogues.listings import Column, Listing

from .whole import whole

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
#: What Excel recognises UTF-8 by.
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()
#: So much is sent at once, in bytes; PostgreSQL gives line by line.
PIECE = 64 * 1024


def delimited(
    listing: Listing,
    filters: ListingFilter,
    columns: Sequence[Column],
    *,
    separator: str = ",",
    bom: bool = False,
) -> Iterator[bytes]:
    """Yield a heading and all rows that the filter leaves, in its order; CSV as of RFC 4180.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    names, expressions = listing.expressions(filters, columns)
    yield BOM * bom + separator.join(names).encode() + b"\n"
    try:
        sql, params = whole(filters, expressions)
    except EmptyResultSet:
        return
    statement = f"COPY ({sql}) TO STDOUT (FORMAT csv, DELIMITER E'{separator}')"
    # The driver's own cursor: Django's, which logs under DEBUG, takes no parameters for COPY.
    with connection.cursor() as cursor, cursor.cursor.copy(statement, params) as copied:
        piece = bytearray()
        for line in copied:
            piece += line
            if len(piece) >= PIECE:
                yield bytes(piece)
                piece.clear()
        yield bytes(piece)
