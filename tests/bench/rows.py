"""What is measured: each row of the table, with its addresses and where it wants to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from .databases import Databases
from .programs import Site
from .sameness import same_json, same_round, same_rows
from .world import World

BUSY = 5  # so many partners and topics take turns, so that no answer comes twice in a row


@dataclass(frozen=True)
class Row:
    """One kind of page, asked for at several addresses in turn."""

    name: str
    paths: Sequence[str]
    same: Callable[[Site, Site, str], int]
    target: float | None = None
    """At most so many times the floor's time."""


def rows(world: World, databases: Databases, database: str) -> list[Row]:
    """The rows, for the data that this world's rounds were made of."""
    partners = busiest(databases, database)
    topics = [topic["slug"] for topic in world.topics if topic["parent"] is None]
    filtered = [
        urlencode(
            {
                "partner": partner,
                "topic": topic,
                "status": "held",
                "date_from": "2000",
                "date_to": "2019",
            }
        )
        for partner, topic in zip(partners, topics, strict=False)
    ]
    return [
        Row("list page, 4 filters", [f"/rounds/?{query}" for query in filtered], same_rows, 6),
        Row("list page, no filter", ["/rounds/"], same_rows),
        Row(
            "a round's page",
            [f"/rounds/{slug}/" for slug in recent(databases, database)],
            same_round,
        ),
        Row("API, 50 rounds with all their points", ["/api/v1/rounds/"], same_json, 2),
        Row(
            "API, 50 rounds of one partner",
            [f"/api/v1/rounds/?partner={partner}" for partner in partners],
            same_json,
            2,
        ),
    ]


VISIBLE = "visibility = 'public' AND publication = 'published'"
BUSIEST = f"""
SELECT p.code FROM dialogues_round r
JOIN dialogues_series s ON s.id = r.series_id JOIN dialogues_partner p ON p.id = s.partner_id
WHERE {VISIBLE} GROUP BY p.code ORDER BY count(*) DESC, p.code LIMIT {BUSY}
"""
RECENT = f"""
SELECT slug FROM dialogues_round WHERE {VISIBLE} AND date IS NOT NULL
ORDER BY date DESC, slug LIMIT {2 * BUSY}
"""


def busiest(databases: Databases, database: str) -> list[str]:
    """The codes of the partners with the most rounds."""
    return databases.column(database, BUSIEST)


def recent(databases: Databases, database: str) -> list[str]:
    """The slugs of some rounds."""
    return databases.column(database, RECENT)
