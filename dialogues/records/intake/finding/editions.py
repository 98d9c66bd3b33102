"""The number of the round: as the dialogue's name has it, or as is said of it beside."""

from __future__ import annotations

import re

from dialogues.records.intake.text.passages import Release, Span
from dialogues.records.intake.words import phrases
from dialogues.records.intake.words.ordinals import (
    counts_anew,
    counts_another_thing,
    is_bare,
    ordinal_at,
)

from .meetings import Mention
from .parties import Scanned
from .tense import FUTURE, HELD, Tense

_FIRST_TIME = re.compile(
    r"\b(?:untuk (?:yang )?pertama kali(?:nya)?|their first(?:-ever| ever)?|first[- ]ever)\b"
    # “For the first time since the pandemic” is of something else.
    r"(?! (?:\w+ ){0,2}(?:since|sejak|setelah|after|semenjak))",
    re.IGNORECASE,
)
_THIS_BEFORE = re.compile(r"\b(?:this|cette?|diese[rs]?|est[ae]) $", re.IGNORECASE)
_THIS_BEHIND = re.compile(r" ini\b")
#: So far behind the number stands the verb that says that the round is to come.
_VERB_WITHIN = 40


def edition_of(
    release: Release,
    scanned: list[Scanned],
    mentions: list[Mention],
    looks: list[Tense],
    language: str,
) -> tuple[int | None, Span | None]:
    """The number of the round: as its name says it, else as said of a round where it is named."""
    for mention in mentions:
        look = looks[mention.sentence.number]
        of_another = look.future and not look.held and looks[mentions[0].sentence.number].held
        if not mention.editions or look.is_aside or of_another:
            continue
        tense = Tense(mention.sentence, lower=False, higher=False, same=True)
        if not (tense.is_ahead and tense.next):
            numbers = [
                (number, span)
                for number, span in mention.editions
                if tense.tells(span) and not counts_anew(number, release.plain, mention.span.end)
            ]
            if len({number for number, _span in numbers}) == 1:
                return numbers[0]
    named = {mention.sentence.number for mention in mentions}
    beside = {number + 1 for number in named if number + 1 < len(scanned)}
    for one in (*sorted(named), *sorted(beside - named)):
        tense = Tense(scanned[one].sentence, lower=False, higher=False, same=one in named)
        said = [
            (number, span)
            for number, span in rounds_in(release, scanned[one], language)
            if tense.tells(span) and not (tense.held and _is_to_come(release.plain, span))
        ]
        if len({number for number, _span in said}) == 1:
            return said[0]
        first = _FIRST_TIME.search(tense.sentence.text)
        if first and HELD.search(tense.sentence.text):
            return 1, tense.sentence.at(first)
    return _this_round(release, scanned, language)


def _this_round(
    release: Release, scanned: list[Scanned], language: str
) -> tuple[int | None, Span | None]:
    """The number that a sentence points at, wherever it stands: “dialog keempat ini”."""
    for one in scanned:
        for number, span in rounds_in(release, one, language):
            before = release.plain[max(0, span.start - 12) : span.start]
            after = release.plain[span.end : span.end + 6]
            if _THIS_BEFORE.search(before) or _THIS_BEHIND.match(after):
                return number, span
    return None, None


def rounds_in(release: Release, one: Scanned, language: str) -> list[tuple[int, Span]]:
    """The numbers of rounds in a sentence: ordinals beside what a round is called."""
    said = []
    tokens = one.tokens
    done = 0
    for place in range(len(tokens)):
        ordinal = ordinal_at(tokens, place, release.plain) if place >= done else None
        if ordinal is None:
            continue
        number, length = ordinal
        done = place + length
        before = tokens[place - 1].key if place else ""
        if before in ("yang", "la", "the") and place > 1:
            before = tokens[place - 2].key
            if before in phrases.QUALIFIERS or one.by_token.get(place - 2):
                # “Dialog Lintas Agama Indonesia-Australia yang ke-2”
                before = _head_before(one, place - 2)
        after = [token.key for token in tokens[place + length : place + length + 4]]
        beside = before in phrases.ROUNDS or (
            not is_bare(tokens[place].written)
            and any(key in phrases.ROUNDS for key in after)
            and all(key in phrases.QUALIFIERS | phrases.ROUNDS | {"such"} for key in after[:1])
        )
        end = tokens[place + length - 1].end
        noun = next(
            (t.end for t in tokens[place + length : place + length + 4] if t.key in phrases.ROUNDS),
            end,
        )
        if not beside or counts_anew(number, release.plain, noun):
            continue
        if not counts_another_thing(release.plain, noun) and not _sits_elsewhere(one, place):
            said.append((number, Span(tokens[place].start, end)))
    return said


def _sits_elsewhere(one: Scanned, place: int) -> bool:
    """Whether the number is of a committee in which not only both sides sit."""
    after = {token.key for token in one.tokens[place : place + 4]}
    return bool(after & phrases.OFFICES) and not {t.key for t in one.tokens} & phrases.JOINT


def _head_before(one: Scanned, place: int) -> str:
    """The noun of the dialogue's name that ends at this token."""
    while place > 0 and (
        one.tokens[place].key in phrases.QUALIFIERS | phrases.SMALL_WORDS or one.by_token.get(place)
    ):
        if one.tokens[place].key in phrases.ROUNDS:
            break
        place -= 1
    return one.tokens[place].key


def _is_to_come(plain: str, said: Span) -> bool:
    """Whether the verb behind a number says that this round is to come."""
    verb = FUTURE.search(plain, said.end, said.end + _VERB_WITHIN)
    return verb is not None and not re.search(r"[.;]", plain[said.end : verb.start()])
