"""Who led the delegations: the heads of either side, with their titles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from dialogues.records.intake.finding.clauses import (
    past_delegation,
    past_verb,
    people_before,
    people_behind,
)
from dialogues.records.intake.finding.origin import Origin
from dialogues.records.intake.finding.parties import Scanned
from dialogues.records.intake.finding.people import PersonFound
from dialogues.records.intake.finding.sides import (
    Led,
    side_around,
    side_behind,
    side_in_front,
    side_of,
    side_within,
    sided,
)
from dialogues.records.intake.finding.subject import Subject
from dialogues.records.intake.finding.tense import Tense
from dialogues.records.intake.text.passages import Span
from dialogues.records.intake.text.proposals import Proposal, proposed
from dialogues.records.intake.words import leading
from dialogues.vocabulary import Side

#: So far behind somebody's name their country may stand.
_NEAR = 24
Heads = dict[str, list[PersonFound]]


def heads_of(subject: Subject, origin: Origin) -> Iterator[tuple[str, Proposal]]:
    """``head_own``, ``head_partner`` and their titles."""
    heads: Heads = defaultdict(list)
    for tense in subject.tenses:
        if tense.is_aside or tense.sentence.is_title or (tense.is_ahead and tense.next):
            continue
        scanned = subject.scanned[tense.sentence.number]
        begins = origin.begins(tense.sentence)
        for side, people in _led(subject, tense, scanned, begins):
            if side not in heads and people:
                heads[side] = people
        other = _other_than(heads)
        if other:
            people = _counterpart(subject, tense, scanned)
            people = people or _going_on(subject, tense, scanned, other)
            if people:
                heads[other] = people
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


def _led(subject: Subject, tense: Tense, scanned: Scanned, begins: int) -> Led:
    """The sides whose heads a sentence names, with these, by each way to say so."""
    text = tense.sentence.text
    by = [
        cue
        for cue in leading.LED_BY.finditer(text)
        if not leading.OTHER_LED.search(text, 0, cue.start())
    ]
    yield from _led_by(subject, tense, scanned, by)
    yield from _head_of(subject, tense, scanned, begins)
    yield from _counterpart_of(subject, tense, scanned)
    yield from _leads(subject, tense, scanned, begins, by)


def _led_by(subject: Subject, tense: Tense, scanned: Scanned, by: list[re.Match[str]]) -> Led:
    """“… was led by A, … and … by B”."""
    text, begin = tense.sentence.text, tense.sentence.span.start
    also = [one for one in leading.ALSO_BY.finditer(text) if by and one.start() > by[0].end()]
    for cue in (*by, *also):
        people = people_behind(subject, tense, scanned, begin + cue.end())[:3]
        side = _side_of_verb(subject, scanned, cue, begin, first=cue in by)
        yield from sided(subject, scanned, people, side)


def _head_of(subject: Subject, tense: Tense, scanned: Scanned, begins: int) -> Led:
    """“Head of the delegation was A”; “A, as head of the delegation”."""
    text, begin = tense.sentence.text, tense.sentence.span.start
    for cue in leading.HEAD_OF.finditer(text):
        words = Span(begin + cue.start(), begin + cue.end())
        if cue["inverted"] or cue["vorsitz"]:  # whatever country follows is the first one's own
            side, start = side_within(subject, scanned, words), words.end
        else:
            side = side_around(subject, scanned, words)
            start = past_verb(subject, scanned, Span(words.end, tense.sentence.span.end)).start
        people = people_behind(subject, tense, scanned, start)[:2]
        named = leading.NAMED_BEFORE.search(text, max(0, cue.start() - 24), cue.start())
        if named and named.start() > 0:
            people = people_before(subject, tense, scanned, cue, begins)[-1:] or people
        yield from sided(subject, scanned, people[:1] if side else people, side)


def _counterpart_of(subject: Subject, tense: Tense, scanned: Scanned) -> Led:
    """“His Norwegian counterpart was B”."""
    begin = tense.sentence.span.start
    for cue in leading.COUNTERPART.finditer(tense.sentence.text):
        side = side_around(subject, scanned, Span(begin + cue.start(), begin + cue.end()))
        if side:
            yield side, people_behind(subject, tense, scanned, begin + cue.end())[:1]


def _leads(
    subject: Subject, tense: Tense, scanned: Scanned, begins: int, by: list[re.Match[str]]
) -> Led:
    """“A led the Indonesian delegation”."""
    text, begin = tense.sentence.text, tense.sentence.span.start
    for cue in leading.LEADS.finditer(text):
        if any(other.start() <= cue.start() < other.end() for other in by):
            continue
        people = people_before(subject, tense, scanned, cue, begins)
        joint = _is_joint(cue)
        side = None if joint else side_behind(subject, scanned, begin + cue.end())
        if not people and leading.TURNED.fullmatch(cue[0]):
            side = side or side_in_front(subject, scanned, begin + cue.start())
            place = past_delegation(tense, cue.end())
            people = people_behind(subject, tense, scanned, begin + place)[:1] if side else []
        if side or joint or leading.DELEGATION.match(text[cue.end() :].lstrip()):
            yield from sided(subject, scanned, people[-1:] if side else people[-2:], side)


def _side_of_verb(
    subject: Subject, scanned: Scanned, cue: re.Match[str], begin: int, *, first: bool
) -> str | None:
    """The side that “was led by” says: within its words, else in front of them."""
    if _is_joint(cue):
        return None
    within = Span(begin + cue.start(), begin + cue.end())
    if side := side_within(subject, scanned, within):
        return side
    side = side_in_front(subject, scanned, begin + cue.start())
    if first or side is None:
        return side
    # “…, on the Russian side, and by B”: what stands before “and” is said of the other one.
    last = max(p.span.end for p in scanned.parties if p.value and p.span.end <= within.start)
    return None if leading.AND.search(subject.release.plain, last, within.start) else side


def _other_than(heads: Heads) -> str | None:
    """The side whose head is not known yet, once the other's is."""
    if len(heads) != 1:
        return None
    return Side.PARTNER.value if Side.OWN.value in heads else Side.OWN.value


