"""Where nothing is found: what may have been meant, and what would find more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import normalize

from django.db import connection

from dialogues.models import (
    AgreedPoint,
    Issue,
    Partner,
    Person,
    Round,
    Series,
    Source,
    Statement,
    Topic,
    clearance_of,
)
from dialogues.queries.counting import capped_count

from .asking import Asked, groups_of, unparsed, wanted, without_exclusions
from .matching import matching_rounds
from .naming import found_names
from .records import MOST, Reader, latest_rounds

WORD = re.compile(r"[^\W\d_]{3,}")
#: So many words are looked at one by one,
MOST_WORDS = 6
#: and compared with those of so many rounds, the latest, and of so many names of a kind.
ROUNDS, NAMES = 200, 2000
#: How much of two words has to be alike.
ALIKE = 0.7

NO_EXCLUSION, NO_QUOTES, ANY = "no_exclusion", "no_quotes", "any"


@dataclass(frozen=True)
class Wider:
    """Another text to search for, and how many rounds it finds."""

    kind: str
    """no_exclusion, no_quotes, or any: any of the words."""
    text: str
    count: int
    more: bool


def says_nothing(text: str) -> bool:
    """Whether there is no word in the text to look for: signs, or what stands in every text."""
    asked = " ".join(asked.text for group in groups_of(text) for asked in group)
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(dialogues_term(%s)) = 0", [asked])
        return bool(cursor.fetchone()[0])


def suggestion(user: Reader, text: str) -> str | None:
    """The text with the words that `user` finds nowhere spelled as in what is to be read.

    They are compared with the names and the latest rounds that the reader sees, so that what is
    hidden is not suggested either; and what is suggested does find something.
    """
    spoken = " ".join(asked.text for asked in wanted(groups_of(text)))
    unknown = [
        word
        for word in list(dict.fromkeys(WORD.findall(spoken)))[:MOST_WORDS]
        if not _finds(user, f'"{word}"')
    ]
    if not unknown:
        return None
    known = _spellings(user)
    meant = text
    for word in unknown:
        near = get_close_matches(_folded(word), known, n=1, cutoff=ALIKE)
        if near:
            meant = re.sub(rf"\b{re.escape(word)}\b", known[near[0]], meant)
    return meant if meant != text and _finds(user, meant) else None


def widenings(user: Reader, text: str) -> list[Wider]:
    """What finds rounds though the text finds none: less excluded, or fewer words together."""
    groups = groups_of(text)
    included = without_exclusions(groups)
    loose = [
        [Asked(word, phrase=False, excluded=asked.excluded) for word in asked.text.split()]
        if asked.phrase
        else [asked]
        for group in groups
        for asked in group
    ]
    words = [asked for some in loose for asked in some if not asked.excluded]
    texts = {
        NO_EXCLUSION: unparsed(included),
        NO_QUOTES: text.replace('"', " ").strip(),
        ANY: unparsed([[asked] for asked in words]),
    }
    tried = {text.strip(), unparsed(groups), ""}
    found = []
    for kind, other in texts.items():
        if other not in tried:
            tried.add(other)
            count, more = _count(user, other)
            if count:
                found.append(Wider(kind, other, count, more))
    return found


def _count(user: Reader, text: str) -> tuple[int, bool]:
    staff = clearance_of(user).staff
    return capped_count(matching_rounds(Round.objects.visible_to(user), text, staff=staff), MOST)


def _finds(user: Reader, text: str) -> bool:
    staff = clearance_of(user).staff
    rounds = matching_rounds(Round.objects.visible_to(user), text, staff=staff)
    return rounds.order_by().exists() or bool(found_names(user, text, shown=1, most=1))


def _spellings(user: Reader) -> dict[str, str]:
    """How words are written in what the reader sees, by the words without accents and capitals."""
    written = Counter(word for said in _texts(user) for word in WORD.findall(said or ""))
    return {_folded(word): word for word, _times in reversed(written.most_common())}


def _texts(user: Reader) -> Iterator[str]:
    for model, columns in (
        (Person, ("name",)), (Partner, ("name", "name_id")), (Series, ("title",)),
        (Topic, ("name", "name_id")), (Issue, ("name", "name_id")),
    ):  # fmt: skip
        for row in model.objects.visible_to(user).order_by().values_list(*columns)[:NAMES]:
            yield from row
    rounds = list(latest_rounds(user, ROUNDS).values_list("pk", flat=True))
    yield from Round.objects.filter(pk__in=rounds).values_list("summary", flat=True)
    yield from Statement.objects.filter(round__in=rounds).values_list("text", flat=True)
    yield from Source.objects.filter(round__in=rounds).values_list("title", flat=True)
    for row in AgreedPoint.objects.filter(round__in=rounds).values_list("text", "original_text"):
        yield from row


def _folded(word: str) -> str:
    return "".join(char for char in normalize("NFKD", word.casefold()) if char.isalpha())
