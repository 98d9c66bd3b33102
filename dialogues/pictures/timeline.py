"""Rounds on a line of time, a lane a series: each date as wide as it is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.dates import PartialDate
from dialogues.vocabulary import Format, RoundStatus

from .axis import Axis

#: Pixels: half a mark; what a mark, and a figure of its edition, take across.
RADIUS, MARK_WIDTH, DIGIT_WIDTH = 6, 18, 8
#: Pixels, up from a lane's line: to the lowest marks' middle, to the next ones', to the editions.
LIFT, LEVEL, EDITION = 15, 30, 10
#: Marks closer than that are raised over one another so many times; more would be a tower.
LEVELS = 5
#: Pixels over the highest mark's edition, and under the line without and with what is missing.
HEAD, FOOT, FOOT_WITH_GAPS = 15, 6, 20
#: Before the first round of a lane nobody knows when the missing ones were: dots for so many pixels
#: at least.
LEAD_IN = 28
#: Pixels that one figure in brackets, and the words, need in a gap.
ROOM_FOR_FIGURE, ROOM_FOR_WORDS = 24, 78


@dataclass(frozen=True, slots=True)
class Mark:
    """A round, to be drawn. `title` names it ("edition 11"); date, format and status are added."""

    date: PartialDate | None
    format: str
    status: str
    title: str
    href: str
    edition: int | None = None
    missing_before: int = 0
    """How many editions are not recorded between the mark before and this one."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of marks, in the order of their editions; without `label` it is the only one."""

    label: str
    href: str
    marks: Sequence[Mark]


class Placed(NamedTuple):
    """A mark where it stands; per cent across, pixels down."""

    mark: Mark
    x: float
    """The middle of the days that its date may mean."""
    start: float
    width: float
    """Those days, as wide as they are."""
    y: int
    tooltip: str
    style: str
    """How its shape is drawn: "held", "planned" (hollow) or "cancelled" (struck)."""


class Gap(NamedTuple):
    """Editions that are not recorded: dots from one place to another."""

    start: float
    end: float
    words: str
    """What stands at it: "3 missing", "(3)" where that has no room, or nothing."""
    tooltip: str

    @property
    def middle(self) -> float:
        return round((self.start + self.end) / 2, 3)


@dataclass(frozen=True, slots=True)
class PlacedLane:
    """A lane's marks and gaps; `line` is where its line of time lies, in pixels from the top."""

    label: str
    href: str
    line: int
    height: int
    marks: list[Placed]
    gaps: list[Gap]
    start: float
    end: float
    """From the first to the last mark, in per cent."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the template draws: lanes over one axis; undated marks are only told."""

    axis: Axis
    lanes: list[PlacedLane]
    undated: list[Mark]
    today: float | None
    """Where today lies, in per cent; None where the axis ends before."""
    rows: list[tuple[str, Mark, str, str]]
    """The numbers: lane, mark, format and status in words."""
    key: str
    formats: list[tuple[str, str]] = field(default_factory=list)
    styles: set[str] = field(default_factory=set)

    @property
    def several(self) -> bool:
        """Whether its lanes have labels, as one has to tell them apart."""
        return any(lane.label for lane in self.lanes)

    @property
    def has_gaps(self) -> bool:
        return any(lane.gaps for lane in self.lanes)

    @property
    def is_vague(self) -> bool:
        """Whether a date is known by less than its day."""
        return any(
            mark.mark.date and mark.mark.date.precision in ("year", "month")
            for lane in self.lanes
            for mark in lane.marks
        )


def timeline(
    lanes: Sequence[Lane], *, today: date, axis: Axis | None = None, key: str = "timeline"
) -> Timeline:
    """Place the lanes' marks over `axis`, or over the years that they and `today` span.

    `key` tells a page's pictures apart. What has no date is in `undated`, and a picture without
    any dated mark has no lanes.
    """
    marks = [mark for lane in lanes for mark in lane.marks]
    axis = axis or Axis.over(years_of(lanes), today)
    placed = [_placed_lane(lane, axis) for lane in lanes] if any(m.date for m in marks) else []
    used = {mark.format for mark in marks if mark.date}
    return Timeline(
        axis,
        placed,
        [mark for mark in marks if mark.date is None],
        axis.at(today) if axis.first <= today.year <= axis.last else None,
        [
            (lane.label, mark, str(Format(mark.format).label), str(RoundStatus(mark.status).label))
            for lane in lanes
            for mark in lane.marks
        ],
        key,
        [(str(value), str(label)) for value, label in Format.choices if value in used],
        {style_of(mark.status) for mark in marks if mark.date},
    )


