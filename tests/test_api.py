"""Programs read the record: the same documents, the same filters, each reader what is theirs."""

import copy
import json
import urllib.error
import urllib.request
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from dialogues.api import reading, views
from dialogues.api.documents import ServedAgreedPoint
from dialogues.models import ANALYSTS, AgreedPoint, Partner, Person, Round, Series, User
from dialogues.records.document import RoundDocument
from tests.scene import Scene, scene, signed_in

__all__ = ["scene"]

pytestmark = pytest.mark.django_db

API = "/api/v1/"
HOST = "http://testserver"

ELEVENTH: dict[str, Any] = {
    "slug": "indonesia-russia-human-rights-dialogue-11",
    "series": {
        "slug": "indonesia-russia-human-rights-dialogue",
        "title": "Indonesia–Russia Human Rights Dialogue",
        "kind": "human_rights",
        "partner": {"code": "RU", "name": "Russia", "kind": "country"},
    },
    "edition": 11,
    "status": "held",
    "date": "2021-10-15",
    "format": "hybrid",
    "format_note": "",
    "host": "unknown",
    "venues": [{"name": "", "city": "Moscow", "country": "RU"}],
    "participants": [
        {"side": "own", "role": "head", "name": "Achsanul Habib", "title": "", "institution": ""}
    ],
    "topics": ["right-to-health", "right-to-development"],
    "summary": "Both compared “good practice”.",
    "statements": [
        {
            "side": "own",
            "text": "Concern about vaccine nationalism.",
            "topics": ["right-to-health"],
            "issue": "equitable-access-to-vaccines",
            "internal_note": "Repeat this in Geneva.",
        }
    ],
    "agreed_points": [
        {
            "number": 1,
            "text": "Watch over the Human Rights Council together.",
            "original_text": "Mengawal Dewan HAM bersama.",
            "original_language": "id",
            "kind": "joint_position",
            "topics": ["human-rights-council"],
            "responsible": "both",
            "due": "2022-06",
            "status": "open",
            "issue": None,
            "internal_note": "Theirs to begin.",
            "follow_ups": [
                {"date": "2022", "status": "in_progress", "note": "A letter.", "source_url": ""}
            ],
        }
    ],
    "next_round_note": "Moscow in 2022.",
    "related_events": [
        {"kind": "seminar", "title": "Health", "date": "2021-10-14", "place": "", "note": ""}
    ],
    "sources": [
        {
            "kind": "press_release",
            "publisher": "Kemlu",
            "title": "Dialog ke-11",
            "url": "https://example.org/11",
            "published_on": "2021-10-19",
            "language": "id",
            "side": "own",
            "topics": ["right-to-health"],
            "note": "",
        }
    ],
    "internal_note": "Between us.",
    "visibility": "public",
    "publication": "published",
}
SLUG = ELEVENTH["slug"]


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def keep(db: None, tmp_path):
    """Take documents into the record."""

    def keep(*documents: object) -> None:
        file = tmp_path / "rounds.ndjson"
        file.write_text("\n".join(json.dumps(document) for document in documents))
        call_command("import_rounds", str(file), stdout=StringIO())

    return keep


@pytest.fixture
def eleventh(keep) -> Round:
    """The 11th round with Russia, with something of everything."""
    keep(ELEVENTH)
    return Round.objects.get()


@pytest.fixture
def staff(db: None) -> Client:
    return signed_in(User.objects.create_user("staff", is_staff=True))


def read(address: str, client: Client | None = None, status: int = 200, **headers: str):
    """What the API answers, having made sure that it is JSON of the right kind."""
    response = (client or Client()).get(
        address if address.startswith("http") else API + address, headers=headers
    )
    kind = "json" if status < 400 else "problem+json"
    assert (response.status_code, response["Content-Type"]) == (status, f"application/{kind}")
    return response.json()


def slugs(address: str, client: Client | None = None) -> list[str]:
    return [document["slug"] for document in read(address, client)["results"]]


def without_notes(document):
    """The document without staff's own layer."""
    if isinstance(document, list):
        return [without_notes(part) for part in document]
    if isinstance(document, dict):
        return {k: without_notes(v) for k, v in document.items() if k != "internal_note"}
    return document


# --- Documents ------------------------------------------------------------------------------------


