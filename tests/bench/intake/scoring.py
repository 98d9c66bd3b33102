"""Proposals beside what a person reads: right, wrong, missing, by column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from dialogues.records.intake import Vocabulary, read_release
from dialogues.records.sheet_writing import COLUMNS

from .marked import Marked

#: Of these a text's mark gives the beginning; a proposal is the whole sentence.
SENTENCES = frozenset({"agreed_points", "next_round_note"})


@dataclass
class Score:
    """How often a column was read rightly, wrongly, or not though the text says it."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right, self.wrong + other.wrong, self.missing + other.missing
        )

    @property
    def precision(self) -> float:
        """The part of what was proposed that is right."""
        proposed = self.right + self.wrong
        return self.right / proposed if proposed else 1.0

    @property
    def recall(self) -> float:
        """The part of what the texts say that was proposed."""
        said = self.right + self.missing
        return self.right / said if said else 1.0


@dataclass
class Scores:
    """The score of each column, and in words what was wrong or missing."""

    by_column: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    complaints: list[str] = field(default_factory=list)

    @property
    def whole(self) -> Score:
        return sum(self.by_column.values(), Score())

    def columns(self) -> list[str]:
        return [column for column in COLUMNS if column in self.by_column]


def score(texts: Iterable[Marked], known: Vocabulary) -> Scores:
    """Read the texts and compare."""
    scores = Scores()
    for text in texts:
        proposed: dict[str, list[str]] = defaultdict(list)
        for column, one in read_release(text.text, known, text.published).in_order():
            proposed[column].append(str(one.value))
        for column in {*text.says, *proposed}:
            _compare(scores, text.name, column, list(text.says.get(column, [])), proposed[column])
    return scores


def _compare(scores: Scores, name: str, column: str, said: list[str], proposed: list[str]) -> None:
    count = scores.by_column[column]
    for value in proposed:
        fitting = next((one for one in said if is_same(column, value, one)), None)
        if fitting is None:
            count.wrong += 1
            scores.complaints.append(f"{name}: {column} is not “{value}”")
        else:
            count.right += 1
            said.remove(fitting)
    count.missing += len(said)
    scores.complaints += [f"{name}: {column} “{value}” is missing" for value in said]


def is_same(column: str, proposed: str, said: str) -> bool:
    """Whether two values are the same but for case and space; of sentences the beginnings."""
    one, other = (" ".join(text.casefold().split()) for text in (proposed, said))
    return one.startswith(other) if column in SENTENCES else one == other
