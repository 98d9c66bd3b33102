"""Lists of rounds and agreed points: what is filtered, counted, sorted and turned over."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dialogues.dates import PartialDate
from dialogues.models import AgreedPoint
from tests.rounds import published, whole_round
from tests.scene import Scene, scene, signed_in
from tests.test_pages import text_of

__all__ = ["scene"]

pytestmark = pytest.mark.django_db


def titles(client: Client, address: str) -> list[str]:
    """The links in a list's rows, one for each row."""
    page = client.get(address).content.decode()
    return [
        unescape(title)
        for title in re.findall(r'class="cell-(?:title|text)"><a href="[^"]*">([^<]*)</a>', page)
    ]


def links(client: Client, address: str, words: str) -> list[str]:
    """The addresses of a page's links that hold these words."""
    page = client.get(address).content.decode()
    found = re.findall(r'(?s)<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', page)
    return [unescape(href) for href, inside in found if words in unescape(inside)]


def test_a_row_tells_what_a_colleague_asks_first(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    assert (
        "15 October 2021 Russia Human Rights Dialogue, edition 11 Russia Hybrid Moscow; Jakarta "
        "3, 1 open"
    ) in text_of(client, "/rounds/").replace("Jakarta; Moscow", "Moscow; Jakarta")
    assert (
        "Agreed no. 1 Open June 2022 Overdue Indonesia Russia Human Rights Dialogue, edition 11 "
        "15 October 2021"
    ) in text_of(client, "/agreed-points/")


def test_only_staff_are_told_where_a_round_stands(client: Client, scene: Scene) -> None:
    published(scene.russia, edition=1)
    published(scene.russia, edition=2, publication="draft", visibility="internal")
    assert titles(client, "/rounds/") == ["Russia Human Rights Dialogue, edition 1"]
    assert "edition 2 Draft, Internal Russia" in text_of(signed_in(scene.ayu), "/rounds/")
    assert 'name="visibility"' not in client.get("/rounds/").content.decode()
    assert 'name="visibility"' in signed_in(scene.ayu).get("/rounds/").content.decode()


def test_the_count_is_said_in_words(client: Client, scene: Scene) -> None:
    published(scene.russia, edition=1)
    assert "Rounds 1 round Filters" in text_of(client, "/rounds/")
    published(scene.norway, edition=1)
    assert "Rounds 2 rounds Filters" in text_of(client, "/rounds/")
    assert "Rounds 1 round with Norway Filters, 1 set" in text_of(client, "/rounds/?partner=NO")
    assert "Agreed points 0 agreed points with Norway" in text_of(
        client, "/agreed-points/?partner=NO"
    )


def test_each_filter_can_be_taken_back(client: Client, scene: Scene) -> None:
    published(scene.norway, edition=1, format="virtual")
    address = "/rounds/?partner=NO&format=virtual&page=1"
    assert links(client, address, "Partner: Norway") == [
        "?format=virtual",
        "?format=virtual&partner__not=NO",
    ]
    assert links(client, address, "Format: Virtual") == [
        "?partner=NO",
        "?partner=NO&format__not=virtual",
    ]
    excluded = "/rounds/?format=virtual&partner__not=NO"
    assert links(client, excluded, "not Partner: Norway")[1] == "?format=virtual&partner=NO"
    assert links(client, address, "Clear all") == ["?"]


@pytest.mark.parametrize("address", ["/rounds/", "/agreed-points/"])
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("partner=XX", "partner"),
        ("date_from=soon", "date_from"),
        ("status__not=finished", "status__not"),
        ("host__empty=maybe", "host__empty"),
        ("ordering=size", "ordering"),
        ("edition=first", "edition"),
        ("partnr=NO", ""),
        ("page=0", ""),
        ("page=two", ""),
        ("visibility=public", ""),
    ],
)
def test_what_is_not_known_is_an_error_at_its_field_and_lists_nothing(
    client: Client, scene: Scene, address: str, query: str, field: str
) -> None:
    whole_round(scene.norway)
    page = client.get(f"{address}?{query}").content.decode()
    assert "Nothing is listed, as something in the filters is not right" in page
    assert "<title>Error: " in page
    assert titles(client, f"{address}?{query}") == []
    if field:
        assert f'<a href="#f-{field}">' in page
        assert f'id="f-{field}-error"' in page
        assert re.search(f'id="f-{field}"[^>]*aria-describedby="[^"]*f-{field}-error', page)


def test_what_was_typed_is_still_there_beside_the_error(client: Client, scene: Scene) -> None:
    page = client.get("/rounds/?date_from=soon&q=vaccines").content.decode()
    assert 'value="soon"' in page
    assert 'value="vaccines"' in page


