"""Who led the delegations: the heads of either side, with their titles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from dialogues.vocabulary import Side

from . import leading
from .origin import Origin
from .parties import Scanned
from .passages import Span
from .people import PersonFound, name_keys, people_in
from .proposals import Proposal, proposed
from .subject import Subject
from .tense import Tense

Heads = dict[str, list[PersonFound]]


def heads_of(subject: Subject, origin: Origin) -> Iterator[tuple[str, Proposal]]:
    """``head_own``, ``head_partner`` and their titles."""
    heads: Heads = defaultdict(list)
    for tense in sorted(subject.tenses, key=lambda one: one.sentence.number):
        if tense.is_aside or tense.sentence.is_title or (tense.is_ahead and tense.next):
            continue
        scanned = subject.scanned[tense.sentence.number]
        begins = origin.begins(tense.sentence)
        for side, people in _led(subject, tense, scanned, begins):
            if side not in heads and people:
                heads[side] = people
    for side, people in heads.items():
        yield from _proposals(subject, f"head_{side}", people)


def _proposals(
    subject: Subject, key: str, people: list[PersonFound]
) -> Iterator[tuple[str, Proposal]]:
    """One proposal for all heads of a side: several are separated by semicolons."""
    release = subject.release
    span = Span(people[0].name.start, people[-1].name.end)
    yield key, proposed(release, "; ".join(release.words(one.name) for one in people), span)
    titles = [one.title for one in people if one.title]
    if len(titles) == len(people):
        span = Span(min(one.start for one in titles), max(one.end for one in titles))
        words = "; ".join(" ".join(release.words(one).split()) for one in titles)
        yield f"{key}_title", proposed(release, words, span)


def _led(
    subject: Subject, tense: Tense, scanned: Scanned, begins: int
) -> Iterator[tuple[str, list[PersonFound]]]:
    """The sides whose heads a sentence names, with these."""
    text, begin = tense.sentence.text, tense.sentence.span.start
    by = list(leading.LED_BY.finditer(text))
    cues = by + [
        also for also in leading.ALSO_BY.finditer(text) if by and also.start() > by[0].end()
    ]
    for cue in cues:
        region = Span(begin + cue.end(), begin + _switch(text, cue.end()))
        people = list(people_in(subject.release.plain, region, scanned))[:3]
        side = None if _is_joint(cue) else _side_in_front(subject, scanned, begin + cue.start())
        yield from _sided(subject, scanned, people, side)
    for cue in leading.HEAD_OF.finditer(text):
        region = Span(begin + cue.end(), begin + _switch(text, cue.end()))
        side = _side_around(subject, scanned, Span(begin + cue.start(), begin + cue.end()))
        region = _past_verb(subject, scanned, region)
        people = list(people_in(subject.release.plain, region, scanned))[:2]
        yield from _sided(subject, scanned, people[:1] if side else people, side)
    for cue in leading.COUNTERPART.finditer(text):
        region = Span(begin + cue.end(), begin + _switch(text, cue.end()))
        people = list(people_in(subject.release.plain, region, scanned))[:1]
        side = _side_around(subject, scanned, Span(begin + cue.start(), begin + cue.end()))
        if side:
            yield side, people
    for cue in leading.LEADS.finditer(text):
        if any(other.start() <= cue.start() < other.end() for other in by):
            continue
        clause = _clause_before(text, cue.start())
        region = Span(max(begins, begin + clause), begin + cue.start())
        people = list(people_in(subject.release.plain, region, scanned))
        side = None if _is_joint(cue) else _side_behind(subject, scanned, begin + cue.end())
        if (
            side is None
            and not _is_joint(cue)
            and not leading.DELEGATION.match(text[cue.end() :].lstrip())
        ):
            continue
        yield from _sided(subject, scanned, people[-1:] if side else people[-2:], side)


def _is_joint(cue: re.Match[str]) -> bool:
    return bool(cue["joint"]) if "joint" in cue.re.groupindex else False


def _switch(text: str, place: int) -> int:
    """Where the words of one side end: at the other side's, or with the sentence."""
    found = leading.SIDE_SWITCH.search(text, place)
    return found.start() if found else len(text)


def _clause_before(text: str, place: int) -> int:
    """Where the clause in front of a verb begins."""
    begins = 0
    for match in leading.CLAUSE.finditer(text, 0, place):
        if not leading.BOTH_OF_THEM.fullmatch(text, match.end(), place):
            begins = match.end()
    return begins


def _past_verb(subject: Subject, scanned: Scanned, region: Span) -> Span:
    """Past “of Norway was”, “RI adalah” and the like, to where the name stands."""
    plain, place = subject.release.plain, region.start
    while True:
        filler = re.compile(
            r"(?:[ ,:]|of |dari |untuk |for |from |the |was |is |were |adalah |yaitu |yakni |et "
            r"|est |war |ist |fue |es |RI\b)+"
        ).match(plain, place, region.end)
        if filler:
            place = filler.end()
        party = next((p for p in scanned.parties if p.span.start == place), None)
        if party is None:
            return Span(place, region.end)
        place = party.span.end


def _side_of(subject: Subject, code: str) -> str | None:
    if code == subject.known.own:
        return Side.OWN.value
    if subject.partner is not None and code == subject.partner.code:
        return Side.PARTNER.value
    return None


def _side_in_front(subject: Subject, scanned: Scanned, place: int) -> str | None:
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
        return _side_of(subject, party.value.code)
    return None


def _side_behind(subject: Subject, scanned: Scanned, place: int) -> str | None:
    """The side whose delegation stands behind the verb."""
    plain = subject.release.plain
    for party in scanned.parties:
        if party.value is None or party.span.start < place:
            continue
        words = plain[place : party.span.end + 14]
        if party.span.start - place > 40 or not leading.DELEGATION.search(words):
            return None
        return _side_of(subject, party.value.code)
    return None


def _side_around(subject: Subject, scanned: Scanned, cue: Span) -> str | None:
    for party in scanned.parties:
        if party.value and (cue.overlaps(party.span) or 0 <= party.span.start - cue.end <= 12):
            return _side_of(subject, party.value.code)
    return None


def _sided(
    subject: Subject, scanned: Scanned, people: list[PersonFound], side: str | None
) -> Iterator[tuple[str, list[PersonFound]]]:
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


def _own_side(subject: Subject, scanned: Scanned, person: PersonFound) -> str | None:
    """The side that a person's own words tell: a country behind them or in the title."""
    for span in filter(None, (person.marker, person.title)):
        for party in scanned.parties:
            if party.value and party.span in span:
                side = _side_of(subject, party.value.code)
                if side:
                    return side
    return subject.known.people.get(name_keys(subject.release.plain, person.name))
