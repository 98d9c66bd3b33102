"""What the rules propose: a value, and the words of the text that it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .passages import Release, Span

#: The flat sheet's columns of which a release may give several; each is a list of proposals.
LISTS = ("topics", "agreed_points")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value read from the words that stand at ``start`` to ``end`` of the text."""

    value: str | int
    words: str
    start: int
    end: int
    label: str = ""
    """What people call the value where that is a slug: a topic's name."""
    slug: str = ""
    """The slug of what stands in the tracker under the value: a series'."""

    def as_json(self) -> dict[str, Any]:
        """The proposal's keys as ``read_release --json`` writes them."""
        said = {"value": self.value, "words": self.words, "start": self.start, "end": self.end}
        return said | {key: name for key in ("label", "slug") if (name := getattr(self, key))}


def proposed(
    release: Release, value: str | int, span: Span, *, label: str = "", slug: str = ""
) -> Proposal:
    return Proposal(value, release.words(span), span.start, span.end, label, slug)
