"""Two versions of a round's document, key by key: what is new, what is gone, what is otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

Row = dict[str, Any]
Path = tuple[str | int, ...]

#: By which keys one of a list is known again, the first that fits: before others, then by fewer.
KNOWN_BY: dict[str, tuple[tuple[str, ...], ...]] = {
    "agreed_points": (("number",),),
    "participants": (("side", "role", "name"), ("side", "name")),
    "statements": (("side", "text"),),
    "follow_ups": (("date", "status", "note"),),
    "related_events": (("kind", "title"),),
    "sources": (("url", "publisher", "title"), ("url",), ("title",)),
}


class Difference(NamedTuple):
    """One key that differs. In a list the path has a place, counted from 1, or a point's number."""

    path: Path
    before: Any
    after: Any


def differences(before: Row, after: Row) -> list[Difference]:
    """What differs between two documents, in the order of the format's keys; {} is none at all."""
    return list(_objects((), before, after))


def _objects(path: Path, before: Row, after: Row) -> Iterator[Difference]:
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if old == new or not (old or new):
            continue
        if key in KNOWN_BY:
            yield from _lists((*path, key), key, old or [], new or [])
        elif isinstance(new, dict) or isinstance(old, dict):
            yield from _objects((*path, key), old or {}, new or {})
        else:
            yield Difference((*path, key), old, new)


def _lists(path: Path, key: str, before: list[Row], after: list[Row]) -> Iterator[Difference]:
    left = list(before)
    partners: list[Row | None] = [None] * len(after)
    for marks in KNOWN_BY[key]:
        for place, new in enumerate(after):
            if partners[place] is None and any(new.get(mark) for mark in marks):
                known = (old for old in left if all(old.get(m) == new.get(m) for m in marks))
                partners[place] = _taken(next(known, None), left)
    for place, partner in enumerate(partners):
        if partner is None and left and key != "agreed_points":
            partners[place] = left.pop(0)
    for place, (old, new) in enumerate(zip(partners, after, strict=True), start=1):
        yield from _objects((*path, new.get("number", place)), old or {}, new)
    for old in left:
        yield from _objects((*path, old.get("number", before.index(old) + 1)), old, {})


def _taken(row: Row | None, left: list[Row]) -> Row | None:
    if row is not None:
        left.remove(row)
    return row