def _counterpart(subject: Subject, tense: Tense, scanned: Scanned) -> list[PersonFound]:
    """Who is called the counterpart of the one head that is known."""
    cue = leading.COUNTERPART.search(tense.sentence.text)
    if cue is None:
        return []
    return people_behind(subject, tense, scanned, tense.sentence.span.start + cue.end())[:1]


def _going_on(subject: Subject, tense: Tense, scanned: Scanned, side: str) -> list[PersonFound]:
    """Who led that side, where a sentence goes on without a verb: “…, while for Norway B”,
    “… and B the Norwegian one”."""
    text, begin = tense.sentence.text, tense.sentence.span.start
    leads = [cue.end() for cue in leading.LEADS.finditer(text)]
    ends = [cue.end() for by in (leading.LED_BY, leading.HEAD_OF) for cue in by.finditer(text)]
    if not (leads or ends):
        return []
    after = min(leads + ends)
    switch = leading.SIDE_SWITCH.search(text, after)
    also = leading.AND.search(text, after) if leads else None
    for start in (found.end() for found in (switch, also) if found):
        theirs = _first_of(subject, scanned, side, begin + after)
        # The country stands in front of the person, or right behind.
        past = past_verb(subject, scanned, Span(begin + start, tense.sentence.span.end)).start
        for place in (begin + start, past):
            people = people_behind(subject, tense, scanned, place, whole=True)[:1]
            if people and theirs and _is_all(subject, tense, people[0], theirs):
                return people
    return []


def _first_of(subject: Subject, scanned: Scanned, side: str, place: int) -> Span | None:
    """Where the side's country is first named from there on."""
    return next(
        (
            party.span
            for party in scanned.parties
            if party.value
            and party.span.start >= place
            and side_of(subject, party.value.code) == side
        ),
        None,
    )


def _is_all(subject: Subject, tense: Tense, person: PersonFound, country: Span) -> bool:
    """Whether the clause says no more than who it was, and for which country."""
    end = max(span.end for span in (person.name, person.title, person.marker) if span)
    behind = subject.release.plain[end : tense.sentence.span.end]
    if country.start >= end:  # “, the Norwegian one”
        return country.start - end < _NEAR
    return person.name.start - country.end < 4 * _NEAR and bool(leading.NO_VERB.match(behind))


def _is_joint(cue: re.Match[str]) -> bool:
    said = cue.groupdict()
    return bool(said.get("joint") or said.get("each"))
