"""Which dialogues a text names: every mention of one, with what stands in its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dialogues.records.intake.text.passages import Release, Sentence, Span
from dialogues.records.intake.text.terms import Token
from dialogues.records.intake.words import phrases
from dialogues.records.intake.words.ordinals import counts_another_thing, is_bare, ordinal_at
from dialogues.records.intake.words.vocabulary import Party
from dialogues.vocabulary import SeriesKind

from .parties import Scanned
from .tense import HELD

_INSIDE = frozenset(
    {" ", "-", " - ", "- ", " -", "/", " (", ") ", "(", "'", " '", "' ", ' "', '" ', ") - ", "+"}
)
#: So many words in a row that nobody listed may stand within a name, if capitals begin them.
_UNLISTED = 3


@dataclass(slots=True)
class Mention:
    """A dialogue's name in the text, with what stands in it."""

    span: Span
    sentence: Sentence
    kind: SeriesKind | None
    parties: list[Party]
    """The foreign ones."""
    editions: list[tuple[int, Span]]
    is_plural: bool
    name: Span
    """The name alone, without the number of the round and what is said around it."""
    has_own: bool = False


def mentions_in(release: Release, scanned: Scanned, own: str, language: str) -> Iterator[Mention]:
    """The names of dialogues in one sentence."""
    done = 0
    for place, token in enumerate(scanned.tokens):
        if place < done or not phrases.is_head(token.key):
            continue
        first, last, ordinals = _grown(release.plain, scanned, place, language)
        done = last
        mention = _mention(scanned, place, (first, last), ordinals, own)
        if mention:
            yield mention


Ordinals = dict[int, tuple[int, int]]


def _grown(plain: str, scanned: Scanned, head: int, language: str) -> tuple[int, int, Ordinals]:
    """How far a name goes to both sides of its noun, and the ordinals in it by their token."""
    tokens = scanned.tokens
    ordinals = _ordinals(plain, tokens, max(0, head - 16), min(len(tokens), head + 16), language)
    covered = {
        place + step for place, (_number, length) in ordinals.items() for step in range(length)
    }

    def is_listed(place: int) -> bool:
        key = tokens[place].key
        if key in phrases.OF_A_FIELD:  # "di bidang hukum"; "di Jakarta" is where it was held
            following = tokens[place + 1].key if place + 1 < len(tokens) else ""
            return following in phrases.FIELDS
        if key == "2" and place not in covered:  # of "2+2", and not of "on 2 May"
            return "+" in plain[max(0, tokens[place].start - 2) : tokens[place].end + 2]
        return (
            key in phrases.QUALIFIERS
            or key in phrases.SMALL_WORDS
            or phrases.is_head(key)
            or place in covered
            or scanned.by_token.get(place) is not None
        )

    # Only English puts what it is about in front: "Information Security Consultations".
    first = _reach(plain, tokens, head, -1, is_listed, _UNLISTED if language == "en" else 0)
    last = _reach(plain, tokens, head, 1, is_listed, _UNLISTED) + 1
    while first < head and tokens[first].key in phrases.SMALL_WORDS - {"ke"}:
        first += 1
    while last > head + 1 and tokens[last - 1].key in phrases.SMALL_WORDS:
        last -= 1
    inside = {place: said for place, said in ordinals.items() if first <= place and place < last}
    return first, last, inside


def _reach(
    plain: str,
    tokens: Sequence[Token],
    head: int,
    step: int,
    is_listed: Callable[[int], bool],
    most_strange: int,
) -> int:
    """The last place that belongs to a name when one goes from its noun to one side."""
    reached, strange, place = head, 0, head + step
    while 0 <= place < len(tokens) and abs(place - head) < 15:
        if not _joined(plain, tokens, min(place, place - step)):
            break
        if is_listed(place):
            reached, strange = place, 0
        elif strange < most_strange and _may_name(tokens[place]):
            strange += 1
        else:
            break
        place += step
    return reached


def _may_name(token: Token) -> bool:
    """Whether a word that nobody listed may be part of a name: it has a capital and is no verb."""
    return token.written[0].isupper() and HELD.fullmatch(token.key) is None


