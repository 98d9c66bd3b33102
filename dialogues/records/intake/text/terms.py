"""Known words of one or more parts — countries, cities, topics — found in a text in one pass."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from .passages import Span

Value = TypeVar("Value")

_TOKEN = re.compile(r"[^\W_]+")
#: What may stand between two parts of one term.
_GAP = re.compile(r"[ \-'.,&/()]{0,3}(?:(?:dan|and|the|of)[ ,]{1,2})?")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number: as it is written, in small letters, and where it stands."""

    written: str
    key: str
    start: int
    end: int


def tokens_of(plain: str, offset: int = 0) -> list[Token]:
    """The words of a text in plain letters, or of a part of one that begins at ``offset``."""
    return [
        Token(match[0], match[0].lower(), match.start() + offset, match.end() + offset)
        for match in _TOKEN.finditer(plain)
    ]


def keys_of(name: str) -> tuple[str, ...]:
    """A name's parts, as tokens have them."""
    plain = unicodedata.normalize("NFKD", name.replace("ø", "o").replace("Ø", "O"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(token.key for token in tokens_of(plain))


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A term in the text: which tokens, from the first up to, not including, the last."""

    value: Value
    span: Span
    first: int
    last: int


class Terms(Generic[Value]):
    """Terms by their first part. Of several that begin at one place the longest is found."""

    def __init__(self, key: Callable[[str], str] = lambda key: key) -> None:
        self._key = key
        self._by_first: dict[str, list[tuple[tuple[str, ...], bool, bool, Value]]] = defaultdict(
            list
        )

    def add(self, name: str, value: Value, *, capital: bool = False) -> None:
        """Let ``name`` mean ``value``. Capitals matter in short ones all of capitals, such as EU,
        and, with ``capital``, at the beginning."""
        keys = tuple(self._key(key) for key in keys_of(name))
        if keys:
            shouted = len(name) <= 4 and name.isupper()
            alike = self._by_first[keys[0]]
            alike.append((keys, shouted, capital, value))
            alike.sort(key=lambda term: -len(term[0]))

    def find(self, tokens: Sequence[Token], plain: str) -> Iterator[Found[Value]]:
        """The terms among the tokens of ``plain``, none within another."""
        keys = [self._key(token.key) for token in tokens]
        place = 0
        while place < len(tokens):
            found = self._at(place, tokens, keys, plain)
            if found:
                yield found
            place = found.last if found else place + 1

    def _at(
        self, place: int, tokens: Sequence[Token], keys: list[str], plain: str
    ) -> Found[Value] | None:
        for term, shouted, capital, value in self._by_first.get(keys[place], ()):
            last = place + len(term)
            if tuple(keys[place:last]) != term:
                continue
            written = tokens[place:last]
            if shouted and not all(token.written.isupper() for token in written):
                continue
            if capital and not written[0].written[0].isupper():
                continue
            if all(_GAP.fullmatch(plain, one.end, other.start) for one, other in pairwise(written)):
                return Found(value, Span(written[0].start, written[-1].end), place, last)
        return None

    def __bool__(self) -> bool:
        return bool(self._by_first)


def words(text: str) -> frozenset[str]:
    """A set of words, written with spaces between them."""
    return frozenset(text.split())


def alternatives(words: str | Iterable[str]) -> str:
    """A regular expression's alternatives of words, the longest first."""
    listed = words.split() if isinstance(words, str) else words
    return "|".join(re.escape(word) for word in sorted(set(listed), key=len, reverse=True))
