"""One line for each dimension of a listing; it gives ``NAME``, ``NAME__not`` and ``NAME__empty``.

A condition never multiplies rows: columns are compared over foreign keys, which lead to one row
each, and everything else is asked as a subquery of ids.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.sql import Query

from dialogues.models import Topic

from .values import Values

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


#: SQL and its parameters.
Compiled = tuple[str, list[Any]]

#: Counts the rows of a listing whose rows are those of ``base``; other listings count their own.
ROWS = "count(*)"


@dataclass(frozen=True)
class Dimension(ABC):
    """Something that rows of a listing have, may have several of, or may lack."""

    name: str
    label: str | _StrPromise
    values: Values
    _: KW_ONLY
    prefix: str = ""
    """The path from the listing's model to the one that the dimension belongs to."""
    narrow: bool = False
    """Whether one value leaves few rows, of which the rest is then asked one by one."""

    def on(self, prefix: str) -> Self:
        """The same dimension of what a foreign key leads to."""
        return replace(self, prefix=prefix)

    @abstractmethod
    def within(self, values: Iterable[str]) -> Q:
        """Whether it is one of ``values``."""

    def within_few(self, values: Iterable[str]) -> Q:
        """The same as ``within``, where other conditions leave few rows to ask."""
        return self.within(values)

    def outside(self, values: Iterable[str]) -> Q:
        """Whether it is none of ``values``; what has no value at all is outside."""
        return ~self.within(values)

    @abstractmethod
    def missing(self) -> Q:
        """Whether it is not recorded."""

    @property
    def source(self) -> str:
        """The path to the column that `tally` counts by."""
        return f"{self.prefix}pk"

    @abstractmethod
    def tally(self, column: str, counted: str) -> Compiled:
        """SQL that counts the rows of ``base`` by value; NULL stands for "not recorded".

        ``column`` is `source` as a column of ``base``, and ``counted`` the expression that counts.
        Gives rows of the value, as text, and its count.
        """


@dataclass(frozen=True, kw_only=True)
class Column(Dimension):
    """A column of the row itself, or of a row that it refers to."""

    path: str
    unknown: str | None = None
    """The value that stands for "not recorded"; without one that is NULL."""

    def within(self, values: Iterable[str]) -> Q:
        return Q(**{f"{self.prefix}{self.path}__in": list(values)})

    def missing(self) -> Q:
        if self.unknown is not None:
            return Q(**{f"{self.prefix}{self.path}": self.unknown})
        # A column behind a foreign key is missing where the key is.
        relation = self.path.rpartition("__")[0] or self.path
        return Q(**{f"{self.prefix}{relation}__isnull": True})

    @property
    def source(self) -> str:
        return f"{self.prefix}{self.path}"

    def tally(self, column: str, counted: str) -> Compiled:
        return f"SELECT {column}::text, {counted} FROM base GROUP BY 1", []


@dataclass(frozen=True, kw_only=True)
class Year(Column):
    """The years that a partial date may fall in."""

    def within(self, values: Iterable[str]) -> Q:
        found = Q()
        for year in values:
            edtf = f"{int(year):04}"
            found |= Q(**{f"{self.prefix}{self.path}__may_fall": (edtf, edtf)})
        return found

    def tally(self, column: str, counted: str) -> Compiled:
        # A date's text begins with its first year, and its last part with the last one.
        first, last = f"left({column}, 4)::int", f"left(split_part({column}, '/', -1), 4)::int"
        if counted == ROWS:
            # By these two first: to spread every row over its years takes several times as long.
            found = (
                f"SELECT year::text, sum(rows)::bigint FROM (SELECT {first} AS first, "
                f"{last} AS last, count(*) AS rows FROM base WHERE {column} IS NOT NULL "
                "GROUP BY 1, 2) falls, generate_series(first, last) AS year GROUP BY year"
            )
        else:
            found = (
                f"SELECT year::text, {counted} FROM base, generate_series({first}, {last}) AS year "
                "GROUP BY year"
            )
        return f"{found} UNION ALL SELECT NULL, {counted} FROM base WHERE {column} IS NULL", []


#: Rows that mention a value: their model, the path to the value, and the path to the owner's id.
Mention = tuple[type[Model], str, str]


