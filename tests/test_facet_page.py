"""All values of one filter on a page of their own, to find the one that is not in sight."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from dialogues.filters import Counted, as_tree, found
from dialogues.listings import LISTINGS
from dialogues.models import Participant, Partner, Person, Series, Topic
from dialogues.views.facet_page import FacetPage

from .rounds import published
from .scene import Scene, signed_in

TWELVE = ("AU", "AT", "BE", "BR", "CA", "CL", "CN", "DE", "FR", "IN", "JP", "NL")


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


def ticks(client: Client, address: str) -> list[tuple[str, str, str, bool]]:
    """Each tick of the page: value, label, count and whether it is set."""
    page = client.get(address).content.decode()
    lines = re.findall(
        r'<label class="tick([^"]*)"><input [^>]*value="([^"]*)"( checked)?> '
        r'<span>([^<]*)</span> <span class="tick__count">([^<]*)</span>',
        page,
    )
    return [
        (value, html.unescape(label), count, bool(checked))
        for _under, value, checked, label, count in lines
    ]


def eighty_people(scene: Scene) -> None:
    round_ = published(scene.russia, edition=1)
    for number in range(80):
        person = Person.objects.create(name=f"Person {number:02}", slug=f"person-{number}")
        Participant.objects.create(round=round_, person=person, side="own")
    minister = Person.objects.create(name="Ринат Аляутдинов / Rinat Alyautdinov", slug="rinat")
    Participant.objects.create(round=round_, person=minister, side="partner")


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("person 79", ["person-79"]),
        ("79", ["person-79"]),
        ("RINAT", ["rinat"]),
        ("Alyaudinov", ["rinat"]),
        ("nobody at all", []),
        ("%", []),
        ("🙂" * 500, []),
    ],
)
def test_the_eightieth_person_is_found_by_typing(
    scene: Scene, client: Client, typed: str, slugs: list[str]
) -> None:
    eighty_people(scene)
    response = client.get("/filters/rounds/person/", {"find": typed})
    page = response.content.decode()
    assert re.findall(r'name="person" value="([^"]*)"', page) == slugs
    assert ("Nothing is called so" in page) is (not slugs)
    assert f"{len(slugs)} value" in page


def test_values_stand_under_the_other_filters_and_those_chosen_first(
    scene: Scene, client: Client
) -> None:
    eighty_people(scene)
    other = published(scene.norway, edition=1)
    guest = Person.objects.create(name="Guest", slug="guest")
    Participant.objects.create(round=other, person=guest, side="partner")
    address = "/filters/rounds/person/?partner=NO&partner=RU&person=guest"
    assert ticks(client, address)[:2] == [
        ("guest", "Guest", "1", True),
        ("person-0", "Person 00", "1", False),
    ]
    assert ticks(client, "/filters/rounds/person/?partner=NO") == [("guest", "Guest", "1", False)]
    page = client.get(address).content.decode()
    sent = page[page.index('<form action="/rounds/"') :]
    assert '<input type="hidden" name="partner" value="RU">' in sent
    assert '<input type="hidden" name="person"' not in sent


def test_what_has_no_value_can_be_asked_for_too(scene: Scene, client: Client) -> None:
    published(scene.russia, edition=1)
    assert ticks(client, "/filters/rounds/topic/") == [("true", "Not recorded", "1", False)]


def test_a_topic_lies_under_the_one_above_it(scene: Scene, client: Client) -> None:
    rights = Topic.objects.create(name="Rights", slug="rights")
    child = Topic.objects.create(name="Rights of the child", slug="child", parent=rights)
    published(scene.russia, edition=1).topics.add(child)
    published(scene.russia, edition=2).topics.add(rights)
    for address in ("/rounds/", "/filters/rounds/topic/"):
        page = client.get(address).content.decode()
        lines = re.findall(r'class="tick([^"]*)"><input [^>]*name="topic" value="([^"]*)"', page)
        assert lines == [("", "rights"), (" tick--under-1", "child")]


def test_a_list_beside_leads_to_all_values_under_the_same_filters(
    scene: Scene, client: Client
) -> None:
    for number, code in enumerate(TWELVE):
        partner = Partner.objects.create(code=code, name=f"Country {code}", kind="country")
        series = Series.objects.create(title=f"With {number}", slug=f"s{number}", partner=partner)
        published(series, edition=1)
    page = client.get("/rounds/?status=held").content.decode()
    assert 'href="/filters/rounds/partner/?status=held">2 more<' in page
    assert 'href="/filters/rounds/person/?status=held">Choose from all<' in page


def test_pages_of_two_hundred(scene: Scene, client: Client) -> None:
    round_ = published(scene.russia, edition=1)
    people = Person.objects.bulk_create(
        Person(name=f"P {number:03}", slug=f"p{number}") for number in range(201)
    )
    Participant.objects.bulk_create(
        Participant(round=round_, person=one, side="own", position=n)
        for n, one in enumerate(people)
    )
    assert len(ticks(client, "/filters/rounds/person/")) == 200
    later = "/filters/rounds/person/?page=2"
    assert later.removeprefix("/filters/rounds/person/") in (
        client.get("/filters/rounds/person/").content.decode()
    )
    assert ticks(client, later) == [("p200", "P 200", "1", False)]
    assert ticks(client, "/filters/rounds/person/?page=999") == ticks(client, later)
    assert ticks(client, "/filters/rounds/person/?find=200") == ticks(client, later)


def test_nobody_finds_who_is_only_in_rounds_that_they_do_not_see(scene: Scene) -> None:
    hidden = published(scene.russia, edition=1, visibility="internal")
    person = Person.objects.create(name="Hidden Person", slug="hidden")
    Participant.objects.create(round=hidden, person=person, side="own")
    address = "/filters/rounds/person/?find=hidden"
    assert ticks(Client(), address) == []
    assert ticks(signed_in(scene.eka), address) == [("hidden", "Hidden Person", "1", False)]


@pytest.mark.parametrize("name", ["nothing", "q", "date_from", "ordering", "partner__not"])
def test_there_is_a_page_for_each_filter_and_for_nothing_else(
    scene: Scene, client: Client, name: str
) -> None:
    assert client.get(f"/filters/rounds/{name}/").status_code == 404


def test_staffs_filters_are_staffs(scene: Scene, client: Client) -> None:
    assert client.get("/filters/rounds/visibility/").status_code == 404
    assert signed_in(scene.ayu).get("/filters/rounds/visibility/").status_code == 200


def test_a_wrong_parameter_is_told_and_counts_nothing(scene: Scene, client: Client) -> None:
    published(scene.russia, edition=1)
    page = client.get("/filters/rounds/partner/?year=soon").content.decode()
    assert "“soon” is not a number from 1 to 9999." in page
    assert 'name="partner"' not in page


@pytest.mark.parametrize("key", LISTINGS)
def test_every_filter_of_every_listing_has_its_page(scene: Scene, key: str) -> None:
    published(scene.russia, edition=1)
    listing = LISTINGS[key]
    dimensions = (*listing.filters.dimensions, *listing.filters.through)
    for dimension in dimensions:
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        answer = FacetPage.as_view(listing=listing)(request, name=dimension.name)
        assert answer.status_code == 200
        assert answer.render().status_code == 200  # type: ignore[attr-defined]


def test_a_long_list_costs_as_many_queries_as_a_short_one(
    scene: Scene, client: Client, django_assert_num_queries
) -> None:
    published(scene.norway, edition=1)
    with django_assert_num_queries(2):  # the stamp and the counts
        client.get("/filters/rounds/person/?find=a")
    eighty_people(scene)
    with django_assert_num_queries(2):
        client.get("/filters/rounds/person/?find=a")


def test_accents_and_capitals_do_not_matter_and_a_tree_may_lack_its_root() -> None:
    values = [
        Counted("a", "Élan vital", 3),
        Counted("b", "Below", 2, above="gone"),
        Counted("c", "Under Élan", 1, above="a"),
    ]
    assert [one.value for one in found(values, "elan")] == ["a", "c"]
    assert [one.value for one in found(values, "")] == ["a", "b", "c"]
    assert [(depth, one.value) for depth, one in as_tree(values)] == [(0, "a"), (1, "c"), (0, "b")]
