"""What the pages are asked for: chosen from the filled database, the same at every run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from urllib.parse import parse_qs, urlencode, urlsplit

import orjson

from .databases import Databases
from .programs import Site
from .world import World

BUSY = 5  # so many partners, topics and phrases take turns, so that no answer comes twice in a row
PAGE, MOST = 50, 500

VISIBLE = "visibility = 'public' AND publication = 'published'"
VISIBLE_ROUNDS = f"SELECT count(*)::text FROM dialogues_round WHERE {VISIBLE}"
BEFORE_THE_LAST_PAGE = f"""
SELECT coalesce(date, '') || '.' || id FROM dialogues_round WHERE {VISIBLE}
ORDER BY date NULLS FIRST, id OFFSET 50 LIMIT 1
"""
BUSIEST = f"""
SELECT p.code FROM dialogues_round r
JOIN dialogues_series s ON s.id = r.series_id JOIN dialogues_partner p ON p.id = s.partner_id
WHERE {VISIBLE} GROUP BY p.code ORDER BY count(*) DESC, p.code LIMIT {BUSY}
"""
RECENT = f"""
SELECT slug FROM dialogues_round WHERE {VISIBLE} AND date IS NOT NULL
ORDER BY date DESC, slug LIMIT {2 * BUSY}
"""
SAID = f"""
SELECT m.text FROM dialogues_agreedpoint m JOIN dialogues_round r ON r.id = m.round_id
WHERE {VISIBLE} ORDER BY r.slug, m.number LIMIT 300
"""
HAVE = f"""
SELECT count(*)::text FROM dialogues_roundwords w JOIN dialogues_round r ON r.id = w.round_id
WHERE {VISIBLE} AND w.public @@ dialogues_term(%s)
"""
# Words that stand in every other text, in an order that many have.
COMMON = ["sides agreed", "agreed rights", "rights cooperation", "human rights", "agreed dialogue"]
FREQUENT = 200  # a word before this place in its vocabulary is no rare one
RARE = 50  # in so many rounds at most


def busiest(databases: Databases, database: str) -> list[str]:
    """The codes of the partners with the most rounds."""
    return databases.column(database, BUSIEST)


def recent(databases: Databases, database: str) -> list[str]:
    """The slugs of some rounds."""
    return databases.column(database, RECENT)


def any_topic(world: World) -> list[str]:
    """All topics, from every height of the tree; those at the top stand in most rounds."""
    return [topic["slug"] for topic in world.topics]


def rare_phrases(world: World, databases: Databases, database: str) -> list[str]:
    """Two words each that stand together in some rounds, and are no frequent ones."""
    frequent = {*world.english.words[:FREQUENT], *world.indonesian.words[:FREQUENT]}

    def are_rare() -> Iterator[str]:
        for text in databases.column(database, SAID):
            for pair in pairwise(re.findall(r"\w+\.?", text.lower())):
                phrase = " ".join(pair).rstrip(".")
                if "." in phrase or not frequent.isdisjoint(phrase.split()):
                    continue
                (rounds,) = databases.column(database, HAVE, phrase)
                if 1 < int(rounds) <= RARE:
                    yield phrase
                    break

    return list(islice(are_rare(), BUSY))


def last_page(site: Site, listing: str) -> str:
    """The address of the API's last page, found as a client finds it: by going there.

    A cursor is good for any filter, so the way begins late.
    """
    first = orjson.loads(site.get(f"{listing}?limit=1"))
    late = orjson.loads(site.get(f"{listing}?date_to=1997&limit=1"))
    link = (late if first["count"] > MOST else first)["next"]
    while True:
        page = orjson.loads(site.get(_sized(link, MOST)))
        if page["next"] is None:
            break
        before, link = link, page["next"]
    left = len(page["results"])
    link, skipped = (link, left - PAGE) if left > PAGE else (before, MOST + left - PAGE)
    return _sized(orjson.loads(site.get(_sized(link, skipped)))["next"], PAGE)


def floors_last_page(databases: Databases, database: str, listing: str) -> str:
    """The same page's address at the floor, whose cursors are the keys themselves."""
    (cursor,) = databases.column(database, BEFORE_THE_LAST_PAGE)
    return f"{listing}?cursor={cursor}"


def _sized(link: str, limit: int) -> str:
    """A link's path without its filter, for a page of another size."""
    parts = urlsplit(link)
    (cursor,) = parse_qs(parts.query)["cursor"]
    return f"{parts.path}?{urlencode({'limit': limit, 'cursor': cursor})}"
