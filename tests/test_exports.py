"""Files of a filtered list, read back by other libraries than those that wrote them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from python_calamine import CalamineWorkbook

from dialogues.listings import LISTINGS
from dialogues.models import AgreedPoint, Round

from .scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    for number, (day, visibility) in enumerate(
        (("2021-10-15", "public"), ("2022", "public"), ("2020-05", "internal")), 1
    ):
        round_ = Round.objects.create(
            series=scene.russia, edition=number, slug=f"r{number}", date=day, status="held",
            format="hybrid", visibility=visibility, publication="published",
        )  # fmt: skip
        AgreedPoint.objects.create(round=round_, number=1, text="=1+1, agreed; “and” so on")
    return scene


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def table(address: str, client: Client | None = None, separator: str = ",") -> list[dict[str, str]]:
    text = body((client or Client()).get(address)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def test_csv_holds_the_lists_rows_in_its_order_as_codes_and_dates(scene: Scene) -> None:
    rows = table("/rounds.csv?ordering=date&columns=date,round,partner,format,points")
    assert [(row["date"], row["round"], row["partner_code"], row["format"]) for row in rows] == [
        ("2021-10-15", "r1", "RU", "hybrid"),
        ("2022", "r2", "RU", "hybrid"),
    ]
    assert rows[0]["points"] == "1"
    assert [row["round"] for row in table("/rounds.csv?year=2022")] == ["r2"]


def test_a_text_that_begins_as_a_formula_does_is_no_formula(scene: Scene) -> None:
    rows = table("/agreed-points.csv?columns=point")
    assert {row["point"] for row in rows} == {"'=1+1, agreed; “and” so on"}
    book = CalamineWorkbook.from_filelike(io.BytesIO(body(Client().get("/agreed-points.xlsx"))))
    cells = book.get_sheet_by_index(0).to_python()
    assert cells[1][0] == "=1+1, agreed; “and” so on"


def test_excel_gets_its_separator_and_its_mark(scene: Scene) -> None:
    sent = body(Client().get("/rounds.csv?separator=semicolon&bom=true"))
    assert sent.startswith(b"\xef\xbb\xbf")
    assert len(table("/rounds.csv?separator=semicolon", separator=";")) == 2


def test_a_workbook_has_typed_cells_and_says_which_filters_made_it(scene: Scene) -> None:
    sent = body(Client().get("/rounds.xlsx?partner=RU&ordering=date"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(sent))
    assert book.sheet_names == ["Rounds", "About this list"]
    heads, first, second = book.get_sheet_by_index(0).to_python()
    assert heads == ["Date", "Round", "Partner", "Format", "Where", "Agreed points"]
    assert first == [
        date(2021, 10, 15),
        "Russia Human Rights Dialogue, 1",
        "Russia",
        "Hybrid",
        "",
        1.0,
    ]
    assert second[0] == "2022"
    about: dict[Any, Any] = {line[0]: line[1] for line in book.get_sheet_by_index(1).to_python()}
    assert about["Rows"] == "2"
    assert about["Filter"] == "Partner: Russia"
    assert about["Address"] == "http://testserver/rounds/?partner=RU&ordering=date"


def test_ndjson_of_rounds_is_the_record_format(scene: Scene) -> None:
    lines = body(Client().get("/rounds.ndjson?ordering=date")).splitlines()
    assert [json.loads(line)["slug"] for line in lines] == ["r1", "r2"]
    (russia,) = body(Client().get("/series.ndjson")).splitlines()
    assert json.loads(russia)["rounds"] == 2


@pytest.mark.parametrize("key", LISTINGS)
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ndjson"])
def test_every_list_leaves_with_every_column(scene: Scene, key: str, suffix: str) -> None:
    columns = ",".join(LISTINGS[key].columns(scene.ayu))
    client = Client()
    client.force_login(scene.ayu)
    response = client.get(f"/{key}.{suffix}?columns={columns}")
    assert response.status_code == 200
    nothing = suffix == "ndjson" and key in {"topics", "issues", "people"}
    assert bool(body(response)) is not nothing
    assert response["Cache-Control"] == "private, no-cache"


def test_who_may_see_more_takes_more_away(scene: Scene) -> None:
    client = Client()
    client.force_login(scene.eka)
    assert [row["round"] for row in table("/rounds.csv", client)] == ["r2", "r1", "r3"]
    assert [row["round"] for row in table("/rounds.csv")] == ["r2", "r1"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("partner=XX", "“XX” is not known here. Did you mean “RU”?"),
        ("nonsense=1", "There is no parameter “nonsense”."),
        ("date_from=soon", "soon"),
        ("columns=date,nothing", "There is no column “nothing”."),
        ("separator=comet", "“comet” is no separator."),
        ("bom=perhaps", "“perhaps” is neither “true” nor “false”."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_leaves(scene: Scene, query: str, said: str) -> None:
    response = Client().get(f"/rounds.csv?{query}")
    assert response.status_code == 400
    assert said.split("?", maxsplit=1)[0][:12] in response.content.decode()
