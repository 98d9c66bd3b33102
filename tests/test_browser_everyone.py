"""Every page for everyone: what axe finds in either scheme, 320 pixels, twice the size of text."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.scene import person, signed_in
from tests.test_browser_pages import found_by_axe
from tests.test_weight import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Pages of which there is no weight to tell: errors, empty results, what is wrong.
FURTHER = (
    "/nowhere/",
    "/rounds/?partner=XX&date_from=soon&unknown=1",
    "/rounds/?partner=RU&format=virtual&status=planned&year=1999",
    "/filters/rounds/person/?find=alyaudinov",
    "/filters/rounds/person/?find=nobody",
    "/search/?q=zzzzzz",
    "/search/",
    "/calendar/?show=soon",
    "/rounds/pictures/?partner=NO",
    "/views/new/?listing=rounds&query=partner%3DNO",
)
OPENED = "document.querySelectorAll('details').forEach(details => { details.open = true; })"
WIDTH = "document.documentElement.scrollWidth"


#: Shared out, so that no process is still at it when the others have ended.
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_for_everyone(
    browser_page: Page, live_server: Any, sample: None, part: int
) -> None:
    page = browser_page
    session = signed_in(person("eka", "Analysts")).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    found: dict[str, Any] = {}
    for address in (*PAGES, *FURTHER)[part::PARTS]:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light")
        page.goto(address)
        page.evaluate(OPENED)
        said = found_by_axe(page)
        # What a scheme changes are the colours.
        page.emulate_media(color_scheme="dark")
        said += found_by_axe(page, only="color-contrast")
        # As wide as the smallest phone; so wide is 1280 at four times the size, too.
        page.set_viewport_size({"width": 320, "height": 800})
        said += found_by_axe(page, only="target-size")
        width = page.evaluate(WIDTH)
        if said or width != 320:
            found[address] = (width, said)
    assert found == {}


def test_text_of_twice_the_size_is_cut_nowhere(browser_page: Page, sample: None) -> None:
    page = browser_page
    page.set_viewport_size({"width": 640, "height": 400})
    for address in ("/", "/rounds/", "/agreed-points/", "/calendar/?show=2021-10", "/partners/NO/"):
        page.goto(address)
        page.evaluate(OPENED)
        assert (address, page.evaluate(WIDTH)) == (address, 640)
        cut = page.evaluate(
            """[...document.querySelectorAll('main a, main th, main td, main label, main button')]
            .filter(one => one.clientWidth && getComputedStyle(one).overflowX === 'hidden'
                && one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML)"""
        )
        assert (address, [one for one in cut if "visually-hidden" not in one]) == (address, [])
