"""Pages by key: a page begins behind the last row of the one before, wherever that stands by now.

Unlike counting off rows (OFFSET), this loses and doubles nothing while others write, and the last
page costs what the first does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Expression, F, Q, QuerySet
from django.db.models.expressions import OrderBy

Keys = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Term:
    """One key of an ordering."""

    expression: Expression | F
    descending: bool
    nulls_last: bool

    @classmethod
    def of(cls, given: Any) -> Term:
        """Read what a query's ``order_by`` holds; PostgreSQL takes null for the largest value."""
        if isinstance(given, str):
            path = F(given.removeprefix("-"))
            given = path.desc() if given.startswith("-") else path.asc()
        elif not isinstance(given, OrderBy):
            given = given.asc()
        nulls_last = given.nulls_last or not (given.nulls_first or given.descending)
        return cls(given.expression, given.descending, bool(nulls_last))

    @property
    def reversed(self) -> Term:
        return Term(self.expression, not self.descending, not self.nulls_last)

    @property
    def order(self) -> OrderBy:
        nulls = {"nulls_last": True} if self.nulls_last else {"nulls_first": True}
        return OrderBy(self.expression, descending=self.descending, **nulls)

    def same(self, name: str, value: Any) -> Q:
        return Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})

    def behind(self, name: str, value: Any) -> Q:
        """What comes after ``value`` by this key alone."""
        if value is None:
            return Q(pk__in=[]) if self.nulls_last else Q(**{f"{name}__isnull": False})
        behind = Q(**{f"{name}__{'lt' if self.descending else 'gt'}": value})
        return behind | Q(**{f"{name}__isnull": True}) if self.nulls_last else behind


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    keys: Keys


def terms_of(rows: QuerySet) -> list[Term]:
    """The keys by which a query orders its rows; the last one has to be unique."""
    return [Term.of(given) for given in rows.query.order_by]


def fetch(rows: QuerySet, terms: list[Term], behind: Keys | None, size: int) -> list[Row]:
    """Return the first ``size`` rows, or those behind the row that has the keys ``behind``."""
    names = names_of(terms)
    found: list[Row] = []
    for stretch in stretches(rows, terms, behind):
        if len(found) < size:
            left = stretch.values_list("pk", *names)[: size - len(found)]
            found += [Row(pk, keys) for pk, *keys in left]
    return found


def stretches(rows: QuerySet, terms: list[Term], behind: Keys | None) -> list[QuerySet]:
    """All rows, or those behind the row with these keys: queries to be read one after the other.

    Each row has its keys, under the names that `names_of` gives.
    """
    names = names_of(terms)
    keyed = rows.annotate(
        **{name: term.expression for name, term in zip(names, terms, strict=True)}
    ).order_by(*(term.order for term in terms))
    return [keyed.filter(stretch) for stretch in _stretches(terms, names, behind)]


def names_of(terms: list[Term]) -> list[str]:
    return [f"key_{place}" for place in range(len(terms))]


def _stretches(terms: list[Term], names: list[str], behind: Keys | None) -> Iterator[Q]:
    """Conditions that give, one after the other, all rows behind a row.

    Rows with a first key and rows without are asked for apart: each can be read off an index from
    the right place on, where "later, or without a date" could not.
    """
    if behind is None:
        yield Q()
        return
    first, name, value = terms[0], names[0], behind[0]
    rest = _behind_all(terms, names, behind)
    if value is None:
        yield Q(**{f"{name}__isnull": True}) & rest
        if not first.nulls_last:
            yield Q(**{f"{name}__isnull": False})
    else:
        yield Q(**{f"{name}__{'lte' if first.descending else 'gte'}": value}) & rest
        if first.nulls_last:
            yield Q(**{f"{name}__isnull": True})


def _behind_all(terms: list[Term], names: list[str], behind: Keys) -> Q:
    """Behind by the first key; or the same by the first and behind by the second; and so on."""
    ways, same = [], Q()
    for term, name, value in zip(terms, names, behind, strict=True):
        ways.append(same & term.behind(name, value))
        same &= term.same(name, value)
    return reduce(or_, ways)
