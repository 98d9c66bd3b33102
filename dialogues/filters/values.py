"""What may be asked for: the values that a parameter knows, and what people call them.

A value that the reader may not see is answered exactly like one that does not exist: both are
looked up in the same place, which begins at ``visible_to``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Protocol

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.db.models.enums import Choices
from django.utils.translation import gettext as _

from dialogues.models import User
from dialogues.models.former import merged_into

Reader = User | AnonymousUser

#: A list of values longer than this is no help in a sentence.
FEW = 12
#: Nor are nearest values worth comparing with more than these.
MANY = 2000


class Values(Protocol):
    """The values of one parameter."""

    def known(self, given: Collection[str], reader: Reader) -> dict[str, str]:
        """Those of ``given`` that exist for the reader, each with what people call it."""

    def formerly(self, given: Collection[str], reader: Reader) -> dict[str, tuple[str, str]]:
        """Those of ``given`` that were merged into something: its value, and what it is called."""

    def offered(self, reader: Reader) -> list[tuple[str, str]]:
        """What a form lets the reader choose from, as (value, label)."""

    def refuse(self, given: str, reader: Reader) -> str:
        """The sentence that tells the reader what is wrong with a value that is not known."""


@dataclass(frozen=True)
class Words:
    """The words of one vocabulary."""

    choices: type[Choices]

    def known(self, given: Collection[str], reader: Reader) -> dict[str, str]:
        labels = dict(self.offered(reader))
        return {value: labels[value] for value in given if value in labels}

    def formerly(self, given: Collection[str], reader: Reader) -> dict[str, tuple[str, str]]:
        return {}

    def offered(self, reader: Reader) -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in self.choices.choices]

    def refuse(self, given: str, reader: Reader) -> str:
        return refusal(given, self.offered(reader))


@dataclass(frozen=True)
class Named:
    """The rows of a table, by the column that names them in addresses."""

    rows: Callable[[Reader], QuerySet[Any]]
    """The rows that the reader may ask for."""
    value: str
    """Their column that stands in addresses: ``slug`` or ``code``."""
    label: Callable[[Any], str] = str
    shown: Callable[[Reader], QuerySet[Any]] | None = None
    """The rows that a form offers, where they are fewer than those that may be asked for."""
    names: tuple[str, ...] = ()
    """Their columns that `label` is made of, English first; none where the value says it itself."""
    model: type[Model] | None = None
    """Their table, where ``names`` are to be read from it by the value."""

    def known(self, given: Collection[str], reader: Reader) -> dict[str, str]:
        # PostgreSQL knows no NUL in text, and so there is no such value.
        asked = [value for value in given if "\0" not in value]
        found = self._labelled(self.rows(reader).filter(**{f"{self.value}__in": asked}))
        return {value: found[value] for value in asked if value in found}

    def formerly(self, given: Collection[str], reader: Reader) -> dict[str, tuple[str, str]]:
        rows = self.rows(reader)
        if not hasattr(rows.model, "former_slugs"):
            return {}
        asked = [value for value in given if "\0" not in value]
        return {
            value: (getattr(row, self.value), self.label(row))
            for value, row in merged_into(rows, asked).items()
        }

    def offered(self, reader: Reader) -> list[tuple[str, str]]:
        return list(self._labelled((self.shown or self.rows)(reader)).items())

    def refuse(self, given: str, reader: Reader) -> str:
        return refusal(given, list(self._labelled(self.rows(reader)[:MANY]).items()))

    def _labelled(self, rows: QuerySet[Model]) -> dict[str, str]:
        return {getattr(row, self.value): self.label(row) for row in rows}


@dataclass(frozen=True)
class Numbers:
    """Whole numbers from ``lowest`` to ``highest``."""

    lowest: int
    highest: int

    def known(self, given: Collection[str], reader: Reader) -> dict[str, str]:
        return {value: str(int(value)) for value in given if self._is_one(value)}

    def formerly(self, given: Collection[str], reader: Reader) -> dict[str, tuple[str, str]]:
        return {}

    def offered(self, reader: Reader) -> list[tuple[str, str]]:
        return []

    def refuse(self, given: str, reader: Reader) -> str:
        return _("“%(given)s” is not a number from %(lowest)s to %(highest)s.") % {
            "given": cut(given),
            "lowest": self.lowest,
            "highest": self.highest,
        }

    def _is_one(self, value: str) -> bool:
        plain = value.isascii() and value.isdecimal() and len(value) <= len(str(self.highest))
        return plain and self.lowest <= int(value) <= self.highest


def refusal(given: str, choices: list[tuple[str, str]]) -> str:
    """Say that a value is not known, with the nearest one, or all where they are few."""
    if near := nearest(given, choices):
        return _("“%(given)s” is not known here. Did you mean “%(nearest)s”?") % {
            "given": cut(given),
            "nearest": near,
        }
    if 0 < len(choices) <= FEW:
        return _("“%(given)s” is not known here. It can be: %(values)s.") % {
            "given": cut(given),
            "values": ", ".join(value for value, _label in choices),
        }
    return _("“%(given)s” is not known here.") % {"given": cut(given)}


def nearest(given: str, choices: list[tuple[str, str]]) -> str | None:
    """The value that looks most like ``given``, or whose label does."""
    by_look = {
        look.casefold(): value
        for value, label in reversed(choices[:MANY])
        for look in (label, value)
    }
    found = get_close_matches(cut(given).casefold(), by_look, n=1)
    return by_look[found[0]] if found else None


def cut(given: str, limit: int = 60) -> str:
    """As much of what was given as a sentence can hold, without what cannot be shown."""
    given = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in given)
    return given if len(given) <= limit else f"{given[: limit - 1]}…"
