"""Documents out of the database: built by PostgreSQL, in the shape that ``document.py`` declares.

A round's whole document is one SQL expression, so that a page of fifty costs one query and no
model instances. The expression is compiled once for each shape and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Expression, F, Func, OuterRef, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from .choosing import EVERYTHING, Choice, Sight
from .document import RoundDocument
from .shape import (
    Document,
    Linked,
    Made,
    Many,
    Mark,
    One,
    Part,
    Spelled,
    Via,
    default_of,
    keys_of,
)

#: So many documents at a time are in memory; each is some 10 KB, twice.
BATCH = 100


class BuildObject(Func):
    """``json_build_object``: unlike the jsonb one it keeps the order of the keys."""

    function = "json_build_object"
    output_field = models.JSONField()

    def __init__(self, keys: dict[str, Any]) -> None:
        arguments: list[Any] = []
        for key, value in keys.items():
            # Without the cast PostgreSQL cannot tell a parameter's type.
            arguments += [Cast(Value(key), TextField()), value]
        super().__init__(*arguments)


class ToJson(Func):
    function = "to_json"
    output_field = models.JSONField()


def object_of(document: type[Document], path: str = "", *, sight: Sight) -> BuildObject:
    """The SQL expression of a document whose row is at ``path`` from the query's own.

    What ``sight`` leaves out is not in it at all, and so costs nothing.
    """
    return BuildObject(
        {
            key: _value(document, key, mark, path, sight.into(key))
            for key, mark in keys_of(document, staff=sight.staff)
            if sight.takes(key)
        }
    )


def _value(
    document: type[Document], key: str, mark: Mark | None, path: str, inside: Sight
) -> Expression | F:
    match mark:
        case One():
            return object_of(mark.document, f"{path}{mark.path}__", sight=inside)
        case Many():
            return ToJson(ArraySubquery(_parts(mark.document, inside)))
        case Linked():
            return ToJson(ArraySubquery(_linked(document, mark, inside)))
        case Made():
            return mark.expression(path)
        case Spelled():
            return Coalesce(NullIf(F(f"{path}name"), Value("")), F(f"{path}person__name"))
        case Via():
            found = F(f"{path}{mark.path}")
            return Coalesce(found, Value("")) if default_of(document, key) == "" else found
        case _:
            # A partial date goes out as the text it is stored as.
            return F(f"{path}{key}")


def _parts(part: type[Part], sight: Sight) -> models.QuerySet[Any, Any]:
    order = ("number",) if part.numbered else ("position", "pk")
    return (
        part.model._base_manager.filter(**{part.owner: OuterRef("pk")})
        .order_by(*order)
        .values_list(object_of(part, sight=sight))
    )


def _linked(document: Any, mark: Linked, sight: Sight) -> models.QuerySet[Any, Any]:
    relation = document.model._meta.get_field(mark.relation)
    to = f"{relation.m2m_reverse_field_name()}__"
    value = object_of(mark.document, to, sight=sight) if mark.document else F(f"{to}{mark.path}")
    links: models.QuerySet[Any, Any] = relation.remote_field.through._base_manager.filter(
        **{relation.m2m_field_name(): OuterRef("pk")}
    )
    return links.order_by("pk").values_list(value)


@lru_cache(maxsize=64)
def _compiled(document: Any, sight: Sight) -> tuple[str, tuple[Any, ...]]:
    """The SQL that gives id and document text of every row; the caller adds WHERE."""
    rows = (
        document.model._base_manager.order_by()
        .annotate(_document=Cast(object_of(document, sight=sight), TextField()))
        .values_list("pk", "_document")
    )
    sql, params = rows.query.sql_with_params()
    return sql, tuple(params)


def documents(
    ids: Sequence[int],
    *,
    staff: bool,
    document: Any = RoundDocument,
    choice: Choice = EVERYTHING,
    given: Mapping[str, str] | None = None,
) -> list[bytes]:
    """Return the JSON documents of the rows with these ids, in their order.

    ``staff`` decides whether internal notes are in them, ``choice`` which keys. The caller has
    asked ``visible_to`` which ids the reader may see; an id that is gone is left out. ``given``
    says what stands this time for a text in a ``Made`` key's expression, such as the site's own
    address.
    """
    found = _by_id(ids, staff=staff, document=document, choice=choice, given=given)
    return [found[pk] for pk in ids if pk in found]


def _by_id(
    ids: Sequence[int],
    *,
    staff: bool,
    document: Any = RoundDocument,
    choice: Choice = EVERYTHING,
    given: Mapping[str, str] | None = None,
) -> dict[int, bytes]:
    if not ids:
        return {}
    return dict(_read(document, Sight(staff, choice), given, "= ANY(%s::bigint[])", [list(ids)]))


def documents_of(
    rows: models.QuerySet[Any, Any],
    *,
    staff: bool,
    document: Any = RoundDocument,
    choice: Choice = EVERYTHING,
    given: Mapping[str, str] | None = None,
) -> dict[int, bytes]:
    """Return the documents of the few rows that a query finds, by their ids; as `documents`.

    One query, so that what is read is what the reader may see at that moment.
    """
    try:
        which, params = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return {}
    return dict(_read(document, Sight(staff, choice), given, f"IN ({which})", params))


def document_of(row: models.QuerySet[Any, Any], **read: Any) -> bytes | None:
    """Return the document of the one row that a query finds, or None; as `documents_of`."""
    return next(iter(documents_of(row, **read).values()), None)


def _read(
    document: Any, sight: Sight, given: Mapping[str, str] | None, which: str, which_params: Any
) -> Iterator[tuple[int, bytes]]:
    """Ids and documents of the rows whose id is ``which``."""
    sql, params = _compiled(document, sight)
    if given:
        params = tuple(given.get(param, param) for param in params)
    table = connection.ops.quote_name(document.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} WHERE {table}.id {which}", [*params, *which_params])
        yield from ((pk, text.encode()) for pk, text in cursor.fetchall())


def stream(rows: models.QuerySet[Any, Any], *, batch: int = BATCH, **read: Any) -> Iterator[bytes]:
    """Yield the documents of a query's rows in its order, ``batch`` at a time in memory.

    ``read`` is what `documents` takes: staff, document, choice, given.
    """
    for document, _values in stream_with(rows, (), batch=batch, **read):
        yield document


def stream_with(
    rows: models.QuerySet[Any, Any], names: Sequence[str], *, batch: int = BATCH, **read: Any
) -> Iterator[tuple[bytes, list[Any]]]:
    """As `stream`, each document with its row's values of these names."""
    values = rows.values_list("pk", *names).iterator(chunk_size=10_000)
    for some in in_batches(values, batch):
        found = _by_id([pk for pk, *_ in some], **read)
        yield from ((found[pk], told) for pk, *told in some if pk in found)


def in_batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Cut an iterable into lists of at most ``size``."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
