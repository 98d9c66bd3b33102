"""What is measured: each row of the table, with its addresses and where it wants to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from urllib.parse import quote, urlencode

from . import chosen
from .chosen import BUSY
from .databases import Databases
from .programs import Site
from .sameness import (
    same_bytes,
    same_documents,
    same_hits,
    same_json,
    same_list,
    same_round,
    similar_hits,
)
from .world import World

ROUNDS, API = "/rounds/", "/api/v1/rounds/"


@dataclass(frozen=True)
class Row:
    """One kind of page, asked for at several addresses in turn."""

    name: str
    paths: Sequence[str]
    same: Callable[[Site, Site, tuple[str, str]], str]
    """Compares both sides' answers, and says what was the same."""
    target: float | None = None
    """At most so many times the floor's time;"""
    seconds: float | None = None
    """or at most so long."""
    floors: Sequence[str] = ()
    """The floor's addresses, where they are others."""
    once: bool = False
    """Whether each address is asked for once, so that no answer can have been kept; the first few
    are for comparing and for warming up."""
    conditional: bool = False
    """Whether it is asked by one who has the answer already."""
    warm: int = 3
    """How often each address is asked for before it counts;"""
    most: int = 1000
    """and how often at most when it does."""
    work: int = 1
    """How much one request is, where that is told of and not how many there are: rows."""
    weighed: bool = False
    """Whether the memory that it takes is told."""

    @property
    def first(self) -> list[tuple[str, str]]:
        """The addresses, each with the floor's, that are compared and warmed up."""
        return self._addresses[:BUSY] if self.once else self._addresses

    def measured(self, count: int) -> Iterator[tuple[str, str]]:
        """So many addresses; where each is asked for once, as many as there are."""
        following = self._addresses[BUSY:] if self.once else cycle(self._addresses)
        return islice(following, count)

    @property
    def _addresses(self) -> list[tuple[str, str]]:
        return list(zip(self.paths, self.floors or self.paths, strict=True))


def rows(world: World, databases: Databases, database: str, ours: Site) -> list[Row]:
    """The rows, for the data that this world's rounds were made of."""
    partners, topics = chosen.busiest(databases, database), chosen.any_topic(world)
    (visible,) = databases.column(database, chosen.VISIBLE_ROUNDS)
    return [
        *lists(partners, topics),
        Row(
            "a round's page",
            [f"/rounds/{slug}/" for slug in chosen.recent(databases, database)],
            same_round,
            4,
        ),
        Row(
            "search, a rare phrase",
            searches(chosen.rare_phrases(world, databases, database)),
            same_hits,
            5,
        ),
        Row("search, a common phrase", searches(chosen.COMMON), similar_hits, 0.5, most=20, warm=1),
        Row(
            "CSV of all rounds", ["/rounds.csv"], same_bytes, 1.3,
            most=10, warm=1, work=int(visible), weighed=True,
        ),
        Row(
            "NDJSON of all rounds", ["/rounds.ndjson"], same_documents,
            most=1, warm=0, work=int(visible), weighed=True,
        ),
        *api(
            partners,
            chosen.last_page(ours, API),
            chosen.floors_last_page(databases, database, API),
        ),
    ]  # fmt: skip


def lists(partners: Sequence[str], topics: Sequence[str]) -> list[Row]:
    """Lists with their facets, counted for each address anew but where nothing is asked."""
    each = list(zip(cycle(partners), topics, strict=False))
    since = {"date_from": "2000", "date_to": "2019"}
    rounds = [
        urlencode({"partner": partner, "topic": topic, "status": "held", **since})
        for partner, topic in each
    ]
    points = [
        urlencode({"status": "open", "topic": topic, "partner": partner}) for partner, topic in each
    ]
    return [
        Row(
            "list page, 4 filters", [f"{ROUNDS}?{query}" for query in rounds],
            same_list, 4, once=True,
        ),
        Row("list page, no filter", [ROUNDS], same_list, 0.15),
        Row(
            "agreed points: status, topic, partner",
            [f"/agreed-points/?{query}" for query in points],
            same_list,
            2,
            once=True,
        ),
    ]  # fmt: skip


def searches(phrases: Sequence[str]) -> list[str]:
    """Addresses of the search for each phrase."""
    return [f"/search/?q=%22{quote(phrase)}%22" for phrase in phrases]


def api(partners: Sequence[str], last: str, floors_last: str) -> list[Row]:
    """Pages of the API, 50 rounds with all that belongs to them."""
    return [
        Row("API, 50 rounds with all their points", [API], same_json, 1.3),
        Row(
            "API, 50 rounds of one partner",
            [f"{API}?partner={partner}" for partner in partners],
            same_json,
            1.3,
        ),
        Row("API, the last page", [last], same_json, 1.3, floors=[floors_last]),
        Row("API, without the count", [f"{API}?count=false"], same_json, 0.5, floors=[API]),
        Row("API, nothing new (304)", [API], same_json, seconds=0.001, conditional=True),
    ]
