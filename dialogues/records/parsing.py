"""NDJSON in: each line a checked document, or errors that say what was expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from dialogues.models import Round

from .document import RoundDocument
from .errors import RecordError, errors_of
from .lines import ReferenceLine
from .shape import Document

#: No round comes near it; what does is a mistake, and is refused before it is parsed.
LONGEST_LINE = 5 * 1024 * 1024

REFERENCE: TypeAdapter[Any] = TypeAdapter(ReferenceLine)


@dataclass(frozen=True, slots=True)
class Entry:
    """One round of a file: where it stands, and what is wrong or right with it."""

    line: int
    document: RoundDocument | None
    errors: tuple[RecordError, ...] = ()
    onto: Callable[[bytes], Entry] | None = None
    """For a line that says less than a document: lays what it says over the stored document."""
    about: Round | None = None
    """The round that it is about, where that is known otherwise than by what the document says."""
    is_new: bool = False
    """Whether it has to be a new round, and is an error where it is one that stands."""


def is_reference(line: bytes) -> bool:
    """Whether a line is one for a topic, a series and so on: rounds carry no ``type``.

    A cheap look without parsing; the word may stand in a round's text, so the parse decides.
    """
    return b'"type"' in line


def references(lines: Iterable[bytes]) -> Iterator[tuple[int, Document | None, list[RecordError]]]:
    """Yield the reference lines of a file with their numbers; rounds are passed over."""
    for number, line in enumerate(lines, start=1):
        if not is_reference(line) or len(line) > LONGEST_LINE:
            continue
        if not _has_type(line):
            continue
        try:
            yield number, REFERENCE.validate_json(line), []
        except ValidationError as failure:
            yield number, None, errors_of(failure, _line_document(line), number)


def rounds(lines: Iterable[bytes]) -> Iterator[Entry]:
    """Yield the rounds of a file; blank lines and reference lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            message = _("The line is longer than 5 MB; one line holds one round.")
            yield Entry(number, None, (RecordError(message, line=number),))
        elif line.strip() and not (is_reference(line) and _has_type(line)):
            yield parsed(line, number)


def parsed(
    text: bytes,
    line: int | None = None,
    document: type[RoundDocument] = RoundDocument,
    **more: Any,
) -> Entry:
    """Check one round's JSON text; ``more`` is what else is known of the entry."""
    try:
        return Entry(line or 1, document.model_validate_json(text), **more)
    except ValidationError as failure:
        return Entry(line or 1, None, tuple(errors_of(failure, document, line)), **more)


def _has_type(line: bytes) -> bool:
    try:
        found = TypeAdapter(dict[str, Any]).validate_json(line)
    except ValidationError:
        return False
    return "type" in found


def _line_document(line: bytes) -> type[Document]:
    kind = TypeAdapter(dict[str, Any]).validate_json(line).get("type")
    for member in ReferenceLine.__origin__.__args__:  # type: ignore[attr-defined]
        if kind in member.model_fields["type"].annotation.__args__:
            return member  # type: ignore[no-any-return]
    return Document