def test_staff_read_back_the_document_that_was_imported(eleventh, staff):
    served = read(f"rounds/{SLUG}/", staff)
    # PostgreSQL leaves out a fraction's last zeros, so the times are compared as times.
    times = {key: datetime.fromisoformat(served[key]) for key in ("created", "updated")}
    assert times == {"created": eleventh.created, "updated": eleventh.updated}
    assert {**served, **times} == {**ELEVENTH, "url": f"{HOST}/api/v1/rounds/{SLUG}/", **times}
    assert list(served) == [*ELEVENTH, "url", "created", "updated"]
    assert read("rounds/", staff)["results"] == [served]


def test_what_is_served_is_a_document_of_the_format_without_a_key_more_or_less(eleventh, staff):
    served = read(f"rounds/{SLUG}/", staff)
    for key in ("url", "created", "updated"):
        del served[key]
    document = RoundDocument.model_validate_json(json.dumps(served))
    assert document.model_dump(mode="json") == served


def test_others_read_it_without_internal_notes(eleventh):
    served = read(f"rounds/{SLUG}/")
    assert without_notes(copy.deepcopy(ELEVENTH)).items() <= served.items()
    assert "internal_note" not in json.dumps(served)
    assert "internal_note" not in json.dumps(read("agreed-points/"))


def test_an_agreed_point_says_which_round_agreed_it(eleventh, staff):
    served = read(f"agreed-points/{SLUG}.1/", staff)
    assert served == {
        **ELEVENTH["agreed_points"][0],
        "reference": f"{SLUG}.1",
        "round": {
            "slug": SLUG,
            "url": f"{HOST}/api/v1/rounds/{SLUG}/",
            "edition": 11,
            "date": "2021-10-15",
            "status": "held",
            "series": ELEVENTH["series"],
        },
        "url": f"{HOST}/api/v1/agreed-points/{SLUG}.1/",
    }
    ServedAgreedPoint.model_validate_json(json.dumps(served))
    assert read("agreed-points/?responsible=both", staff)["results"] == [served]
    assert read(f"agreed-points/{SLUG}.01/", staff, 404)["status"] == 404


def test_what_rounds_refer_to_is_served_as_its_line_of_the_format(eleventh):
    Partner.objects.update(name_id="Rusia")
    Series.objects.update(note="Since 2001.", unrecorded_through=10)
    series = f"{ELEVENTH['series']['slug']}/"
    assert read("partners/RU/") == {
        "code": "RU",
        "name": "Russia",
        "kind": "country",
        "type": "partner",
        "name_id": "Rusia",
        "url": f"{HOST}/api/v1/partners/RU/",
    }
    assert read(f"series/{series}") == {
        **ELEVENTH["series"],
        "type": "series",
        "note": "Since 2001.",
        "unrecorded_through": 10,
        "url": f"{HOST}/api/v1/series/{series}",
    }
    assert read("issues/")["results"] == [
        {
            "type": "issue",
            "slug": "equitable-access-to-vaccines",
            "name": "Equitable access to vaccines",
            "name_id": "",
            "note": "",
            "url": f"{HOST}/api/v1/issues/equitable-access-to-vaccines/",
        }
    ]
    assert read("people/achsanul-habib/") == {
        "type": "person",
        "slug": "achsanul-habib",
        "name": "Achsanul Habib",
        "also_written": [],
        "url": f"{HOST}/api/v1/people/achsanul-habib/",
    }
    assert slugs("topics/") == ["human-rights-council", "right-to-development", "right-to-health"]
    assert read("topics/right-to-health/")["parent"] is None


def test_the_root_says_where_everything_is_and_everything_is_there(eleventh):
    index = read("")
    assert list(index) == [
        "rounds",
        "agreed-points",
        "series",
        "partners",
        "topics",
        "issues",
        "people",
        "changes",
        "schema",
        "docs",
        "datapackage",
    ]
    assert {Client().get(url).status_code for url in index.values()} == {200}


# --- Who reads what -------------------------------------------------------------------------------


@pytest.fixture
def four_rounds(scene: Scene) -> Scene:
    """One round of each kind in the Russian series, which the Europe desk owns."""
    scene.round(visibility="public", publication="published", slug="open")
    scene.round(visibility="internal", publication="published", slug="inside")
    scene.round(visibility="restricted", publication="published", slug="europes-own")
    draft = scene.round(visibility="public", publication="draft", slug="draft")
    for number, round_ in enumerate(Round.objects.exclude(pk=draft.pk), 1):
        AgreedPoint.objects.create(round=round_, number=number, text="Agreed.")
    return scene


