"""A round of a series that is not there yet, by keyboard, in the one page."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dialogues.models import Partner, Round, Series
from tests.scene import Scene, scene
from tests.test_browser_entry import ADD, sign_in
from tests.test_browser_pages import found_by_axe

__all__ = ["scene"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HIGHLIGHTED = ".select2-results__option--highlighted"


@pytest.fixture
def ayu(browser_page: Page, live_server: Any, scene: Scene) -> Page:
    """Ayu, an officer of the European desk, at the form of a new round."""
    sign_in(browser_page.context, scene.ayu, live_server)
    browser_page.goto(ADD)
    expect(browser_page.get_by_role("combobox", name="Series:")).to_be_focused()
    return browser_page


def begin(page: Page, name: str) -> Any:
    """Type a name into the series and take the offer to make it; the form for the rest."""
    page.keyboard.type(name)
    expect(page.get_by_role("option", name=f"Create “{name}”")).to_be_visible()
    while page.locator(HIGHLIGHTED).inner_text() != f"Create “{name}”":
        page.keyboard.press("ArrowDown")  # past what is spelled alike
    page.keyboard.press("Enter")
    rest = page.get_by_role("region", name="A new series")
    expect(rest).to_be_visible()
    return rest


def test_a_round_of_a_new_series_with_a_new_partner(ayu: Page, scene: Scene) -> None:
    keys = ayu.keyboard
    rest = begin(ayu, "Indonesia–Peru Human Rights Dialogue")
    expect(rest.get_by_label("Title:")).to_have_value("Indonesia–Peru Human Rights Dialogue")
    expect(rest.get_by_label("Kind:")).to_have_value("human_rights")
    expect(rest.locator("#id_new-series-desk")).to_have_value(str(scene.europe.pk))

    # The partner is what lacks, and so where one goes on; it is not known either.
    expect(rest.get_by_role("combobox", name="Partner:")).to_be_focused()
    keys.type("Peru")
    expect(ayu.locator(HIGHLIGHTED)).to_have_text("Create “Peru”")
    keys.press("Enter")
    expect(rest.locator(".created")).to_have_text("“Peru” is created.")
    keys.press("Control+Enter")
    expect(ayu.locator(".field-series .created")).to_have_text(
        "“Indonesia–Peru Human Rights Dialogue” is created."
    )
    expect(rest).to_have_count(0)
    expect(ayu.get_by_role("combobox", name="Series:")).to_be_focused()
    assert not Round.objects.exists()

    keys.press("Tab")
    expect(ayu.get_by_label("Edition:")).to_be_focused()
    keys.type("1")
    keys.press("Tab")
    keys.type("Held")
    keys.press("Control+s")
    expect(ayu.locator(".messagelist")).to_contain_text("was added successfully")
    assert len(ayu.context.pages) == 1
    made = Round.objects.get().series
    assert (made.title, made.slug, made.partner.code, made.kind, made.desk) == (
        "Indonesia–Peru Human Rights Dialogue",
        "indonesia-peru-human-rights-dialogue",
        "PE",
        "human_rights",
        scene.europe,
    )


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    ayu: Page, scene: Scene
) -> None:
    ayu.get_by_label("Summary:").fill("Typed before")
    ayu.get_by_role("combobox", name="Series:").focus()
    rest = begin(ayu, "Peru talks")
    expect(rest.get_by_role("combobox", name="Partner:")).to_be_focused()
    ayu.keyboard.press("Control+s")
    expect(rest.locator(".field-partner .errorlist")).to_have_text("This field is required.")
    expect(rest.get_by_role("combobox", name="Partner:")).to_be_focused()
    expect(rest.get_by_label("Title:")).to_have_value("Peru talks")

    rest.get_by_label("Title:").fill("Norway Human Rights Dialogue")
    expect(rest.locator(".alike")).to_contain_text("Norway Human Rights Dialogue")
    ayu.keyboard.press("Enter")
    expect(rest.locator(".field-title .errorlist")).to_have_text(
        "There is a series “Norway Human Rights Dialogue” already. Choose it, or write another "
        "title."
    )
    expect(rest.get_by_label("Title:")).to_be_focused()
    rest.get_by_role("button", name="Choose another instead").click()
    expect(rest).to_have_count(0)
    expect(ayu.get_by_role("combobox", name="Series:")).to_be_focused()
    expect(ayu.get_by_label("Summary:")).to_have_value("Typed before")
    assert (Series.objects.count(), Partner.objects.count()) == (3, 3)


def test_who_has_lost_the_right_meanwhile_is_told_so(ayu: Page, scene: Scene) -> None:
    rest = begin(ayu, "Peru talks")
    scene.ayu.groups.clear()
    ayu.keyboard.press("Control+s")
    expect(ayu.locator(".field-series .created")).to_have_text(
        "It could not be created just now. Try again in a moment."
    )
    expect(rest.get_by_label("Title:")).to_have_value("Peru talks")
    assert Series.objects.count() == 3


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_axe_finds_nothing_and_it_fits(
    chromium: Browser, scene: Scene, live_server: Any, width: int, scheme: Any
) -> None:
    context = chromium.new_context(
        base_url=live_server.url, locale="en", bypass_csp=True, color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )  # fmt: skip
    sign_in(context, scene.ayu, live_server)
    page = context.new_page()
    page.goto(ADD)
    expect(page.get_by_role("combobox", name="Series:")).to_be_focused()
    rest = begin(page, "Peru talks")
    page.keyboard.press("Control+s")
    expect(rest.locator(".errorlist")).to_be_visible()
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()
