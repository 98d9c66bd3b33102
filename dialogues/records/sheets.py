"""The flat sheet in: CSV or XLSX with one round a row, as staff keep it in a spreadsheet.

A row says less than a document. A new round is made of what it says; over a stored round it is
laid, so that an empty cell, or a cell that the sheet does not have, leaves what stands.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import orjson
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dialogues.dates import PartialDate

from .errors import RecordError, RecordsRefused
from .parsing import Entry, parsed
from .sheet_names import SheetNames
from .sheet_rows import REQUIRED, Row, said_by
from .sheet_writing import COLUMNS, unguarded

#: Where an error inside a row's document is found in the sheet.
COLUMN_OF = {
    "venues": "city",
    "participants": "head_own",
    "sources": "source_url",
}


def entries(rows: Iterable[tuple[int, list[str]]], names: SheetNames) -> Iterator[Entry]:
    """Turn a sheet's rows, the first of them its header, into rounds.

    Takes line numbers with cells as text. Raises ``RecordsRefused`` at a header that lacks a
    required column or has one that is not known; what is wrong with a row is in its entry.
    """
    lines = iter(rows)
    number, header = next(lines, (1, []))
    columns = [cell.strip().lower() for cell in header]
    wrong = [*_header_errors(columns, number)]
    if wrong:
        raise RecordsRefused(wrong)
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            message = _("The row has more cells than the header has columns.")
            yield Entry(number, None, (RecordError(message, line=number),))
            continue
        row = {
            column: unguarded(cell.strip())
            for column, cell in zip(columns, cells, strict=False)
            if column
        }
        yield _entry(row, number, names)


def _header_errors(columns: list[str], line: int) -> Iterator[RecordError]:
    for column in columns:
        if column and column not in COLUMNS:
            yield RecordError(_unknown(column), line=line)
        elif column and columns.count(column) > 1:
            message = _("The sheet has the column “%(column)s” twice.") % {"column": column}
            yield RecordError(message, line=line)
            return
    for column in REQUIRED:
        if column not in columns:
            message = _("The sheet lacks the column “%(column)s”.") % {"column": column}
            yield RecordError(message, line=line)


def _unknown(column: str) -> str:
    near = difflib.get_close_matches(column.replace(" ", "_"), COLUMNS, n=2)
    said = _("The sheet has a column “%(column)s”; it may have %(known)s.") % {
        "column": column,
        "known": ", ".join(COLUMNS),
    }
    if near:
        said += " " + _("Did you mean “%s”?") % "”, “".join(near)
    return said


def _entry(row: Row, line: int, names: SheetNames) -> Entry:
    errors: list[RecordError] = []
    said = said_by(row, line, names, errors)
    if errors:
        return Entry(line, None, tuple(errors))
    entry = checked(as_new(said), line)
    if entry.document is None:
        return entry
    return Entry(line, entry.document, onto=partial(_laid_over, said, line))


def checked(document: dict[str, Any], line: int) -> Entry:
    entry = parsed(orjson.dumps(document), line)
    return Entry(
        line,
        entry.document,
        tuple(RecordError(error.message, _column(error.pointer), line) for error in entry.errors),
    )


def _column(pointer: str) -> str:
    key = pointer.split("/")[1] if "/" in pointer else pointer
    return COLUMN_OF.get(key, key)


def as_new(said: dict[str, Any]) -> dict[str, Any]:
    """The document of a round of which only the row is known."""
    points = [{"text": text} for text in said["agreed_points"]]
    return {
        "status": "held" if _is_past(said.get("date")) else "planned",
        "visibility": "internal",
        **said,
        "agreed_points": points,
    }


def _is_past(date: str | None) -> bool:
    return date is not None and PartialDate.from_edtf(date).latest < localdate()


def _laid_over(said: dict[str, Any], line: int, stored: bytes) -> Entry:
    """Lay what the row says over the stored document. Nothing that stands is taken away."""
    document = orjson.loads(stored)
    del document["publication"]  # left out, what stands is kept
    lists = ("venues", "participants", "topics", "agreed_points", "sources")
    document |= {key: value for key, value in said.items() if key not in lists}
    for venue in said["venues"]:
        if not any(_fits(venue, other) for other in document["venues"]):
            document["venues"].append(venue)
    for head in said["participants"]:
        _lay(head, document["participants"], ("side", "name"))
    document["topics"] += [slug for slug in said["topics"] if slug not in document["topics"]]
    for point, text in zip(document["agreed_points"], said["agreed_points"], strict=False):
        point["text"] = text
    document["agreed_points"] += [
        {"text": text} for text in said["agreed_points"][len(document["agreed_points"]) :]
    ]
    for source in said["sources"]:
        _lay(source, document["sources"], ("url",) if "url" in source else ("publisher", "title"))
    return checked(document, line)


def _fits(venue: dict[str, str], stored: dict[str, str]) -> bool:
    """Whether a stored venue is the one that the row means, though it may say more."""
    return all(stored[key] == value for key, value in venue.items() if value)


def _lay(said: dict[str, str], stored: list[dict[str, Any]], known_by: tuple[str, ...]) -> None:
    for entry in stored:
        if all(entry.get(key, "") == said.get(key, "") for key in known_by):
            entry.update(said)
            return
    stored.append(dict(said))