def analyst() -> User:
    user = User.objects.create_user("analyst")
    user.groups.add(Group.objects.get(name=ANALYSTS))
    return user


def test_each_reader_gets_their_rounds_and_points(four_rounds):
    readers = {
        Client(): {"open"},
        signed_in(analyst()): {"open", "inside"},
        signed_in(four_rounds.ayu): {"open", "inside", "europes-own", "draft"},
        signed_in(four_rounds.budi): {"open", "inside", "draft"},
    }
    everything = {"open", "inside", "europes-own", "draft"}
    for client, theirs in readers.items():
        page = read("rounds/", client)
        assert {document["slug"] for document in page["results"]} == theirs
        assert page["count"] == len(theirs)
        points = read("agreed-points/", client)
        assert {point["round"]["slug"] for point in points["results"]} == theirs - {"draft"}
        for slug in everything:
            assert read(f"rounds/{slug}/", client, 200 if slug in theirs else 404)


def test_what_only_hidden_rounds_mention_is_hidden(four_rounds):
    fiji = four_rounds.round(four_rounds.fiji, visibility="restricted", publication="published")
    fiji.participants.create(side="own", person=Person.objects.create(name="S", slug="s"))
    assert slugs("series/") == ["russia-dialogue"]
    assert slugs("people/") == []
    assert read("people/s/", status=404)["status"] == 404
    assert slugs("series/", signed_in(four_rounds.budi)) == [
        "fiji-dialogue",
        "norway-dialogue",
        "russia-dialogue",
    ]


def test_what_one_may_not_see_answers_like_what_is_not_there(four_rounds):
    hidden, missing = (Client().get(f"{API}rounds/{slug}/") for slug in ("inside", "nobody"))
    assert hidden.content.replace(b"inside", b"nobody") == missing.content
    assert dict(hidden.headers) == dict(missing.headers)
    assert hidden.status_code == missing.status_code == 404


def test_only_what_everybody_may_read_is_kept_on_the_way(four_rounds):
    open_to_all = Client().get(f"{API}rounds/open/")
    assert open_to_all["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert signed_in(four_rounds.ayu).get(f"{API}rounds/open/")["Cache-Control"] == (
        "private, no-store"
    )
    assert Client().get(f"{API}rounds/inside/")["Cache-Control"] == "no-store"
    varies = {name.strip() for name in open_to_all["Vary"].split(",")}
    assert varies == {
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "Authorization",
        "Cookie",
    }


# --- Filters --------------------------------------------------------------------------------------


def test_format_is_the_dialogues_and_no_renderers(eleventh):
    assert slugs("rounds/?format=hybrid") == [SLUG]
    assert slugs("rounds/?format=virtual") == []
    assert read("rounds/?format=json", status=400)["errors"][0]["parameter"] == "format"


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("partnr=RU", ["partnr"]),
        ("partner=XX", ["partner"]),
        ("ordering=datum", ["ordering"]),
        ("visibility=public", ["visibility"]),
        ("limit=0", ["limit"]),
        ("limit=501", ["limit"]),
        ("limit=five", ["limit"]),
        ("limit=5&limit=6", ["limit"]),
        ("count=perhaps&cursor=abc", ["count", "cursor"]),
        ("cursor=", ["cursor"]),
    ],
)
def test_what_is_not_known_in_the_address_is_named(eleventh, query, wrong):
    problem = read(f"rounds/?{query}", status=400)
    assert problem["type"] == "urn:dialogues:problem:parameters"
    assert problem["instance"] == "/api/v1/rounds/"
    assert [error["parameter"] for error in problem["errors"]] == wrong
    assert all(error["detail"] for error in problem["errors"])


def test_lists_without_filters_and_single_documents_refuse_parameters_too(eleventh):
    for address in ("", "partners/?name=Russia", f"rounds/{SLUG}/?q=x", "schema/?lang=id"):
        given = address if "?" in address else f"{address}?q=x"
        assert read(given, status=400)["errors"][0]["detail"]


# --- Pages ----------------------------------------------------------------------------------------

ORDERINGS = [
    f"{sign}{key}" for key in ("date", "edition", "partner", "updated") for sign in ("", "-")
]


