"""Pictures: where lines, marks, bars and cells stand, and how wide they are."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from dialogues.dates import PartialDate
from dialogues.pictures import Axis, Bars, Grid, Head, Lane, Mark, bars, grid, timeline, years_of
from dialogues.pictures.axis import WIDEST
from dialogues.pictures.bars import scale_of
from dialogues.pictures.grid import shade_of
from dialogues.pictures.timeline import LEVELS, MARK_WIDTH, Timeline

TODAY = date(2026, 1, 1)
TEN_YEARS = Axis(2011, 2020, 50)


def mark(when: str | None, edition: int | None = None, **fields: Any) -> Mark:
    """An edition held in person, unless something else is said."""
    given = {"format": "in_person", "status": "held", "title": f"edition {edition}", "href": "/x/"}
    return Mark(PartialDate(when) if when else None, edition=edition, **(given | fields))


def drawn(*marks: Mark, axis: Axis | None = TEN_YEARS) -> Timeline:
    """One lane with these marks."""
    return timeline([Lane("", "", marks)], today=TODAY, axis=axis)


# --- The axis ----------------------------------------------------------------------------------


def test_each_year_is_as_wide_as_any_other_and_days_lie_within() -> None:
    axis = Axis(2019, 2022)
    assert [axis.of_year(year) for year in axis.years] == [0, 25, 50, 75]
    assert axis.at(date(2020, 1, 1)) == 25
    # 2020 is a leap year: its 183rd of 366 days has just passed half of it.
    assert axis.at(date(2020, 7, 2)) == 37.5
    assert axis.after(date(2022, 12, 31)) == 100


def test_an_axis_spans_what_it_is_given_and_today() -> None:
    assert Axis.over([2004, 1999]) == Axis(1999, 2004)
    assert Axis.over([2004, 1999], TODAY) == Axis(1999, 2026)
    assert Axis.over([], TODAY) == Axis(2026, 2026)
    assert Axis.over([]) == Axis(1, 1)


def test_labels_never_touch_at_the_narrowest_width() -> None:
    assert [tick.label for tick in Axis(2015, 2018, 50).ticks] == ["2015", "2016", "2017", "2018"]
    assert [tick.label for tick in Axis(1999, 2022, 22).ticks][:3] == ["2000", "2002", "2004"]
    assert [tick.label for tick in Axis(990, 1011, 22).ticks][:2] == ["0990", "0992"]
    whole = Axis(1, 9999)
    assert whole.width == WIDEST
    assert [tick.label for tick in whole.ticks][:2] == ["0100", "0200"]


@given(some.integers(1, 9999), some.integers(0, 300), some.integers(15, 60))
def test_any_axis_has_its_days_in_order_between_its_ends(first: int, more: int, px: int) -> None:
    axis = Axis(first, min(first + more, 9999), px)
    ends = [axis.at(date(axis.first, 1, 1)), axis.after(date(axis.last, 12, 31))]
    assert ends == [0, 100]
    places = [axis.pixels(tick.x) for tick in axis.ticks]
    assert all(later - before >= 39.9 for before, later in pairwise(places))


# --- The timeline ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "start", "width"),
    [
        ("2013", 20, 10),
        ("2011-12", 9.151, 0.849),
        ("2011-01-01", 0, 0.027),
        ("2014-03/2014-04", 31.616, 1.672),
        ("2014/2016", 30, 30),
        # What the axis does not show is cut off.
        ("2009/2012", 0, 20),
        ("2019-07-02/2030", 84.986, 15.014),
    ],
)
def test_a_date_is_as_wide_as_it_is_known(when: str, start: float, width: float) -> None:
    [placed] = drawn(mark(when)).lanes[0].marks
    assert (placed.start, placed.width) == (start, width)
    assert placed.x == round(start + width / 2, 3)


def test_marks_that_would_touch_stand_over_one_another() -> None:
    # Ten years of 50 pixels: a year's tenth is 5 pixels, too near; half a year is far enough.
    picture = drawn(mark("2013-01", 1), mark("2013-02", 2), mark("2013-08", 3))
    first, second, third = picture.lanes[0].marks
    assert first.y == third.y == second.y + 30
    assert picture.lanes[0].line == first.y + 15


@given(
    some.lists(
        some.builds("{}-{:02}-{:02}".format, some.integers(2011, 2020), some.integers(1, 12),
                    some.integers(1, 28)),
        max_size=60,
    )
)  # fmt: skip
def test_no_mark_covers_another_until_there_are_too_many(dates: list[str]) -> None:
    for lane in drawn(*(mark(when) for when in dates)).lanes:
        assert len(lane.marks) == len(dates)
        levels = sorted({placed.y for placed in lane.marks})
        assert len(levels) <= LEVELS
        # The highest level takes what finds no room below it.
        for level in levels[1:] if len(levels) == LEVELS else levels:
            places = sorted(TEN_YEARS.pixels(one.x) for one in lane.marks if one.y == level)
            assert all(later - before >= MARK_WIDTH - 0.01 for before, later in pairwise(places))


def test_missing_editions_are_a_gap_that_says_how_many() -> None:
    picture = drawn(
        mark("2012", 4, missing_before=3), mark("2013", 5), mark("2019", 9, missing_before=3)
    )
    lead_in, gap = picture.lanes[0].gaps
    # Nobody knows since when; the dots before the first are 28 of 500 pixels.
    assert (lead_in.start, lead_in.end, lead_in.words) == (9.4, 15, "(3)")
    assert (gap.start, gap.end, gap.words) == (25, 85, "3 missing")
    assert gap.tooltip == "3 editions not recorded"
    assert gap.middle == 55
    narrow = drawn(mark("2012-12-30", 1), mark("2013-01-02", 3, missing_before=1))
    assert [gap.words for gap in narrow.lanes[0].gaps] == [""]


def test_dots_before_the_first_round_have_a_year_to_stand_in() -> None:
    lanes = [Lane("", "", [mark("2012", 4, missing_before=3), mark("2019/2020")])]
    assert years_of(lanes) == {2011, 2012, 2019, 2020}
    assert timeline(lanes, today=TODAY).axis == Axis(2011, 2026)


def test_lanes_share_one_axis_on_which_today_lies() -> None:
    picture = timeline(
        [Lane("One", "/one/", [mark("2001")]), Lane("Two", "/two/", [mark("2019")])],
        today=date(2020, 7, 2),
    )
    assert picture.axis == Axis(2001, 2020)
    assert [lane.marks[0].x for lane in picture.lanes] == [2.5, 92.5]
    assert picture.today == 97.5
    assert drawn(mark("2013")).today is None


def test_what_has_no_date_is_told_and_not_drawn() -> None:
    picture = drawn(mark("2013", 1), mark(None, 2))
    assert [one.edition for one in picture.undated] == [2]
    assert [placed.mark.edition for placed in picture.lanes[0].marks] == [1]
    assert len(picture.rows) == 2
    assert drawn(mark(None, 2)).lanes == []
    assert timeline([], today=TODAY).rows == []


@pytest.mark.parametrize(
    ("status", "style"),
    [
        ("held", "held"),
        ("planned", "planned"),
        ("confirmed", "planned"),
        ("postponed", "planned"),
        ("cancelled", "cancelled"),
    ],
)
def test_hollow_is_planned_and_struck_cancelled(status: str, style: str) -> None:
    picture = drawn(mark("2013-05", 3, status=status, format="virtual"))
    [placed] = picture.lanes[0].marks
    assert placed.style == style
    assert placed.tooltip == f"edition 3: May 2013, Virtual, {status.capitalize()}"
    assert picture.styles == {style}


def test_the_key_explains_only_what_is_there() -> None:
    picture = drawn(mark("2013-05-02", format="hybrid"))
    assert (picture.formats, picture.has_gaps, picture.is_vague) == (
        [("hybrid", "Hybrid")], False, False,
    )  # fmt: skip


# --- Bars --------------------------------------------------------------------------------------


def some_bars() -> Bars:
    return bars(
        Axis(2011, 2020, 50),
        {"virtual": {2012: 1, 2020: 3}, "in_person": {2012: 3}, "hybrid": {2019: 0}},
        lambda value, year: f"?format={value}&year={year}",
    )


def test_bars_stand_in_their_years_as_high_as_they_count() -> None:
    first, second = some_bars().bars
    assert (first.year, first.x, first.width, first.middle) == (2012, 11.4, 7.2, 15)
    assert [(s.format, s.y, s.height) for s in first.segments] == [
        ("in_person", 50, 90), ("virtual", 20, 30),
    ]  # fmt: skip
    assert (first.total, first.top, second.total) == ("4", 20, "3")
    assert second.segments[0].tooltip == "2020, Virtual: 3 rounds"
    assert second.segments[0].href == "?format=virtual&year=2020"


def test_bars_tell_their_numbers_and_a_scale() -> None:
    picture = some_bars()
    assert picture.formats == [("in_person", "In person"), ("virtual", "Virtual")]
    assert picture.rows == [("2012", ["3", "1"], "4"), ("2020", ["0", "3"], "3")]
    assert [(level.y, level.label) for level in picture.scale] == [
        (110, "1"), (80, "2"), (50, "3"), (20, "4"),
    ]  # fmt: skip


def test_a_number_without_room_over_its_bar_is_left_to_the_table() -> None:
    picture = bars(Axis(1, 40, 22), {"virtual": {5: 12345, 6: 12}}, lambda value, year: "")
    assert [bar.total for bar in picture.bars] == ["", "12"]
    assert [row[2] for row in picture.rows] == ["12,345", "12"]


@given(some.integers(1, 10**9))
def test_a_scale_has_one_to_five_lines_and_is_high_enough(highest: int) -> None:
    step, top = scale_of(highest)
    assert top % step == 0
    assert 1 <= top // step <= 5
    assert top - step < highest <= top
    assert str(step).rstrip("0") in ("1", "2", "5")


# --- Grids -------------------------------------------------------------------------------------


def some_grid(**options: Any) -> Grid:
    return grid(
        [Head("NO", "Norway", "/no/"), Head("RU", "Russia", "/ru/")],
        [Head(2019, "2019"), Head(2020, "2020"), Head(2021, "2021"), Head(2022, "2022")],
        {("NO", 2019): 1, ("NO", 2022): 1600, ("RU", 2020): 100, ("XX", 2020): 7},
        lambda row, column: f"?partner={row}&year={column}",
        **options,
    )


def test_cells_stand_in_row_and_column_the_darker_the_more() -> None:
    norway, russia = some_grid().rows
    assert [(c.x, c.middle, c.said, c.shade) for c in norway.cells] == [
        (0, 12.5, "1", 1), (75, 87.5, "1,600", 5),
    ]  # fmt: skip
    assert [(c.x, c.shade, c.href) for c in russia.cells] == [(25, 2, "?partner=RU&year=2020")]
    assert norway.cells[0].tooltip == "Norway, 2019: 1"
    assert norway.numbers == ["1", "", "", "1,600"]
    assert (norway.total, russia.total) == ("1,601", "100")


def test_columns_are_as_wide_as_the_longest_word_or_number() -> None:
    # Five figures of 8 pixels and 8 of space, four times.
    assert some_grid().width == 4 * 48
    assert some_grid(column_width=60).width == 240
    assert [column.word for column in some_grid().columns] == ["2019", "2020", "2021", "2022"]


def test_years_are_written_only_where_they_have_room() -> None:
    rows = [Head("NO", "Norway")]
    years = [Head(year, str(year)) for year in range(2001, 2005)]
    picture = grid(rows, years, {}, lambda row, column: "", years=True, column_width=26)
    assert (picture.width, [column.word for column in picture.columns]) == (
        104, ["", "2002", "", "2004"],
    )  # fmt: skip
    assert picture.rows[0].cells == []


def test_long_words_are_cut_and_the_row_may_have_a_total_of_its_own() -> None:
    picture = grid(
        [Head("t", "Topic")],
        [Head("AFRICAN-UNION", "African Union", short="AFRICAN-UNION")],
        {("t", "AFRICAN-UNION"): 2},
        lambda row, column: "",
        totals={"t": 1},
    )
    assert (picture.columns[0].word, picture.columns[0].head.label) == ("AFRICA…", "African Union")
    assert picture.rows[0].total == "1"


@given(some.integers(1, 10**6), some.integers(0, 10**6))
def test_more_is_never_fainter(count: int, more: int) -> None:
    highest = count + more
    assert 1 <= shade_of(count, highest) <= shade_of(highest, highest) <= 5


# --- What is written ---------------------------------------------------------------------------


def written(name: str, picture: Any, **given: Any) -> str:
    return render_to_string(
        f"pictures/{name}.html", {"picture": picture, "shows": "All of it.", **given}
    )


@pytest.mark.parametrize("language", ["en", "id"])
def test_places_are_written_for_machines_in_every_language(language: str) -> None:
    with translation.override(language):
        pages = [
            written("timeline", drawn(mark("2012-05", 1000), mark("2013-05", 1003))),
            written("bars", some_bars()),
            written("grid", some_grid(), corner="Partner"),
        ]
    for page in pages:
        places = re.findall(r' (?:x|x1|x2|y|y1|y2|width|height)="([^"]*)"', page)
        assert len(places) > 20
        assert [place for place in places if not re.fullmatch(r"-?[0-9.]+%?", place)] == []


def test_every_mark_has_a_title_and_a_link_and_nothing_a_style() -> None:
    pages = {
        "timeline": written("timeline", drawn(mark("2012", 1), mark("2013", 2))),
        "bars": written("bars", some_bars()),
        "grid": written("grid", some_grid(), corner="Partner"),
    }
    for name, count in (("timeline", 2), ("bars", 3), ("grid", 3)):
        page = pages[name]
        marks = re.findall(r'<a class="(?:mark|bar|cell)[^>]*href="[^"]+">\s*<title>[^<]+<', page)
        assert (name, len(marks)) == (name, count)
        assert "style=" not in page
        assert "The numbers as a table" in page
        assert "All of it." in page
        assert "Source: the records kept here" in page
