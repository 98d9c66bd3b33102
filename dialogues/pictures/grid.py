"""Who with what, how often: rows by columns, a cell the darker the more it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any, NamedTuple

from django.utils.text import Truncator

from .axis import PAPER, STEPS
from .numbers import said

#: Pixels: the narrowest column; a letter's width, and the space about a word.
NARROWEST, LETTER_WIDTH, SPACE = 30, 8, 8
#: The longest word over a column; longer ones are cut and told whole in the title.
LONGEST_HEAD = 7
#: So many columns do not need the whole width of a page.
FEW = 8
#: The shades of a cell, from the faintest to the darkest.
SHADES = 5
#: Under so much even the highest count is not the darkest: one round of two is not much.
LOW = 9


@dataclass(frozen=True, slots=True)
class Head:
    """A row or a column; `label` is its whole name, `short` what stands over a narrow column."""

    key: Any
    label: str
    href: str = ""
    short: str = ""


class Cell(NamedTuple):
    """A count that is not 0; per cent across."""

    x: float
    middle: float
    said: str
    """The count, as it is written."""
    shade: int
    """1 to `SHADES`."""
    href: str
    tooltip: str


class Row(NamedTuple):
    """A row's cells, and its numbers for the table: one a column, empty for 0."""

    head: Head
    cells: list[Cell]
    numbers: list[str]
    total: str


class Column(NamedTuple):
    """A column's word over its middle; empty where it has no room."""

    head: Head
    middle: float
    word: str


@dataclass(frozen=True, slots=True)
class Grid:
    """What the template draws."""

    columns: list[Column]
    rows: list[Row]
    column_width: float
    """In per cent."""
    width: int
    """How many pixels the columns need at least."""
    years: bool
    """Whether the columns are years, of which the newest are seen first."""
    key: str

    @property
    def wide(self) -> bool:
        """Whether paper is too narrow for it."""
        return self.width > PAPER

    @property
    def few(self) -> bool:
        """Whether the columns would be stretched too far in all the room there is."""
        return len(self.columns) <= FEW


Href = Callable[[Any, Any], str]
Counts = Mapping[tuple[Any, Any], int]


def grid(
    rows: Sequence[Head],
    columns: Sequence[Head],
    counts: Counts,
    href: Href,
    *,
    totals: Mapping[Any, int] | None = None,
    years: bool = False,
    column_width: int = NARROWEST,
    tooltip: Callable[[Head, Head, str], str] | None = None,
    key: str = "grid",
) -> Grid:
    """Lay out `counts`, which are by row key and column key; those of other keys are left out.

    `href` gives a cell's address for its two keys. `totals` are the rows' own, where a sum would
    count something twice. With `years`, columns' keys are years, and only each second, fifth … is
    written where they have no room. `column_width` is the least in pixels. `tooltip` says what a
    cell counts; else "Norway, 2019: 3". `key` tells a page's pictures apart.
    """
    cells = {
        (row.key, column.key): counts.get((row.key, column.key), 0)
        for row in rows
        for column in columns
    }
    highest = max(cells.values(), default=0)
    words = [Truncator(column.short or column.label).chars(LONGEST_HEAD) for column in columns]
    longest = max(map(len, words), default=0) * LETTER_WIDTH + SPACE
    width = max(column_width, LETTER_WIDTH * len(said(highest)) + SPACE)
    if not years:
        width = max(width, longest)
    every = next(step for step in STEPS if step * width >= longest)
    share = 100 / max(len(columns), 1)
    laid = _Laying(columns, cells, href, highest, share, tooltip or _tooltip)
    return Grid(
        [
            Column(
                column,
                round((index + 0.5) * share, 3),
                word if not years or column.key % every == 0 else "",
            )
            for index, (column, word) in enumerate(zip(columns, words, strict=True))
        ],
        [laid.row(row, (totals or {}).get(row.key)) for row in rows],
        round(share, 3),
        width * len(columns),
        years,
        key,
    )


@dataclass(frozen=True, slots=True)
class _Laying:
    """What is the same for all rows."""

    columns: Sequence[Head]
    counts: Counts
    href: Href
    highest: int
    share: float
    tooltip: Callable[[Head, Head, str], str]

    def row(self, head: Head, total: int | None) -> Row:
        numbers = [self.counts[head.key, column.key] for column in self.columns]
        return Row(
            head,
            [
                self.cell(head, column, index, number)
                for index, (column, number) in enumerate(zip(self.columns, numbers, strict=True))
                if number
            ],
            [said(number) if number else "" for number in numbers],
            said(sum(numbers) if total is None else total),
        )

    def cell(self, row: Head, column: Head, index: int, number: int) -> Cell:
        return Cell(
            round(index * self.share, 3),
            round((index + 0.5) * self.share, 3),
            said(number),
            shade_of(number, self.highest),
            self.href(row.key, column.key),
            self.tooltip(row, column, said(number)),
        )


def shade_of(count: int, highest: int) -> int:
    """The shade of a count, from 1 to `SHADES`, which is the highest count's unless that is low.

    By the square root: among a few large counts small ones still differ.
    """
    return ceil(SHADES * sqrt(count / max(highest, LOW)))


def _tooltip(row: Head, column: Head, count: str) -> str:
    return f"{row.label}, {column.label}: {count}"
