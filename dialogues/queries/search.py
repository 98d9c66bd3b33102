"""Full text: words, "a phrase", -not, or; English and Indonesian forms, accents or none.

Every document is indexed under two configurations, one a language, and every word asked for is
looked for under both. That is done word by word: a query may mix languages, and a word that is
excluded must not come back in through the other language's reading of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from operator import and_, or_
from typing import TypeVar

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable
from django.db.models import Model, Q, QuerySet

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

Rows = TypeVar("Rows", bound=Model)


class Term(SearchQuery):
    """A word or a phrase in either language; nothing where it is a stop word in English."""

    def __init__(self, value: str, *, excluded: bool = False) -> None:
        super().__init__(value, invert=excluded)
        self.function = "dialogues_term"


def matching_rounds(queryset: QuerySet[Rows], text: str, *, staff: bool) -> QuerySet[Rows]:
    """The rounds of ``queryset`` whose document has the words; for ``staff`` with internal notes.

    Words in a text without any to look for (only stop words, only signs) match nothing. Nothing is
    an error: a quotation left open ends with the text.
    """
    return queryset.filter(_matches(text, staff=staff))


def matching_points(queryset: QuerySet[Rows], text: str, *, staff: bool) -> QuerySet[Rows]:
    """The agreed points of ``queryset`` whose own words match; else as ``matching_rounds``.

    A point's own are its texts, follow-ups, topics and issue; what else its round says is not.
    """
    return queryset.filter(_matches(text, staff=staff))


def _matches(text: str, *, staff: bool) -> Q:
    query = _parsed(text)
    if query is None:
        return Q(pk__in=())
    if not staff:
        return Q(words__public=query)
    return Q(words__staff=query) | Q(words__staff=None, words__public=query)


def _parsed(text: str) -> SearchQueryCombinable | None:
    """The query that ``text`` asks; None where it has no word at all."""
    groups = [reduce(and_, group) for group in _groups(text)]
    return reduce(or_, groups) if groups else None


def _groups(text: str) -> Iterator[list[Term]]:
    """What stands between the words "or", each group with at least one term."""
    group: list[Term] = []
    for sign, phrase, word in TERM.findall(text.replace("\0", " ")):
        if word.lower() == "or" and not sign:
            if group:
                yield group
            group = []
        elif asked := phrase.strip() or (word if word.lower() not in LITTLE_WORDS else ""):
            group.append(Term(asked, excluded=bool(sign)))
    if group:
        yield group
