"""What a page shows, whoever wrote it: its text, its table's rows, what can be ticked, its hits."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Self


class Shown(HTMLParser):
    """Reads a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.table: list[list[str]] = []
        self.counted: list[list[str]] = []
        self.hits: list[str] = []
        """Where the titles of what was found lead."""
        self.inside = ""

    @classmethod
    def of(cls, page: bytes) -> Self:
        shown = cls()
        shown.feed(page.decode())
        return shown

    @property
    def text(self) -> str:
        """All of it, spaces made one."""
        return " ".join(" ".join(self.texts).split())

    @property
    def rows(self) -> list[list[str]]:
        """Each cell's text, and where its links lead."""
        return [[" ".join(cell.split()) for cell in row] for row in self.table]

    @property
    def ticks(self) -> list[list[str]]:
        """Of each value that any row has: parameter, value, whether it is ticked; label, count.

        In an order of their own: which topic is shown under which is not counted.
        """
        found = (" ".join(part).split() for part in self.counted)
        return sorted(
            words for words in found if words[-1].replace(",", "").isdecimal() and words[-1] != "0"
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        # A tick that lies under another has a class that says how deep.
        named = (given.get("class") or "").partition(" ")[0]
        if tag == "tbody" or named in {"tick", "hit__title"}:
            self.inside = named or "table"
        if self.inside == "table":
            self._cell(tag, given)
        elif named == "tick":
            self.counted.append([])
        elif self.inside == "tick" and tag == "input":
            self.counted[-1] += [
                f"{given['name']}={given['value']}",
                "checked" * ("checked" in given),
            ]
        elif self.inside == "hit__title" and tag == "a":
            self.hits.append(given["href"] or "")

    def _cell(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "tr":
            self.table.append([])
        elif tag == "td":
            self.table[-1].append("")
        elif tag in {"a", "time"}:
            self.table[-1][-1] += " ".join(f"{value} " for value in given.values())

    def handle_endtag(self, tag: str) -> None:
        if tag in {"tbody", "label", "p"}:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.inside == "tick":
            self.counted[-1].append(data)
        elif self.inside == "table" and self.table and self.table[-1]:
            self.table[-1][-1] += data