@dataclass(frozen=True, kw_only=True)
class Related(Dimension):
    """What rows elsewhere say of the owner, in one table or several."""

    owner: type[Model]
    mentions: tuple[Mention, ...]
    blank: bool = False
    """Whether an empty text, too, means that there is no value."""
    resolve: Callable[[Iterable[str]], Iterable[Any]] = list
    """From the values asked for to those that are compared: a topic stands for those under it."""

    def within(self, values: Iterable[str]) -> Q:
        return Q(**{f"{self.prefix}pk__in": self._owners(self.resolve(values))})

    def within_few(self, values: Iterable[str]) -> Q:
        """Look at each row's own mentions, not at all that there are: PostgreSQL, which takes IN
        for a list to be made first, has no choice once the list is about the row."""
        row, compared = OuterRef(f"{self.prefix}pk"), list(self.resolve(values))
        parts = [
            self._mentioning(model, path, compared).filter(**{owner: row}).values(owner)
            for model, path, owner in self.mentions
        ]
        found = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
        return Q(**{f"{self.prefix}pk__in": found})

    def outside(self, values: Iterable[str]) -> Q:
        return self._none_of(self._owners(self.resolve(values)))

    def missing(self) -> Q:
        return self._none_of(self._owners(None))

    def _none_of(self, owners: QuerySet[Any]) -> Q:
        """NOT EXISTS becomes an anti-join; NOT IN would be worked through row by row."""
        among = self.owner._base_manager.filter(pk__in=owners)
        return Q(~Exists(among.filter(pk=OuterRef(f"{self.prefix}pk"))))

    def _owners(self, values: Iterable[Any] | None) -> QuerySet[Any]:
        """The ids of owners with one of ``values``; with any value where that is None."""
        parts = [
            self._mentioning(model, path, values).values(owner)
            for model, path, owner in self.mentions
        ]
        # Without doubles, which lets PostgreSQL hash them; it would compare each with every row.
        return parts[0].union(*parts[1:]) if parts[1:] else parts[0]

    def tally(self, column: str, counted: str) -> Compiled:
        parts = [
            compiled(self._mentioning(model, path, None).values_list(path, owner))
            for model, path, owner in self.mentions
        ]
        pairs = " UNION ALL ".join(sql for sql, _params in parts)
        params = [param for _sql, params in parts for param in params]
        # Only the mentions of rows in question, which an index finds where these are few.
        told = (
            f"SELECT DISTINCT value, owner FROM ({pairs}) mention (value, owner) "
            f"WHERE owner IN (SELECT {column} FROM base)"
        )
        sql = (
            f"SELECT value::text, {counted} FROM base JOIN ({told}) told ON told.owner = {column} "
            f"GROUP BY 1 UNION ALL SELECT NULL, {counted} FROM base "
            f"WHERE {column} NOT IN (SELECT owner FROM ({told}) told)"
        )
        return sql, [*params, *params]

    def _mentioning(
        self, model: type[Model], path: str, values: Iterable[Any] | None
    ) -> QuerySet[Any]:
        rows = model._base_manager.all()
        if values is not None:
            return rows.filter(**{f"{path}__in": list(values)})
        rows = rows.filter(**{f"{path}__isnull": False})
        return rows.exclude(**{path: ""}) if self.blank else rows


@dataclass(frozen=True, kw_only=True)
class Subject(Dimension):
    """The topics that are kept of rounds and of agreed points (`models.subjects`), each with those
    above it: so a topic stands for all that lie under it."""

    kept: type[Model]
    """`RoundSubjects` or `PointSubjects`."""

    def within(self, values: Iterable[str]) -> Q:
        topics = Topic.objects.filter(slug__in=list(values)).order_by().values("pk")
        return Q(**{f"{self.prefix}subjects__topics__overlap": topics})

    def missing(self) -> Q:
        return Q(**{f"{self.prefix}subjects__isnull": True})

    def tally(self, column: str, counted: str) -> Compiled:
        subjects = self.kept._meta
        table, key = subjects.db_table, subjects.pk.column
        sql = (
            f"SELECT slug, rows FROM (SELECT topic, {counted} AS rows FROM base "
            f"JOIN {table} about ON about.{key} = {column}, unnest(topics) AS topic GROUP BY 1) "
            "found JOIN dialogues_topic ON id = topic "
            f"UNION ALL SELECT NULL, {counted} FROM base "
            f"WHERE NOT EXISTS (SELECT FROM {table} WHERE {key} = {column})"
        )
        return sql, []


def compiled(rows: QuerySet[Any]) -> Compiled:
    """The SQL of a query and its parameters."""
    query: Query = rows.order_by().query
    sql, params = query.sql_with_params()
    return sql, list(params)
