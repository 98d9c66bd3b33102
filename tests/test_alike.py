"""What is there already is told while somebody types, and asked once before it is saved anew."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dialogues.admin.alike import named, points, rounds, venues
from dialogues.dates import PartialDate
from dialogues.models import AgreedPoint, Country, Participant, Person, Round, Topic, Venue
from tests.rounds import published, whole_round
from tests.scene import PASSWORD, Scene, scene, signed_in
from tests.test_admin import page_of

__all__ = ["scene"]


def told(found: Any) -> list[tuple[str, str]]:
    return [(str(one.record), one.why) for one in found]


def test_a_round_of_the_same_edition_or_about_the_same_time(scene: Scene) -> None:
    published(scene.russia, edition=11, date=PartialDate("2021-10-15"))
    published(scene.russia, edition=12, date=PartialDate("2022"))
    published(scene.fiji, edition=11, date=PartialDate("2021-10-15"))
    series = scene.russia.pk
    eleventh = "Russia Human Rights Dialogue, edition 11"
    same, near = (eleventh, "the same edition"), (
        eleventh, "about the same time: 15 October 2021",
    )  # fmt: skip
    for typed, found in (
        ({"series": series, "edition": "11"}, [same]),
        ({"series": series, "date": "Nov 2021"}, [near]),
        ({"series": series, "date": "14 September 2021"}, [near]),
        ({"series": series, "date": "13 September 2021"}, []),
        ({"series": series, "date": "2021"}, []),
        ({"series": series, "date": "2022-05-01"}, []),
        ({"series": series, "date": "no date", "edition": "x"}, []),
        ({"date": "15 October 2021"}, []),
    ):
        assert told(rounds(scene.ayu, typed, 0)) == found, typed
    record = Round.objects.get(series=scene.russia, edition=11)
    assert rounds(scene.ayu, {"series": series, "edition": "11"}, record.pk) == []


def test_names_places_and_points_that_are_nearly_the_same(scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    AgreedPoint.objects.create(
        round=round_, number=4, text="Cooperate in the procurement of vaccines for all."
    )
    ask = named(Person)
    assert told(ask(scene.ayu, {"name": "Rinat Alyaudinov"}, 0)) == [
        ("Rinat Alyautdinov", "a similar name")
    ]
    assert told(ask(scene.ayu, {"name": ""}, 0)) == told(ask(scene.ayu, {"name": "%\0'"}, 0)) == []
    assert told(venues(scene.ayu, {"city": "Moscov"}, 0)) == [("Moscow, Russia", "a similar name")]
    assert venues(scene.ayu, {"city": "Bogor"}, 0) == []
    words = {"series": scene.russia.pk, "text": "Cooperate in procurement of vaccines"}
    assert told(points(scene.ayu, words, 0)) == [
        ("4. Cooperate in the procurement of vaccines for all.", "nearly the same words")
    ]
    assert points(scene.ayu, {**words, "series": scene.fiji.pk}, 0) == []


def test_what_one_does_not_see_is_like_nothing(scene: Scene) -> None:
    hidden = scene.round(
        scene.russia, edition=11, visibility="restricted", date=PartialDate("2021-10-15")
    )
    secret = Person.objects.create(name="Secret Name", slug="secret")
    Participant.objects.create(round=hidden, person=secret, side="own")
    AgreedPoint.objects.create(round=hidden, number=1, text="Secret agreement on everything")
    hidden.venues.add(Venue.objects.create(city="Secret City"))
    hidden.topics.add(Topic.objects.create(name="Secret names", slug="secret"))
    typed = {
        "series": scene.russia.pk, "edition": "11", "date": "15 October 2021",
        "city": "Secret City", "name": "Secret Name", "text": "Secret agreement on everything",
    }  # fmt: skip
    asked = (rounds, named(Person), named(Topic), venues, points)
    assert [len(ask(scene.budi, typed, 0)) for ask in asked] == [0] * 5
    assert [len(ask(scene.ayu, typed, 0)) for ask in asked] == [1, 1, 1, 1, 1]


def test_whoever_enters_what_is_there_is_asked_once(scene: Scene) -> None:
    whole_round(scene.russia)
    client, add = signed_in(scene.ayu), "/admin/dialogues/person/add/"
    typed = {"name": "Rinat Alyaudinov", "also_written": "R. A.", "slug": ""}

    asked = client.post(add, typed).content.decode()
    assert "Not saved yet: this may be there already." in asked
    person = Person.objects.get(slug="rinat-alyautdinov")
    assert f'href="/admin/dialogues/person/{person.pk}/change/"' in asked
    assert 'value="R. A."' in asked
    assert not Person.objects.filter(name="Rinat Alyaudinov").exists()

    assert client.post(add, {**typed, "another": "1"}).status_code == 302
    assert Person.objects.filter(name="Rinat Alyaudinov").exists()


def test_a_point_is_not_like_itself(scene: Scene) -> None:
    record = scene.round()
    point = AgreedPoint.objects.create(round=record, number=1, text="Exchange notes on health")
    page = signed_in(scene.ayu).get(page_of(record)).content.decode()
    [asking] = re.findall(r'<textarea name="agreed_points-0-text"(.*?)>', page, re.DOTALL)
    [(address, besides)] = re.findall(
        r'data-alike="(.*?)".*?data-alike-besides="(.*?)"', asking, re.DOTALL
    )
    assert besides == str(point.pk)
    asked = {"series": str(record.series_id), "text": "Exchange notes on health!"}
    client = signed_in(scene.ayu)
    assert client.get(address, asked | {"besides": besides}).json() == {"found": []}
    assert len(client.get(address, asked).json()["found"]) == 1


def test_only_who_may_look_is_answered(scene: Scene, client: Any) -> None:
    published(scene.russia, edition=1)
    for model in ("round", "person", "topic", "issue", "venue", "series", "partner", "agreedpoint"):
        at = f"/admin/dialogues/{model}/alike/"
        assert client.get(at).status_code == 302
        assert signed_in(scene.ayu).get(at).json() == {"found": []}
    at = f"/admin/dialogues/round/alike/?series={scene.russia.pk}&edition=1"
    assert [one["name"] for one in signed_in(scene.ayu).get(at).json()["found"]] == [
        "Russia Human Rights Dialogue, edition 1"
    ]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_officer_is_told_while_typing(browser_page: Page) -> None:
    scene = Scene()
    whole_round(scene.russia)
    Venue.objects.create(city="Geneva", country=Country.objects.get(code="CH"))
    page = browser_page
    page.goto("/admin/dialogues/venue/add/")
    page.get_by_label("Username").fill("ayu")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    page.get_by_label("City").fill("Genev")
    expect(page.locator("output.alike")).to_have_text(
        "There already:Geneva, Switzerland (a similar name)"
    )
    page.get_by_label("City").fill("Bogor")
    expect(page.locator("output.alike")).to_have_text("")
    page.get_by_label("City").fill("Genev")
    page.get_by_label("City").press("Enter")
    box = page.get_by_label("It is another one: save it")
    expect(page.get_by_label("City")).to_have_value("Genev")
    box.check()
    page.get_by_label("City").press("Enter")
    expect(page.get_by_text("was added successfully")).to_be_visible()
