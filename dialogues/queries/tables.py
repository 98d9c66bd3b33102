"""Rounds counted two ways at once: partners by years, topics by partners. All in SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, F, Func, QuerySet

from dialogues.models import Partner, Round, Topic
from dialogues.models.partners import in_readers_language
from dialogues.queries.years import rounds_by_year


class Named(NamedTuple):
    """What stands at the head of a row or a column: what addresses call it, and its name."""

    value: str
    label: str


class Counted(NamedTuple):
    """Some rounds, counted."""

    formats: dict[str, Counter[int]]
    """By format and year."""
    years: dict[int, Counter[int]]
    """By partner and year."""
    partners: Counter[int]
    """By partner, also those without a date."""
    undated: int


def counted(rounds: QuerySet[Round]) -> Counted:
    """Count rounds by format, by partner and by year. Three queries."""
    totals: Counter[int] = Counter()
    undated = 0
    for partner, number, dated in (
        rounds.order_by()
        .values_list("series__partner")
        .annotate(rounds=Count("pk"), dated=Count("date"))
    ):
        totals[partner] = number
        undated += number - dated
    return Counted(
        rounds_by_year(rounds, "format"),
        rounds_by_year(rounds, "series__partner"),
        totals,
        undated,
    )


def within(counted: Counted, years: set[int]) -> Counted:
    """The same, of these years alone."""

    def only(counts: dict[Any, Counter[int]]) -> dict[Any, Counter[int]]:
        return {
            value: Counter({year: n for year, n in some.items() if year in years})
            for value, some in counts.items()
        }

    return counted._replace(formats=only(counted.formats), years=only(counted.years))


def topics_by_partner(rounds: QuerySet[Round]) -> Counter[tuple[int, int]]:
    """In how many rounds with each partner a topic, or one under it, came up. One query."""
    every = Func(F("subjects__topics"), function="unnest")
    rows = (
        rounds.filter(subjects__isnull=False)
        .order_by()
        .values_list(every, "series__partner")
        .annotate(rounds=Count("pk"))
    )
    return Counter({(topic, partner): number for topic, partner, number in rows})


def partners_named(ids: Iterable[int]) -> dict[int, Named]:
    """The partners of these ids, in the reader's language. One query."""
    return {
        row["pk"]: Named(row["code"], in_readers_language(row["name"], row["name_id"]))
        for row in Partner.objects.filter(pk__in=ids).values("pk", "code", "name", "name_id")
    }


def topics_named(ids: Iterable[int]) -> dict[int, Named]:
    """The topics of these ids, in the reader's language. One query."""
    return {
        row["pk"]: Named(row["slug"], in_readers_language(row["name"], row["name_id"]))
        for row in Topic.objects.filter(pk__in=ids).values("pk", "slug", "name", "name_id")
    }


def branches(slugs: Iterable[str]) -> set[int]:
    """The ids of these topics and all under them. One query."""
    return set(Topic.objects.under(slugs).values_list("pk", flat=True))