@pytest.fixture
def twelve_rounds(scene: Scene) -> Scene:
    """Rounds that share dates, editions and partners, and rounds that have no date or edition."""
    dates = ["2021", "2021", "2021-10", "2021-10-15", None, None]
    for number, date in enumerate([*dates, *dates]):
        scene.round(
            [scene.russia, scene.fiji, scene.norway][number % 3],
            slug=f"r{number}",
            edition=number // 3 + 1 if number % 2 else None,
            date=date,
            visibility="public",
            publication="published",
        )
    return scene


def walk(address: str, way: str = "next") -> list[list[str]]:
    """The pages from this one on, each as its rounds' slugs."""
    pages = []
    onward: str | None = address
    while onward:
        page = read(onward)
        pages.append([document["slug"] for document in page["results"]])
        onward = page[way]
    return pages


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_pages_hold_every_round_once_in_order_and_lead_back(twelve_rounds, ordering):
    whole = slugs(f"rounds/?ordering={ordering}")
    assert sorted(whole) == sorted(f"r{number}" for number in range(12))
    for limit in (1, 5, 12):
        pages = walk(f"rounds/?ordering={ordering}&limit={limit}")
        assert [slug for page in pages for slug in page] == whole
        assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)
    second = read(f"rounds/?ordering={ordering}&limit=5")["next"]
    third = read(second)["next"]
    assert walk(third, "previous") == [whole[10:], whole[5:10], whole[:5]]
    assert read(read(second)["previous"])["previous"] is None


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_agreed_points_have_their_pages_too(twelve_rounds, ordering):
    for round_ in Round.objects.order_by("slug")[:4]:
        for number in (1, 2):
            AgreedPoint.objects.create(round=round_, number=number, text="Agreed.")
    address = f"agreed-points/?ordering={ordering}"
    whole = [point["reference"] for point in read(address)["results"]]
    paged, onward = [], f"{address}&limit=3"
    while onward:
        page = read(onward)
        paged += [point["reference"] for point in page["results"]]
        onward = page["next"]
    assert paged == whole
    assert len(whole) == 8


def test_nothing_is_lost_or_doubled_while_others_write(twelve_rounds):
    before = slugs("rounds/")
    page, met = read("rounds/?limit=4"), []
    for number, date in enumerate(("2030", "2000")):
        met += [document["slug"] for document in page["results"]]
        # One that comes before what has been read, one that comes after it, and one goes.
        twelve_rounds.round(
            slug=f"new{number}",
            edition=20 + number,
            date=date,
            visibility="public",
            publication="published",
        )
        Round.objects.filter(slug=met[-1]).delete()
        page = read(page["next"])
    met += [document["slug"] for document in page["results"]]
    onward = page["next"]
    while onward:
        page = read(onward)
        met += [document["slug"] for document in page["results"]]
        onward = page["next"]
    assert [slug for slug in met if slug != "new1"] == before
    assert met.count("new1") == 1


def test_a_list_that_shrank_behind_the_cursor_still_leads_back(twelve_rounds):
    whole = slugs("rounds/")
    last = read(read("rounds/?limit=5")["next"])["next"]
    Round.objects.filter(slug__in=whole[10:]).delete()
    page = read(last)
    assert (page["results"], page["next"]) == ([], None)
    assert walk(page["previous"], "previous") == [whole[5:10], whole[:5]]


def test_the_envelope_and_the_link_header_say_the_same(twelve_rounds):
    first = Client().get(f"{API}rounds/?limit=5&partner=RU&partner=NO")
    page = first.json()
    assert list(page) == ["count", "next", "previous", "results"]
    assert (page["count"], page["previous"]) == (8, None)
    assert page["next"].startswith(f"{HOST}/api/v1/rounds/?limit=5&partner=RU&partner=NO&cursor=")
    assert first["Link"].startswith(f'<{page["next"]}>; rel="next", <')
    last = first["Link"].rpartition("<")[2].removesuffix('>; rel="last"')
    assert [one["slug"] for one in read(last)["results"]] == slugs("rounds/?partner=RU&partner=NO")[
        -5:
    ]
    assert read(last)["next"] is None
    second = Client().get(page["next"])
    assert (second.json()["count"], second.json()["next"]) == (8, None)
    assert second["Link"] == f'<{second.json()["previous"]}>; rel="prev"'
    assert "Link" not in Client().get(f"{API}rounds/").headers


