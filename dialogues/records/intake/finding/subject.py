"""What a release is about: its dialogue, partner and edition, and which sentences tell of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dialogues.records.intake.text.passages import Release, Sentence, Span
from dialogues.records.intake.words.leading import MEETING
from dialogues.records.intake.words.vocabulary import Party, Vocabulary
from dialogues.vocabulary import SeriesKind

from .editions import edition_of, rounds_in
from .meetings import Mention, mentions_in
from .parties import Scanned, counted_parties, foreign_parties, scan
from .tense import Tense

#: Below this a dialogue is only spoken of, and the text is no release of a round.
ENOUGH = 5


@dataclass(slots=True)
class Subject:
    """The dialogue that a text is about; everything else is read in its light."""

    release: Release
    scanned: list[Scanned]
    language: str
    known: Vocabulary
    mentions: list[Mention]
    """Of this dialogue, the best first."""
    partner: Party | None
    partner_span: Span | None
    kind: SeriesKind | None
    edition: int | None
    edition_span: Span | None
    tenses: list[Tense]
    """A sentence's each, by its number."""
    names: list[Span]
    """Of all dialogues that are mentioned, this one or not."""

    @property
    def main(self) -> Mention:
        return self.mentions[0]

    def tense(self, sentence: Sentence) -> Tense:
        return self.tenses[sentence.number]

    def telling(self) -> list[Tense]:
        """The sentences that tell of this round, those that name it first, the title last."""
        named = {mention.sentence.number for mention in self.mentions}
        open_ones = [one for one in self.tenses if not (one.is_ahead or one.is_aside)]
        return sorted(
            open_ones,
            key=lambda one: (
                one.sentence.is_title,
                one.sentence.number not in named or not one.held,
                one.sentence.number not in named and not one.held,
                one.sentence.number,
            ),
        )

    def speaks_of_it(self, tense: Tense, rank: int) -> bool:
        """Whether a sentence names the dialogue, or says of a meeting that it took place.

        ``rank`` is its place among those that tell of the round; the first ones need no verb.
        """
        if self.names_it(tense.sentence):
            return True
        return (tense.held is not None or rank < 2) and MEETING.search(
            tense.sentence.text
        ) is not None

    def names_it(self, sentence: Sentence) -> bool:
        return any(mention.sentence is sentence for mention in self.mentions)


def subject_of(release: Release, known: Vocabulary, language: str) -> Subject | None:
    """What the text is about; None where it is no release of a round."""
    scanned = scan(release, known)
    mentions = [
        mention for one in scanned for mention in mentions_in(release, one, known.own, language)
    ]
    looks = [Tense(one.sentence, lower=False, higher=False, same=False) for one in scanned]
    lead = next((one.number for one in release.body if len(one.text) > 60), 0)
    weighed = sorted(
        (
            (_weight(mention, looks[mention.sentence.number], lead), -mention.span.start, mention)
            for mention in mentions
        ),
        key=lambda row: row[:2],
        reverse=True,
    )
    if not weighed or weighed[0][0] < ENOUGH:
        return None
    main = weighed[0][2]
    others = [
        mention.sentence
        for weight, _start, mention in weighed
        if weight >= ENOUGH and mention.kind == main.kind and not mention.is_plural
    ]
    partner, partner_span = _partner(release, scanned, main, others, known)
    kind = main.kind or _kind_beside(main, mentions, partner)
    same = [
        mention
        for _weighed, _start, mention in weighed
        if mention is main
        or (mention.kind in (kind, None) and (not mention.parties or partner in mention.parties))
    ]
    edition, edition_span = edition_of(release, scanned, same, looks, language)
    tenses = [
        _tense(one, rounds_in(release, one, language), mentions, same, edition) for one in scanned
    ]
    return Subject(
        release, scanned, language, known, same, partner, partner_span, kind, edition,
        edition_span, tenses, [mention.span for mention in mentions],
    )  # fmt: skip


def _weight(mention: Mention, tense: Tense, lead: int) -> int:
    """How likely a mention is what the text is about; ``lead`` is its first sentence's number."""
    sentence = mention.sentence
    weight = 0
    weight += 4 if sentence.is_title else 0
    weight += 3 if sentence.number <= lead + 1 else 0
    weight += 2 if mention.editions else 0
    weight += 2 if mention.parties else 0
    weight += 1 if mention.has_own else 0
    weight += 2 if tense.held or tense.future else 0
    weight += 1 if mention.kind else 0
    weight -= 4 if tense.is_aside or tense.is_ahead else 0
    weight -= 4 if mention.is_plural else 0
    weight -= 3 if any(mask.overlaps(mention.span) for mask in tense.masks) else 0
    return weight


def _kind_beside(
    main: Mention, mentions: list[Mention], partner: Party | None
) -> SeriesKind | None:
    """The kind that other mentions of the same partner's dialogue say, if they say one."""
    if {"annual", "tahunan"} & {word.lower() for word in main.sentence.text.split()}:
        return None
    kinds = {
        mention.kind
        for mention in mentions
        if mention.kind and (not mention.parties or partner in mention.parties)
    }
    return kinds.pop() if len(kinds) == 1 else None


def _partner(
    release: Release,
    scanned: list[Scanned],
    main: Mention,
    others: list[Sentence],
    known: Vocabulary,
) -> tuple[Party | None, Span | None]:
    """The other side: as the dialogue's name has it, else its sentence, the title, the sentences
    of other mentions of such a dialogue, the text."""
    sentences = [main.sentence, *filter(None, [release.title]), *others]
    candidates = [main.parties] if main.parties else []
    candidates += [foreign_parties(scanned[one.number], known.own) for one in sentences]
    for parties in candidates:
        if len(parties) == 1:
            return parties[0], _first_naming(scanned, parties[0], main)
    counts = counted_parties(release, scanned, known.own)
    among = {party for parties in candidates for party in parties} or set(counts)
    ranked = Counter({party: count for party, count in counts.items() if party in among})
    best = ranked.most_common(2)
    if best and best[0][1] >= 2 and (len(best) == 1 or best[0][1] >= 2 * best[1][1]):
        return best[0][0], _first_naming(scanned, best[0][0], main)
    return None, None


def _first_naming(scanned: list[Scanned], party: Party, main: Mention) -> Span | None:
    own_sentence = scanned[main.sentence.number]
    for one in (own_sentence, *scanned):
        for found in one.parties:
            if found.value == party:
                return found.span
    return None


def _tense(
    one: Scanned,
    rounds: list[tuple[int, Span]],
    mentions: list[Mention],
    same: list[Mention],
    edition: int | None,
) -> Tense:
    """Of which round a sentence tells, by the numbers and the dialogues that it names."""
    here = [mention for mention in mentions if mention.sentence is one.sentence]
    ours = [mention for mention in here if mention in same]
    numbers = {number for number, _span in rounds}
    numbers |= {number for mention in here for number, _span in mention.editions}
    named = edition in numbers if edition is not None and numbers else bool(ours)
    return Tense(
        one.sentence,
        lower=edition is not None and any(number < edition for number in numbers),
        higher=edition is not None and any(number > edition for number in numbers),
        same=named and bool(ours or not here),
        of_others=bool(here) and not ours and any(mention.parties for mention in here),
    )
