"""An hour's entry in ten minutes, in a browser: by keyboard alone, past a lost session, by two."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dialogues.models import (
    DESK_OFFICERS,
    AgreedPoint,
    Participant,
    Person,
    Round,
    Source,
    Topic,
    UnsavedWork,
    User,
    Venue,
)
from tests.rounds import whole_round
from tests.scene import PASSWORD, Scene, person, scene, signed_in
from tests.test_browser_pages import found_by_axe

__all__ = ["scene"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = "/admin/dialogues/round/add/"
PASTED = """Both sides agreed:
1. Meet again in
   Moscow.
2. Exchange notes."""


def sign_in(context: BrowserContext, user: User, live_server: Any) -> None:
    """Let the browser be signed in as the user."""
    session = signed_in(user).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


@pytest.fixture
def ayu(browser_page: Page, live_server: Any, scene: Scene) -> Page:
    """Ayu, an officer of the Russian series, at her browser."""
    sign_in(browser_page.context, scene.ayu, live_server)
    return browser_page


def last_round(scene: Scene) -> Round:
    """What the next round is proposed from."""
    record = scene.round(edition=10, host="own", date="2019")
    head = Person.objects.create(name="Rinat Alyautdinov", slug="rinat-alyautdinov")
    Participant.objects.create(
        round=record, person=head, side="partner", role="head", title="Director"
    )
    before = scene.round(edition=9, host="partner", date="2017")
    before.venues.add(Venue.objects.create(city="Moscow"))
    return record


def change(record: Round) -> str:
    return f"/admin/dialogues/round/{record.pk}/change/"


def test_an_officer_enters_a_round_by_keyboard_alone(ayu: Page, scene: Scene) -> None:
    last_round(scene)
    Topic.objects.create(name="Right to health", slug="right-to-health")
    ayu.goto(ADD)
    keys = ayu.keyboard

    # The series is where one begins; typing opens it.
    expect(ayu.get_by_role("combobox", name="Series:")).to_be_focused()
    keys.type("russ")
    expect(ayu.locator(".select2-results__option--highlighted")).to_have_text(
        "Russia Human Rights Dialogue"
    )
    keys.press("Enter")
    take = ayu.get_by_role("button", name="Take over what is still empty")
    expect(take).to_be_visible()
    keys.press("Tab")
    expect(take).to_be_focused()
    keys.press("Enter")
    expect(ayu.get_by_label("Edition:")).to_have_value("11")
    expect(ayu.get_by_label("Host:")).to_have_value("partner")
    expect(ayu.locator(".field-venues .select2-selection__choice")).to_contain_text("Moscow")

    ayu.get_by_role("button", name="Venues: Moscow").focus()
    keys.press("Tab")
    expect(ayu.get_by_label("Edition:")).to_be_focused()
    keys.press("Tab")
    keys.type("Held")
    keys.press("Tab")
    keys.type("15 Oktober 2021")
    expect(ayu.locator(".field-date output").first).to_have_text(
        "Understood as 15 October 2021 (2021-10-15)"
    )

    # Everybody of the last round, by one key; then somebody who is not known yet.
    ayu.get_by_role("button", name="Add Rinat Alyautdinov").focus()
    keys.press("Enter")
    expect(ayu.locator("#id_participants-0-title")).to_have_value("Director")
    ayu.get_by_role("button", name="Add another Participant").focus()
    keys.press("Enter")
    expect(ayu.locator("#id_participants-1-side")).to_be_focused()
    keys.type("Own")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("Siti Aminah")
    expect(ayu.locator(".select2-results__option--highlighted")).to_have_text(
        "Create “Siti Aminah”"
    )
    keys.press("Enter")
    expect(ayu.locator("#participants-1 .created")).to_have_text("“Siti Aminah” is created.")

    ayu.get_by_text("Paste a list").focus()
    keys.press("Enter")
    keys.press("Tab")
    keys.insert_text(PASTED)
    keys.press("Tab")
    keys.press("Enter")
    expect(ayu.locator("#id_agreed_points-0-text")).to_have_value("Meet again in Moscow.")
    expect(ayu.locator("#id_agreed_points-0-text")).to_be_focused()
    expect(ayu.locator("#id_agreed_points-1-text")).to_have_value("Exchange notes.")
    expect(ayu.locator("#paste-agreed_points")).to_have_value("Both sides agreed:")

    keys.press("Control+s")
    expect(ayu.locator(".messagelist")).to_contain_text("was added successfully")
    record = Round.objects.get(edition=11)
    assert (record.host, str(record.date), record.status) == ("partner", "2021-10-15", "held")
    assert [str(venue) for venue in record.venues.all()] == ["Moscow"]
    assert [(str(p), p.side, p.role) for p in record.participants.all()] == [
        ("Rinat Alyautdinov", "partner", "head"),
        ("Siti Aminah", "own", "member"),
    ]
    assert [(p.number, p.text) for p in record.agreed_points.all()] == [
        (1, "Meet again in Moscow."),
        (2, "Exchange notes."),
    ]


def test_a_proposal_never_overwrites_what_was_typed(ayu: Page, scene: Scene) -> None:
    last_round(scene)
    ayu.goto(ADD)
    ayu.get_by_label("Edition:").fill("12")
    ayu.locator("#id_series + .select2").click()
    ayu.keyboard.type("russ")
    ayu.locator(".select2-results__option", has_text="Russia").click()
    ayu.get_by_role("button", name="Take over what is still empty").click()
    expect(ayu.get_by_label("Host:")).to_have_value("partner")
    expect(ayu.get_by_label("Edition:")).to_have_value("12")
    ayu.get_by_role("button", name="Edition: 11").click()
    expect(ayu.get_by_label("Edition:")).to_have_value("11")


def test_leaving_asks_and_a_lost_session_costs_nothing(ayu: Page, scene: Scene) -> None:
    record = scene.round(summary="As it was")
    ayu.goto(change(record))
    state = ayu.locator("[data-saved-state]")
    summary = ayu.get_by_label("Summary:")
    summary.fill("Typed for an hour")
    expect(state).to_have_text(re.compile(r"^Not saved yet; kept for you at \d\d:\d\d\.$"))

    ayu.on("dialog", lambda dialog: dialog.dismiss())
    with ayu.expect_event("dialog") as asked:
        ayu.get_by_role("link", name="Home").click(no_wait_after=True)
    assert asked.value.type == "beforeunload"
    expect(summary).to_have_value("Typed for an hour")

    ayu.context.clear_cookies(name="sessionid")
    summary.fill("Typed for two hours")
    expect(state).to_contain_text("You have been signed out. What you type is kept")
    ayu.keyboard.press("Control+s")
    ayu.get_by_label("Username:").fill("ayu")
    ayu.get_by_label("Password:").fill(PASSWORD)
    ayu.get_by_role("button", name="Log in").click()
    expect(ayu.locator("[data-taken-up]")).to_contain_text("This is what you had typed by")
    expect(summary).to_have_value("Typed for two hours")
    ayu.keyboard.press("Control+s")
    expect(ayu.locator(".messagelist")).to_contain_text("was changed successfully")
    record.refresh_from_db()
    assert record.summary == "Typed for two hours"
    assert not UnsavedWork.objects.exclude(sent="").exists()


def test_work_left_in_a_hurry_is_offered_when_the_round_is_opened_again(
    ayu: Page, scene: Scene
) -> None:
    record = scene.round(summary="As it was")
    ayu.goto(change(record))
    ayu.get_by_label("Summary:").fill("Half a sentence")
    expect(ayu.locator("[data-saved-state]")).to_contain_text("kept for you at")
    ayu.on("dialog", lambda dialog: dialog.accept())
    ayu.goto(change(record))
    expect(ayu.get_by_label("Summary:")).to_have_value("As it was")
    expect(ayu.locator(".unsaved")).to_contain_text("You left unsaved work here at")
    ayu.get_by_role("link", name="Take it up").click()
    expect(ayu.get_by_label("Summary:")).to_have_value("Half a sentence")
    ayu.goto(change(record))
    ayu.get_by_role("button", name="Drop it").click()
    expect(ayu.locator(".messagelist")).to_have_text("The unsaved work is dropped.")
    assert not UnsavedWork.objects.exclude(sent="").exists()


def test_two_officers_save_the_same_round_and_nothing_is_lost(
    ayu: Page, chromium: Browser, scene: Scene, live_server: Any
) -> None:
    record = scene.round(summary="As both opened it", next_round_note="")
    AgreedPoint.objects.create(round=record, number=1, text="Meet")
    elsewhere = chromium.new_context(base_url=live_server.url, locale="en")
    fajar = elsewhere.new_page()
    sign_in(elsewhere, person("fajar", DESK_OFFICERS, desk=scene.europe), live_server)
    for page in (ayu, fajar):
        page.goto(change(record))

    fajar.get_by_label("Summary:").fill("Fajar's words")
    fajar.get_by_label("Next round:").fill("In Moscow")
    fajar.locator("#id_agreed_points-0-text").fill("Meet in Moscow")
    fajar.keyboard.press("Control+s")
    expect(fajar.locator(".messagelist")).to_contain_text("was changed successfully")

    ayu.get_by_label("Summary:").fill("Ayu's words")
    ayu.locator("#id_agreed_points-0-text").fill("Meet soon")
    ayu.locator("#id_agreed_points-0-due").fill("2022")
    ayu.keyboard.press("Control+s")
    both = ayu.locator(".both")
    expect(both).to_contain_text("Fajar saved it at")
    expect(both.locator(".both__taken")).to_have_text("Next round")
    summary = both.get_by_role("group", name="Summary")
    point = both.get_by_role("group", name="Agreed point 1 Meet · Text")
    expect(summary.locator(".both__said")).to_have_text(
        ["As both opened it", "Fajar's words", "Ayu's words"]
    )
    expect(point.locator(".both__said")).to_have_text(
        ["Meet", "Meetadded:  in Moscow", "Meetadded:  soon"]
    )
    expect(point.locator("ins")).to_have_text(["added:  in Moscow", "added:  soon"])
    expect(ayu.get_by_label("Summary:")).to_have_value("Ayu's words")
    expect(ayu.locator("#id_agreed_points-0-due")).to_have_value("2022")
    assert Round.objects.get().summary == "Fajar's words"

    summary.get_by_label("Take theirs").check()
    point.get_by_label("Take mine, as it stands in the form").check()
    ayu.locator("#id_agreed_points-0-text").fill("Meet soon in Moscow")
    ayu.keyboard.press("Control+s")
    expect(ayu.locator(".messagelist")).to_contain_text("was changed successfully")
    record.refresh_from_db()
    assert (record.summary, record.next_round_note) == ("Fajar's words", "In Moscow")
    stands = record.agreed_points.get()
    assert (stands.text, str(stands.due)) == ("Meet soon in Moscow", "2022")
    elsewhere.close()


def test_a_file_is_not_lost_with_the_session_nor_when_another_gave_one(
    ayu: Page, chromium: Browser, scene: Scene, live_server: Any
) -> None:
    record = scene.round()
    Source.objects.create(round=record, publisher="The ministry")
    ayu.goto(change(record))
    elsewhere = chromium.new_context(base_url=live_server.url, locale="en")
    fajar = elsewhere.new_page()
    sign_in(elsewhere, person("fajar", DESK_OFFICERS, desk=scene.europe), live_server)
    fajar.goto(change(record))
    fajar.locator("#sources-0").get_by_label("File:").set_input_files(
        {"name": "fajars.txt", "mimeType": "text/plain", "buffer": b"The text as sent to us"}
    )
    fajar.keyboard.press("Control+s")
    expect(fajar.locator(".messagelist")).to_contain_text("was changed successfully")
    elsewhere.close()

    source = ayu.locator("#sources-0")
    source.get_by_label("File:").set_input_files(
        {"name": "ayus.txt", "mimeType": "text/plain", "buffer": b"The text as it was signed"}
    )
    expect(ayu.locator("[data-saved-state]")).to_contain_text("kept for you at")
    ayu.context.clear_cookies(name="sessionid")
    ayu.keyboard.press("Control+s")
    ayu.get_by_label("Username:").fill("ayu")
    ayu.get_by_label("Password:").fill(PASSWORD)
    ayu.get_by_role("button", name="Log in").click()
    asked = ayu.locator(".both").get_by_role("group", name="Source The ministry · File")
    expect(asked.locator(".both__version p")).to_have_text(
        [
            "empty",
            "fajars.txt · plain text, 22 bytes",
            "ayus.txt · plain text, 25 bytes",
        ]
    )
    expect(source.get_by_label("ayus.txt")).to_be_checked()
    asked.get_by_label("Take mine, as it stands in the form").check()
    ayu.keyboard.press("Control+s")
    expect(ayu.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(source.get_by_role("link", name="ayus.txt")).to_be_visible()
    ayu.get_by_role("link", name="History").click()
    names = ayu.locator(".history__fields tr").filter(has_text="Name of the file")
    expect(names.first).to_contain_text("fajars.txt")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_and_everything_fits(
    chromium: Browser, scene: Scene, live_server: Any, width: int, scheme: Any
) -> None:
    # Axe copies styles that scripts gave, which the content policy would refuse.
    context = chromium.new_context(
        base_url=live_server.url,
        locale="en",
        bypass_csp=True,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    sign_in(context, scene.ayu, live_server)
    page = context.new_page()
    record = whole_round(scene.russia, summary="As both opened it")
    for number in range(4, 10):
        AgreedPoint.objects.create(round=record, number=number, text=f"Point {number}")
    page.goto(change(record))
    Round.objects.filter(pk=record.pk).update(summary="Theirs")
    page.get_by_label("Summary:").fill("Mine")
    page.keyboard.press("Control+s")
    expect(page.locator(".both")).to_be_visible(timeout=20000)
    for address in (None, "/admin/", f"{ADD}?series=russia-dialogue&people=last"):
        if address:
            page.on("dialog", lambda dialog: dialog.accept())
            page.goto(address)
        assert (address, found_by_axe(page)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
    context.close()
