"""Pages in a browser: nothing for axe to find, nothing cut off, nothing that needs a script."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dialogues.dates import PartialDate
from dialogues.models import AgreedPoint
from tests.rounds import published, whole_round
from tests.scene import PASSWORD, Scene, scene

__all__ = ["scene"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/",
    "/rounds/",
    "/rounds/?partner=RU&format=hybrid&format=virtual",
    "/rounds/?partner=XX&date_from=soon&host__empty=perhaps&unknown=1",
    "/rounds/?partner=RU&format=virtual",
    "/rounds/russia-dialogue-11/",
    "/filters/rounds/?partner=RU&host__empty=perhaps",
    "/agreed-points/",
    "/agreed-points/russia-dialogue-11.1/",
    "/accounts/login/",
    "/nowhere/",
)


@pytest.fixture
def shelf(transactional_db: None, scene: Scene) -> Scene:
    """A whole round, one that is planned, and a hundred of which little is known."""
    whole_round(scene.russia)
    published(scene.russia, edition=12, status="planned", date=PartialDate("2022"))
    for edition in range(1, 101):
        published(scene.norway, edition=edition, date=PartialDate(f"{1900 + edition}"))
    return scene


def found_by_axe(page: Page, only: str = "") -> list[tuple[str, list[Any]]]:
    """What axe finds on the page, as rule and places; ``only`` names one rule to ask."""
    # A rule of WCAG 2.2 that axe asks only where it is told to.
    options: dict[str, Any] = {"rules": {"target-size": {"enabled": True}}}
    if only:
        options = {"runOnly": {"type": "rule", "values": [only]}}
    violations = Axe().run(page, options=options).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations]


def sign_in(page: Page, name: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    browser_page: Page, shelf: Scene, width: int, scheme: Any
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.emulate_media(color_scheme=scheme)
    for address in PAGES:
        browser_page.goto(address)
        assert (address, found_by_axe(browser_page)) == (address, [])
        too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not browser_page.evaluate(too_wide), address


def test_lists_fit_every_width_in_the_language_of_longer_words(
    browser_page: Page, live_server: Any, shelf: Scene
) -> None:
    browser_page.context.add_cookies(
        [{"name": "django_language", "value": "id", "url": live_server.url}]
    )
    for address in ("/", "/rounds/", "/agreed-points/"):
        browser_page.goto(address)
        expect(browser_page.locator("html")).to_have_attribute("lang", "id")
        for width in (320, 768, 1100, 1280):
            browser_page.set_viewport_size({"width": width, "height": 800})
            shown = browser_page.evaluate("document.documentElement.scrollWidth")
            assert (address, shown) == (address, width)


def test_axe_finds_nothing_in_what_opens_nor_in_what_staff_see(
    browser_page: Page, shelf: Scene
) -> None:
    sign_in(browser_page, "ayu")
    for address in (
        *("/rounds/", "/filters/agreed-points/", "/rounds/russia-dialogue-11/"),
        "/accounts/tokens/",
    ):
        browser_page.goto(address)
        browser_page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert (address, found_by_axe(browser_page)) == (address, [])


def test_a_reader_finds_a_round_with_the_keyboard(browser_page: Page, shelf: Scene) -> None:
    browser_page.goto("/")
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_role("link", name="Skip to the content")).to_be_focused()
    browser_page.keyboard.press("Enter")
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_label("Search everything")).to_be_focused()
    browser_page.keyboard.type("compared")
    browser_page.keyboard.press("Enter")
    expect(browser_page).to_have_title("“compared”, search · Dialogue tracker")
    browser_page.get_by_role("link", name="edition 11").first.click()
    expect(browser_page.get_by_role("heading", level=1)).to_have_text(
        "Russia Human Rights Dialogue, edition 11"
    )


def test_filters_stand_beside_a_wide_list_and_open_above_a_narrow_one(
    browser_page: Page, shelf: Scene
) -> None:
    browser_page.goto("/rounds/")
    browser_page.get_by_text("Partner", exact=True).first.click()
    browser_page.get_by_role("checkbox", name="Norway").first.check()
    browser_page.get_by_role("button", name="Apply filters").first.click()
    expect(browser_page.locator(".listing__count")).to_have_text("100 rounds with Norway")
    expect(browser_page).to_have_url("/rounds/?partner=NO")
    browser_page.set_viewport_size({"width": 390, "height": 800})
    expect(browser_page.get_by_role("button", name="Apply filters").first).to_be_hidden()
    browser_page.get_by_text("Filters, 1 set").click()
    expect(browser_page.get_by_role("button", name="Apply filters").first).to_be_visible()


def test_a_row_is_three_lines_on_a_phone(browser_page: Page, shelf: Scene) -> None:
    browser_page.set_viewport_size({"width": 390, "height": 800})
    round_ = published(shelf.fiji, edition=1, date=PartialDate("2019"), format="virtual")
    AgreedPoint.objects.create(round=round_, number=1, text="Meet again")
    browser_page.goto("/rounds/?partner=FJ")
    tops = browser_page.locator("tbody td:not(:empty)").evaluate_all(
        "cells => cells.map(cell => cell.getBoundingClientRect().top)"
    )
    # Date and partner, the round, its format and points.
    assert (len(tops), len(set(tops))) == (5, 3)


def test_paper_gets_the_record_alone(browser_page: Page, shelf: Scene) -> None:
    browser_page.goto("/rounds/russia-dialogue-11/")
    browser_page.emulate_media(media="print", color_scheme="dark")
    expect(browser_page.locator(".masthead")).to_be_hidden()
    expect(browser_page.locator(".printed")).to_contain_text("Public · Printed")
    after = "e => getComputedStyle(e, '::after').content"
    source = browser_page.get_by_role("link", name="Dialog ke-11")
    assert source.evaluate(after) == '" <https://example.org/release>"'
    assert browser_page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
