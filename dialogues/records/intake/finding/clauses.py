"""Whom the words around a cue name: behind it, or in the clause in front of it."""

from __future__ import annotations

import re

from dialogues.records.intake.text.passages import Span
from dialogues.records.intake.words import leading

from .parties import Scanned
from .people import PersonFound, people_in
from .subject import Subject
from .tense import Tense


def past_delegation(tense: Tense, place: int) -> int:
    """Past “la delegación” behind a verb."""
    found = leading.THE_DELEGATION.match(tense.sentence.text, place)
    return found.end() if found else place


def people_behind(
    subject: Subject, tense: Tense, scanned: Scanned, place: int, *, whole: bool = False
) -> list[PersonFound]:
    """The people from there to where the sentence turns to the other side, or ends."""
    begin, end = tense.sentence.span.start, tense.sentence.span.end
    region = Span(place, end if whole else begin + _switch(tense.sentence.text, place - begin))
    return list(people_in(subject.release.plain, region, scanned))


def people_before(
    subject: Subject, tense: Tense, scanned: Scanned, cue: re.Match[str], begins: int
) -> list[PersonFound]:
    """The people of the clause in front of a cue."""
    begin = tense.sentence.span.start
    clause = begin + _clause_before(tense.sentence.text, cue.start())
    region = Span(max(begins, clause), begin + cue.start())
    return list(people_in(subject.release.plain, region, scanned))


def _switch(text: str, place: int) -> int:
    """Where the words of one side end: at the other side's, or with the sentence."""
    ends = (leading.SIDE_SWITCH.search(text, place), leading.MEMBERS.search(text, place))
    return min((found.start() for found in ends if found), default=len(text))


def _clause_before(text: str, place: int) -> int:
    """Where the clause in front of a verb begins."""
    begins = 0
    for match in leading.CLAUSE.finditer(text, 0, place):
        if not leading.BOTH_OF_THEM.fullmatch(text, match.end(), place):
            begins = match.end()
    return begins


_FILLER = re.compile(
    r"(?:[ ,:]|(?:of|dari|untuk|for|from|the|was|is|were|adalah|ialah|yaitu|yakni|dijabat|dipegang"
    r"|oleh|by|et|est|etait|war|ist|fue|es|estuvo|von|par|por|side|delegation|yang|pihak|delegasi"
    r"|sisi|cote|parte) |RI\b)+"
)


def past_verb(subject: Subject, scanned: Scanned, region: Span) -> Span:
    """Past “of Norway was”, “RI adalah” and the like, to where the name stands."""
    plain, place = subject.release.plain, region.start
    while True:
        filler = _FILLER.match(plain, place, region.end)
        if filler:
            place = filler.end()
        party = next((p for p in scanned.parties if p.span.start == place), None)
        if party is None:
            return Span(place, region.end)
        place = party.span.end
