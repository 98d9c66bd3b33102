"""``python -m tests.bench.floor.importer FILE``: the least that takes the file in.

It believes the file: nothing is checked but by the tables' own constraints and foreign keys. The
triggers that keep history, watch who touched a round and keep the words for searching are off; the
words are filled by the same function as by the tracker's own import. Everything is COPY, in one
transaction; ids are counted here and drawn from the sequences once, at the end.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import orjson
import psycopg

BATCH = 1000

# Each table with its columns, in an order that its foreign keys can stand.
COLUMNS = {
    "partner": "id code name kind name_id",
    "series": "id slug title kind partner_id note",
    "topic": "id slug name name_id parent_id",
    "issue": "id slug name name_id note",
    "person": "id name slug also_written",
    "venue": "id name city country_id",
    "round": "id slug series_id edition status date format format_note host summary"
    " next_round_note internal_note visibility publication",
    "round_venues": "round_id venue_id",
    "round_topics": "round_id topic_id",
    "participant": "round_id position person_id name side role title institution",
    "statement": "id round_id position issue_id side text internal_note",
    "statement_topics": "statement_id topic_id",
    "agreedpoint": "id round_id issue_id number text original_text original_language kind"
    " responsible due status internal_note",
    "agreedpoint_topics": "agreedpoint_id topic_id",
    "followup": "point_id position date status note source_url",
    "relatedevent": "round_id position kind title date place note",
    "source": "id round_id position kind publisher title url published_on language side note",
    "source_topics": "source_id topic_id",
}
COUNTED_HERE = [table for table, columns in COLUMNS.items() if columns.startswith("id ")]


def own(table: str, document: dict[str, Any]) -> list[Any]:
    """The columns that a document has by the same name: all but the ids and the place."""
    return [
        document[column]
        for column in COLUMNS[table].split()
        if column in document and column not in ("id", "position")
    ]


class Importer:
    """Turns documents into rows, a list for each table."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self.ids = {table: count(1) for table in COUNTED_HERE}
        self.known: dict[tuple[Any, ...], int] = {}

    def take(self, documents: list[dict[str, Any]]) -> list[int]:
        """Turn lines of the file into rows; return the ids of the rounds among them."""
        for document in documents:
            (self.reference if "type" in document else self.round)(document)
        return [row[0] for row in self.rows["round"]]

    def new(self, table: str, *key: Any) -> int:
        pk = self.known[table, *key] = next(self.ids[table])
        return pk

    def reference(self, line: dict[str, Any]) -> None:
        """A line of the file with a ``type``; parents come before what lies under them."""
        slug, name, name_id = line.get("slug"), line["name"], line["name_id"]
        match line["type"]:
            case "partner":
                pk = self.new("partner", line["code"])
                self.rows["partner"].append((pk, line["code"], name, line["kind"], name_id))
            case "topic":
                parent = self.known["topic", line["parent"]] if line["parent"] else None
                self.rows["topic"].append((self.new("topic", slug), slug, name, name_id, parent))
            case "issue":
                self.rows["issue"].append((self.new("issue", slug), slug, name, name_id, ""))

    def round(self, document: dict[str, Any]) -> None:
        """A round with everything that belongs to it."""
        pk = next(self.ids["round"])
        slug, *columns = own("round", document)
        self.rows["round"].append((pk, slug, self._series(document["series"]), *columns))
        self.rows["round_venues"] += [(pk, self._venue(venue)) for venue in document["venues"]]
        self._topics("round", pk, document)
        for place, participant in enumerate(document["participants"]):
            _name, *rest = own("participant", participant)
            person = self._person(participant["name"])
            self.rows["participant"].append((pk, place, person, "", *rest))
        for place, statement in enumerate(document["statements"]):
            self._part("statement", statement, pk, place, self._issue(statement))
        for point in document["agreed_points"]:
            point_id = self._part("agreedpoint", point, pk, self._issue(point))
            for place, follow_up in enumerate(point["follow_ups"]):
                self.rows["followup"].append((point_id, place, *own("followup", follow_up)))
        for place, event in enumerate(document["related_events"]):
            self.rows["relatedevent"].append((pk, place, *own("relatedevent", event)))
        for place, source in enumerate(document["sources"]):
            self._part("source", source, pk, place)

    def _part(self, table: str, document: dict[str, Any], *before: Any) -> int:
        pk = next(self.ids[table])
        self.rows[table].append((pk, *before, *own(table, document)))
        self._topics(table, pk, document)
        return pk

    def _topics(self, table: str, pk: int, document: dict[str, Any]) -> None:
        known = self.known
        self.rows[f"{table}_topics"] += [(pk, known["topic", slug]) for slug in document["topics"]]

    def _issue(self, document: dict[str, Any]) -> int | None:
        return self.known["issue", document["issue"]] if document["issue"] else None

    def _series(self, said: dict[str, Any]) -> int:
        slug = said["slug"]
        if pk := self.known.get(("series", slug)):
            return pk
        pk, partner = self.new("series", slug), self.known["partner", said["partner"]["code"]]
        self.rows["series"].append((pk, slug, said["title"], said["kind"], partner, ""))
        return pk

    def _person(self, name: str) -> int:
        if pk := self.known.get(("person", name)):
            return pk
        pk = self.new("person", name)
        self.rows["person"].append((pk, name, name.lower().replace(" ", "-"), []))
        return pk

    def _venue(self, venue: dict[str, str]) -> int:
        key = venue["name"], venue["city"], venue["country"]
        if pk := self.known.get(("venue", *key)):
            return pk
        pk = self.new("venue", *key)
        self.rows["venue"].append((pk, *key))
        return pk


def copy(cursor: psycopg.Cursor, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Write what has come together, table by table."""
    for table, columns in COLUMNS.items():
        if not rows[table]:
            continue
        names = ", ".join(columns.split())
        with cursor.copy(f"COPY dialogues_{table} ({names}) FROM STDIN") as out:
            for row in rows[table]:
                out.write_row(row)
        rows[table].clear()


def switch(cursor: psycopg.Cursor, verb: str) -> None:
    """Disable or enable the triggers that are not the tables' own constraints."""
    for table in COLUMNS:
        cursor.execute(f"ALTER TABLE dialogues_{table} {verb} TRIGGER USER")


def documents(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file:
        for line in file:
            yield orjson.loads(line)


def batches(lines: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    lines = iter(lines)
    while batch := list(islice(lines, BATCH)):  # itertools.batched is Python 3.12's
        yield batch


def take(cursor: psycopg.Cursor, path: Path) -> None:
    """Take the whole file in."""
    switch(cursor, "DISABLE")
    importer = Importer()
    for batch in batches(documents(path)):
        new = importer.take(batch)
        copy(cursor, importer.rows)
        cursor.execute("SELECT dialogues_refresh_words(%s)", [new])
    set_sequences(cursor, importer)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table can be altered with checks pending
    switch(cursor, "ENABLE")


def set_sequences(cursor: psycopg.Cursor, importer: Importer) -> None:
    """Let the tables' own ids begin after those that were counted here."""
    for table, ids in importer.ids.items():
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f"dialogues_{table}", next(ids)]
        )


if __name__ == "__main__":
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        take(connection.cursor(), Path(sys.argv[1]))
