"""Listings in a browser: an analyst's questions answered by clicking, with and without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dialogues.models import AgreedPoint, FollowUp, Round, Topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RUSSIA_11 = "indonesia-russia-human-rights-dialogue-11"


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def reader(
    request: pytest.FixtureRequest, chromium: Browser, live_server: Any, sample: None
) -> Iterator[Page]:
    """Somebody at the overview, with JavaScript and without."""
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": 1280, "height": 800},
        locale="en",
        java_script_enabled=request.param,
    )
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def menu(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).click()


def facet(page: Page, name: str) -> Locator:
    """What opens a filter."""
    return page.locator("details.facet > summary").filter(has_text=name).first


def told(page: Page) -> Locator:
    """How many there are, as it is told."""
    return page.locator("#count[role=status]")


def titles(page: Page) -> list[str]:
    return page.locator("tbody .cell-title a").all_inner_texts()


def cells(row: Locator) -> list[str]:
    return [" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()]


def agreed_on_medicines() -> None:
    """What the sample has not: two points on access to medicines, one of them before 2015."""
    topic = Topic.objects.get(slug="access-to-medicines")
    for slug, status in (
        (RUSSIA_11, "done"),
        ("indonesia-norway-human-rights-dialogue-8", "open"),
    ):
        round_ = Round.objects.get(slug=slug)
        point = AgreedPoint.objects.create(
            round=round_, number=9, text=f"Share medicines, says {slug}", status=status
        )
        point.topics.add(topic)
        if status == "done":
            FollowUp.objects.create(
                point=point, date="2022-03", status="done", note="A first delivery arrived."
            )


def test_what_was_agreed_on_access_to_medicines_with_whom_and_what_came_of_it(
    reader: Page,
) -> None:
    agreed_on_medicines()
    menu(reader, "Agreed points")
    facet(reader, "Topic").click()
    reader.get_by_role("checkbox", name="Access to medicines").check()
    apply(reader)
    expect(told(reader)).to_have_text("2 agreed points")
    facet(reader, "When").click()
    reader.get_by_label("From", exact=True).fill("2015")
    reader.get_by_label("From", exact=True).press("Enter")
    expect(told(reader)).to_have_text("1 agreed point")
    expect(reader.locator("tbody tr")).to_have_count(1)
    row = reader.locator("tbody tr")
    expect(row).to_contain_text("Indonesia–Russia Human Rights Dialogue, edition 11")
    expect(row).to_contain_text("Done")
    reader.get_by_role("link", name=f"Share medicines, says {RUSSIA_11}").click()
    expect(reader.get_by_role("main")).to_contain_text("A first delivery arrived.")


def test_nothing_is_agreed_yet_on_medicines_and_who_spoke_of_them_is_told(reader: Page) -> None:
    menu(reader, "Topics")
    reader.get_by_role("link", name="Access to medicines", exact=True).click()
    main = reader.get_by_role("main")
    expect(main).to_contain_text("No agreed point is recorded under this topic.")
    raised = main.get_by_role("row").filter(has_text="Russia").first
    assert cells(raised) == ["Russia", "1", "1 (2021)", "–", "–", *["15 October 2021"] * 2]


def test_when_we_last_sat_with_iran(reader: Page) -> None:
    partner = reader.locator(".partners li").filter(has_text="Iran")
    expect(partner).to_have_text("Iran 12 February 2023")
    partner.get_by_role("link").click()
    first = reader.get_by_role("table", name="Series by when they last met").locator("tbody tr")
    assert cells(first.first)[:2] == ["Indonesia-Iran policy planning dialogue", "1"]
    first.first.get_by_role("link", name="12 February 2023").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(
        "Indonesia-Iran policy planning dialogue, edition 8"
    )


def test_who_hosts_next(reader: Page) -> None:
    coming = reader.get_by_role("region", name="Next rounds, and who hosts")
    expect(coming.locator("li").first).to_have_text("None planned or confirmed.")
    reader.get_by_role("link", name="All that are planned, confirmed or postponed").click()
    expect(told(reader)).to_have_text("1 round")
    assert titles(reader) == ["Indonesia–Russia Human Rights Dialogue, edition 12"]
    reader.get_by_role("link", name="Indonesia–Russia Human Rights Dialogue, edition 12").click()
    hosts = reader.locator("dt", has_text="Host").locator("xpath=following-sibling::dd[1]")
    expect(hosts).to_have_text("Russia")


def test_what_the_norwegians_always_raise(reader: Page) -> None:
    reader.locator(".partners").get_by_role("link", name="Norway").click()
    topics = reader.get_by_role("table", name="Topics by the number of rounds").locator("tbody tr")
    assert [cells(topics.nth(place)) for place in range(3)] == [
        ["Rights of the child", "6", "2008–2021", "–"],
        ["Civil and political rights", "3", "2009–2021", "–"],
        ["Freedom of religion", "3", "2009–2021", "–"],
    ]
    topics.first.get_by_role("link", name="6", exact=True).click()
    expect(told(reader)).to_have_text("6 rounds with Norway")
    assert titles(reader) == [
        f"Indonesia–Norway Human Rights Dialogue, edition {edition}"
        for edition in (15, 14, 10, 9, 8, 7)
    ]


def apply(page: Page) -> None:
    """Send the form, which without a script nothing else does."""
    page.get_by_role("button", name="Apply filters").first.click()


def same_document(page: Page) -> bool:
    """Whether the page is still the one that `window.marked` was set in."""
    return bool(page.evaluate("window.marked === true"))


def test_a_tick_lists_in_place_and_going_back_lands_on_the_same_list(
    browser_page: Page, live_server: Any, sample: None
) -> None:
    page = browser_page
    page.goto("/rounds/")
    page.evaluate("window.marked = true")
    expect(told(page)).to_have_text("37 rounds")
    facet(page, "Partner").click()
    page.get_by_role("checkbox", name="Iran").check()
    expect(told(page)).to_have_text("4 rounds with Iran")
    expect(page).to_have_url(f"{live_server.url}/rounds/?partner=IR")
    assert same_document(page)
    page.get_by_role("checkbox", name="Russia").check()
    expect(told(page)).to_have_text("10 rounds")
    # As they stand in the form, which keeps its order.
    with_both = f"{live_server.url}/rounds/?partner=RU&partner=IR"
    expect(page).to_have_url(with_both)
    assert same_document(page)
    listed = titles(page)
    assert len(listed) == 10
    page.get_by_role("checkbox", name="Iran").uncheck()
    expect(told(page)).to_have_text("6 rounds with Russia")
    expect(page).to_have_url(f"{live_server.url}/rounds/?partner=RU")
    assert same_document(page)
    page.get_by_role("checkbox", name="Iran").check()
    expect(told(page)).to_have_text("10 rounds")
    page.get_by_role("link", name="Indonesia–Iran Human Rights Dialogue, edition 5").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("edition 5")
    page.go_back()
    expect(told(page)).to_have_text("10 rounds")
    expect(page).to_have_url(with_both)
    assert titles(page) == listed
    expect(page.get_by_role("checkbox", name="Iran")).to_be_checked()
    page.go_back()
    expect(told(page)).to_have_text("6 rounds with Russia")
    expect(page).to_have_url(f"{live_server.url}/rounds/?partner=RU")
    assert len(titles(page)) == 6


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus."""
    for _press in range(80):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab never got there")


