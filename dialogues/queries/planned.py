"""Questions that are asked again and again: written once, planned once by each connection.

What a query costs beside reading its rows is writing its SQL (Django) and planning it (PostgreSQL).
For a page of a few milliseconds that is most of the time. A question declared with `planned` keeps
its SQL for each clearance, since only `visible_to` makes it differ, and is prepared by the server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import psycopg
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Expression, QuerySet
from psycopg.sql import Literal

from dialogues.models import User, clearance_of
from dialogues.models.publication import Clearance

Reader = User | AnonymousUser
Rows = TypeVar("Rows", bound=QuerySet[Any, Any])


class Given(Expression):
    """A value that each asking brings, by name. Its type is that of what it is compared with."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, *_args: Any, **_kwargs: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class Planned(Generic[Rows]):
    """A question as SQL, by clearance."""

    def __init__(self, declare: Callable[[Reader], Rows]) -> None:
        self.declare = declare
        self.written: dict[Clearance, tuple[str, tuple[str, ...]]] = {}

    def ask(self, reader: Reader, **given: Any) -> list[tuple[Any, ...]]:
        """The rows as the database gives them, a partial date as its text. One query.

        `given` has a value for every name that the question's `Given` say.
        """
        clearance = clearance_of(reader)
        if clearance not in self.written:
            # As many as there are combinations of roles and desks: a few dozen.
            self.written[clearance] = written(self.declare(reader))
        sql, names = self.written[clearance]
        with planning_cursor() as cursor:
            cursor.execute(sql, [given[name] for name in names])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def written(question: QuerySet[Any, Any]) -> tuple[str, tuple[str, ...]]:
    """A question's SQL as the server counts values ($1), and the names of these values.

    What is the same each time stands in the text. A union begins with a bracket, which pghistory
    takes for a write: it would put a second command before it, and only one can be prepared.
    """
    sql, params = question.query.sql_with_params()
    texts = [text.replace("%%", "%") for text in sql.split("%s")]
    names: list[str] = []
    for place, param in enumerate(params, start=1):
        if isinstance(param, Given):
            if param.name not in names:
                names.append(param.name)
            texts[place] = f"${names.index(param.name) + 1}{texts[place]}"
        else:
            texts[place] = Literal(param).as_string() + texts[place]
    whole = "".join(texts)
    if not whole.startswith("SELECT"):
        whole = f"SELECT * FROM ({whole}) AS found"  # noqa: S608 (the ORM's own SQL)
    return whole, tuple(names)


def planned(declare: Callable[[Reader], Rows]) -> Planned[Rows]:
    """Make a question of a function that gives a reader's queryset, `Given` in its conditions."""
    return Planned(declare)


@contextmanager
def planning_cursor() -> Iterator[CursorWrapper]:
    """A cursor whose statements the server prepares: it plans each once in a connection's life.

    Django's own cursors put values into the text and never prepare, which stays as it is: that
    threshold is theirs only where they bind on the server's side.
    """
    connection.ensure_connection()
    own = connection.connection
    own.prepare_threshold = 0
    cursor = psycopg.RawCursor(own)
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with make(cursor) as wrapped:  # type: ignore[arg-type]  # django-stubs: only wrapped ones
        yield wrapped
