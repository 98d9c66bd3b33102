"""Programs ask for less than everything, for what they have already, and for numbers."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogues.models import Partner, Person, Round, User

from .rounds import published, whole_round
from .scene import Scene, scene, signed_in

__all__ = ["scene"]

pytestmark = pytest.mark.django_db

API = "/api/v1/"


def read(address: str, client: Client | None = None, status: int = 200) -> Any:
    response = (client or Client()).get(API + address)
    assert response.status_code == status, response.content
    return response.json()


def wrong(address: str, client: Client | None = None) -> list[tuple[str, str]]:
    errors = read(address, client, 400)["errors"]
    return [(error["parameter"], error["detail"]) for error in errors]


# --- Some of the keys ---------------------------------------------------------------------------


def test_a_reader_takes_only_the_keys_they_need(scene: Scene) -> None:
    whole_round(scene.russia)
    assert read("rounds/?fields=slug,date")["results"] == [
        {"slug": "russia-dialogue-11", "date": "2021-10-15"}
    ]
    page = read("rounds/?fields=series.partner.code&fields=agreed_points.number")
    assert page["results"] == [
        {
            "series": {"partner": {"code": "RU"}},
            "agreed_points": [{"number": 1}, {"number": 2}, {"number": 3}],
        }
    ]
    one = read("rounds/russia-dialogue-11/?fields=edition,venues&omit=venues.name,venues.country")
    assert one == {"edition": 11, "venues": [{"city": "Moscow"}, {"city": "Jakarta"}]}
    assert read("partners/RU/?omit=url,type") == {
        "code": "RU", "name": "Russia", "kind": "country", "name_id": "",
    }  # fmt: skip


def test_keys_stand_in_the_documents_order_and_what_is_omitted_is_all_that_is_missing(
    scene: Scene,
) -> None:
    whole_round(scene.russia)
    whole = read("rounds/russia-dialogue-11/")
    less = read("rounds/russia-dialogue-11/?omit=statements,sources,summary")
    assert list(less) == [k for k in whole if k not in {"statements", "sources", "summary"}]
    assert less == {key: whole[key] for key in less}
    assert list(read("rounds/russia-dialogue-11/?fields=url,slug")) == ["slug", "url"]


def test_what_is_left_out_is_not_read(scene: Scene) -> None:
    whole_round(scene.russia)
    with CaptureQueriesContext(connection) as queries:
        read("rounds/?omit=statements,agreed_points,participants,sources,related_events")
    asked = queries[-1]["sql"]
    for part in ("statement", "agreedpoint", "participant", "source", "relatedevent"):
        assert f"dialogues_{part}" not in asked


def test_a_key_that_is_not_there_is_named_and_staffs_own_is_not_there_for_others(
    scene: Scene,
) -> None:
    whole_round(scene.russia)
    assert wrong("rounds/?fields=slug,colour&omit=agreed_points.size") == [
        ("fields", "There is no key “colour” here."),
        ("omit", "There is no key “agreed_points.size” here."),
    ]
    assert wrong("rounds/?fields=") == [("fields", "Name at least one key.")]
    assert wrong("rounds/?fields=internal_note") == [
        ("fields", "There is no key “internal_note” here.")
    ]
    staff = signed_in(scene.ayu)
    assert read("rounds/?fields=statements.internal_note", staff)["results"] == [
        {"statements": [{"internal_note": "Secret of it"}] * 3}
    ]


# --- One filter language ------------------------------------------------------------------------


def test_what_rounds_mention_is_filtered_and_ordered_as_on_its_page(scene: Scene) -> None:
    whole_round(scene.russia)
    published(scene.norway, edition=1, date="2019")
    published(scene.norway, edition=2, date="2020")
    codes = [one["code"] for one in read("partners/?ordering=-rounds")["results"]]
    assert codes == ["NO", "RU"]
    assert [one["slug"] for one in read("series/?year=2021")["results"]] == ["russia-dialogue"]
    people = [one["slug"] for one in read("people/?partner=RU&q=habib")["results"]]
    assert people == ["achsanul-habib"]
    assert read("topics/?partner=NO")["count"] == 0
    assert read("issues/?partner=RU&fields=slug")["results"] == [{"slug": "vaccines"}]
    assert wrong("people/?weight=9") == [("weight", "There is no parameter “weight”.")]
    assert wrong("series/?visibility=internal")[0][0] == "visibility"


@pytest.mark.parametrize("ordering", ["name", "-name", "rounds", "-rounds", "last", "-last"])
def test_pages_of_what_rounds_mention_hold_everything_once(scene: Scene, ordering: str) -> None:
    for number, series in enumerate((scene.russia, scene.norway, scene.fiji)):
        for edition in range(1, 1 + max(1, number)):
            date = None if number == 1 else f"201{number}"
            published(series, edition=edition, date=date)
    address = f"series/?ordering={ordering}"
    whole = [one["slug"] for one in read(address)["results"]]
    paged: list[str] = []
    onward = f"{address}&limit=1"
    while onward:
        page = read(onward.partition(API)[2] or onward)
        paged += [one["slug"] for one in page["results"]]
        onward = page["next"]
    assert paged == whole
    assert sorted(whole) == ["fiji-dialogue", "norway-dialogue", "russia-dialogue"]


# --- Facets -------------------------------------------------------------------------------------


@pytest.fixture
def five_rounds(scene: Scene) -> Scene:
    published(scene.russia, edition=1, date="2019", format="virtual")
    published(scene.russia, edition=2, date="2020-05", format="in_person")
    published(scene.norway, edition=1, date="2020", format="in_person", status="planned")
    published(scene.norway, edition=2, format="in_person")
    published(scene.fiji, edition=1, date="2020", visibility="internal")
    return scene


def test_facets_count_each_value_under_all_filters_but_its_own(five_rounds: Scene) -> None:
    assert read("rounds/facets/?partner=NO") == {
        "partner": [
            {"value": "NO", "label": "Norway", "count": 2},
            {"value": "RU", "label": "Russia", "count": 2},
        ],
        "format": [{"value": "in_person", "label": "In person", "count": 2}],
        "year": [{"value": "2020", "label": "2020", "count": 1}],
        "topic": [],
        "kind": [{"value": "human_rights", "label": "Human rights dialogue", "count": 2}],
        "status": [
            {"value": "held", "label": "Held", "count": 1},
            {"value": "planned", "label": "Planned", "count": 1},
        ],
        "host": [{"value": "unknown", "label": "Not recorded", "count": 2}],
        "country": [],
    }
    assert read("rounds/facets/?format=virtual&year=2019")["format"] == [
        {"value": "virtual", "label": "Virtual", "count": 1}
    ]


def test_facets_count_what_the_reader_sees_and_what_the_list_has(five_rounds: Scene) -> None:
    for client in (Client(), signed_in(five_rounds.eka)):
        facets = read("rounds/facets/", client)
        for name, values in facets.items():
            for one in values:
                found = read(f"rounds/?{name}={one['value']}&limit=1", client)
                assert found["count"] == one["count"]
    assert {one["value"] for one in read("rounds/facets/")["partner"]} == {"RU", "NO"}


def test_facets_refuse_what_they_do_not_know_and_no_round_is_called_facets(scene: Scene) -> None:
    assert wrong("rounds/facets/?limit=3")[0][0] == "limit"
    assert wrong("rounds/facets/?partner=XX")[0][0] == "partner"
    round_ = Round(series=scene.russia, slug="facets", status="held")
    with pytest.raises(Exception, match="address of a page"):
        round_.full_clean()


# --- What the client has already ----------------------------------------------------------------

LISTS = ("rounds/", "agreed-points/", "series/", "partners/?ordering=-rounds", "topics/",
         "issues/", "people/", "rounds/facets/")  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_list_that_stands_still_costs_one_query_and_no_bytes() -> None:
    scene = Scene()
    whole_round(scene.russia)
    etags = {address: Client().get(API + address)["ETag"] for address in LISTS}
    assert len(set(etags.values())) == len(LISTS)
    for address, etag in etags.items():
        with CaptureQueriesContext(connection) as queries:
            again = Client().get(API + address, headers={"if-none-match": f'"else", {etag}'})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert again["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert len(queries) == 1
        # What one reader has is not what another has, nor what is asked otherwise.
        headers = {"if-none-match": etag}
        assert signed_in(scene.eka).get(API + address, headers=headers).status_code == 200
        other = f"{address}{'&' if '?' in address else '?'}ordering=name"
        assert Client().get(API + other, headers=headers).status_code in {200, 400}
    Partner.objects.filter(code="RU").update(name_id="Rusia")
    for address, etag in etags.items():
        assert Client().get(API + address, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_permission_and_the_question_are_judged_before_an_etag_is() -> None:
    scene = Scene()
    published(scene.russia, edition=1, visibility="internal")
    User.objects.filter(pk=scene.eka.pk).update(is_staff=False)
    analyst = signed_in(scene.eka)
    etag = analyst.get(f"{API}rounds/")["ETag"]
    assert analyst.get(f"{API}rounds/", headers={"if-none-match": etag}).status_code == 304
    scene.eka.groups.clear()
    assert analyst.get(f"{API}rounds/", headers={"if-none-match": etag}).json()["count"] == 0
    for given in ("*", etag):
        response = Client().get(f"{API}rounds/?partner=XX", headers={"if-none-match": given})
        assert response.status_code == 400


@pytest.mark.django_db(transaction=True)
def test_a_compressed_answer_is_the_same_one() -> None:
    scene = Scene()
    whole_round(scene.russia)
    for address in ("rounds/", "rounds/russia-dialogue-11/"):
        plain, small = (
            Client().get(API + address, headers={"accept-encoding": coding})
            for coding in ("identity", "gzip")
        )
        assert small["Content-Encoding"] == "gzip"
        assert small["ETag"] == f"W/{plain['ETag'].removeprefix('W/')}"
        for etag in (plain["ETag"], small["ETag"]):
            headers = {"if-none-match": etag, "accept-encoding": "gzip"}
            assert Client().get(API + address, headers=headers).status_code == 304


def test_a_document_costs_one_query(scene: Scene) -> None:
    whole_round(scene.russia)
    Person.objects.update(also_written=["A. B."])
    addresses = ("rounds/russia-dialogue-11/", "agreed-points/russia-dialogue-11.1/",
                 "people/maria-ivanova/", "topics/right-to-health/")  # fmt: skip
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert read(address)
        assert len(queries) == 1
