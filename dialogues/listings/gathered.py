"""What other rows say of a listed one: a number of them, or a list."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, Count, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce


class Gathered(Coalesce):
    """An aggregate over the rows whose path ``owner`` leads to the listed row.

    As an expression it is a subquery, which for a page's fifty rows costs little. A file of all
    rows, where it would be asked a hundred thousand times, joins `grouped` instead.
    """

    def __init__(
        self, rows: QuerySet[Any], owner: str, value: Aggregate, empty: Value | Cast
    ) -> None:
        self.rows, self.owner, self.value, self.empty = rows, owner, value, empty
        own = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
        mine = Subquery(own.annotate(told=value).values("told"))
        super().__init__(mine, empty, output_field=empty.output_field)


def grouped(together: list[Gathered]) -> QuerySet[Any, Any]:
    """For all listed rows at once: the owner's id, then what each of these says of it, all of
    which are about the same rows. An owner without any is left out."""
    rows, owner = together[0].rows, together[0].owner
    told = {f"told_{number}": one.value for number, one in enumerate(together)}
    found: QuerySet[Any, Any] = rows.order_by().values(owner).annotate(**told)
    return found.values_list(owner, *told)


def counted(rows: QuerySet[Any], owner: str, condition: Q | None = None) -> Gathered:
    """How many of ``rows`` there are, or how many of them meet a condition.

    Counted by their owner, which an index knows; for their own ids each row would be read.
    """
    return Gathered(rows, owner, Count(owner, filter=condition), Value(0))


def listed(rows: QuerySet[Any], owner: str, said: Any, *order: str) -> Gathered:
    """What ``rows`` say, in their order; an array of texts."""
    texts: ArrayField[Any, Any] = ArrayField(TextField())
    return Gathered(rows, owner, ArrayAgg(said, order_by=order), Cast(Value([]), texts))
