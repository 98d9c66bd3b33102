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


Led = Iterator[tuple[str, list[PersonFound]]]


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
        people = _people_behind(subject, tense, scanned, begin + cue.end())[:3]
        side = _side_of_verb(subject, scanned, cue, begin, first=cue in by)
        yield from _sided(subject, scanned, people, side)


def _head_of(subject: Subject, tense: Tense, scanned: Scanned, begins: int) -> Led:
    """“Head of the delegation was A”; “A, as head of the delegation”."""
    text, begin = tense.sentence.text, tense.sentence.span.start
    for cue in leading.HEAD_OF.finditer(text):
        words = Span(begin + cue.start(), begin + cue.end())
        if cue["inverted"] or cue["vorsitz"]:  # whatever country follows is the first one's own
            side, start = _side_within(subject, scanned, words), words.end
        else:
            side = _side_around(subject, scanned, words)
            region = Span(words.end, begin + _switch(text, cue.end()))
            start = _past_verb(subject, scanned, region).start
        people = _people_behind(subject, tense, scanned, start)[:2]
        named = leading.NAMED_BEFORE.search(text, max(0, cue.start() - 24), cue.start())
        if named and named.start() > 0:
            people = _people_before(subject, tense, scanned, cue, begins)[-1:] or people
        yield from _sided(subject, scanned, people[:1] if side else people, side)


def _counterpart_of(subject: Subject, tense: Tense, scanned: Scanned) -> Led:
    """“His Norwegian counterpart was B”."""
    begin = tense.sentence.span.start
    for cue in leading.COUNTERPART.finditer(tense.sentence.text):
        side = _side_around(subject, scanned, Span(begin + cue.start(), begin + cue.end()))
        if side:
            yield side, _people_behind(subject, tense, scanned, begin + cue.end())[:1]


def _leads(
    subject: Subject, tense: Tense, scanned: Scanned, begins: int, by: list[re.Match[str]]
) -> Led:
    """“A led the Indonesian delegation”."""
    text, begin = tense.sentence.text, tense.sentence.span.start
    for cue in leading.LEADS.finditer(text):
        if any(other.start() <= cue.start() < other.end() for other in by):
            continue
        people = _people_before(subject, tense, scanned, cue, begins)
        joint = _is_joint(cue)
        side = None if joint else _side_behind(subject, scanned, begin + cue.end())
        if not people and leading.TURNED.fullmatch(cue[0]):
            side = side or _side_in_front(subject, scanned, begin + cue.start())
            place = _past_delegation(tense, cue.end())
            people = _people_behind(subject, tense, scanned, begin + place)[:1] if side else []
        if side or joint or leading.DELEGATION.match(text[cue.end() :].lstrip()):
            yield from _sided(subject, scanned, people[-1:] if side else people[-2:], side)


def _past_delegation(tense: Tense, place: int) -> int:
    """Past “la delegación” behind a verb."""
    found = leading.THE_DELEGATION.match(tense.sentence.text, place)
    return found.end() if found else place


def _people_behind(
    subject: Subject, tense: Tense, scanned: Scanned, place: int, *, whole: bool = False
) -> list[PersonFound]:
    """The people from there to where the sentence turns to the other side, or ends."""
    begin, end = tense.sentence.span.start, tense.sentence.span.end
    region = Span(place, end if whole else begin + _switch(tense.sentence.text, place - begin))
    return list(people_in(subject.release.plain, region, scanned))


def _people_before(
    subject: Subject, tense: Tense, scanned: Scanned, cue: re.Match[str], begins: int
) -> list[PersonFound]:
    """The people of the clause in front of a cue."""
    begin = tense.sentence.span.start
    clause = begin + _clause_before(tense.sentence.text, cue.start())
    region = Span(max(begins, clause), begin + cue.start())
    return list(people_in(subject.release.plain, region, scanned))


def _side_of_verb(
    subject: Subject, scanned: Scanned, cue: re.Match[str], begin: int, *, first: bool
) -> str | None:
    """The side that “was led by” says: within its words, else in front of them."""
    if _is_joint(cue):
        return None
    within = Span(begin + cue.start(), begin + cue.end())
    if side := _side_within(subject, scanned, within):
        return side
    side = _side_in_front(subject, scanned, begin + cue.start())
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
    return _people_behind(subject, tense, scanned, tense.sentence.span.start + cue.end())[:1]


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
        past = _past_verb(subject, scanned, Span(begin + start, tense.sentence.span.end)).start
        for place in (begin + start, past):
            people = _people_behind(subject, tense, scanned, place, whole=True)[:1]
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
            and _side_of(subject, party.value.code) == side
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


def _past_verb(subject: Subject, scanned: Scanned, region: Span) -> Span:
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


def _side_within(subject: Subject, scanned: Scanned, words: Span) -> str | None:
    return next(
        (
            _side_of(subject, party.value.code)
            for party in scanned.parties
            if party.value and party.span in words
        ),
        None,
    )


def _side_around(subject: Subject, scanned: Scanned, cue: Span) -> str | None:
    for party in scanned.parties:
        if party.value and (cue.overlaps(party.span) or 0 <= party.span.start - cue.end <= 12):
            return _side_of(subject, party.value.code)
    return None


def _sided(subject: Subject, scanned: Scanned, people: list[PersonFound], side: str | None) -> Led:
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
                side = _side_of(subject, party.value.code)
                if side:
                    return side
    return subject.known.people.get(name_keys(subject.release.plain, person.name))
