"""Counting by the years that partial dates may fall in."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.db.models import CharField, Count, F, Func, IntegerField, QuerySet
from django.db.models.functions import Cast, Left

#: The last of an interval's two ends; of any other date, the date.
_END = Func(F("date"), template="split_part(%(expressions)s, '/', -1)", output_field=CharField())
#: From a round's date as text, which is quicker than reading its days.
FIRST_YEAR = Cast(Left("date", 4), IntegerField())
LAST_YEAR = Cast(Left(_END, 4), IntegerField())


def rounds_by_year(rounds: QuerySet[Any], by: str) -> dict[Any, Counter[int]]:
    """How many of `rounds` each value of the column `by` has, by year. One query.

    A round whose date may fall in several years counts in each, as it does for the filter by
    year; one without a date in none.
    """
    counts: dict[Any, Counter[int]] = defaultdict(Counter)
    grouped = (
        rounds.filter(date__isnull=False)
        .order_by()
        .values_list(by, FIRST_YEAR, LAST_YEAR)
        .annotate(rounds=Count("pk"))
    )
    for value, first, last, number in grouped:
        for year in range(first, last + 1):
            counts[value][year] += number
    return counts
