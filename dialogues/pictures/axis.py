"""Years from left to right: the one axis that all pictures of a page share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

#: A year's width in pixels where there is little room: the marks of two rounds fit beside.
YEAR_WIDTH = 22
#: What a year's label takes, with a space after it.
LABEL_WIDTH = 40
#: So many pixels there always are: a telephone's width, less its margins.
NARROWEST = 336
#: Wider than this no picture insists on being, however many years it spans.
WIDEST = 6000
#: What needs more than this does not fit on paper at its full size.
PAPER = 520
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


class Tick(NamedTuple):
    """A year that is written beneath the axis, where it begins."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The years from `first` to `last`, both whole.

    `year_width` is the narrowest that a year may become, in pixels.
    """

    first: int
    last: int
    year_width: int = YEAR_WIDTH

    @classmethod
    def over(
        cls, years: Iterable[int], today: date | None = None, year_width: int = YEAR_WIDTH
    ) -> Axis:
        """The axis that shows all of `years`, and the year of `today` where that is given.

        Without any year it is the year 1 alone; who has nothing to show draws no picture.
        """
        shown = sorted({*years, *([today.year] if today else [])}) or [1]
        return cls(shown[0], shown[-1], year_width)

    @property
    def count(self) -> int:
        """How many years there are."""
        return self.last - self.first + 1

    @property
    def width(self) -> int:
        """How many pixels the axis needs at least."""
        return min(max(self.count * self.year_width, NARROWEST), WIDEST)

    @property
    def wide(self) -> bool:
        """Whether paper is too narrow for it."""
        return self.width > PAPER

    @property
    def years(self) -> range:
        """All the years."""
        return range(self.first, self.last + 1)

    def at(self, day: date) -> float:
        """Where a day begins, in per cent of the width; each year is as wide as any other."""
        first = date(day.year, 1, 1).toordinal()
        # Not from the year after: there is none after 9999.
        length = date(day.year, 12, 31).toordinal() - first + 1
        return self.share(day.year - self.first + (day.toordinal() - first) / length)

    def after(self, day: date) -> float:
        """Where a day ends, in per cent of the width."""
        first = date(day.year, 1, 1).toordinal()
        length = date(day.year, 12, 31).toordinal() - first + 1
        return self.share(day.year - self.first + (day.toordinal() + 1 - first) / length)

    def of_year(self, year: int) -> float:
        """Where a year begins, in per cent of the width."""
        return self.share(year - self.first)

    def share(self, years: float) -> float:
        """The part of the width, in per cent, that so many years take."""
        return round(100 * years / self.count, 3)

    def pixels(self, share: float) -> float:
        """How many pixels a part of the width, in per cent, takes at the least."""
        return share * self.width / 100

    @property
    def ticks(self) -> list[Tick]:
        """The years that are written: every one, second, fifth … as far as the labels have room."""
        room = self.width / self.count
        step = next((step for step in STEPS if step * room >= LABEL_WIDTH), STEPS[-1])
        begin = -(-self.first // step) * step
        return [
            Tick(self.of_year(year), f"{year:04}") for year in range(begin, self.last + 1, step)
        ]
