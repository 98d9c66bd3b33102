"""Finding one value among many by what somebody types, and how topics lie under one another."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from .facets import Counted
from .values import MANY, cut

#: How like a word of a name has to be to what was typed, where no name holds that.
LIKE = 0.75


def folded(text: str) -> str:
    """The text as it is compared: without accents, capitals or punctuation around words."""
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )
    return plain.casefold()


def found(values: Sequence[Counted], typed: str) -> list[Counted]:
    """Those of ``values`` whose names hold each word of ``typed``; where none does, those with
    words like them. All where nothing was typed; in their order."""
    words = folded(cut(typed, 200)).split()
    if not words:
        return list(values)
    named = [(folded(one.label), one) for one in values]
    holding = [one for name, one in named if all(word in name for word in words)]
    if holding:
        return holding
    return [one for name, one in named[:MANY] if all(_like(word, name) for word in words)]


def _like(word: str, name: str) -> bool:
    return bool(get_close_matches(word, name.split(), n=1, cutoff=LIKE))


def as_tree(values: Sequence[Counted]) -> list[tuple[int, Counted]]:
    """The values with how deep each lies: under the one above it, where that is among them."""
    here = {one.value for one in values}
    under: dict[str | None, list[Counted]] = {}
    for one in values:
        under.setdefault(one.above if one.above in here else None, []).append(one)

    def below(above: str | None, depth: int) -> list[tuple[int, Counted]]:
        return [
            line
            for one in under.get(above, ())
            for line in [(depth, one), *(below(one.value, depth + 1) if one.value else ())]
        ]

    return below(None, 0)
