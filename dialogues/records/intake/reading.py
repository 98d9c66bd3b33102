"""A press release read by rules: from its text to proposals for the flat sheet's columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dialogues.records.sheet_writing import COLUMNS

from .answers.agreements import agreed_points_of, next_round_of
from .answers.identity import identity_of
from .answers.leaders import heads_of
from .answers.manner import format_of, host_of
from .answers.subjects import topics_of
from .answers.timing import date_of, status_of
from .answers.whereabouts import whereabouts_of
from .finding.origin import origin_of
from .finding.subject import subject_of
from .text.passages import Release, Span
from .text.proposals import LISTS, Proposal, proposed
from .words.languages import language_of
from .words.vocabulary import Vocabulary

_FOR_WHOM = re.compile(
    r"\b(?P<public>for immediate release|untuk disiarkan(?: segera)?)\b"
    r"|^(?P<internal>(?:for )?internal use only|untuk kalangan (?:sendiri|internal))\b",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(slots=True)
class Reading:
    """What a text says of a round, by the flat sheet's columns; what it doesn't say is absent."""

    language: str
    single: dict[str, Proposal] = field(default_factory=dict)
    many: dict[str, list[Proposal]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.single or self.many)

    def in_order(self) -> Iterator[tuple[str, Proposal]]:
        """Every proposal with its column, in the sheet's order."""
        for column in COLUMNS:
            found = self.single.get(column)
            listed = [found] if found else self.many.get(column, [])
            yield from ((column, one) for one in listed)

    def as_json(self) -> dict[str, Any]:
        """The proposals as ``read_release --json`` prints them, in the sheet's order."""
        said: dict[str, Any] = {}
        for column, proposal in self.in_order():
            if column in LISTS:
                said.setdefault(column, []).append(proposal.as_json())
            else:
                said[column] = proposal.as_json()
        return said


def read_release(
    text: str, known: Vocabulary, published: date | None = None, language: str = ""
) -> Reading:
    """What the text of a press release or article proposes for a round's record.

    ``published`` is the day on which it came out; relative dates are counted from it. ``language``
    is one of `LANGUAGES`; left out, it is told by the text. A text that tells of no round proposes
    nothing. Asks nothing of database or network, and takes time in
    proportion to the text's length.
    """
    release = Release(text)
    language = language or language_of(release.plain)
    reading = Reading(language)
    subject = subject_of(release, known, language)
    if subject is None:
        return reading
    origin = origin_of(release, known, language, published)
    reading.single |= dict(identity_of(subject))
    status = status_of(subject)
    status_value = str(status.value) if status else None
    held = date_of(subject, origin, status_value)
    for column, proposal in (
        ("status", status),
        ("date", held),
        ("format", format_of(subject)),
        ("host", host_of(subject, planned=status_value == "planned")),
        ("next_round_note", next_round_of(subject)),
        ("visibility", _visibility(release)),
    ):
        if proposal is not None:
            reading.single[column] = proposal
    if status_value not in ("postponed", "cancelled"):
        reading.single |= dict(whereabouts_of(subject, origin))
    reading.single |= dict(heads_of(subject, origin))
    reading.single |= origin.proposals
    reading.many = {
        "topics": topics_of(subject),
        "agreed_points": agreed_points_of(subject, origin),
    }
    reading.many = {column: found for column, found in reading.many.items() if found}
    return reading


def _visibility(release: Release) -> Proposal | None:
    """Whether the text says of itself who may read it."""
    match = _FOR_WHOM.search(release.plain[:2000])
    if match is None:
        return None
    value = "public" if match["public"] else "internal"
    return proposed(release, value, Span(match.start(), match.end()))