def test_the_count_is_left_out_on_request_and_passed_on(twelve_rounds):
    page = read("rounds/?limit=5&count=false")
    assert page["count"] is None
    assert read(page["next"])["count"] is None


def test_a_cursor_is_good_for_its_own_list_only(twelve_rounds):
    cursor = read("rounds/?limit=5")["next"].partition("cursor=")[2]
    assert read(f"rounds/?cursor={cursor}")["count"] == 12
    for address in (
        f"rounds/?cursor={cursor}x",
        f"rounds/?cursor=x{cursor}",
        f"rounds/?ordering=edition&cursor={cursor}",
        f"agreed-points/?cursor={cursor}",
    ):
        assert [error["parameter"] for error in read(address, status=400)["errors"]] == ["cursor"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_as_often_for_three_as_for_one(keep, staff, count):
    keep(*({**ELEVENTH, "slug": f"r{number}", "edition": number + 1} for number in range(count)))
    for name in ("rounds", "agreed-points", "series", "partners", "topics", "issues", "people"):
        with CaptureQueriesContext(connection) as queries:
            assert read(f"{name}/")["count"]
        assert len(queries) == 3  # the stamp, the page, its documents
    with CaptureQueriesContext(connection) as queries:
        assert read("rounds/", staff)["count"] == count
    assert len(queries) == 6  # the session, its user, and their desks


# --- What the client has already ------------------------------------------------------------------


def test_what_the_client_has_is_not_sent_again(eleventh):
    for address in (f"rounds/{SLUG}/", "rounds/", f"agreed-points/{SLUG}.1/", "topics/"):
        etag = Client().get(API + address)["ETag"]
        again = Client().get(API + address, headers={"if-none-match": etag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert again["Cache-Control"] == "public, max-age=0, must-revalidate"
    etag = Client().get(f"{API}rounds/{SLUG}/")["ETag"]
    Person.objects.update(name="A. Habib")
    eleventh.participants.update(name="")
    renamed = Client().get(f"{API}rounds/{SLUG}/", headers={"if-none-match": etag})
    assert renamed.status_code == 200
    assert renamed.json()["participants"][0]["name"] == "A. Habib"


def test_an_etag_tells_nobody_what_exists(eleventh):
    etag = Client().get(f"{API}rounds/{SLUG}/")["ETag"]
    Round.objects.update(visibility="restricted")
    for given in (etag, "*"):
        assert (
            Client().get(f"{API}rounds/{SLUG}/", headers={"if-none-match": given}).status_code
            == 404
        )


# --- Problems -------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_cannot_be_done_at_an_address_is_said_before_who_asks(eleventh, staff, method):
    for address in ("series/", f"agreed-points/{SLUG}.1/", ""):
        for client in (Client(), staff, Client(enforce_csrf_checks=True)):
            response = getattr(client, method)(API + address)
            assert response.status_code == 405
            assert response.json()["title"] == "Method not allowed"
            assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert Round.objects.count() == 1


def test_head_and_options(eleventh):
    head = Client().head(f"{API}rounds/{SLUG}/")
    got = Client().get(f"{API}rounds/{SLUG}/")
    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Content-Length"]) == (got["ETag"], got["Content-Length"])
    for address, allowed in (
        ("topics/", "GET, HEAD, OPTIONS"),
        ("rounds/", "GET, POST, PATCH, HEAD, OPTIONS"),
        (f"rounds/{SLUG}/", "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"),
    ):
        options = Client().options(f"{API}{address}")
        assert (options.status_code, options["Allow"]) == (204, allowed)


@pytest.mark.parametrize("accept", ["text/html", "application/xml"])
def test_answers_are_json_or_none(eleventh, accept):
    assert read("", status=406, accept=accept) == {
        "type": "about:blank",
        "title": "Not acceptable",
        "status": 406,
        "detail": f"“{accept}” is not answered here; there is: application/json.",
        "instance": "/api/v1/",
    }
    browsers = "text/html,application/xhtml+xml,*/*;q=0.8"
    assert read("rounds/", accept=browsers)["count"] == 1


@pytest.mark.parametrize(
    "address", ["nothing/", "nothing", "rounds/NO/", "rounds/%00/", "rounds/a/b/", "rounds.xml"]
)
def test_an_address_where_nothing_is_answers_with_a_problem(db, address):
    assert read(address, status=404)["detail"] == "There is nothing at this address."


def test_an_address_without_its_slash_leads_to_the_one_with_it(db):
    response = Client().get(f"{API}rounds?partner=RU")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/rounds/?partner=RU")


def test_who_asks_too_much_is_told_how_long_to_wait(eleventh, staff, settings):
    settings.API_ANONYMOUS_RATE = 2
    assert [Client().get(f"{API}rounds/").status_code for _ in range(3)] == [200, 200, 429]
    response = Client().get(f"{API}rounds/", headers={"x-forwarded-for": "192.0.2.7"})
    assert (response.status_code, response["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(response["Retry-After"]) <= 61
    assert staff.get(f"{API}rounds/").status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.7").get(f"{API}rounds/").status_code == 200


def test_what_goes_wrong_inside_stays_inside(db, monkeypatch):
    monkeypatch.setattr(reading, "documents", lambda *args, **options: 1 / 0)
    response = Client(raise_request_exception=False).get(f"{API}rounds/")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert response.json() == {
        "type": "about:blank",
        "title": "Server error",
        "status": 500,
        "detail": "Something went wrong here; it has been noted.",
        "instance": "/api/v1/rounds/",
    }
    with pytest.raises(ZeroDivisionError):
        Client().get(f"{API}rounds/")


def test_problems_speak_the_readers_language(db):
    response = Client().get(f"{API}nothing/", headers={"accept-language": "id"})
    assert response["Content-Language"] == "id"
    assert response.json()["status"] == 404


# --- The description ------------------------------------------------------------------------------


def test_the_schema_is_valid_and_silent(capfd, tmp_path):
    file = tmp_path / "schema.json"
    with translation.override("en"):
        call_command(
            "spectacular", "--fail-on-warn", "--validate", format="openapi-json", file=str(file)
        )
    assert capfd.readouterr() == ("", "")
    schema = json.loads(file.read_text())
    assert schema["openapi"] == "3.1.0"
    assert schema == read("schema/")
    assert sorted(schema["paths"])[:3] == [
        "/api/v1/",
        "/api/v1/agreed-points/",
        "/api/v1/agreed-points/{reference}/",
    ]
    components = schema["components"]["schemas"]
    assert components["Format"]["enum"] == ["in_person", "virtual", "hybrid", "unknown"]
    assert {"RoundStatus", "PointStatus", "ServedRound", "RoundPage", "Problem"} <= set(components)
    for used in references(schema):
        assert used.removeprefix("#/components/schemas/") in components


def references(part):
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"]
        part = list(part.values())
    if isinstance(part, list):
        for value in part:
            yield from references(value)


def test_the_schema_tells_of_every_parameter(db):
    operation = read("schema/")["paths"]["/api/v1/rounds/"]["get"]
    told = {entry["name"] for entry in operation["parameters"] if entry["in"] == "query"}
    assert told == {*views.RoundList.filterset.base_filters, *views.RoundList.parameters}
    assert set(operation["responses"]) == {
        "200",
        "304",
        "400",
        "401",
        "405",
        "406",
        "429",
        "500",
        "503",
    }


def test_the_documentation_page_keeps_to_the_content_policy(browser_page, live_server):
    foreign = []
    browser_page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((live_server.url, "data:"))
            else foreign.append(request.url)
        ),
    )
    browser_page.goto("/api/v1/docs/")
    browser_page.get_by_text("/api/v1/agreed-points/{reference}/", exact=True).wait_for()
    assert foreign == []


def test_the_documentation_page_has_problems_like_all_others(db):
    assert read("docs/", status=406, accept="text/csv")["instance"] == "/api/v1/docs/"
    assert Client().post(f"{API}docs/").json()["status"] == 405


def test_a_program_reads_all_rounds_over_the_network(live_server, eleventh):
    def fetch(address: str):
        with urllib.request.urlopen(address) as response:  # noqa: S310
            return json.load(response)

    index = fetch(f"{live_server.url}/api/v1/")
    page = fetch(index["rounds"])
    assert [fetch(document["url"]) for document in page["results"]] == page["results"]
    assert page["results"][0]["slug"] == SLUG
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(f"{index['rounds']}?series=none")
    assert json.load(refused.value)["errors"][0]["parameter"] == "series"
