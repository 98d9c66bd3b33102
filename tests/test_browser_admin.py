"""The admin in a browser: its scripts work under the content policy, and it fits a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dialogues.models import Person, Round, Venue
from tests.rounds import whole_round
from tests.scene import Scene, scene, signed_in
from tests.test_browser_pages import found_by_axe

__all__ = ["scene"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROUNDS = "/admin/dialogues/round/"


@pytest.fixture
def editor(browser_page: Page, live_server: Any, scene: Scene) -> Page:
    """A browser in which a desk officer of the Russian series has signed in."""
    admit(browser_page.context, scene, live_server)
    return browser_page


@pytest.fixture
def examined(chromium: Browser, live_server: Any, scene: Scene) -> Iterator[Page]:
    """The same without a content policy: axe copies parts with the styles that scripts gave them,
    which the policy would refuse."""
    context = chromium.new_context(base_url=live_server.url, locale="en", bypass_csp=True)
    admit(context, scene, live_server)
    yield context.new_page()
    context.close()


def admit(context: BrowserContext, scene: Scene, live_server: Any) -> None:
    session = signed_in(scene.ayu).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def pick(page: Page, field: str, typed: str, choice: str) -> None:
    """Choose in an autocomplete as people do: open it, type, take what is offered."""
    page.locator(f"#id_{field} + .select2").click()
    page.keyboard.type(typed)
    page.locator(".select2-results__option", has_text=re.compile(f"^{choice}$")).click()


def test_a_round_is_entered_with_dates_that_say_what_they_mean(editor: Page) -> None:
    Person.objects.create(name="Rinat Alyautdinov", slug="rinat-alyautdinov")
    Venue.objects.create(city="Moscow")
    editor.goto(ROUNDS + "add/")
    pick(editor, "series", "russ", "Russia Human Rights Dialogue")
    editor.get_by_label("Edition").fill("12")
    editor.get_by_label("Status:").first.select_option("planned")
    date = editor.locator(".field-date").first
    date.locator("input").fill("5–6 Nov 2019")
    expect(date.locator(".partial-date__understood")).to_have_text(
        "Understood as 5–6 November 2019 (2019-11-05/2019-11-06)"
    )
    date.locator("input").fill("the day before")
    expect(date.locator(".partial-date__understood")).not_to_contain_text("Understood")
    expect(date.locator(".partial-date__understood")).not_to_be_empty()
    date.locator("input").fill("2022")
    expect(date.locator(".partial-date__understood")).to_have_text("Understood as 2022 (2022)")
    pick(editor, "venues", "mos", "Moscow")

    editor.get_by_text("Add another Participant").click()
    editor.locator("#id_participants-0-side").select_option("partner")
    pick(editor, "participants-0-person", "rin", "Rinat Alyautdinov")
    editor.get_by_text("Add another Agreed point").click()
    editor.locator("#id_agreed_points-0-text").fill("Meet in Moscow")
    due = editor.locator("#agreed_points-0 .field-due")
    due.locator("input").fill("30 Juni 2022")
    expect(due.locator(".partial-date__understood")).to_have_text(
        "Understood as 30 June 2022 (2022-06-30)"
    )
    editor.get_by_role("button", name="Save and continue editing").click()

    expect(editor.locator(".messagelist")).to_contain_text("was added successfully")
    record = Round.objects.get()
    assert (record.slug, str(record.date)) == ("russia-dialogue-12", "2022")
    assert str(record.participants.get()) == "Rinat Alyautdinov"
    assert [(p.number, str(p.due)) for p in record.agreed_points.all()] == [(1, "2022-06-30")]

    editor.get_by_role("button", name="Submit for review", exact=True).click()
    expect(editor.locator(".standing__state")).to_have_text("In review")
    expect(editor.locator(".messagelist")).to_contain_text("Submitted for review")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_page_fits_and_breaks_no_policy(
    editor: Page, scene: Scene, width: int, scheme: Any
) -> None:
    record = whole_round(scene.russia)
    editor.set_viewport_size({"width": width, "height": 800})
    editor.emulate_media(color_scheme=scheme)
    point = record.agreed_points.first()
    person = Person.objects.first()
    assert point
    assert person
    for address in (
        "/admin/",
        ROUNDS,
        f"{ROUNDS}{record.pk}/change/",
        f"{ROUNDS}{record.pk}/history/",
        f"/admin/dialogues/agreedpoint/{point.pk}/change/",
        f"/admin/dialogues/person/{person.pk}/change/",
    ):
        response = editor.goto(address)
        assert response
        assert response.status == 200, address
        assert editor.evaluate("document.documentElement.scrollWidth") == width, address
        paper = editor.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == {"light": "rgb(251, 250, 246)", "dark": "rgb(15, 23, 40)"}[scheme]


def test_the_language_changes_where_one_is(editor: Page) -> None:
    editor.goto(ROUNDS + "?status__exact=held")
    editor.get_by_role("button", name="Bahasa Indonesia").click()
    expect(editor.locator("html")).to_have_attribute("lang", "id")
    expect(editor).to_have_url(ROUNDS + "?status__exact=held")


def test_axe_finds_nothing_where_rounds_are_edited(examined: Page, scene: Scene) -> None:
    record = whole_round(scene.russia)
    for address in (ROUNDS, f"{ROUNDS}{record.pk}/change/", f"{ROUNDS}{record.pk}/history/"):
        examined.goto(address)
        assert (address, found_by_axe(examined)) == (address, [])


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_forms_and_lists_of_every_kind_fit_and_have_nothing_that_axe_finds(
    chromium: Browser, live_server: Any, scene: Scene, width: int, scheme: Any
) -> None:
    context = chromium.new_context(
        base_url=live_server.url, locale="en", bypass_csp=True, color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )  # fmt: skip
    page = context.new_page()
    page.goto("/admin/login/")
    assert found_by_axe(page) == []
    administrator = signed_in(scene.dewi).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": administrator, "url": live_server.url}])
    whole_round(scene.russia)
    for address in (
        "/admin/dialogues/agreedpoint/",
        "/admin/dialogues/venue/",
        "/admin/dialogues/person/add/",
        "/admin/dialogues/series/add/?_popup=1",
        "/admin/dialogues/apitoken/add/",
        "/admin/password_change/",
    ):
        page.goto(address)
        assert (address, found_by_axe(page)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
    # Nothing that a list or a form says is out of sight beside what is shown.
    page.goto("/admin/dialogues/agreedpoint/")
    cut = "[...document.querySelectorAll('#result_list tbody td')].filter((cell) => "
    assert page.evaluate(f"{cut} cell.getBoundingClientRect().right > innerWidth).length") == 0
    page.locator("#result_list .action-select").first.check()
    page.locator("select[name=action]").select_option("amend")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("combobox", name="Add topics:")).to_be_visible()
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.goto("/admin/dialogues/person/")
    page.locator("#result_list .action-select").first.check()
    page.locator("select[name=action]").select_option("merge_into")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("combobox", name="Merge into")).to_be_visible()
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def test_an_autocomplete_is_called_what_its_label_says(examined: Page, scene: Scene) -> None:
    examined.goto(ROUNDS + "add/")
    pick(examined, "series", "russ", "Russia Human Rights Dialogue")
    expect(
        examined.get_by_role("combobox", name="Series: Russia Human Rights Dialogue")
    ).to_be_visible()
    examined.get_by_text("Add another Participant").click()
    examined.get_by_role("combobox", name="Person:").click()
    expect(examined.get_by_role("searchbox", name="Person:")).to_be_focused()
    examined.keyboard.press("Escape")
    assert found_by_axe(examined) == []
