"""What is sent badly, twice, or by two at once: it is told, and nothing is half-written."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone

from dialogues.api import idempotency, round_writing
from dialogues.models import IdempotencyKey, Round
from tests.programs import API, Program, problem
from tests.scene import Scene, scene

__all__ = ["scene"]

DOCUMENT: dict[str, Any] = {
    "slug": "twelfth",
    "series": "russia-dialogue",
    "edition": 12,
    "status": "held",
    "visibility": "internal",
}
TEXT = json.dumps(DOCUMENT)


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def ayu(scene: Scene) -> Program:
    return Program(scene.ayu)


# --- Bodies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        (" ", 1, 1),
        ('{"status": "held",\n "date": 2022-}', 2, 14),
        ('{"status": "held"', 1, 17),
        ('{"edition": NaN}', 1, 13),
        ('{"summary": "\\ud800"}', 1, 20),
        ("[" * 300, 1, 202),
        (b'{"summary": "\xff"}', 1, 14),
        ('{"edition": ' + "9" * 5000 + "}", 1, 4314),
    ],
)
def test_what_is_no_json_is_told_by_line_and_column(ayu: Program, body, line, column):
    answer = ayu.post("rounds/", body)
    assert list(problem(answer, 400)) == [""]
    assert (answer.json()["line"], answer.json()["column"]) == (line, column)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (TEXT[:-1] + ', "edition": 12}', "/edition"),
        (TEXT[:-1] + ', "venues": [{"city": "a", "city": "b"}]}', "/venues/0/city"),
        (TEXT[:-1] + ', "agreed_points": [{"number": 123456789012345678901234567890}]}',
         "/agreed_points/0/number"),
        (TEXT[:-1] + ', "topics": [1e999]}', "/topics/0"),
        (TEXT[:-1] + ', "summary": "\\u0000"}', "/summary"),
        (TEXT[:-1] + ', "summary\\u0000": ""}', "/summary\x00"),
        ("7", ""),
        ("[7]", "/0"),
    ],
)  # fmt: skip
def test_what_can_be_read_but_not_kept_is_pointed_at(ayu: Program, body: str, pointer: str):
    assert problem(ayu.post("rounds/", body), 400).keys() == {pointer}
    assert not Round.objects.exists()


def test_a_body_of_another_kind_is_told_which_is_taken(ayu: Program):
    utf_16 = "application/json; charset=utf-16"
    for kind in ("text/csv", "application/x-www-form-urlencoded", utf_16, ""):
        refused = ayu.post("rounds/", TEXT, content_type=kind)
        assert problem(refused, 415) == {}
        assert refused["Accept"] == "application/json"
    patch = ayu.patch("rounds/x/", "{}", content_type="text/plain")
    assert patch["Accept"] == "application/merge-patch+json, application/json"
    zipped = ayu.post("rounds/", TEXT, content_encoding="gzip")
    assert (zipped.status_code, zipped["Accept-Encoding"]) == (415, "identity")
    charset = ayu.post("rounds/", TEXT, content_type='application/json; charset="UTF-8"')
    assert charset.status_code == 201


def test_what_a_browser_sends_is_read_no_earlier_and_no_other_way(ayu: Program, settings):
    """Signed in, it is asked for its CSRF token; that is not looked for in the body."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ayu.token.owner)
    browser.get("/accounts/tokens/")
    secret = {"x-csrftoken": browser.cookies["csrftoken"].value}

    def post(text: str, **headers: str) -> Any:
        kind = "application/json"
        return browser.post(f"{API}rounds/", text, content_type=kind, headers=headers)

    assert problem(post("nothing", **secret), 400) == problem(ayu.post("rounds/", "nothing"), 400)
    settings.API_LARGEST_BODY = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = len(TEXT)
    assert problem(post(TEXT + " ", **secret), 413) == {}
    assert problem(post(TEXT + " "), 403) == {}
    assert post(TEXT, **secret).status_code == 201


