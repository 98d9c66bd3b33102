"""Both sides have to give the same answer, or comparing their speed would say nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import orjson
import psycopg

from .programs import Site
from .shown import Shown

MEGABYTE = 1024 * 1024
SHOWN = 5  # hits of a kind
COMPARED = 50  # documents of a file; the API's pages are compared whole

# What the tracker's own export does not tell: the words for searching. Which of a round's parts is
# read first is the database's affair, so places are left out.
WORDS = """
SELECT slug || '.' || number, strip(w.public), strip(w.staff) FROM dialogues_pointwords w
JOIN dialogues_agreedpoint p ON p.id = point_id JOIN dialogues_round r ON r.id = round_id
UNION ALL
SELECT slug, strip(public), strip(staff)
FROM dialogues_roundwords JOIN dialogues_round r ON r.id = round_id
"""
DIGEST = f"SELECT count(*), md5(string_agg(line::text, '' ORDER BY line::text)) FROM ({WORDS}) line"


class Different(Exception):
    """The two sides gave different answers."""


def same_words(ours_url: str, floor_url: str) -> None:
    """Two imports have left the same words behind."""
    found = []
    for url in (ours_url, floor_url):
        with psycopg.connect(url) as connection:
            found.append(connection.execute(DIGEST).fetchone())
    _equal("the words for searching", *found)


Addresses = tuple[str, str]


def same_list(ours: Site, floor: Site, addresses: Addresses) -> str:
    """Two lists have the same rows, cell by cell, with the same links, and count the same."""
    one, other = (Shown.of(site.get(path)) for site, path in _each(ours, floor, addresses))
    _equal(addresses[0], one.rows, other.rows)
    _equal(f"{addresses[0]}: facets", one.ticks, other.ticks)
    return f"{len(one.rows)} rows, {len(one.ticks)} counts"


def same_json(ours: Site, floor: Site, addresses: Addresses) -> str:
    """Two API pages are the same but for what only their makers can read: hosts and cursors.

    A count that was not asked for is not missed.
    """
    pages = [
        orjson.loads(site.get(path).replace(f":{site.port}/".encode(), b"/"))
        for site, path in _each(ours, floor, addresses)
    ]
    counts = [page.pop("count") for page in pages]
    if None not in counts:
        _equal(f"{addresses[0]}: count", *counts)
    for page in pages:
        page |= {name: page[name] is not None for name in ("next", "previous")}
    _equal(addresses[0], *pages)
    return f"{len(pages[0]['results'])} rounds"


def same_hits(ours: Site, floor: Site, addresses: Addresses) -> str:
    """Two searches have found the same, in the same order."""
    one, other = (Shown.of(site.get(path)) for site, path in _each(ours, floor, addresses))
    _equal(addresses[0], one.hits, other.hits)
    return f"{len(one.hits)} hits"


def similar_hits(ours: Site, floor: Site, addresses: Addresses) -> str:
    """Two searches show as many points, and rounds: which are the best of many thousands, and how
    many of these to look through for what was said, is for each to say."""
    one, other = (Shown.of(site.get(path)) for site, path in _each(ours, floor, addresses))
    found = [Counter(hit.split("/")[1] for hit in shown.hits) for shown in (one, other)]
    _equal(f"{addresses[0]}: points", *(hits["agreed-points"] for hits in found))
    _equal(f"{addresses[0]}: rounds", *(min(hits["rounds"], SHOWN) for hits in found))
    return f"{len(one.hits)} hits"


def same_bytes(ours: Site, floor: Site, addresses: Addresses) -> str:
    """Two files are the same."""
    one, other = (site.get(path) for site, path in _each(ours, floor, addresses))
    _equal(addresses[0], one.splitlines(), other.splitlines())
    return f"{len(one) / MEGABYTE:.1f} MB"


def same_documents(ours: Site, floor: Site, addresses: Addresses) -> str:
    """Two files have as many lines, and the first of them say the same."""
    beginnings = []
    for site, path in _each(ours, floor, addresses):
        with closing(site.connect()) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            beginnings.append([orjson.loads(response.readline()) for _ in range(COMPARED)])
    for one, other in zip(*beginnings, strict=True):
        # The API's documents have their own address and times, which files leave out.
        _equal(addresses[0], one, {key: other.get(key) for key in one})
    return f"{COMPARED} documents"


def _each(ours: Site, floor: Site, addresses: Addresses) -> Iterator[tuple[Site, str]]:
    return zip((ours, floor), addresses, strict=True)


def same_round(ours: Site, floor: Site, addresses: Addresses) -> str:
    """Two pages of a round hold every text of its document."""
    path = addresses[0]
    document = orjson.loads(ours.get(f"/api/v1{path}"))
    texts = {" ".join(text.split()) for text in _texts(document)}
    for site, whose in ((ours, "the tracker"), (floor, "the floor")):
        shown = Shown.of(site.get(path)).text
        if missing := [text for text in texts if text not in shown]:
            raise Different(f"{path}: {whose} does not show {missing[:3]}")
    return f"{len(texts)} texts"


TEXTS = {"text", "original_text", "summary", "next_round_note", "note", "name", "place"}


def _texts(value: Any) -> Iterator[str]:
    """What a document says in words of its own."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in TEXTS and isinstance(inner, str) and inner:
                yield inner
            elif key != "venues":  # shown by city where that is known, not by every name
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _equal(what: str, ours: Any, floor: Any) -> None:
    if ours == floor:
        return
    if isinstance(ours, list) and isinstance(floor, list):
        pairs = zip(ours, floor, strict=False)
        ours, floor = next((pair for pair in pairs if pair[0] != pair[1]), (len(ours), len(floor)))
    raise Different(f"{what}\n  tracker: {str(ours)[:1500]}\n  floor:   {str(floor)[:1500]}")
