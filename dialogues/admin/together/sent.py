"""What a browser sent of a form with parts: read by parts, and written anew with others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

#: A part that is not stored any more, and that somebody wants to keep, says which one it was.
WAS = "was"


@dataclass
class Row:
    """What was sent of one part: by the names of its fields, and the files among them."""

    said: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of the stored part that it is; "" for a new one."""
        return self._last("id") or self._last(WAS)

    @property
    def is_stored(self) -> bool:
        """Whether it is stored already."""
        return bool(self._last("id"))

    @property
    def deleted(self) -> bool:
        """Whether it is to go."""
        return self._last("DELETE").lower() not in {"", "false"}

    def _last(self, name: str) -> str:
        return "".join(self.said.get(name, [])[-1:])


class Sent:
    """A request's data and files, with the parts of each formset apart.

    Browsers end lines with two characters; what is kept has one.
    """

    def __init__(self, data: QueryDict, files: MultiValueDict[str, Any], prefixes: list[str]):
        self.data: dict[str, list[str]] = {}
        self.files: dict[str, list[Any]] = {}
        self.parts: dict[str, list[Row]] = {prefix: [] for prefix in prefixes}
        rows: dict[tuple[str, int], Row] = {}
        for kept, kind, given in (
            (self.data, "said", ((name, map(_evenly, texts)) for name, texts in data.lists())),
            (self.files, "files", files.lists()),
        ):
            for name, values in given:
                place = self._place(name)
                if place is None:
                    kept[name] = list(values)
                else:
                    row = rows.setdefault(place[0], Row())
                    getattr(row, kind)[place[1]] = list(values)
        for prefix, index in sorted(rows):
            if index < self._total(prefix):
                self.parts[prefix].append(rows[prefix, index])

    def _place(self, name: str) -> tuple[tuple[str, int], str] | None:
        """The part that a name is of, and its field's name."""
        found = re.fullmatch(r"([A-Za-z_]+)-(\d{1,6})-(\w+)", name)
        if found is None or found[1] not in self.parts:
            return None
        return (found[1], int(found[2])), found[3]

    def _total(self, prefix: str) -> int:
        said = self.data.get(f"{prefix}-TOTAL_FORMS", ["0"])[-1]
        return int(said) if said.isdecimal() else 0

    def written(self) -> tuple[QueryDict, MultiValueDict[str, Any]]:
        """The same as data and files; stored parts stand first, as Django's formsets have them."""
        data, files = QueryDict(mutable=True), MultiValueDict[str, Any]()
        _fill(data, self.data, "")
        _fill(files, self.files, "")
        for prefix, rows in self.parts.items():
            stored = [row for row in rows if row.is_stored]
            rows.sort(key=lambda row: row not in stored)
            for index, row in enumerate(rows):
                _fill(data, row.said, f"{prefix}-{index}-")
                _fill(files, row.files, f"{prefix}-{index}-")
            data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
            data[f"{prefix}-INITIAL_FORMS"] = str(len(stored))
        return data, files


def _evenly(text: str) -> str:
    return text.replace("\r\n", "\n")


def _fill(kept: MultiValueDict[str, Any], given: Mapping[str, list[Any]], prefix: str) -> None:
    for name, values in given.items():
        if values:
            kept.setlist(prefix + name, list(values))