def test_a_document_of_50_mb_is_refused_unread(ayu: Program, settings):
    class Unread:
        def read(self, *size: int) -> bytes:
            raise AssertionError("The body was read.")

        readline = read

    def send(length: str, **meta: Any) -> Any:
        secret = f"Bearer {ayu.token.secret}"
        return Client().generic(
            "POST",
            f"{API}rounds/",
            **{
                "CONTENT_TYPE": "application/json",
                "CONTENT_LENGTH": length,
                "wsgi.input": Unread(),
                "HTTP_AUTHORIZATION": secret,
                **meta,
            },
        )

    assert problem(send(str(50 * 1024 * 1024)), 413) == {}
    assert problem(send("", HTTP_TRANSFER_ENCODING="chunked"), 411) == {}
    # And one that is longer than it says of itself, or than the operator lets through.
    settings.API_LARGEST_BODY = len(TEXT)
    assert ayu.post("rounds/", TEXT).status_code == 201
    assert ayu.post("rounds/", TEXT + " ").status_code == 413


def test_wrong_headers_and_parameters_are_told(ayu: Program):
    for address, headers, said in (
        ("rounds/?confirm=perhaps", {}, "Wrong parameters"),
        ("rounds/?fields=slug", {}, "Wrong parameters"),
        ("rounds/", {"x_reason": "x" * 501}, "Bad request"),
        ("rounds/", {"idempotency_key": "x" * 256}, "Bad request"),
        ("rounds/", {"idempotency_key": " "}, "Bad request"),
    ):
        answer = ayu.post(address, DOCUMENT, **headers)
        assert (answer.status_code, answer.json()["title"]) == (400, said)


# --- Idempotency ----------------------------------------------------------------------------------