def _ordinals(
    plain: str, tokens: Sequence[Token], first: int, last: int, language: str
) -> Ordinals:
    found: Ordinals = {}
    done = first
    for place in range(first, last):
        said = ordinal_at(tokens, place, plain) if place >= done else None
        if said is None and language == "de" and tokens[place].key.isdecimal():
            after = plain[tokens[place].end : tokens[place].end + 2]
            said = (int(tokens[place].key), 1) if after == ". " else None
        if said is None or (is_bare(tokens[place].written) and language == "en" and said[0] == 1):
            continue
        done = place + said[1]
        if not counts_another_thing(plain, tokens[done - 1].end):
            found[place] = said
    return found


def _joined(plain: str, tokens: Sequence[Token], place: int) -> bool:
    gap = plain[tokens[place].end : tokens[place + 1].start]
    return gap in _INSIDE or (gap == ". " and tokens[place].key.isdecimal())


def _mention(
    scanned: Scanned, head: int, reach: tuple[int, int], ordinals: Ordinals, own: str
) -> Mention | None:
    first, last = reach
    tokens = scanned.tokens
    keys = {token.key for token in tokens[first:last]}
    named = list(
        dict.fromkeys(
            found.value
            for place in range(first, last)
            if (found := scanned.by_token.get(place)) and found.value
        )
    )
    kind = _kind(tokens[head].key, keys)
    foreign = [party for party in named if party.code != own]
    if not _is_name(tokens[head], keys, kind, bool(foreign), bool(ordinals)):
        return None
    editions = [
        (number, Span(tokens[place].start, tokens[place + length - 1].end))
        for place, (number, length) in ordinals.items()
    ]
    return Mention(
        Span(tokens[first].start, tokens[last - 1].end),
        scanned.sentence,
        kind,
        foreign,
        editions,
        tokens[head].key in phrases.PLURAL,
        _name(tokens, reach, ordinals),
        has_own=any(party.code == own for party in named),
    )


def _kind(head: str, keys: set[str]) -> SeriesKind | None:
    by_head = phrases.kind_of_head(head)
    if head in phrases.OFFICES or by_head == SeriesKind.JOINT_COMMISSION:
        return SeriesKind.JOINT_COMMISSION
    for kind, words in phrases.KIND_WORDS:
        if keys & words:
            return kind
    if keys & phrases.POLITICAL:
        return SeriesKind.POLITICAL_CONSULTATION
    if keys & phrases.OF_ANOTHER_KIND and not keys & phrases.OF_NO_KIND:
        return SeriesKind.OTHER
    return None if keys & phrases.OF_NO_KIND else by_head


def _is_name(
    head: Token, keys: set[str], kind: SeriesKind | None, foreign: bool, numbered: bool
) -> bool:
    """Whether the words name a dialogue, and do not merely speak of talking."""
    if head.key in phrases.OFFICES:
        return bool(keys & phrases.JOINT)
    if kind == SeriesKind.OTHER and not numbered:  # of trade or security everybody talks
        kind = None
    if head.key == "talks":
        return kind is not None
    if (
        phrases.kind_of_head(head.key) == SeriesKind.POLITICAL_CONSULTATION
        and not keys & phrases.POLITICAL
    ):
        return (
            head.key in {"fkb", "foc"}
            or kind not in (None, SeriesKind.POLITICAL_CONSULTATION)
            or bool(keys & phrases.NAMING)
            or foreign
            or numbered
        )
    if kind is not None or (numbered and "2" in keys):
        return True
    return foreign and (numbered or bool(keys & phrases.NAMING) or head.written[0].isupper())


def _name(tokens: Sequence[Token], reach: tuple[int, int], ordinals: Ordinals) -> Span:
    """The longest run of the phrase without ordinals and words such as “round of”."""
    covered = {
        place + step for place, (_number, length) in ordinals.items() for step in range(length)
    }
    edges = [reach[0] - 1, *sorted(place for place in covered), reach[1]]
    first, last = max(
        ((one + 1, other) for one, other in pairwise(edges)), key=lambda run: run[1] - run[0]
    )
    around = phrases.SMALL_WORDS | {
        "round",
        "rounds",
        "putaran",
        "session",
        "edition",
        "edisi",
        "regular",
        "ronda",
        "runde",
        "sidang",
        "pertemuan",
        "reunion",
    }
    while first < last - 1 and tokens[first].key in around:
        first += 1
    while last > first + 1 and tokens[last - 1].key in around:
        last -= 1
    return Span(tokens[first].start, tokens[last - 1].end)
