"""Which keys of a document are read: all of them, or those that a reader chooses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from .shape import Document, Linked, Many, One, keys_of


@dataclass(frozen=True, slots=True)
class Choice:
    """Keys by their paths: ``date``, or ``agreed_points.text`` for one of a part's own."""

    only: frozenset[str] = frozenset()
    """These, with all that they hold; empty: every key."""
    omitted: frozenset[str] = frozenset()

    def takes(self, path: str) -> bool:
        """Whether the key at ``path`` is read, if only for the sake of a key inside it."""
        if path in self.omitted:
            return False
        return not self.only or any(
            f"{chosen}.".startswith(f"{path}.") or path.startswith(f"{chosen}.")
            for chosen in self.only
        )


EVERYTHING = Choice()


@dataclass(frozen=True, slots=True)
class Sight:
    """What is read of a document at one place inside it."""

    staff: bool
    """Whether staff's own keys are."""
    choice: Choice = EVERYTHING
    within: str = ""
    """The path to the document from the outermost one; empty, or with a dot at its end."""

    def takes(self, key: str) -> bool:
        return self.choice.takes(f"{self.within}{key}")

    def into(self, key: str) -> Sight:
        """The same, of the document that stands under ``key``."""
        return replace(self, within=f"{self.within}{key}.")


@cache
def paths(document: type[Document], *, staff: bool) -> tuple[str, ...]:
    """The path of every key of a document, in order; staff's own only if ``staff``."""
    return tuple(_paths(document, staff))


def _paths(document: type[Document], staff: bool) -> Iterator[str]:
    for key, mark in keys_of(document, staff=staff):
        yield key
        if isinstance(mark, One | Many | Linked) and mark.document is not None:
            yield from (f"{key}.{path}" for path in _paths(mark.document, staff))
