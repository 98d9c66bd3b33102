"""A draft out of what an officer has let stand: a flat sheet's row, its points, its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dialogues.records.errors import RecordError
from dialogues.records.parsing import Entry
from dialogues.records.sheet_names import SheetNames
from dialogues.records.sheet_rows import Row, said_by
from dialogues.records.sheets import as_new, checked
from dialogues.vocabulary import Publication


@dataclass(frozen=True, slots=True)
class PointTaken:
    """An agreed point as it is to be recorded, and the sentence that it was read from."""

    text: str
    original: str = ""


def draft_of(
    row: Row, names: SheetNames, points: Iterable[PointTaken], source: Mapping[str, Any]
) -> Entry:
    """The document of a new round, or what is wrong with it by the sheet's column.

    ``source`` holds further keys of the row's source, such as its kind and its language.
    """
    errors: list[RecordError] = []
    said = said_by(row, 1, names, errors)
    if errors:
        return Entry(1, None, tuple(errors))
    language = source.get("language", "")
    document = as_new(said) | {
        "agreed_points": [_point(point, language) for point in points],
        "publication": Publication.DRAFT.value,
        "sources": [one | dict(source) for one in said["sources"]],
    }
    return checked(document, 1)


def _point(point: PointTaken, language: str) -> dict[str, str]:
    said = {"text": point.text}
    if point.original:
        said |= {"original_text": point.original, "original_language": language}
    return said
