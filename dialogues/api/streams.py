"""All rows of a list at once: NDJSON and CSV, streamed, from one moment of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Func, QuerySet, TextField
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from rest_framework.renderers import BaseRenderer

from dialogues.filters.listing import ListingFilter
from dialogues.listings import LISTINGS, delimited, in_pieces
from dialogues.queries.snapshots import snapshot
from dialogues.records.reading import stream, stream_with

from . import keyset, pagination
from .choosing import chosen
from .problems import QueryError


class Lines(BaseRenderer):
    """Names the kind to DRF, which chooses it by ``Accept`` or suffix; `ndjson` writes it."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class Table(BaseRenderer):
    """Names the kind to DRF; `csv` writes it."""

    media_type = "text/csv"
    format = "csv"


TYPES = {"ndjson": "application/x-ndjson", "csv": "text/csv; charset=utf-8; header=present"}
#: Parameters that make a part of a list.
NARROWING = frozenset({"limit", "cursor", "modified_since"})
#: What a row's own cursor is called, in a line and at the end of a table.
CURSOR = "cursor"


class KeysAsHex(Func):
    """The keys of a row as one text that needs no quoting in CSV."""

    template = "encode(convert_to(json_build_array(%(expressions)s)::text, 'UTF8'), 'hex')"
    output_field = TextField()


@dataclass(frozen=True, slots=True)
class Part:
    """What is streamed of a list: rows in stretches, to be read one after the other."""

    stretches: list[QuerySet[Any, Any]]
    links: str
    """The ``Link`` header's value, where the rows are not all."""
    keys: list[str]
    """The names under which the rows have their keys."""
    cursor_behind: Callable[[Sequence[Any]], str] | None
    """What makes a row's cursor of its keys; None where no cursors are asked for."""


def part_of(rows: QuerySet[Any, Any], request: HttpRequest, listing: str) -> Part:
    """All rows from where a request's cursor says, or as many of them as it asks for.

    Raises QueryError as `pagination.page_of`, and for a cursor that leads back where all are asked
    for.
    """
    terms = keyset.terms_of(rows)
    asked = pagination.Asked(request.GET, listing, len(terms), streamed=True)
    links, behind = "", asked.cursor.keys if asked.cursor else None
    if "limit" in request.GET:
        page = pagination.page_of(rows, request, listing, count=int, streamed=True)
        rows, links, behind = rows.filter(pk__in=page.ids), page.links, None
    elif asked.cursor and asked.cursor.backward:
        raise QueryError([("cursor", _("This cursor leads back; all rows are read forward."))])
    return Part(
        keyset.stretches(rows, terms, behind),
        links,
        keyset.names_of(terms),
        asked.cursor_behind if asked.cursors else None,
    )


def ndjson(part: Part, how: dict[str, Any]) -> Iterator[bytes]:
    """A document a line."""
    with snapshot():
        for rows in part.stretches:
            yield from in_pieces(_lines(part, rows, how))


def _lines(part: Part, rows: QuerySet[Any, Any], how: dict[str, Any]) -> Iterator[bytes]:
    if part.cursor_behind is None:
        yield from (document + b"\n" for document in stream(rows, **how))
        return
    for document, keys in stream_with(rows, part.keys, **how):
        comma = b", " if document != b"{}" else b""
        cursor = orjson.dumps({CURSOR: part.cursor_behind(keys)})
        yield document[:-1] + comma + cursor[1:] + b"\n"


def csv(part: Part, columns: Mapping[str, Any], *, narrowed: bool) -> Iterator[bytes]:
    """A heading, and a line a row."""
    how: dict[str, Any] = {}
    if cursor_behind := part.cursor_behind:
        columns = {**columns, CURSOR: KeysAsHex(*part.keys)}

        def rewritten(line: bytes) -> bytes:
            told, comma, keys = line.rpartition(b",")
            cursor = cursor_behind(orjson.loads(bytes.fromhex(keys.decode())))
            return told + comma + cursor.encode() + b"\n"

        how = {"rewritten": rewritten}
    with snapshot():
        for number, rows in enumerate(part.stretches):
            yield from delimited(rows, columns, narrowed=narrowed, heading=not number, **how)


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
