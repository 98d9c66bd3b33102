"""Whose side somebody is on: by the country in front of a verb, behind it, or in their title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialogues.records.intake.text.passages import Span
from dialogues.records.intake.words import leading
from dialogues.vocabulary import Side

from .parties import Scanned
from .people import PersonFound, name_keys
from .subject import Subject

Led = Iterator[tuple[str, list[PersonFound]]]


def side_of(subject: Subject, code: str) -> str | None:
    if code == subject.known.own:
        return Side.OWN.value
    if subject.partner is not None and code == subject.partner.code:
        return Side.PARTNER.value
    return None


def side_in_front(subject: Subject, scanned: Scanned, place: int) -> str | None:
    """The side whose delegation stands before the verb."""
    plain = subject.release.plain
    for party in reversed(scanned.parties):
        if party.value is None or party.span.end > place:
            continue
        between = plain[party.span.end : place]
        before = plain[max(0, party.span.start - 24) : party.span.start]
        if len(between) > 60 or re.search(r"[;.]", between):
            return None
        if leading.MEETING.search(between) and not leading.DELEGATION.search(between):
            return None
        if leading.MEETING.search(before) and not leading.DELEGATION.search(before + between):
            return None
        return side_of(subject, party.value.code)
    return None


def side_behind(subject: Subject, scanned: Scanned, place: int) -> str | None:
    """The side whose delegation stands behind the verb."""
    plain = subject.release.plain
    for party in scanned.parties:
        if party.value is None or party.span.start < place:
            continue
        words = plain[place : party.span.end + 14]
        if party.span.start - place > 40 or not leading.DELEGATION.search(words):
            return None
        return side_of(subject, party.value.code)
    return None


def side_within(subject: Subject, scanned: Scanned, words: Span) -> str | None:
    return next(
        (
            side_of(subject, party.value.code)
            for party in scanned.parties
            if party.value and party.span in words
        ),
        None,
    )


def side_around(subject: Subject, scanned: Scanned, cue: Span) -> str | None:
    for party in scanned.parties:
        if party.value and (cue.overlaps(party.span) or 0 <= party.span.start - cue.end <= 12):
            return side_of(subject, party.value.code)
    return None


def sided(subject: Subject, scanned: Scanned, people: list[PersonFound], side: str | None) -> Led:
    """Each side's people: as they themselves say, else as the verb does, else what is left."""
    sides = [_own_side(subject, scanned, person) for person in people]
    if side is not None:
        theirs = [p for p, own in zip(people, sides, strict=True) if own in (None, side)]
        # One delegation has one head, unless both are introduced in the same way.
        yield side, theirs if len(theirs) <= 2 and all(one.title for one in theirs) else theirs[:1]
        return
    if len(people) == 2 and sides.count(None) == 1:
        known = next(one for one in sides if one)
        other = Side.PARTNER.value if known == Side.OWN.value else Side.OWN.value
        sides = [one or other for one in sides]
    if len(people) == 2 and sides[0] == sides[1]:
        return
    for person, one in zip(people, sides, strict=True):
        if one:
            yield one, [person]


#: An ambassador to a country, or a director for it, is not that country's.
_ACCREDITED = re.compile(r"\b(?:to|for|untuk|pour|fur|para|in|di|en)(?: the)? $")


def _own_side(subject: Subject, scanned: Scanned, person: PersonFound) -> str | None:
    """The side that a person's own words tell: a country behind them or in the title."""
    for span in filter(None, (person.marker, person.title)):
        for party in scanned.parties:
            before = subject.release.plain[span.start : party.span.start]
            if party.value and party.span in span and not _ACCREDITED.search(before):
                side = side_of(subject, party.value.code)
                if side:
                    return side
    return subject.known.people.get(name_keys(subject.release.plain, person.name))