def test_the_form_offers_every_parameter(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    common = {
        "q", "date_from", "date_to", "date_match", "ordering",
        *(
            f"{name}{suffix}"
            for name in (
                "series", "partner", "kind", "edition", "year", "status", "format", "host", "city",
                "country", "topic", "issue", "person",
            )
            for suffix in ("", "__not", "__empty")
        ),
    }  # fmt: skip
    points = {"due_from", "due_to", "overdue", "responsible"}
    points |= {"responsible__not", "responsible__empty"}
    rounds = {"point_status", "point_status__not", "point_status__empty"}
    for listing, own in (("/rounds/", rounds), ("/agreed-points/", points)):
        [address] = links(client, f"{listing}?partner=RU", "All filters")
        assert address == f"/filters{listing}?partner=RU"
        page = client.get(address).content.decode()
        form = page[page.index(f'<form class="whole" role="search" action="{listing}"') :]
        assert set(re.findall(r' name="([^"]*)"', form)) == common | own
        assert '<input type="checkbox" name="partner" value="RU" checked>' in form


def test_what_was_given_stands_in_the_form_beside_the_list(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    query = "person=achsanul-habib&city__not=Jakarta&host__empty=false"
    page = client.get(f"/rounds/?{query}").content.decode()
    for name in ("person", "city__not", "host__empty"):
        assert f'name="{name}"' in page
        assert f'name="{name}"' not in client.get("/rounds/").content.decode()


def test_what_is_too_much_for_a_list_can_still_be_written(
    client: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dialogues.views.controls.MANY", 1)
    whole_round(scene.russia)
    published(scene.norway, edition=1)
    published(scene.fiji, edition=1)
    page = client.get("/filters/rounds/?partner=RU&partner=NO").content.decode()
    assert page.count('type="checkbox" name="partner"') == 2
    assert page.count('type="text" name="partner"') == 1
    assert client.get("/rounds/?partner=RU&partner=")["Location"] == "/rounds/?partner=RU"


def test_a_sent_form_becomes_an_address_worth_citing(client: Client, scene: Scene) -> None:
    published(scene.norway, edition=1)
    answer = client.get("/rounds/?q=&partner=NO&year=&date_match=possible&ordering=-date")
    assert (answer.status_code, answer["Location"]) == (302, "/rounds/?partner=NO")
    assert client.get("/rounds/?q=")["Location"] == "/rounds/"
    assert client.get("/rounds/?partner=NO&ordering=-date").status_code == 200


def test_headings_sort_both_ways_and_keep_the_filters(client: Client, scene: Scene) -> None:
    for edition, year in ((1, "2003"), (2, "2001"), (3, "2002")):
        published(scene.russia, edition=edition, date=PartialDate(year))
    assert links(client, "/rounds/?status=held", "Date") == ["?status=held&ordering=date"]
    oldest = "/rounds/?status=held&ordering=date"
    assert [title[-1] for title in titles(client, oldest)] == ["2", "3", "1"]
    assert 'aria-sort="ascending"' in client.get(oldest).content.decode()
    assert links(client, oldest, "Date") == ["?status=held&ordering=-date"]
    assert [title[-1] for title in titles(client, "/rounds/")] == ["1", "3", "2"]


def test_fifty_rows_make_a_page(client: Client, scene: Scene) -> None:
    round_ = published(scene.russia, edition=1)
    AgreedPoint.objects.bulk_create(
        AgreedPoint(round=round_, number=number, text=f"No. {number}") for number in range(1, 122)
    )
    second = client.get("/agreed-points/?page=2&partner=RU").content.decode()
    assert titles(client, "/agreed-points/?page=2&partner=RU")[::49] == ["No. 51", "No. 100"]
    assert '<link rel="prev" href="?partner=RU">' in second
    assert '<link rel="next" href="?partner=RU&amp;page=3">' in second
    assert '<a href="?partner=RU&amp;page=2" aria-current="page">2</a>' in second
    assert len(titles(client, "/agreed-points/?page=3")) == 21
    beyond = client.get("/agreed-points/?page=9&partner=RU")
    assert (beyond.status_code, beyond["Location"]) == (302, "/agreed-points/?partner=RU&page=3")


def test_beyond_an_empty_list_there_is_its_beginning(client: Client, scene: Scene) -> None:
    assert client.get("/rounds/?page=2")["Location"] == "/rounds/"


def test_an_empty_result_says_what_would_widen_it(client: Client, scene: Scene) -> None:
    published(scene.norway, edition=1, format="in_person")
    published(scene.russia, edition=1, format="virtual")
    said = text_of(client, "/rounds/?partner=NO&format=virtual&status=held")
    assert "Nothing meets all of these filters." in said
    assert "without “Partner: Norway” (1) without “Format: Virtual” (1)" in said
    assert "without “Status: Held”" not in said
    assert "Nothing is recorded yet that you may see." in text_of(client, "/agreed-points/")


@pytest.mark.parametrize("rounds", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/rounds/", 5),
        ("/rounds/?partner=RU&topic=right-to-health&status=held&year=2021", 6),
        ("/agreed-points/", 5),
    ],
)
def test_a_list_asks_as_often_however_many_rows_it_has(
    client: Client,
    scene: Scene,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    queries: int,
    rounds: int,
) -> None:
    for edition in range(11, 11 + rounds):
        whole_round(scene.russia, edition)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
