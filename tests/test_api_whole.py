"""Researchers take a whole list away, as lines or as a table, and know what stands in it."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import httpx
import pandas
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogues.listings import LISTINGS
from dialogues.models import Partner, Round

from .rounds import published, whole_round
from .scene import Scene, scene, signed_in

__all__ = ["scene"]

pytestmark = pytest.mark.django_db

API = "/api/v1/"
LINES, TABLE = "application/x-ndjson", "text/csv"


def fetch(address: str, accept: str, client: Client | None = None) -> Any:
    response = (client or Client()).get(
        address if address.startswith("http") else API + address, headers={"accept": accept}
    )
    assert response.status_code == 200, response.content
    return response


def lines(address: str, client: Client | None = None) -> list[dict[str, Any]]:
    body = fetch(address, LINES, client).getvalue()
    return [json.loads(line) for line in body.splitlines()]


def table(address: str, client: Client | None = None) -> pandas.DataFrame:
    body = fetch(address, TABLE, client).getvalue()
    return pandas.read_csv(io.BytesIO(body), dtype="string", keep_default_na=False)


@pytest.fixture
def seven_rounds(scene: Scene) -> Scene:
    whole_round(scene.russia)
    for number, date in enumerate(("2019", "2020-05", None, None, "2021-10", "2018/2019"), 1):
        published(scene.norway, edition=number, date=date)
    published(scene.fiji, edition=1, visibility="internal", summary="Not for all.")
    return scene


# --- Lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", LISTINGS)
def test_lines_are_the_documents_of_the_pages_in_their_order(seven_rounds: Scene, key: str) -> None:
    response = fetch(f"{key}/", LINES)
    assert (response.streaming, response["Content-Type"]) == (True, LINES)
    page = Client().get(f"{API}{key}/").json()
    assert [json.loads(line) for line in response.getvalue().splitlines()] == page["results"]
    assert Client().get(f"{API}{key}.ndjson").getvalue() == fetch(f"{key}/", LINES).getvalue()


def test_filters_order_and_keys_are_those_of_the_pages(seven_rounds: Scene) -> None:
    asked = "rounds/?partner=NO&ordering=edition&fields=edition&date_from=2019"
    assert lines(asked) == [{"edition": 1}, {"edition": 2}, {"edition": 5}, {"edition": 6}]
    analyst = signed_in(seven_rounds.eka)
    assert len(lines("rounds/", analyst)) == len(lines("rounds/")) + 1
    refused = Client().get(f"{API}rounds/?partnr=NO", headers={"accept": LINES})
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("ordering", ["-date", "date", "partner", "-updated"])
def test_what_broke_off_is_read_on_from_a_cursor(seven_rounds: Scene, ordering: str) -> None:
    address = f"rounds/?ordering={ordering}"
    whole = [line["slug"] for line in lines(address)]
    part = fetch(f"{address}&limit=3", LINES)
    first = [json.loads(line)["slug"] for line in part.getvalue().splitlines()]
    onward = re.match(r'<(.*?)>; rel="next"', part["Link"])
    assert onward
    # The rest part by part, or all of it at once.
    second = fetch(onward[1], LINES)
    parts = [json.loads(line)["slug"] for line in second.getvalue().splitlines()]
    everything = onward[1].replace("limit=3&", "")
    assert (first, parts) == (whole[:3], whole[3:6])
    assert [line["slug"] for line in lines(everything)] == whole[3:]
    assert list(table(everything)["round"]) == whole[3:]
    (back,) = re.findall(r'<([^>]*)>; rel="prev"', second["Link"])
    back = back.replace("limit=3&", "")
    refused = Client().get(back, headers={"accept": LINES})
    assert [error["parameter"] for error in refused.json()["errors"]] == ["cursor"]


@pytest.mark.parametrize("ordering", ["-date", "date", "edition", "partner", "-partner", "updated"])
def test_any_row_has_a_cursor_that_leads_on_behind_it(seven_rounds: Scene, ordering: str) -> None:
    Partner.objects.filter(code="NO").update(name='-Norway, "North"')  # quoted, and no formula
    address = f"rounds/?ordering={ordering}&cursors=true"
    found, rows = lines(address), table(address)
    slugs = [line["slug"] for line in found]
    assert [list(line)[-1] for line in found] == ["cursor"] * 7
    assert list(rows["round"]) == slugs
    for cursors in ([line["cursor"] for line in found], rows["cursor"]):
        for place, cursor in enumerate(cursors, 1):
            onward = f"rounds/?ordering={ordering}&cursor={cursor}"
            assert [line["slug"] for line in lines(onward)] == slugs[place:]
            assert list(table(onward)["round"]) == slugs[place:]


@pytest.mark.parametrize("key", LISTINGS)
def test_cursors_are_beside_what_there_is_without_them(seven_rounds: Scene, key: str) -> None:
    plain, marked = lines(f"{key}/"), lines(f"{key}/?cursors=true")
    assert [{**one, "cursor": two["cursor"]} for one, two in zip(plain, marked, strict=True)] == (
        marked
    )
    assert table(f"{key}/?cursors=true").drop(columns="cursor").equals(table(f"{key}/"))
    second = lines(f"{key}/?cursor={marked[0]['cursor']}")
    assert second == plain[1:]


def test_cursors_can_be_had_with_few_keys_or_of_a_part(seven_rounds: Scene) -> None:
    (one, two) = lines("rounds/?fields=edition&limit=2&ordering=edition&cursors=true")
    assert (list(one), one["edition"], two["edition"]) == (["edition", "cursor"], 1, 2)
    everything = ",".join(lines("topics/")[0])
    assert list(lines(f"topics/?omit={everything}&cursors=true")[0]) == ["cursor"]
    assert "cursor" not in lines("rounds/?cursors=false")[0]
    for wrong, accept in (("true", "application/json"), ("yes", LINES)):
        refused = Client().get(f"{API}rounds/?cursors={wrong}", headers={"accept": accept})
        assert [error["parameter"] for error in refused.json()["errors"]] == ["cursors"]
    assert Client().get(f"{API}rounds/?cursors=false").status_code == 200


def broken_off(address: str, accept: str, size: int) -> bytes:
    """What of an answer has come when the connection breaks, with perhaps half a line."""
    came = b""
    with httpx.stream("GET", address, headers={"accept": accept}) as response:
        for piece in response.iter_bytes(100):
            came += piece
            if len(came) > size:
                return came
    raise AssertionError("it came to its end")


def read_lines(body: bytes) -> list[tuple[str, str]]:
    """Slugs and cursors of the lines that came whole."""
    whole = [json.loads(line) for line in body.splitlines(keepends=True) if line.endswith(b"\n")]
    return [(line["slug"], line["cursor"]) for line in whole]


def read_table(body: bytes) -> list[tuple[str, str]]:
    text = body[: body.rindex(b"\n") + 1].decode()
    return [(row["round"], row["cursor"]) for row in csv.DictReader(io.StringIO(text))]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("accept", "read"), [(LINES, read_lines), (TABLE, read_table)])
def test_a_whole_list_that_broke_off_goes_on_where_it_broke_while_others_write(
    live_server: Any, accept: str, read: Any
) -> None:
    scene = Scene()
    for number in range(1, 61):
        published(scene.norway, edition=number, date=f"{1950 + number}")
    address = f"{live_server.url}{API}rounds/?cursors=true"
    first = read(broken_off(address, accept, 5000))
    assert 5 < len(first) < 50
    had = [slug for slug, _cursor in first]
    oldest, newest = 60 - len(had), 61
    # The last that came moves away, one of those before it goes; and so does one still to come.
    last = Round.objects.get(slug=had[-1])
    Round.objects.filter(pk=last.pk).update(date="1949")
    Round.objects.filter(slug__in=[had[0], f"norway-dialogue-{oldest - 2}"]).delete()
    published(scene.norway, edition=newest, date="2020")
    published(scene.norway, edition=62, date=f"{1950 + oldest}-06", slug="between")
    rest = read(httpx.get(f"{address}&cursor={first[-1][1]}", headers={"accept": accept}).content)
    still = [f"norway-dialogue-{number}" for number in range(oldest, 0, -1)]
    still.remove(f"norway-dialogue-{oldest - 2}")
    assert sorted(slug for slug, _cursor in rest) == sorted([*still, "between", last.slug])


def test_what_is_streamed_is_written_few_hundred_at_a_time(
    seven_rounds: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dialogues.records.reading.stream.__kwdefaults__", {"batch": 3})
    with CaptureQueriesContext(connection) as queries:
        assert len(lines("rounds/")) == 7
    asked = [query["sql"] for query in queries if "json_build_object" in query["sql"]]
    assert len(asked) == 3


def test_nothing_is_sent_where_only_the_head_is_asked_for(seven_rounds: Scene) -> None:
    for accept in (LINES, TABLE):
        response = Client().head(f"{API}rounds/", headers={"accept": accept})
        assert (response.status_code, response.getvalue()) == (200, b"")


@pytest.mark.django_db(transaction=True)
def test_whole_lists_have_etags_too() -> None:
    scene = Scene()
    whole_round(scene.russia)
    etags = {fetch("rounds/", accept)["ETag"] for accept in (LINES, TABLE, "application/json")}
    assert len(etags) == 3
    for accept in (LINES, TABLE):
        headers = {"accept": accept, "if-none-match": fetch("rounds/", accept)["ETag"]}
        assert Client().get(f"{API}rounds/", headers=headers).status_code == 304
    Round.objects.update(summary="New.")
    assert Client().get(f"{API}rounds/", headers=headers).status_code == 200


# --- Tables -------------------------------------------------------------------------------------


def test_a_table_has_the_columns_that_are_chosen(seven_rounds: Scene) -> None:
    found = table("rounds/?partner=RU&fields=round,date,points,topics")
    assert found.to_dict("records") == [
        {
            "round": "russia-dialogue-11",
            "date": "2021-10-15",
            "points": "3",
            "topics": "Right to health",
        }
    ]
    assert "topics" not in table("rounds/?omit=topics").columns
    refused = Client().get(f"{API}rounds/?fields=colour", headers={"accept": TABLE})
    assert refused.json()["errors"][0]["detail"] == "There is no column “colour” here."
    response = Client().get(f"{API}rounds.csv")
    assert response["Content-Type"].startswith("text/csv; charset=utf-8")


KINDS = {"string": "string", "integer": "Int64", "datetime": "string"}


@pytest.mark.parametrize("reader", ["visitor", "officer"])
def test_the_data_package_describes_every_table_as_it_is(seven_rounds: Scene, reader: str) -> None:
    client = Client() if reader == "visitor" else signed_in(seven_rounds.ayu)
    package = client.get(f"{API}datapackage.json").json()
    assert package["profile"] == "tabular-data-package"
    assert [resource["name"] for resource in package["resources"]] == list(LISTINGS)
    for resource in package["resources"]:
        assert re.fullmatch(r"[-a-z0-9._]+", resource["name"])
        schema = resource["schema"]
        fields = {field["name"]: field for field in schema["fields"]}
        body = client.get(resource["path"]).getvalue()
        found = pandas.read_csv(
            io.BytesIO(body),
            dtype={name: KINDS[field["type"]] for name, field in fields.items()},
            na_values=schema["missingValues"],
            keep_default_na=False,
            encoding=resource["encoding"],
        )
        assert list(found.columns) == list(fields), resource["name"]
        assert len(found) > 0
        assert not found.duplicated(subset=schema["primaryKey"]).any()
        for name, field in fields.items():
            check(found[name].dropna(), field)


def check(column: Any, field: dict[str, Any]) -> None:
    constraints = field.get("constraints", {})
    if "enum" in constraints:
        assert set(column) <= set(constraints["enum"]), field
    if "pattern" in constraints:
        assert column.str.fullmatch(constraints["pattern"]).all(), field
    if field["type"] == "datetime":
        pandas.to_datetime(column, format="ISO8601")


def test_a_data_package_tells_a_visitor_nothing_of_what_staff_sort_by(scene: Scene) -> None:
    def columns(client: Client) -> set[str]:
        (rounds, *_others) = client.get(f"{API}datapackage.json").json()["resources"]
        return {field["name"] for field in rounds["schema"]["fields"]}

    assert {"round", "date", "partner_code", "format", "points"} <= columns(Client())
    fields = Client().get(f"{API}datapackage.json").json()["resources"][0]["schema"]["fields"]
    (kind,) = [field for field in fields if field["name"] == "format"]
    assert kind["constraints"] == {"enum": ["in_person", "virtual", "hybrid", "unknown"]}
    assert columns(Client()) <= columns(signed_in(scene.ayu))


def test_another_kind_of_answer_is_refused(scene: Scene) -> None:
    for accept in ("text/html", "application/xml"):
        response = Client().get(f"{API}rounds/", headers={"accept": accept})
        assert response.status_code == 406
        assert accept in response.json()["detail"]
    assert Client().get(f"{API}rounds.xml").status_code == 404
    assert Client().get(f"{API}rounds.json").json()["count"] == 0
