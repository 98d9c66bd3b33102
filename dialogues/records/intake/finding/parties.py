"""The countries and organisations that a text names, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from dialogues.records.intake.text.passages import Release, Sentence
from dialogues.records.intake.text.terms import Found, Token, tokens_of
from dialogues.records.intake.words.vocabulary import Party, Vocabulary

#: An organisation that everybody speaks of is the other side only where the dialogue is named so.
SPOKEN_OF = frozenset({"UN", "ASEAN", "OIC", "GCC"})


@dataclass(slots=True)
class Scanned:
    """One sentence with its tokens and the parties that it names."""

    sentence: Sentence
    tokens: list[Token]
    parties: list[Found[Party | None]]
    by_token: dict[int, Found[Party | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for found in self.parties:
            self.by_token |= dict.fromkeys(range(found.first, found.last), found)


def scan(release: Release, known: Vocabulary) -> list[Scanned]:
    """Every sentence, with the parties in it."""
    scanned = []
    for sentence in release.sentences:
        tokens = tokens_of(sentence.text, sentence.span.start)
        scanned.append(Scanned(sentence, tokens, list(known.parties.find(tokens, release.plain))))
    return scanned


def foreign_parties(scanned: Scanned, own: str) -> list[Party]:
    """The foreign parties of a sentence that may be the other side, each once."""
    return list(
        dict.fromkeys(
            found.value
            for found in scanned.parties
            if found.value and found.value.code != own and found.value.code not in SPOKEN_OF
        )
    )


def counted_parties(release: Release, scanned: list[Scanned], own: str) -> Counter[Party]:
    """How often each foreign party is named, in sentences that do not list many of them."""
    counts: Counter[Party] = Counter()
    for one in scanned:
        foreign = foreign_parties(one, own)
        if len(foreign) <= 2:
            counts.update(foreign)
    return counts
