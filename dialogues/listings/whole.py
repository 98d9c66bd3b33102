"""All rows of a filtered list as one statement, each row a few texts.

What the listing gathers from other rows is not asked of each row but grouped once, and joined.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, QuerySet, TextField
from django.db.models.expressions import RawSQL

from dialogues.filters.dimensions import Compiled

from .gathered import Gathered, grouped

#: The first signs of what a spreadsheet takes for a formula.
RISKY = ", ".join(str(ord(sign)) for sign in "=+-@\t\r")
NUMBER = "^-?[0-9.]+$"


def whole(listed: QuerySet[Any, Any], expressions: Iterable[Any], *, narrowed: bool) -> Compiled:
    """SQL, and its parameters, of all rows of a query, in its order: what these expressions say, as
    texts that no spreadsheet takes for formulas. ``narrowed``: whether much is left out.

    Raises EmptyResultSet where there can be no rows.
    """
    heads = {f"c{number}": one for number, one in enumerate(expressions)}
    own = {head: one for head, one in heads.items() if not isinstance(one, Gathered)}
    query = listed.values_list(F("pk"), *own.values()).query
    sql, given = query.sql_with_params()
    parts, params = (
        [f"{_listed(own)} (SELECT *, row_number() OVER () FROM ({sql}) found)"],
        [*given],
    )
    _pk, *fields = (one.output_field for one in query.annotation_select.values())
    told = {head: _text(head, field) for head, field in zip(own, fields, strict=True)}
    joins = ""
    for number, some in enumerate(_together(heads)):
        owner = next(iter(some.values())).owner
        rows = grouped(list(some.values()))
        if narrowed:
            # What is said of those that are left out is left out too.
            rows = rows.filter(**{f"{owner}__in": RawSQL("SELECT pk FROM listed", ())})
        sql, given = rows.query.sql_with_params()
        parts.append(f"set_{number} (owner, {', '.join(some)}) AS ({sql})")
        params += given
        joins += f" LEFT JOIN set_{number} ON set_{number}.owner = pk"
        told |= {head: _gathered(head, one) for head, one in some.items()}
    columns = ", ".join(told[head] for head in heads)
    return f"WITH {', '.join(parts)} SELECT {columns} FROM listed{joins} ORDER BY place", params


def _listed(own: Iterable[str]) -> str:
    return f"listed ({', '.join(['pk', *own, 'place'])}) AS MATERIALIZED"


def _together(heads: dict[str, Any]) -> list[dict[str, Gathered]]:
    """What is gathered, by the rows that it is gathered from."""
    sets: dict[int, dict[str, Gathered]] = {}
    for head, one in heads.items():
        if isinstance(one, Gathered):
            sets.setdefault(id(one.rows), {})[head] = one
    return list(sets.values())


def _gathered(head: str, one: Gathered) -> str:
    """What is told of a row of which nothing is said: no list, or none of what is counted."""
    field = one.empty.output_field
    return _text(head, field) if isinstance(field, ArrayField) else f"coalesce({head}, 0)"


def _text(head: str, field: Any) -> str:
    """SQL of a column's text: lists joined, and nothing of people's own that begins as a formula
    does. What has few values, or is a number or a date, needs no looking at."""
    if isinstance(field, ArrayField):
        head = f"array_to_string({head}, '; ')"
    elif not isinstance(field, CharField | TextField) or field.choices:
        return head
    risky = f"ascii({head}) IN ({RISKY}) AND {head} !~ '{NUMBER}'"
    return f"CASE WHEN {risky} THEN chr(39) || {head} ELSE {head} END"
