"""Which stored row a wanted part stands for, and where among its siblings it goes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .shape import Part
from .tables import Owner


@dataclass(slots=True)
class Slot:
    """A wanted row and, once matched, the stored one that it stands for."""

    owner: Owner
    document: Part
    values: dict[str, Any]
    stored: dict[str, Any] | None = None
    pk: int = 0


def pair(part: type[Part], slots: list[Slot], stored: list[dict[str, Any]]) -> list[Any]:
    """Give each wanted row the stored one it stands for; return the stored ones left over.

    A number decides for good. Without numbers, what is recognised keeps its row wherever it has
    moved, and the rest pair up in their order; but for a row with something attached, which becomes
    nothing else.
    """
    if not stored:
        return []
    if part.numbered:
        by_number = {row["number"]: row for row in stored}
        for slot in slots:
            slot.stored = by_number.pop(slot.values["number"], None)
        return list(by_number.values())
    left = list(stored)
    for fits in (_is_known, _may_become):
        for slot in slots:
            if slot.stored is None:
                slot.stored = next((row for row in left if fits(part, row, slot)), None)
                if slot.stored is not None:
                    left.remove(slot.stored)
    return left


def _is_known(part: type[Part], row: dict[str, Any], slot: Slot) -> bool:
    return all(row[column] == slot.values[column] for column in part.known_by)


def _may_become(part: type[Part], row: dict[str, Any], slot: Slot) -> bool:
    if part.attached is None or row[part.attached] is None:
        return True
    return any(row[column] and row[column] == slot.values[column] for column in part.same_by)


def place(slots: list[Slot], stored: list[dict[str, Any]]) -> None:
    """Set positions: those that are in order already stay, and what is new goes behind."""
    kept = [slot.stored["position"] for slot in slots if slot.stored]
    new_at_end = all(slot.stored for slot in slots[: len(kept)])
    if new_at_end and all(a < b for a, b in pairwise(kept)):
        last = max((row["position"] for row in stored), default=-1)
        for number, slot in enumerate(slots[len(kept) :], start=last + 1):
            slot.values["position"] = number
    else:
        for number, slot in enumerate(slots):
            slot.values["position"] = number
