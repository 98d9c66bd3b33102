"""The best rounds and agreed points, without ranking a million of them.

What has few matches is found through the index of words, counted exactly, and the best of the
latest are shown. What has many would be ranked for a tenth of a second and more, to little use:
nobody reads on to the thousandth. There the latest rounds are looked through, and the best of what
they have are shown; the count stops at a limit.

A phrase is special, as the index knows only its words: each record that has them is read to see
whether they stand together. Common words that seldom do would mean to read nearly all, so that more
of the latest are looked through first, and their matches counted alone. So it is where only is said
what may not occur.

PostgreSQL is asked for its estimate, but not left to choose. In one query by date it would read
every round for a phrase that it takes for common and that is nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchQueryCombinable, SearchRank
from django.db import connection, transaction
from django.db.models import Count, F, Model, QuerySet, Value, Window
from django.db.models.functions import Coalesce

from dialogues.models import AgreedPoint, PointWords, Round, RoundWords, User, clearance_of
from dialogues.queries.counting import capped_count

from .asking import groups_of, query_of, wanted
from .matching import of_words

Reader = User | AnonymousUser
Rows = list[dict[str, Any]]

#: So many matches, as PostgreSQL guesses, are few.
FEW = 2000
#: So many of the latest rounds are looked through first, and so many matches are enough to rank;
LATEST, ENOUGH = 100, 10
#: for a phrase then so many more rounds.
MORE_OF_THE_LATEST = 1000
#: Of few matches so many, the latest, are ranked.
RANKED = 100
#: No count is told beyond this.
MOST = 1000
#: So many of each kind are shown.
SHOWN = 5
#: Longer than any table: to limit a subquery keeps PostgreSQL from mixing it with what is around.
ALL = 2**31

#: Not by how often, but by how much of the text: PostgreSQL's 1 divides by the length's logarithm.
BY_LENGTH = Value(1)


@dataclass(frozen=True)
class Found:
    """The best rows, and how many there are in all."""

    rows: Rows = field(default_factory=list)
    count: int = 0
    more: bool = False
    """Whether there are more than `count`, nobody knows how many."""
    candidates: Sequence[int] = ()
    """The ids of the matches that were ranked, the latest first."""


def found_rounds(user: Reader, text: str, columns: Sequence[str]) -> Found:
    """The best of the rounds that `user` sees and that have the words, with these columns."""
    return Search(user, text, Round.objects.visible_to(user), RoundWords, "").found(columns)


def found_points(user: Reader, text: str, columns: Sequence[str]) -> Found:
    """The best of the agreed points, as `found_rounds`."""
    points = AgreedPoint.objects.visible_to(user)
    return Search(user, text, points, PointWords, "round__").found(columns)


def latest_rounds(user: Reader, count: int) -> QuerySet[Any, Any]:
    """The ids of the latest rounds that `user` sees."""
    return Round.objects.visible_to(user).order_by(*latest_first("")).values("pk")[:count]


def latest_first(prefix: str) -> tuple[Any, ...]:
    """The order by date; `prefix` leads to the round."""
    return (F(f"{prefix}date").desc(nulls_last=True), f"-{prefix}pk", "pk")


@contextmanager
def only_indexes() -> Iterator[None]:
    """Keep PostgreSQL from reading whole tables: it takes unpacking a record's words for cheap."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")


class Search:
    """One search among the rows of a model that has its words in a table of their own."""

    def __init__(
        self, user: Reader, text: str, visible: QuerySet[Any], words: type[Model], prefix: str
    ) -> None:
        self.user, self.visible, self.words, self.prefix = user, visible, words, prefix
        self.staff = clearance_of(user).staff
        self.groups = groups_of(text)
        self.query = query_of(self.groups)
        self.order = latest_first(prefix)

    def found(self, columns: Sequence[str]) -> Found:
        if self.query is None:
            return Found()
        ids, count, more = self._ids(self.query)
        return Found(self._best(ids, columns), count, more, ids)

    def _ids(self, query: SearchQueryCombinable) -> tuple[list[int], int, bool]:
        """Matches to rank, the latest first; how many there are, and whether there are more."""
        if self._estimate(query) <= FEW:
            return self._by_index(query)
        dear = not wanted(self.groups) or any(
            asked.phrase for group in self.groups for asked in group
        )
        ids = self._among_latest(query, LATEST)
        if len(ids) >= ENOUGH:
            return ids, *(self._counted(ids, LATEST) if dear else self._count(query))
        if dear:
            ids = self._among_latest(query, MORE_OF_THE_LATEST)
            if len(ids) >= SHOWN:
                return ids[:RANKED], *self._counted(ids, MORE_OF_THE_LATEST)
        with only_indexes():
            return self._by_index(query)

    def _estimate(self, query: SearchQueryCombinable) -> int:
        """How many rows PostgreSQL believes have the words; of a phrase, its words anywhere."""
        plan = self._words(query).explain(format="json")
        return int(orjson.loads(plan)[0]["Plan"]["Plan Rows"])

    def _counted(self, ids: Sequence[int], rounds: int) -> tuple[int, bool]:
        """How many were found among so many of the latest rounds, and whether there are others."""
        return len(ids), capped_count(Round.objects.visible_to(self.user), rounds)[1]

    def _count(self, query: SearchQueryCombinable) -> tuple[int, bool]:
        """How many there are, up to a limit, among some more than that whoever may see them."""
        some = self._words(query)[: 2 * MOST]
        with only_indexes():
            count = self.visible.filter(pk__in=some).count()
            all_of_them = count <= MOST and some.count() < 2 * MOST
        return min(count, MOST), not all_of_them

    def _words(self, query: SearchQueryCombinable) -> QuerySet[Any, Any]:
        rows = self.words._base_manager.filter(of_words(query, staff=self.staff, path=""))
        return rows.values("pk")

    def _among_latest(self, query: SearchQueryCombinable, rounds: int) -> list[int]:
        """The matches in so many of the latest rounds, whose words are read one by one."""
        latest = self.visible.filter(**{f"{self.prefix}pk__in": latest_rounds(self.user, rounds)})
        rows = latest.alias(said=self._kept()).filter(said=query)
        return list(rows.order_by(*self.order).values_list("pk", flat=True))

    def _kept(self) -> Coalesce:
        """The words that the reader may search, as an expression that no index has."""
        columns = ("staff", "public") if self.staff else ("public", "staff")
        return Coalesce(*(F(f"words__{column}") for column in columns))

    def _by_index(self, query: SearchQueryCombinable) -> tuple[list[int], int, bool]:
        matches = self.visible.filter(pk__in=self._words(query)[:ALL])
        rows = matches.annotate(total=Window(Count("*"))).order_by(*self.order)
        found = list(rows.values_list("pk", "total")[:RANKED])
        return [pk for pk, _total in found], found[0][1] if found else 0, False

    def _best(self, ids: Sequence[int], columns: Sequence[str]) -> Rows:
        if not ids:
            return []
        rows = self.visible.filter(pk__in=ids)
        query = query_of([[asked] for asked in wanted(self.groups)])
        order = self.order
        if query is not None:
            rows = rows.annotate(rank=SearchRank(self._kept(), query, normalization=BY_LENGTH))
            order = ("-rank", *order)
        return list(rows.order_by(*order).values("pk", *columns)[:SHOWN])
