"""How many rows each value of a dimension would leave: counted under all filters but its own.

All dimensions of a listing are counted by one statement. Those that nothing is given for share one
set of rows; each that something is given for has a set of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import EmptyResultSet
from django.db import connection

from dialogues.models.partners import in_readers_language

from .dimensions import ROWS, Compiled, Dimension
from .values import Named, Words

if TYPE_CHECKING:
    from .listing import ListingFilter

#: Counts what is listed where the rows are those of rounds that mention it.
OWNERS = "count(DISTINCT base.owner)"


@dataclass(frozen=True, slots=True)
class Counted:
    """One value of a dimension and how many rows it would leave."""

    value: str | None
    """None for "not recorded"."""
    label: str
    count: int
    above: str | None = None
    """Of a topic, the slug of the one that it lies under."""


@dataclass(frozen=True, slots=True)
class _Row:
    dimension: str
    value: str | None
    count: int
    names: tuple[str, ...]
    above: str | None


def counts(filters: ListingFilter, names: Sequence[str]) -> dict[str, list[Counted]]:
    """Count the dimensions of these ``names``; the most frequent value first. One query.

    Values that no row has are left out. Nothing is counted while a parameter is wrong.
    """
    found: dict[str, list[Counted]] = {name: [] for name in names}
    if not filters.is_valid():
        return found
    for row in filters.kept(("facets", *names), lambda: _count(filters, names)):
        dimension = filters.dimension(row.dimension)
        label = _label(dimension, row)
        found[row.dimension].append(Counted(row.value, label, row.count, row.above))
    for values in found.values():
        values.sort(key=lambda one: (-one.count, one.label))
    return found


def _count(filters: ListingFilter, names: Sequence[str]) -> list[_Row]:
    statements, params = [], []
    for own, dimensions in _together(filters, names):
        try:
            sql, some = _statement(filters, own, dimensions)
        except EmptyResultSet:
            continue
        statements.append(f"({sql})")
        params += some
    if not statements:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), params)
        return [
            _Row(name, value, count, tuple(filter(None, (first, second))), above)
            for name, value, count, first, second, above in cursor.fetchall()
            if count
        ]


def _together(
    filters: ListingFilter, names: Iterable[str]
) -> Iterator[tuple[str | None, list[Dimension]]]:
    """The dimensions that are counted over the same rows, with whose filters are left out there."""
    shared: dict[bool, list[Dimension]] = {}
    for name in names:
        dimension = filters.dimension(name)
        if filters.narrowed_by(name):
            yield name, [dimension]
        else:
            shared.setdefault(filters.asks_rounds(name), []).append(dimension)
    for dimensions in shared.values():
        yield None, dimensions


def _statement(filters: ListingFilter, own: str | None, dimensions: list[Dimension]) -> Compiled:
    """SQL that counts these dimensions over the rows that all filters but ``own`` leave."""
    rounds = filters.asks_rounds(dimensions[0].name)
    sources = list(dict.fromkeys(dimension.source for dimension in dimensions))
    columns = {source: f"base.c{number}" for number, source in enumerate(sources)}
    base, params = filters.base(own, sources, rounds=rounds)
    heads = ", ".join([*(["owner"] if rounds else []), *(f"c{n}" for n in range(len(sources)))])
    parts = []
    for dimension in dimensions:
        sql, some = dimension.tally(columns[dimension.source], OWNERS if rounds else ROWS)
        parts.append(_named(dimension, sql))
        params += some
    return f"WITH base ({heads}) AS MATERIALIZED ({base}) {' UNION ALL '.join(parts)}", params


def _named(dimension: Dimension, sql: str) -> str:
    """The same rows with what their values are called, where that stands in a table."""
    values, name = dimension.values, dimension.name
    if not isinstance(values, Named) or values.model is None:
        nothing = "NULL::text, NULL::text, NULL::text"
        return f"SELECT '{name}', value, rows, {nothing} FROM ({sql}) AS counted (value, rows)"
    table = values.model._meta.db_table
    first, second = (*(f"called.{column}::text" for column in values.names), "NULL::text")[:2]
    has_tree = any(field.name == "parent" for field in values.model._meta.fields)
    tree = f"LEFT JOIN {table} above ON above.id = called.parent_id" if has_tree else ""
    return (
        f"SELECT '{name}', value, rows, {first}, {second}, "
        f"{f'above.{values.value}::text' if has_tree else 'NULL::text'} "
        f"FROM ({sql}) AS counted (value, rows) "
        f"LEFT JOIN {table} called ON called.{values.value} = value {tree}"
    )


def _label(dimension: Dimension, row: _Row) -> str:
    if row.value is None:
        return ""
    if isinstance(dimension.values, Words):
        return str(dimension.values.choices(row.value).label)
    english, indonesian = (*row.names, "", "")[:2]
    return in_readers_language(english, indonesian) or row.value
