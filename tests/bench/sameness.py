"""Both sides have to give the same answer, or comparing their speed would say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import orjson
import psycopg

from .programs import Site

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


def same_rows(ours: Site, floor: Site, path: str) -> int:
    """Two lists have the same rows, cell by cell, and the same links; return how many rows."""
    tables = [Table.of(site.get(path)) for site in (ours, floor)]
    _equal(path, *tables)
    return len(tables[0])


def same_json(ours: Site, floor: Site, path: str) -> int:
    """Two API pages are the same but for what only their makers can read: hosts and cursors."""
    pages = [orjson.loads(_without_host(site, path)) for site in (ours, floor)]
    for page in pages:
        page["next"] = page["next"] is not None
    _equal(path, *pages)
    return len(pages[0]["results"])


def same_round(ours: Site, floor: Site, path: str) -> int:
    """Two pages of a round hold every text of its document; return how many texts those are."""
    document = orjson.loads(ours.get(f"/api/v1{path}"))
    texts = {" ".join(text.split()) for text in _texts(document)}
    for site, whose in ((ours, "the tracker"), (floor, "the floor")):
        shown = Shown.of(site.get(path))
        if missing := [text for text in texts if text not in shown]:
            raise Different(f"{path}: {whose} does not show {missing[:3]}")
    return len(texts)


def _without_host(site: Site, path: str) -> bytes:
    return site.get(path).replace(f":{site.port}/".encode(), b"/")


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


class Shown(HTMLParser):
    """All text of a page, spaces made one."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    @classmethod
    def of(cls, page: bytes) -> str:
        parser = cls()
        parser.feed(page.decode())
        return " ".join(" ".join(parser.parts).split())

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


class Table(HTMLParser):
    """The rows of a page's table: each cell's text, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    @classmethod
    def of(cls, page: bytes) -> list[list[str]]:
        parser = cls()
        parser.feed(page.decode())
        return [[" ".join(cell.split()) for cell in row] for row in parser.rows]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tbody":
            self.inside = True
        elif not self.inside:
            return
        elif tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")
        elif tag in {"a", "time"}:
            self.rows[-1][-1] += " ".join(f"{value} " for _name, value in attrs)

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "tbody"

    def handle_data(self, data: str) -> None:
        if self.inside and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data
