"""Rounds a year, a bar a year, by format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.vocabulary import Format

from .axis import Axis
from .numbers import said

#: Pixels: the highest bar; over it, room for its number; a figure's width.
HEIGHT, HEAD, DIGIT_WIDTH = 120, 20, 8
#: How much of a year's width its bar takes.
BREADTH = 0.72
#: A scale's steps are one of these times a power of ten.
ROUND_NUMBERS = (1, 2, 5, 10)

#: Counts by format, then by year.
Stacks = Mapping[str, Mapping[int, int]]
Href = Callable[[str, int], str]


class Segment(NamedTuple):
    """One format's part of a year's bar; per cent across, pixels down."""

    format: str
    y: float
    height: float
    href: str
    tooltip: str


class Bar(NamedTuple):
    """A year's bar, its segments from the bottom up."""

    year: int
    x: float
    width: float
    middle: float
    top: float
    total: str
    """Written over the bar; nothing where it has no room."""
    segments: list[Segment]

    @property
    def half(self) -> float:
        """Half a bar's width: so much of what was hybrid is full."""
        return round(self.width / 2, 3)


class Level(NamedTuple):
    """A line of the scale."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Bars:
    """What the template draws: bars over an axis, and a scale."""

    axis: Axis
    bars: list[Bar]
    scale: list[Level]
    base: int
    """Where the bars stand, in pixels from the top."""
    formats: list[tuple[str, str]]
    """The formats there are, and their words."""
    rows: list[tuple[str, list[str], str]]
    """The numbers: year, count by format, total."""
    key: str


def bars(axis: Axis, stacks: Stacks, href: Href, *, key: str = "bars") -> Bars:
    """Stand the counts of `stacks` over `axis`; years outside it are left out.

    `href` gives the address for a format and a year. `key` tells a page's pictures apart.
    """
    formats = [
        (str(value), str(label))
        for value, label in Format.choices
        if any(stacks.get(value, {}).values())
    ]
    totals = {
        year: sum(stacks[value].get(year, 0) for value, _label in formats) for year in axis.years
    }
    step, top = scale_of(max(totals.values()))
    return Bars(
        axis,
        [
            _bar(year, axis, formats, stacks, href, HEIGHT / top)
            for year in axis.years
            if totals[year]
        ],
        [
            Level(HEAD + HEIGHT - HEIGHT * value / top, said(value))
            for value in range(step, top + 1, step)
        ],
        HEAD + HEIGHT,
        formats,
        [
            (
                f"{year:04}",
                [said(stacks[value].get(year, 0)) for value, _label in formats],
                said(totals[year]),
            )
            for year in axis.years
            if totals[year]
        ],
        key,
    )


def _bar(
    year: int,
    axis: Axis,
    formats: list[tuple[str, str]],
    stacks: Stacks,
    href: Href,
    each: float,
) -> Bar:
    segments = list(_segments(year, formats, stacks, href, each))
    total = said(sum(stacks[value].get(year, 0) for value, _label in formats))
    return Bar(
        year,
        axis.share(year - axis.first + (1 - BREADTH) / 2),
        axis.share(BREADTH),
        axis.share(year - axis.first + 0.5),
        segments[-1].y,
        total if len(total) * DIGIT_WIDTH <= axis.width / axis.count else "",
        segments,
    )


def _segments(
    year: int, formats: list[tuple[str, str]], stacks: Stacks, href: Href, each: float
) -> Iterator[Segment]:
    y = float(HEAD + HEIGHT)
    for value, label in formats:
        count = stacks[value].get(year, 0)
        if count:
            height = count * each
            y -= height
            words = ngettext("%(count)s round", "%(count)s rounds", count) % {"count": said(count)}
            tooltip = _("%(year)s, %(format)s: %(rounds)s") % {
                "year": f"{year:04}",
                "format": label,
                "rounds": words,
            }
            yield Segment(value, round(y, 2), round(height, 2), href(value, year), tooltip)


def scale_of(highest: int) -> tuple[int, int]:
    """The step of a scale with two to five lines, and the first of its lines that is enough."""
    highest = max(highest, 1)
    power = 1
    while True:
        for number in ROUND_NUMBERS:
            step = number * power
            if step * 5 >= highest:
                return step, -(-highest // step) * step
        power *= 10