def test_the_keyboard_alone_filters_opens_and_returns(
    browser_page: Page, live_server: Any, sample: None
) -> None:
    page = browser_page
    page.goto("/rounds/")
    tab_to(page, facet(page, "Partner"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("checkbox", name="Iran"))
    page.keyboard.press("Space")
    expect(told(page)).to_have_text("4 rounds with Iran")
    # Whoever ticks goes on from there.
    expect(page.get_by_role("checkbox", name="Iran")).to_be_focused()
    title = "Indonesia–Iran Human Rights Dialogue, edition 7"
    tab_to(page, page.get_by_role("link", name=title))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    # Alt and the left arrow are the window's, which there is none of here.
    page.evaluate("history.back()")
    expect(told(page)).to_have_text("4 rounds with Iran")
    expect(page).to_have_url(f"{live_server.url}/rounds/?partner=IR")


def test_a_broken_date_leaves_the_list_and_says_so_at_its_field(
    browser_page: Page, live_server: Any, sample: None
) -> None:
    page = browser_page
    page.goto("/rounds/?partner=IR")
    listed = titles(page)
    facet(page, "When").click()
    page.get_by_label("From", exact=True).fill("soon")
    page.get_by_label("From", exact=True).press("Tab")
    expect(page.locator("#problems")).to_contain_text("“soon” is not understood as a date.")
    expect(page.get_by_label("From", exact=True)).to_have_value("soon")
    expect(page.get_by_label("From", exact=True)).to_have_attribute("aria-invalid", "true")
    page.get_by_role("alert").get_by_role("link", name="“soon” is not").click()
    expect(page.get_by_label("From", exact=True)).to_be_focused()
    expect(told(page)).to_have_text("4 rounds with Iran")
    assert (titles(page), len(listed)) == (listed, 4)
    expect(page).to_have_url(f"{live_server.url}/rounds/?partner=IR#f-date_from")