def years_of(lanes: Sequence[Lane]) -> set[int]:
    """The years that the lanes' marks span; one before, where editions are missing before them."""
    years = set()
    for lane in lanes:
        dated = [(mark, mark.date) for mark in lane.marks if mark.date]
        for _mark, when in dated:
            years |= {when.earliest.year, when.latest.year}
        if dated and dated[0][0].missing_before:
            years.add(max(dated[0][1].earliest.year - 1, 1))
    return years


def style_of(status: str) -> str:
    """Whether a round's mark is full, hollow or struck."""
    if status == RoundStatus.CANCELLED:
        return "cancelled"
    return "held" if status == RoundStatus.HELD else "planned"


def _placed_lane(lane: Lane, axis: Axis) -> PlacedLane:
    dated = [(mark, mark.date) for mark in lane.marks if mark.date]
    spans = [_span(when, axis) for _mark, when in dated]
    middles = [round(start + width / 2, 3) for start, width in spans]
    gaps = list(_gaps([mark for mark, _when in dated], middles, axis))
    levels = _levels([mark for mark, _when in dated], middles, axis)
    line = HEAD + EDITION + LIFT + LEVEL * max(levels, default=0)
    marks = [
        Placed(
            mark,
            middle,
            start,
            width,
            line - LIFT - LEVEL * level,
            tooltip_of(mark),
            style_of(mark.status),
        )
        for (mark, _when), (start, width), middle, level in zip(
            dated, spans, middles, levels, strict=True
        )
    ]
    height = line + (FOOT_WITH_GAPS if any(gap.words for gap in gaps) else FOOT)
    ends = (min(middles, default=0), max(middles, default=0))
    return PlacedLane(lane.label, lane.href, line, height, marks, gaps, *ends)


def _span(when: PartialDate, axis: Axis) -> tuple[float, float]:
    """Where the days that a date may mean begin, and how wide they are; within the axis."""
    start = min(max(axis.at(when.earliest), 0), 100)
    end = min(max(axis.after(when.latest), 0), 100)
    return start, round(end - start, 3)


def _levels(marks: Sequence[Mark], middles: Sequence[float], axis: Axis) -> list[int]:
    """How often each mark is raised, so that none covers another even at the narrowest width."""
    levels = [0] * len(marks)
    reach = [float("-inf")] * LEVELS
    for index in sorted(range(len(marks)), key=lambda i: middles[i]):
        edition = marks[index].edition
        half = max(MARK_WIDTH, DIGIT_WIDTH * len(str(edition or "")) + 4) / 2
        x = axis.pixels(middles[index])
        free = (level for level in range(LEVELS) if reach[level] <= x - half)
        levels[index] = next(free, LEVELS - 1)
        reach[levels[index]] = x + half
    return levels


def _gaps(marks: Sequence[Mark], middles: Sequence[float], axis: Axis) -> Iterator[Gap]:
    """The dots before each mark that has editions missing before it."""
    for index, mark in enumerate(marks):
        if mark.missing_before:
            lead_in = max(middles[index] - 100 * LEAD_IN / axis.width, 0)
            before = middles[index - 1] if index else lead_in
            start, end = sorted((before, middles[index]))
            yield Gap(
                round(start, 3), end, _words(mark, axis.pixels(end - start)), missing_in_words(mark)
            )


def _words(mark: Mark, room: float) -> str:
    """What of the missing has room over so many pixels."""
    if room >= ROOM_FOR_WORDS:
        return _("%(count)s missing") % {"count": mark.missing_before}
    return f"({mark.missing_before})" if room >= ROOM_FOR_FIGURE else ""


def missing_in_words(mark: Mark) -> str:
    """ "3 editions not recorded"."""
    return ngettext(
        "%(count)s edition not recorded", "%(count)s editions not recorded", mark.missing_before
    ) % {"count": mark.missing_before}


def tooltip_of(mark: Mark) -> str:
    """What a mark says of itself: "edition 11: 15 October 2021, Hybrid, Held"."""
    facts = [
        mark.date.display() if mark.date else _("no date recorded"),
        *([str(Format(mark.format).label)] if mark.format != Format.UNKNOWN else []),
        str(RoundStatus(mark.status).label),
    ]
    return f"{mark.title}: {', '.join(facts)}"
