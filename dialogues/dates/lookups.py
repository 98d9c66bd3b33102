"""Partial dates in SQL: the days a date may mean as a range, and what may or must lie in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, Transform
from django.db.models.sql.compiler import SQLCompiler
from django.utils.deconstruct import deconstructible
from psycopg.types.range import Range

from dialogues.dates.value import PartialDate

Bound = date | PartialDate | str | None


@deconstructible(path="dialogues.dates.Span")
class Span(Transform):
    """`Span("date")`, or `date__span`: the days that a partial date may mean, as a daterange.

    Index it with `GistIndex(Span("date"), name=…)`, and all lookups of this module use the index.
    """

    lookup_name = "span"
    function = "dialogues_edtf_span"
    output_field = DateRangeField()


class _FallLookup(Lookup):
    """Compares the span with `(from, to)`; each a day, a partial date, EDTF, or None for open."""

    operator: str
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        start, end = _days(self.rhs)
        if start and end and end < start:
            # PostgreSQL refuses such a range; nothing can lie in it.
            raise EmptyResultSet
        span, params = compiler.compile(Span(self.lhs))
        return f"{span} {self.operator} %s", [*params, Range(start, end, "[]")]


class MayFall(_FallLookup):
    """`date__may_fall=(from, to)`: some day that the date may mean lies from `from` to `to`."""

    lookup_name = "may_fall"
    operator = "&&"


class MustFall(_FallLookup):
    """`date__must_fall=(from, to)`: every day that the date may mean lies from `from` to `to`."""

    lookup_name = "must_fall"
    operator = "<@"


def _days(bounds: Sequence[Bound]) -> tuple[date | None, date | None]:
    start, end = (PartialDate.from_edtf(b) if isinstance(b, str) else b for b in bounds)
    return (
        start.earliest if isinstance(start, PartialDate) else start,
        end.latest if isinstance(end, PartialDate) else end,
    )
