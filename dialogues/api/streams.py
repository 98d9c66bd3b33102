"""All rows of a list at once: NDJSON and CSV, streamed, from one moment of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.renderers import BaseRenderer

from dialogues.filters.listing import ListingFilter
from dialogues.listings import LISTINGS, delimited, in_pieces
from dialogues.queries.snapshots import snapshot
from dialogues.records.reading import stream

from .choosing import chosen

#: So many documents a part may have, where one asks for parts; a page has fewer.
MOST = 10_000


class Lines(BaseRenderer):
    """Names the kind to DRF, which chooses it by ``Accept`` or suffix; `ndjson` writes it."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class Table(BaseRenderer):
    """Names the kind to DRF; `csv` writes it."""

    media_type = "text/csv"
    format = "csv"


TYPES = {"ndjson": "application/x-ndjson", "csv": "text/csv; charset=utf-8; header=present"}


def ndjson(stretches: Iterable[QuerySet[Any, Any]], how: dict[str, Any]) -> Iterator[bytes]:
    """A document a line, of rows that come one stretch after the other."""
    with snapshot():
        yield from in_pieces(
            document + b"\n" for rows in stretches for document in stream(rows, **how)
        )


def csv(
    stretches: Iterable[QuerySet[Any, Any]], columns: Mapping[str, Any], *, narrowed: bool
) -> Iterator[bytes]:
    """A heading, and a line a row."""
    with snapshot():
        for number, rows in enumerate(stretches):
            yield from delimited(rows, columns, narrowed=narrowed, heading=not number)


def columns_of(filters: ListingFilter, name: str, parameters: QueryDict) -> Mapping[str, Any]:
    """The expressions of the listing's columns for this reader, by the names of the table's
    columns; of all, or of those that ``fields`` and ``omit`` choose. Raises QueryError."""
    every = every_column(filters, name)
    choice = chosen(parameters, every, _("There is no column “%(key)s” here."))
    return {name: told for name, told in every.items() if choice.takes(name)}


def every_column(filters: ListingFilter, name: str) -> dict[str, Any]:
    listing = LISTINGS[name]
    columns = listing.columns(filters.reader).values()
    return dict(zip(*listing.expressions(filters, list(columns)), strict=True))
