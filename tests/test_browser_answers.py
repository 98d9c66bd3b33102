"""While an answer is under way: nothing that a reader types, ticks, opens or scrolls is lost."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from dialogues.models import ANALYSTS, Round
from tests.scene import person, signed_in
from tests.test_browser_listings import apply, facet, same_document, titles, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Slow:
    """Holds back what the page asks for in place, until the test lets it go."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.waiting: list[Route] = []
        page.route(lambda address: "/rounds/?" in address, self._hold)

    def _hold(self, route: Route) -> None:
        if "hx-request" in route.request.headers:
            self.waiting.append(route)
        else:
            route.continue_()

    def asked(self, times: int) -> None:
        """Wait until the page has asked so many times."""
        for _moment in range(1000):
            if len(self.waiting) >= times:
                break
            self.page.wait_for_timeout(20)
        assert len(self.waiting) == times

    def answer(self, number: int) -> None:
        """Let this request go, and wait until its answer has come."""
        route = self.waiting[number]
        with self.page.expect_response(lambda response: response.request == route.request):
            route.continue_()


@pytest.fixture
def page(browser_page: Page, sample: None) -> Page:
    browser_page.goto("/rounds/")
    browser_page.evaluate("window.marked = true")
    return browser_page


def top(page: Page, name: str) -> float:
    """How far from the window's top the tick stands."""
    box = page.get_by_role("checkbox", name=name).bounding_box()
    assert box
    return box["y"]


def test_what_is_typed_opened_and_ticked_meanwhile_stays(page: Page, live_server: Any) -> None:
    slow = Slow(page)
    facet(page, "Partner").click()
    page.get_by_role("checkbox", name="Iran").check()
    slow.asked(1)
    facet(page, "When").click()
    page.get_by_label("From", exact=True).press_sequentially("201")
    page.get_by_label("From", exact=True).press("ArrowLeft")
    slow.answer(0)
    expect(told(page)).to_have_text("4 rounds with Iran")
    # The cursor is where it was: before the last figure.
    expect(page.get_by_label("From", exact=True)).to_be_focused()
    page.keyboard.type("9")
    expect(page.get_by_label("From", exact=True)).to_have_value("2091")
    page.get_by_label("From", exact=True).fill("2019")
    page.get_by_label("From", exact=True).press("Tab")
    slow.asked(2)
    slow.answer(1)
    expect(told(page)).to_have_text("3 rounds with Iran")
    expect(page).to_have_url(f"{live_server.url}/rounds/?partner=IR&date_from=2019")
    expect(page.locator("#facet-when")).to_have_attribute("open", "")


