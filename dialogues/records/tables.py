"""Rows into tables, many at a time, and what was changed by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models

from .shape import Document


@dataclass(slots=True)
class Owner:
    """A row that parts hang on, with its document and the round that all belongs to."""

    pk: int
    is_new: bool
    round_id: int
    document: Document


@dataclass(slots=True)
class Changes:
    """What was written: which keys of which rounds differ from before."""

    rounds: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def note(self, owner: Owner, key: str) -> None:
        if not owner.is_new:
            self.rounds[owner.round_id].add(key)


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows by COPY. Constraints and history's triggers apply to it as to any insert."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Draw ids for rows that are about to be copied in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]
