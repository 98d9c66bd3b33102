"""Which of the tracker's topics a release speaks of."""

from __future__ import annotations

from itertools import zip_longest

from dialogues.records.intake.finding.subject import Subject
from dialogues.records.intake.text.proposals import Proposal, proposed
from dialogues.records.intake.text.terms import Token, tokens_of

_SMALL = frozenset({"and", "dan", "the"})


def topics_of(subject: Subject) -> list[Proposal]:
    """The tracker's topics that the text speaks of, each where it is first named."""
    known, release = subject.known, subject.release
    if not known.topics:
        return []
    found: dict[str, Proposal] = {}
    for tense in subject.tenses:
        tokens = tokens_of(tense.sentence.text, tense.sentence.span.start)
        for term in known.topics.find(_telling(tokens), release.plain):
            slug, label = term.value
            if slug not in found and not any(name.overlaps(term.span) for name in subject.names):
                found[slug] = proposed(release, slug, term.span, label=label)
    return list(found.values())


def _telling(tokens: list[Token]) -> list[Token]:
    """The words that make a topic's name: no small ones, and “hak-hak” once, as it is a plural."""
    words = [token for token in tokens if token.key not in _SMALL]
    return [
        word
        for word, after in zip_longest(words, words[1:])
        if after is None or after.key != word.key or after.start - word.end > 1
    ]
