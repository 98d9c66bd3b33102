"""Two versions of a text by the words in which they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal, NamedTuple

#: A word, a mark, or what stands between them.
TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
#: Beyond it comparing word by word takes longer than anybody waits; it is told as one change.
MOST_WORDS = 4000

Kind = Literal["same", "gone", "new"]


class Piece(NamedTuple):
    """A stretch of text that stayed the same, went, or is new."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """What went and what is new between two texts, by words, in the order of reading.

    Joined, what is not new is `before`, and what is not gone is `after`.
    """
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    start = common(old, new)
    end = common(old[start:][::-1], new[start:][::-1])
    old_end, new_end = len(old) - end, len(new) - end
    pieces: list[Piece] = []
    add(pieces, "same", old[:start])
    for kind, tokens in within(old[start:old_end], new[start:new_end]):
        add(pieces, kind, tokens)
    add(pieces, "same", old[old_end:])
    return pieces


def marked(before: str, after: str) -> list[Piece]:
    """The differences of two versions that share half of the shorter one's letters; else nothing:
    two names, or two texts written apart, are easier to read side by side than word by word."""
    found = differences(before, after) if before and after else []
    shared = letters("".join(one.text for one in found if one.kind == "same"))
    return found if shared and 2 * shared >= min(letters(before), letters(after)) else []


def letters(text: str) -> int:
    """How many letters and digits there are."""
    return sum(map(str.isalnum, text))


def within(old: list[str], new: list[str]) -> Iterator[tuple[Kind, list[str]]]:
    """The differences of what is neither the common beginning nor the common end."""
    if max(len(old), len(new)) > MOST_WORDS:
        yield "gone", old
        yield "new", new
        return
    gone: list[str] = []
    added: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" and any(not token.isspace() for token in old[i:j]):
            yield "gone", gone
            yield "new", added
            yield "same", old[i:j]
            gone, added = [], []
        else:
            # A space between two changes belongs to both: words that went together stay together.
            gone, added = gone + old[i:j], added + new[k:m]
    yield "gone", gone
    yield "new", added


def common(one: list[str], other: list[str]) -> int:
    """How many tokens both begin with."""
    return sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(one, other)))  # noqa: B905


def add(pieces: list[Piece], kind: Kind, tokens: list[str]) -> None:
    if tokens:
        pieces.append(Piece(kind, "".join(tokens)))
