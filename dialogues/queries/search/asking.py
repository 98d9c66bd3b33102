"""What was asked: words, "a phrase", -not, or; English and Indonesian forms, accents or none.

Every document is indexed under two configurations, one a language, and every word asked for is
looked for under both. That is done word by word: a query may mix languages, and a word that is
excluded must not come back in through the other language's reading of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable

#: Longer texts are no search; each word costs the database two lookups.
LONGEST_QUERY = 300

#: A sign, then a quotation (the last may be left open) or a run of anything but spaces and quotes.
TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')

#: Words that stand in every Indonesian text. The English ones are the English configuration's; for
#: Indonesian PostgreSQL brings no such list.
LITTLE_WORDS = frozenset(
    ("ada", "adalah", "akan", "atas", "bagi", "dalam", "dan", "dari", "dengan", "di", "ini",
     "itu", "juga", "ke", "kepada", "oleh", "pada", "para", "serta", "tentang", "terhadap", "untuk",
     "yang")
)  # fmt: skip


class Asked(NamedTuple):
    """A word or a phrase that was asked for, or that must not occur."""

    text: Any
    """As it was typed; or an expression, where the question is written before it is asked."""
    phrase: bool
    excluded: bool


class Term(SearchQuery):
    """A word or a phrase in either language; nothing where it is a stop word in English."""

    def __init__(self, value: Any, *, excluded: bool = False) -> None:
        super().__init__(value, invert=excluded)
        self.function = "dialogues_term"


def groups_of(text: str) -> list[list[Asked]]:
    """What stands between the words "or", each group with at least one word or phrase.

    Nothing is an error: a quotation left open ends with the text.
    """
    return [group for group in _split(text) if group]


def query_of(groups: Iterable[Iterable[Asked]]) -> SearchQueryCombinable | None:
    """The query that asks for all of one group or all of another; None without any word."""
    alternatives = [
        reduce(and_, (Term(asked.text, excluded=asked.excluded) for asked in group))
        for group in groups
    ]
    return reduce(or_, alternatives) if alternatives else None


def wanted(groups: Iterable[Iterable[Asked]]) -> list[Asked]:
    """The words and phrases that are to occur, each once."""
    found = (asked for group in groups for asked in group if not asked.excluded)
    return list(dict.fromkeys(found))


def without_exclusions(groups: Iterable[Iterable[Asked]]) -> list[list[Asked]]:
    """The groups that ask for anything, without what they exclude."""
    kept = ([asked for asked in group if not asked.excluded] for group in groups)
    return [group for group in kept if group]


def unparsed(groups: Iterable[Iterable[Asked]]) -> str:
    """A text that asks for these groups."""
    return " or ".join(
        " ".join(
            f"{'-' * asked.excluded}" + (f'"{asked.text}"' if asked.phrase else asked.text)
            for asked in group
        )
        for group in groups
    )


def _split(text: str) -> Iterator[list[Asked]]:
    group: list[Asked] = []
    for sign, phrase, word in TERM.findall(text.replace("\0", " ")):
        if word.lower() == "or" and not sign:
            yield group
            group = []
        elif asked := phrase.strip() or (word if word.lower() not in LITTLE_WORDS else ""):
            group.append(Asked(asked, phrase=not word, excluded=bool(sign)))
    yield group