def test_what_comes_twice_is_done_once_and_answered_the_same(ayu: Program):
    first, second = (ayu.post("rounds/", DOCUMENT, idempotency_key="k1") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    for name in ("ETag", "Location", "Content-Type"):
        assert second[name] == first[name]
    assert (first.get("Idempotency-Replayed"), second["Idempotency-Replayed"]) == (None, "true")
    other = ayu.post("rounds/", {**DOCUMENT, "slug": "other"}, idempotency_key="k1")
    assert problem(other, 422) == {}
    assert Round.objects.count() == 1


def test_a_key_is_its_accounts_own_and_forgotten_after_a_day(scene: Scene, ayu: Program):
    root = Program(scene.root)
    assert ayu.post("rounds/", DOCUMENT, idempotency_key="k1").status_code == 201
    assert root.post("rounds/", DOCUMENT, idempotency_key="k1").status_code == 409
    IdempotencyKey.objects.update(made=timezone.now() - timedelta(hours=24, seconds=1))
    later = {**DOCUMENT, "slug": "later", "edition": 13}
    assert ayu.post("rounds/", later, idempotency_key="k1").status_code == 201
    assert IdempotencyKey.objects.count() == 1


def test_an_error_is_not_kept(ayu: Program):
    wrong = ayu.post("rounds/", {**DOCUMENT, "status": "over"}, idempotency_key="k1")
    assert wrong.status_code == 400
    assert ayu.post("rounds/", DOCUMENT, idempotency_key="k1").status_code == 201


def test_an_answer_is_told_again_only_to_who_may_still_see_it(scene: Scene, ayu: Program):
    ayu.post("rounds/", {**DOCUMENT, "visibility": "restricted"}, idempotency_key="k1")
    scene.europe.members.remove(scene.ayu)
    again = ayu.post("rounds/", {**DOCUMENT, "visibility": "restricted"}, idempotency_key="k1")
    assert problem(again, 404) == {}


def test_a_follow_up_that_is_sent_twice_stands_once(ayu: Program):
    ayu.post("rounds/", {**DOCUMENT, "agreed_points": [{"text": "Share."}]})
    address = "agreed-points/twelfth.1/follow-ups/"
    answers = [ayu.post(address, {"note": "A letter."}, idempotency_key="k") for _ in range(2)]
    assert [len(answer.json()["follow_ups"]) for answer in answers] == [1, 1]


# --- Two at once ----------------------------------------------------------------------------------


def at_once(*jobs: Any) -> list[Any]:
    """What each job gives, begun together in threads of their own."""
    given: list[Any] = [None] * len(jobs)
    barrier = threading.Barrier(len(jobs))

    def run(place: int) -> None:
        try:
            barrier.wait(10)
            given[place] = jobs[place]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return given


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_the_same_one_is_told_and_nothing_is_lost(ayu: Program):
    ayu.post("rounds/", DOCUMENT)
    etag = ayu.etag("rounds/twelfth/")
    answers = at_once(
        lambda: ayu.patch("rounds/twelfth/", {"summary": "One."}, if_match=etag),
        lambda: ayu.patch("rounds/twelfth/", {"format_note": "Two."}, if_match=etag),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    stands = ayu.get("rounds/twelfth/").json()
    assert sorted((stands["summary"], stands["format_note"])) in (["", "One."], ["", "Two."])
    assert stands["updated"] > stands["created"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_create_the_same_one_is_told(ayu: Program):
    new = {**DOCUMENT, "topics": ["a-new-topic"]}
    answers = at_once(*(lambda: ayu.post("rounds/", new) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert Round.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_request_that_comes_again_while_the_first_is_under_way_waits(ayu: Program, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()
    answer_with = round_writing.CreatesRounds.answer_with

    def slowly(*given: Any) -> Any:
        begun.set()
        go_on.wait(10)
        return answer_with(*given)

    monkeypatch.setattr(round_writing.CreatesRounds, "answer_with", slowly)

    def later() -> Any:
        begun.wait(10)
        try:
            return ayu.post("rounds/", DOCUMENT, idempotency_key="k1")
        finally:
            go_on.set()

    first, second = at_once(lambda: ayu.post("rounds/", DOCUMENT, idempotency_key="k1"), later)
    assert first.status_code == 201
    assert problem(second, 409) == {}
    assert second["Retry-After"] == "1"


# --- What breaks ----------------------------------------------------------------------------------


def test_without_the_database_an_answer_says_when_to_try_again(ayu: Program, monkeypatch):
    def fails(*given: Any, **more: Any) -> None:
        raise OperationalError("connection to server failed: secret-host")

    monkeypatch.setattr(round_writing, "documents", fails)
    monkeypatch.setattr(idempotency, "once", fails)
    ayu.client.raise_request_exception = False
    answer = ayu.post("rounds/", DOCUMENT)
    assert problem(answer, 503) == {}
    assert answer["Retry-After"] == "5"
    assert "secret-host" not in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [("/api/v2/rounds/", "testserver", 404), ("/api/", "testserver", 404), (API, "x.example", 400)],
)
def test_what_no_view_answers_is_a_problem_too(db, address: str, host: str, status: int):
    answer = Client(raise_request_exception=False).get(address, headers={"host": host})
    assert problem(answer, status) == {}
    assert answer.json()["instance"] == address


def test_what_breaks_in_the_middle_leaves_nothing(ayu: Program, monkeypatch):
    monkeypatch.setattr(round_writing.CreatesRounds, "answer_with", lambda *given: 1 / 0)
    ayu.client.raise_request_exception = False
    with transaction.atomic():
        answer = ayu.post("rounds/", DOCUMENT, idempotency_key="k1")
    assert (answer.status_code, answer.json()["title"]) == (500, "Server error")
    assert "ZeroDivision" not in answer.content.decode()
    assert not Round.objects.exists()
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_program_works_over_the_network(live_server, ayu: Program):
    with httpx.Client(
        base_url=f"{live_server.url}{API}",
        headers={"authorization": f"Bearer {ayu.token.secret}", "accept-language": "id"},
    ) as http:
        made = http.post("rounds/", json={**DOCUMENT, "summary": "They met. " * 100})
        assert made.status_code == 201
        read = http.get(made.headers["location"])
        # Compressed on the way, the ETag is a weak one; it serves for a write all the same.
        assert read.headers["content-encoding"] == "gzip"
        assert read.headers["etag"].startswith("W/")
        document = read.json() | {"summary": "Shorter."}
        address = document.pop("url")
        put = http.put(address, json=document, headers={"if-match": read.headers["etag"]})
        assert (put.status_code, put.json()["summary"]) == (200, "Shorter.")
        stale = http.put(address, json=document, headers={"if-match": read.headers["etag"]})
        assert stale.status_code == 412
        assert stale.json()["title"] == "Prasyarat tidak terpenuhi"
        large = http.post("rounds/", content=b" " * (5 * 1024 * 1024 + 1),
                          headers={"content-type": "application/json"})  # fmt: skip
        assert large.status_code == 413
