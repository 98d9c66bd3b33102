"""A day at the desk in a browser: two officers, a publisher, an administrator and an analyst."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pghistory
import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from dialogues.models import AgreedPoint, Participant, Person, Round, Topic
from tests.days import days_pass
from tests.rounds import published, whole_round
from tests.scene import Scene, scene
from tests.test_browser_review import ROUNDS, as_user

__all__ = ["scene"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Russia Human Rights Dialogue"


def act(page: Page, action: str, *rows: str) -> None:
    """Tick these rows of a list, and have the action done to them."""
    for row in rows:
        page.locator("#result_list tbody tr", has_text=row).locator(".action-select").check()
    page.get_by_label("Action:").select_option(label=action)
    page.get_by_role("button", name="Go", exact=True).click()


def test_the_start_page_leads_to_what_waits_and_each_desk_sees_its_own(
    browser_page: Page, live_server: Any, scene: Scene
) -> None:
    page = browser_page
    with pghistory.context(user=scene.ayu.pk):
        draft = scene.round(edition=1, date="2020")
        secret = scene.round(edition=2, date="2021", visibility="restricted")
    AgreedPoint.objects.create(round=draft, number=1, text="Meet again", due="2020", status="open")

    as_user(page, scene.ayu, live_server)
    page.goto("/admin/")
    drafts = page.get_by_role("region", name="My drafts")
    expect(drafts.get_by_role("listitem")).to_have_count(2)
    overdue = page.get_by_role("region", name="Overdue on my desk")
    expect(overdue).to_contain_text("1. Meet again")
    page.get_by_role("region", name="Data checks on my series").get_by_role(
        "link", name="Agreed points without a topic"
    ).click()
    expect(page.locator(".checks__list")).to_contain_text(f"{TITLE}, edition 1")
    page.go_back()
    drafts.get_by_role("link", name=f"{TITLE}, edition 2").click()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()

    # The other desk reads the one, cannot write it, and has no notion of the other.
    as_user(page, scene.budi, live_server)
    page.goto("/admin/")
    expect(page.get_by_role("region", name="My drafts")).to_contain_text("You have no drafts.")
    page.goto(ROUNDS)
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.goto(f"{ROUNDS}{draft.pk}/change/")
    expect(page.locator(".standing__state")).to_have_text("Draft")
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    page.goto(f"{ROUNDS}{secret.pk}/change/")
    expect(page.locator(".messagelist")).to_contain_text("doesn’t exist")


def test_an_analyst_reads_what_is_published_and_writes_nothing(
    browser_page: Page, live_server: Any, scene: Scene
) -> None:
    page = browser_page
    stands = whole_round(scene.russia, visibility="internal")
    draft = scene.round(edition=12, date="2022")
    scene.eka.is_staff = False
    scene.eka.save()
    as_user(page, scene.eka, live_server)
    page.goto(f"{ROUNDS}{stands.pk}/change/")
    expect(page).to_have_url(re.compile("/admin/login/"))
    answer = page.goto(draft.get_absolute_url())
    assert answer
    assert answer.status == 404
    page.goto(stands.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{TITLE}, edition 11")


def test_what_is_there_already_is_shown_and_asked_about_before_saving(
    browser_page: Page, live_server: Any, scene: Scene
) -> None:
    page = browser_page
    whole_round(scene.russia)
    as_user(page, scene.ayu, live_server)
    page.goto("/admin/dialogues/person/add/")
    page.get_by_label("Name").fill("Rinat Alyaudinov")
    expect(page.locator("output.alike")).to_contain_text("Rinat Alyautdinov (a similar name)")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("It is another one: save it").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    assert Person.objects.filter(name__startswith="Rinat").count() == 2


def test_two_who_are_one_are_merged_and_parted_again(
    browser_page: Page, live_server: Any, scene: Scene
) -> None:
    page = browser_page
    whole_round(scene.russia)
    other = published(scene.fiji, edition=1)
    twice = Person.objects.create(name="Rinat Alyaudinov", slug="rinat-alyaudinov")
    Participant.objects.create(round=other, person=twice, side="partner", role="head")

    as_user(page, scene.dewi, live_server)
    page.goto("/admin/dialogues/person/")
    act(page, "Merge into…", "Rinat Alyaudinov")
    expect(page.locator("#content")).to_contain_text("this moves:")
    page.locator("#id_into + .select2").click()
    page.keyboard.type("Alyautd")
    page.locator(".select2-results__option", has_text="Rinat Alyautdinov").click()
    page.get_by_role("button", name="Merge").click()
    expect(page.locator(".messagelist")).to_contain_text("Alyautdinov")
    stays = Person.objects.get(name__startswith="Rinat")
    assert (stays.slug, stays.former_slugs) == ("rinat-alyautdinov", ["rinat-alyaudinov"])
    assert stays.participations.count() == 2

    page.goto(f"/admin/dialogues/person/{stays.pk}/change/")
    page.get_by_role("button", name="Take “Rinat Alyaudinov” out again").click()
    expect(page.locator(".messagelist")).to_contain_text("Rinat Alyaudinov")
    assert Participant.objects.get(round=other).person.name == "Rinat Alyaudinov"


def test_a_finding_of_the_data_checks_is_let_stand_with_a_reason(
    browser_page: Page, live_server: Any, scene: Scene
) -> None:
    page = browser_page
    published(scene.russia, edition=2)
    as_user(page, scene.ayu, live_server)
    page.goto("/admin/")
    page.get_by_role("link", name="Data checks on my series").click()
    gap = page.locator(".checks__list > li", has_text="Edition 1 is not recorded.")
    gap.locator("summary").click()
    gap.get_by_label("Why it is no mistake").fill("It never met.")
    gap.get_by_role("button", name="Let it stand").click()
    expect(gap).to_have_count(0)
    page.get_by_role("link", name="Let stand", exact=True).click()
    expect(page.locator(".checks__list")).to_contain_text("It never met. (Ayu, ")


def test_many_points_get_a_topic_and_a_day_at_once(
    browser_page: Page, live_server: Any, scene: Scene
) -> None:
    page = browser_page
    record = whole_round(scene.russia)
    other = published(scene.fiji, edition=1)
    AgreedPoint.objects.create(round=other, number=1, text="Meet on an island")
    Topic.objects.create(name="Rule of law", slug="rule-of-law")
    as_user(page, scene.ayu, live_server)
    page.goto("/admin/dialogues/agreedpoint/")
    act(page, "Change the chosen points…", "Agreed no. 1", "Agreed no. 2", "Meet on an island")
    page.locator("#id_add + .select2").click()
    page.keyboard.type("rule")
    page.locator(".select2-results__option", has_text="Rule of law").click()
    page.get_by_role("textbox", name="Due:").fill("June 2023")
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("2 points changed.")
    expect(page.locator(".messagelist")).to_contain_text(
        "Left as it was: fiji-dialogue-1.1. This round is not yours to change."
    )
    assert [
        (str(point.due or ""), sorted(topic.slug for topic in point.topics.all()))
        for point in record.agreed_points.order_by("number")
    ] == [
        ("2023-06", ["right-to-health", "rule-of-law"]),
        ("2023-06", ["right-to-health", "rule-of-law"]),
        ("", ["right-to-health"]),
    ]


def test_many_rounds_are_submitted_and_what_is_refused_says_why(
    browser_page: Page, live_server: Any, scene: Scene
) -> None:
    page = browser_page
    scene.round(edition=1, date="2020")
    published(scene.russia, edition=2)
    as_user(page, scene.ayu, live_server)
    page.goto(ROUNDS)
    act(page, "Submit the chosen rounds for review", "edition 1", "edition 2")
    expect(page.locator(".outcomes td:last-child")).to_have_text(
        [
            "Can be done",
            "Would be refused. No step leads from “Published” to “In review”.",
        ],
        use_inner_text=True,
    )
    page.get_by_role("button", name="Submit for review").click()
    expect(page.locator(".step__said")).to_have_text(
        ["1 round submitted for review.", "1 was refused."]
    )


def test_a_deleted_draft_is_found_and_brought_back(
    browser_page: Page, live_server: Any, scene: Scene
) -> None:
    page = browser_page
    record = scene.round(edition=1, date="2020", summary="As it was")
    as_user(page, scene.ayu, live_server)
    page.goto(f"{ROUNDS}{record.pk}/change/")
    page.get_by_role("link", name="Delete").click()
    page.get_by_label("Why (optional)").fill("Entered twice")
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was deleted successfully")
    page.goto(f"{ROUNDS}deleted/")
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".messagelist")).to_have_text(f"Brought back: {TITLE}, edition 1")
    expect(page.locator("#id_summary")).to_have_value("As it was")


def test_a_round_is_read_as_it_stood_on_a_day(
    browser_page: Page, live_server: Any, scene: Scene
) -> None:
    page = browser_page
    record = whole_round(scene.russia)
    with transaction.atomic():
        days_pass(10)
    Round.objects.update(summary="Rewritten since")
    page.goto(record.get_absolute_url())
    expect(page.locator("article")).to_contain_text("Rewritten since")
    page.get_by_text("As it stood on an earlier day").click()
    day = (timezone.localdate() - timedelta(days=5)).isoformat()
    page.locator("#id_as_of").fill(day)
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(f"as_of={day}"))
    expect(page.locator("article")).to_contain_text("They compared what works.")
