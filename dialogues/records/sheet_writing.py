"""The flat sheet out: its columns, and what a row of it says of a round's document.

A sheet holds less than a document. What it has no column for is not in it, and stays as it stands
when the sheet comes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

COLUMNS = (
    "series", "kind", "partner", "partner_kind", "edition", "status", "date", "format", "host",
    "venue", "city", "country", "head_own", "head_own_title", "head_partner",
    "head_partner_title", "topics", "agreed_points", "summary", "next_round_note",
    "source_publisher", "source_title", "source_date", "source_url", "visibility",
)  # fmt: skip

#: What a spreadsheet would take for a formula; a number with a sign is none.
RISKY = re.compile(r"[-=+@\t\r]")
NUMBER = re.compile(r"-?[0-9.]+\Z")
GUARDED = re.compile(r"'[-=+@]")

Row = dict[str, Any]


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: with an apostrophe where it begins as one."""
    return f"'{cell}" if RISKY.match(cell) and not NUMBER.match(cell) else cell


def unguarded(cell: str) -> str:
    """The same without the apostrophe, as it was before it went out."""
    return cell[1:] if GUARDED.match(cell) else cell


def row_of(document: Row) -> list[str]:
    """The cells of a round's document, in the order of ``COLUMNS``.

    Only heads are told of a delegation, only texts of what was agreed, and only the first source.
    """
    series = document["series"]
    source: Row = next(iter(document["sources"]), {})
    cells = {
        "series": series["slug"],
        "kind": series["kind"],
        "partner": series["partner"]["code"],
        "partner_kind": series["partner"]["kind"],
        **{
            key: document[key]
            for key in (
                "edition", "status", "date", "format", "host", "summary", "next_round_note",
                "visibility",
            )
        },
        **_venues(document["venues"]),
        **_heads(document["participants"], "own"),
        **_heads(document["participants"], "partner"),
        "topics": _list(document["topics"]),
        "agreed_points": _list(point["text"] for point in document["agreed_points"]),
        "source_publisher": source.get("publisher"),
        "source_title": source.get("title"),
        "source_date": source.get("published_on"),
        "source_url": source.get("url"),
    }  # fmt: skip
    return ["" if cells[column] is None else str(cells[column]) for column in COLUMNS]


def _list(items: Iterable[str]) -> str:
    """Items with semicolons between; none where an item holds one, which would make two of it."""
    told = list(items)
    return "" if any(";" in item for item in told) else "; ".join(told)


def _venues(venues: list[Row]) -> dict[str, str]:
    """Names, cities and countries in step; a column of which one is unknown cannot be."""
    columns = {"venue": "name", "city": "city", "country": "country"}
    told = {column: [venue[key] for venue in venues] for column, key in columns.items()}
    return {column: _list(cells) if all(cells) else "" for column, cells in told.items()}


def _heads(people: list[Row], side: str) -> dict[str, str]:
    heads = [one for one in people if one["side"] == side and one["role"] == "head"]
    titles = [head["title"] for head in heads]
    lone = titles[0] if len(titles) == 1 else _list(titles) if all(titles) else ""
    return {
        f"head_{side}": _list(head["name"] for head in heads),
        f"head_{side}_title": lone,
    }
