"""A round's whole way through review in a browser: an officer, two publishers, and a visitor."""

from __future__ import annotations

from typing import Any

import pghistory
import pytest
from playwright.sync_api import Page, expect

from dialogues.models import PUBLISHERS, Round, User
from tests.rounds import whole_round
from tests.scene import Scene, person, scene, signed_in
from tests.test_browser_pages import found_by_axe

__all__ = ["scene"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROUNDS = "/admin/dialogues/round/"


def as_user(page: Page, user: User, live_server: Any) -> None:
    """From here on the browser is this user's."""
    session = signed_in(user).cookies["sessionid"].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def test_submitted_sent_back_resubmitted_published_and_withdrawn(
    browser_page: Page, live_server: Any, scene: Scene
) -> None:
    page = browser_page
    with pghistory.context(user=scene.ayu.pk, url="/admin/dialogues/round/add/"):
        record = scene.round(date="2021-10-15", summary="They met in Moscow.", visibility="public")
    change, public = f"{ROUNDS}{record.pk}/change/", record.get_absolute_url()

    as_user(page, scene.ayu, live_server)
    page.goto(change)
    page.get_by_role("button", name="Submit for review", exact=True).click()
    expect(page.locator(".standing__state")).to_have_text("In review")

    as_user(page, scene.citra, live_server)
    page.goto(ROUNDS)
    page.get_by_role("link", name="What waits").click()
    expect(page.locator("#waiting + form tbody tr")).to_have_count(1)
    expect(page.locator("#waiting + form tbody")).to_contain_text("Ayu")
    page.get_by_role("link", name="Russia Human Rights Dialogue, edition 1").click()
    page.get_by_role("button", name="Send back").click()
    page.get_by_role("button", name="Send back").click()
    expect(page.locator(".errorlist")).to_have_text("Say what is to be done before it comes back.")
    page.get_by_label("What is to be done").fill("It was in Jakarta, not in Moscow.")
    page.get_by_role("button", name="Send back").click()
    expect(page.locator(".standing__state")).to_have_text("Draft")

    as_user(page, scene.ayu, live_server)
    page.goto(change)
    expect(page.locator(".callout")).to_contain_text("Sent back by Citra")
    expect(page.locator(".callout")).to_contain_text("It was in Jakarta, not in Moscow.")
    page.locator("#id_summary").fill("They met in Jakarta.")
    page.get_by_label("Why (optional)").fill("As Citra asked")
    page.get_by_role("button", name="Save and submit for review").click()
    expect(page.locator(".standing__state")).to_have_text("In review")
    page.goto(f"{ROUNDS}{record.pk}/history/")
    newest = page.locator(".history__entry").first
    expect(newest).to_contain_text("As Citra asked")
    expect(newest.locator("del")).to_contain_text("Moscow")
    expect(newest.locator("ins")).to_contain_text("Jakarta")

    as_user(page, scene.citra, live_server)
    page.goto(change)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".callout")).to_contain_text("who led for Russia")
    page.get_by_label("Publish it all the same").check()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".standing__state")).to_have_text("Published")
    page.context.clear_cookies()
    page.goto(public)
    expect(page.locator("article")).to_contain_text("They met in Jakarta.")

    as_user(page, person("farah", PUBLISHERS), live_server)
    page.goto(change)
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator(".standing__state")).to_have_text("Withdrawn")
    page.context.clear_cookies()
    answer = page.goto(public)
    assert answer
    assert answer.status == 404


def test_a_version_is_restored_from_the_history(
    browser_page: Page, live_server: Any, scene: Scene
) -> None:
    page = browser_page
    record = whole_round(scene.russia)
    record.agreed_points.get(number=3).delete()
    Round.objects.update(summary="Something else.")
    as_user(page, scene.ayu, live_server)
    page.goto(f"{ROUNDS}{record.pk}/history/")
    page.get_by_role("link", name="Bring back: Agreed point 3").click()
    page.get_by_role("button", name="Restore").click()
    expect(page.locator(".messagelist")).to_contain_text("Restored")
    assert record.agreed_points.get(number=3).text == "Agreed no. 3"
    summary = page.locator(".history__entry", has_text="Something else.")
    version = page.locator(".history__entry", has_text="Agreed point 3 removed")
    expect(summary).to_have_count(1)
    version.get_by_role("link", name="Restore the record as it stood after this").click()
    expect(page.locator("form.step")).to_contain_text("They compared what works.")
    page.get_by_role("button", name="Restore").click()
    expect(page.locator(".messagelist")).to_contain_text("Restored")
    record.refresh_from_db()
    assert record.summary.startswith("They compared what works.")
    assert not record.agreed_points.filter(number=3).exists()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_pages_of_review_fit_and_have_nothing_that_axe_finds(
    chromium: Any, live_server: Any, scene: Scene, width: int, scheme: Any
) -> None:
    context = chromium.new_context(
        base_url=live_server.url, locale="en", bypass_csp=True, color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )  # fmt: skip
    page = context.new_page()
    record = scene.round(date="2021", publication="in_review", summary="As it was read.")
    gone = scene.round()
    gone.delete()
    Round.objects.update(summary="As it was written.")
    as_user(page, scene.citra, live_server)
    for address in (
        f"{ROUNDS}waiting/",
        f"{ROUNDS}deleted/",
        f"{ROUNDS}{record.pk}/history/",
        f"{ROUNDS}{record.pk}/change/",
    ):
        page.goto(address)
        assert (address, found_by_axe(page)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("#missing")).to_be_visible()
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()
