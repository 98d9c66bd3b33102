"""Pictures in a browser: text of its size at every width, keys that reach every mark, paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dialogues.dates import PartialDate
from tests.rounds import published, whole_round
from tests.scene import Scene, scene
from tests.test_browser_pages import found_by_axe

__all__ = ["scene"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ("/series/russia-dialogue/", "/partners/RU/", "/rounds/pictures/")


@pytest.fixture
def shelf(transactional_db: None, scene: Scene) -> Scene:
    """A series with gaps, a vague date, a cancelled and a planned round; forty years of another."""
    whole_round(scene.russia)
    published(scene.russia, edition=4, date=PartialDate("1999"), format="virtual")
    published(scene.russia, edition=12, date=PartialDate("2022-05"), status="cancelled")
    published(scene.russia, edition=13, date=PartialDate("2030"), status="planned")
    for edition in range(1, 41):
        published(scene.norway, edition=edition, date=PartialDate(f"{1980 + edition}"))
    return scene


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_axe_finds_nothing_and_the_page_never_scrolls_sideways(
    browser_page: Page, shelf: Scene, width: int, scheme: Any
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.emulate_media(color_scheme=scheme)
    for address in (*PAGES, "/rounds/pictures/?partner=XX"):
        browser_page.goto(address)
        browser_page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert (address, found_by_axe(browser_page)) == (address, [])
        for at in (width, 320):
            browser_page.set_viewport_size({"width": at, "height": 800})
            shown = browser_page.evaluate("document.documentElement.scrollWidth")
            assert (address, shown) == (address, at)
        browser_page.set_viewport_size({"width": width, "height": 800})


@pytest.mark.parametrize("width", [1280, 390])
def test_text_in_pictures_is_never_squeezed_nor_small(
    browser_page: Page, shelf: Scene, width: int
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 800})
    for address in PAGES:
        browser_page.goto(address)
        heights = browser_page.locator(".picture svg text").evaluate_all(
            "all => all.map(one => parseFloat(getComputedStyle(one).fontSize)"
            " * one.getScreenCTM().d)"
        )
        assert len(heights) > 5
        assert min(heights) >= 12, address


def test_years_on_one_axis_stand_under_one_another(browser_page: Page, shelf: Scene) -> None:
    browser_page.goto("/partners/RU/")
    places = browser_page.locator(".strip__drawing.axis").evaluate_all(
        "all => all.map(one => [one.getBoundingClientRect().left, one.clientWidth])"
    )
    assert len(places) == 2
    assert places[0] == places[1]


def test_a_narrow_picture_begins_at_its_newest_end(browser_page: Page, shelf: Scene) -> None:
    browser_page.set_viewport_size({"width": 390, "height": 800})
    browser_page.goto("/series/russia-dialogue/")
    planned = browser_page.locator(".mark--planned .mark__shape").first
    box = planned.bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= 390
    first = browser_page.get_by_role("link", name="Edition 4: 1999, Virtual, Held").bounding_box()
    assert first is not None
    assert first["x"] < 0


def test_the_keyboard_reaches_a_mark_and_opens_its_round(browser_page: Page, shelf: Scene) -> None:
    browser_page.goto("/series/russia-dialogue/")
    browser_page.locator(".picture__scroll").focus()
    browser_page.keyboard.press("Tab")
    mark = browser_page.get_by_role("link", name="Edition 4: 1999, Virtual, Held")
    expect(mark).to_be_focused()
    ring = mark.locator(".mark__target").evaluate("e => getComputedStyle(e).stroke")
    assert ring == "rgb(179, 89, 0)"
    browser_page.keyboard.press("Enter")
    heading = browser_page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Russia Human Rights Dialogue, edition 4")


def test_a_cell_leads_into_the_filtered_list(browser_page: Page, shelf: Scene) -> None:
    browser_page.goto("/rounds/pictures/?format=hybrid")
    browser_page.get_by_role("link", name="Russia, 2021: 1 round").click()
    expect(browser_page.locator("h1")).to_have_text("Rounds")
    expect(browser_page).to_have_url("/rounds/?format=hybrid&partner=RU&year=2021")


def test_on_paper_a_wide_picture_fits(browser_page: Page, shelf: Scene) -> None:
    browser_page.set_viewport_size({"width": 660, "height": 900})
    for address in PAGES:
        browser_page.goto(address)
        browser_page.emulate_media(media="print")
        edges = browser_page.locator(".picture__scroll svg").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().right)"
        )
        assert max(edges) <= 660, address