def test_only_the_newest_request_counts(page: Page, live_server: Any) -> None:
    slow = Slow(page)
    facet(page, "Partner").click()
    page.get_by_role("checkbox", name="Iran").check()
    slow.asked(1)
    page.get_by_role("checkbox", name="Russia").check()
    slow.asked(2)
    slow.answer(1)
    expect(told(page)).to_have_text("10 rounds")
    expect(page).to_have_url(f"{live_server.url}/rounds/?partner=RU&partner=IR")
    expect(page.get_by_role("checkbox", name="Iran")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Russia")).to_be_checked()
    # The first was called off; whatever becomes of it, it changes nothing any more.
    assert slow.waiting[0].request.failure == "net::ERR_ABORTED"


def test_a_tick_stays_under_the_pointer_and_its_facet_open(page: Page) -> None:
    facet(page, "Partner").click()
    facet(page, "Status").click()
    page.get_by_role("checkbox", name="Planned").scroll_into_view_if_needed()
    stood = top(page, "Planned")
    page.get_by_role("checkbox", name="Planned").check()
    expect(told(page)).to_have_text("1 round")
    assert top(page, "Planned") == pytest.approx(stood, abs=1)
    # What has nothing left keeps its place, and says so.
    iran = page.locator("#f-partner .tick").filter(has_text="Iran")
    expect(iran.locator(".tick__count")).to_have_text("0")
    page.get_by_role("checkbox", name="Planned").uncheck()
    expect(told(page)).to_have_text("37 rounds")
    assert top(page, "Planned") == pytest.approx(stood, abs=1)
    expect(page.locator("#facet-status")).to_have_attribute("open", "")
    expect(iran.locator(".tick__count")).to_have_text("4")


def test_a_chip_is_taken_away_in_place_and_the_next_has_the_focus(
    page: Page, live_server: Any
) -> None:
    page.goto("/rounds/?partner=IR&partner=RU&format=hybrid")
    page.evaluate("window.marked = true")
    expect(told(page)).to_have_text("2 rounds")
    page.get_by_role("link", name="Partner: Iran (remove)").press("Enter")
    expect(told(page)).to_have_text("1 round with Russia")
    expect(page).to_have_url(f"{live_server.url}/rounds/?partner=RU&format=hybrid")
    assert same_document(page)
    expect(page.get_by_role("link", name="Partner: Russia (remove)")).to_be_focused()
    expect(page.get_by_role("checkbox", name="Iran").first).not_to_be_checked()
    page.get_by_role("link", name="Partner: Russia (remove)").press("Enter")
    expect(page.get_by_role("link", name="Format: Hybrid (remove)")).to_be_focused()
    page.get_by_role("link", name="Format: Hybrid (remove)").press("Enter")
    expect(told(page)).to_have_text("37 rounds")
    expect(told(page)).to_be_focused()


def test_what_is_wrong_does_not_push_the_field_away(page: Page) -> None:
    facet(page, "When").click()
    field = page.get_by_label("From", exact=True)
    page.evaluate("scrollTo(0, 200)")
    stood = field.bounding_box()
    field.fill("soon")
    field.press("Enter")
    expect(page.locator("#problems")).to_contain_text("“soon” is not understood as a date.")
    said = field.bounding_box()
    assert stood
    assert said
    assert said["y"] == pytest.approx(stood["y"], abs=1)
    expect(told(page)).to_have_text("37 rounds")
    field.fill("2021")
    field.press("Enter")
    expect(page.locator("#problems")).to_have_text("")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_an_answer_that_never_comes_is_told_and_nothing_is_lost(page: Page) -> None:
    page.route(lambda address: "/rounds/?" in address, lambda route: route.abort())
    listed = titles(page)
    facet(page, "Partner").click()
    page.get_by_role("checkbox", name="Iran").check()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The list could not be brought up to date")
    assert titles(page) == listed
    expect(page.get_by_role("checkbox", name="Iran")).to_be_checked()
    page.unroute_all()
    apply(page)
    expect(told(page)).to_have_text("4 rounds with Iran")
    expect(page.get_by_role("alert")).to_have_count(0)


def at_scroll(page: Page, y: int) -> None:
    """Wait until the page is this far down."""
    page.wait_for_function("y => Math.abs(scrollY - y) < 2", arg=y)


def scroll(page: Page, y: int) -> None:
    page.evaluate("y => scrollTo(0, y)", y)
    at_scroll(page, y)
    # It is kept a moment after the last movement.
    page.wait_for_function("y => Math.abs(history.state?.scroll - y) < 2", arg=y)


def test_going_back_lands_where_one_was(page: Page, live_server: Any) -> None:
    facet(page, "Partner").click()
    scroll(page, 900)
    page.evaluate("document.querySelector('#f-partner-NO').click()")
    expect(told(page)).to_have_text("10 rounds with Norway")
    scroll(page, 240)
    page.locator("tbody .cell-title a").nth(3).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Norway")
    page.go_back()
    expect(told(page)).to_have_text("10 rounds with Norway")
    at_scroll(page, 240)
    page.go_back()
    expect(told(page)).to_have_text("37 rounds")
    expect(page).to_have_url(f"{live_server.url}/rounds/")
    at_scroll(page, 900)
    expect(page.locator("#facet-partner")).to_have_attribute("open", "")
    expect(page.get_by_role("checkbox", name="Norway")).not_to_be_checked()
    page.go_forward()
    expect(told(page)).to_have_text("10 rounds with Norway")
    at_scroll(page, 240)
    expect(page.get_by_role("checkbox", name="Norway")).to_be_checked()


def test_no_page_is_left_in_the_browser(page: Page) -> None:
    facet(page, "Partner").click()
    page.get_by_role("checkbox", name="Norway").check()
    expect(told(page)).to_have_text("10 rounds with Norway")
    assert same_document(page)
    kept = page.evaluate("({...sessionStorage, ...localStorage})")
    assert kept == {"htmx-current-path-for-history": "/rounds/?partner=NO"}


def test_another_language_is_of_the_list_as_it_stands(page: Page, live_server: Any) -> None:
    facet(page, "Partner").click()
    page.get_by_role("checkbox", name="Norway").check()
    expect(told(page)).to_have_text("10 rounds with Norway")
    page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(told(page)).to_have_text("10 putaran dengan Norwegia")
    expect(page).to_have_url(f"{live_server.url}/rounds/?partner=NO")


def test_the_one_that_is_not_in_sight_is_found_by_typing(page: Page, live_server: Any) -> None:
    facet(page, "Topic").click()
    page.get_by_role("searchbox", name="Find in Topic").fill("MEDICINES")
    expect(page.locator("#f-topic .tick:visible")).to_have_text(["Access to medicines 1"])
    page.locator("#facet-more > summary").click()
    facet(page, "Person").click()
    box = page.get_by_role("searchbox", name="Find in Person")
    box.press_sequentially("alyaudi")
    rinat = page.get_by_role("checkbox", name="Rinat Alyautdinov")
    expect(rinat).to_be_visible()
    expect(page.locator("#facet-person [role=status]")).to_have_text("1 value")
    # Enter sends nothing; what is typed here is no filter.
    box.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/rounds/")
    rinat.check()
    expect(told(page)).to_have_text("1 round")
    expect(page).to_have_url(f"{live_server.url}/rounds/?person=rinat-alyautdinov")
    expect(box).to_have_value("alyaudi")
    box.fill("")
    expect(rinat).to_be_checked()
    # It is not taken away though a single round has few topics; nor is what is typed there.
    expect(page.get_by_role("searchbox", name="Find in Topic")).to_have_value("MEDICINES")


def test_after_signing_out_going_back_shows_nothing_of_before(page: Page, live_server: Any) -> None:
    round_ = Round.objects.filter(series__partner__code="NO").first()
    assert round_
    Round.objects.filter(pk=round_.pk).update(visibility="internal")
    eka = person("eka", ANALYSTS)
    session = signed_in(eka).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto("/rounds/")
    facet(page, "Partner").click()
    page.get_by_role("checkbox", name="Norway").check()
    expect(told(page)).to_have_text("10 rounds with Norway")
    page.goto(round_.get_absolute_url())
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Norway")
    page.go_back()
    expect(told(page)).to_have_text("9 rounds with Norway")
