"""Programs write the record: under the admin's rules, whole or not at all, and losing nothing."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client

from dialogues import workflow
from dialogues.models import AgreedPoint, Person, Round, Series, Statement, Topic
from dialogues.queries.history import events_of, history
from tests.programs import Program, problem
from tests.scene import Scene, scene

__all__ = ["scene"]

DOCUMENT: dict[str, Any] = {
    "slug": "twelfth",
    "series": {"slug": "russia-dialogue"},
    "edition": 12,
    "status": "held",
    "date": "2022-10",
    "format": "in_person",
    "venues": [{"city": "Moscow", "country": "RU"}],
    "participants": [{"side": "own", "role": "head", "name": "Achsanul Habib"}],
    "topics": ["right-to-health"],
    "summary": "Both compared “good practice”.",
    "statements": [{"side": "own", "text": "Vaccines.", "internal_note": "Repeat it."}],
    "agreed_points": [
        {"text": "Share data.", "responsible": "both", "internal_note": "Theirs to begin."},
        {"text": "Meet again.", "topics": ["right-to-health"]},
    ],
    "internal_note": "Between us.",
    "visibility": "internal",
}


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def ayu(scene: Scene) -> Program:
    """The program of an officer of the desk that owns the Russian series."""
    return Program(scene.ayu)


@pytest.fixture
def twelfth(ayu: Program) -> str:
    """The address of a round that the officer has entered, as a draft."""
    assert ayu.post("rounds/", DOCUMENT).status_code == 201
    return "rounds/twelfth/"


def why(round_: Round) -> str:
    """The reason that history was told of the round's last write."""
    last = events_of(Round).filter(pgh_obj_id=round_.pk).latest("pgh_id")
    assert last.pgh_context is not None
    return str(last.pgh_context.metadata["reason"])


# --- Creating -------------------------------------------------------------------------------------


def test_a_document_becomes_a_round(ayu: Program):
    made = ayu.post("rounds/", DOCUMENT, x_reason="Notes of the – week".encode().decode("latin-1"))

    assert made.status_code == 201
    assert made["Location"] == "http://testserver/api/v1/rounds/twelfth/"
    served = ayu.get("rounds/twelfth/")
    assert (served.content, served["ETag"]) == (made.content, made["ETag"])
    said = {key: value for key, value in DOCUMENT.items() if not isinstance(value, list | dict)}
    assert said.items() <= made.json().items()
    assert made.json()["publication"] == "draft"
    assert [point["number"] for point in made.json()["agreed_points"]] == [1, 2]
    (entry,) = history(Round.objects.get(), ayu.token.owner)
    assert (entry.author.name, entry.author.whence) == ("Ayu", "API, token “Script”")
    assert why(Round.objects.get()) == "Notes of the – week"


def test_a_slug_is_made_where_none_is_given(ayu: Program):
    made = ayu.post("rounds/", {key: DOCUMENT[key] for key in DOCUMENT if key != "slug"})
    assert made["Location"].endswith("/rounds/russia-dialogue-12/")


def test_what_stands_already_is_not_created_again(ayu: Program, twelfth: str):
    other = {**DOCUMENT, "slug": "another", "edition": 12}
    assert problem(ayu.post("rounds/", DOCUMENT), 409) == {
        "/slug": "There is a round of this slug already."
    }
    assert problem(ayu.post("rounds/", other), 409) == {
        "/edition": "The series' edition is “twelfth” already."
    }
    undated = {key: other[key] for key in other if key not in ("slug", "edition")}
    assert problem(ayu.post("rounds/", undated), 409).keys() == {"/date"}
    assert ayu.post("rounds/", {**undated, "slug": "another"}).status_code == 201


def test_what_is_wrong_is_pointed_at_and_nothing_is_written(ayu: Program):
    wrong = copy.deepcopy(DOCUMENT)
    wrong["agreed_points"][1] |= {"statuss": "open", "due": "30 June"}
    wrong["topics"] = ["a-new-topic"]
    wrong["status"] = "over"
    told = problem(ayu.post("rounds/", wrong), 400)

    assert told.keys() == {"/status", "/agreed_points/1/statuss", "/agreed_points/1/due"}
    assert "did you mean “status”" in told["/agreed_points/1/statuss"]
    assert "'planned', 'confirmed'" in told["/status"]
    assert not Topic.objects.exists()
    unknown = problem(ayu.post("rounds/", {**DOCUMENT, "series": "atlantis"}), 400)
    assert unknown.keys() == {"/series/title"}


def test_a_list_is_created_whole_or_not_at_all(ayu: Program):
    rounds = [{**DOCUMENT, "slug": f"r{number}", "edition": number} for number in (1, 2, 3)]
    wrong = copy.deepcopy(rounds)
    wrong[1]["date"] = "soon"
    assert problem(ayu.post("rounds/", wrong), 400).keys() == {"/1/date"}
    wrong[1]["date"] = "2022"
    wrong[2]["series"] = {"slug": "fiji-dialogue"}
    assert problem(ayu.post("rounds/", wrong), 403).keys() == {"/2/series"}
    twice = [rounds[0], {**rounds[1], "edition": 1}]
    told = problem(ayu.post("rounds/", twice), 400)
    assert told == {"/1": "This is the round of /0 again."}
    assert not Round.objects.exists()

    made = ayu.post("rounds/", rounds)
    assert made.status_code == 201
    assert [document["slug"] for document in made.json()] == ["r1", "r2", "r3"]
    assert made.json()[0] == ayu.get("rounds/r1/").json()
    assert problem(ayu.post("rounds/", []), 400) == {"": "A list has 1 to 500 documents here."}


def test_what_is_wrong_in_a_list_is_told_by_places_in_it(ayu: Program, scene: Scene):
    """Not by lines, as of a file; and each thing at its own place."""
    rounds = [{**DOCUMENT, "slug": f"r{number}", "edition": number} for number in (1, 2, 3)]
    rounds[1]["series"] = {"slug": "russia-dialogue", "title": "Talks"}
    rounds[2]["series"] = {"slug": "russia-dialogue", "title": "Dialogue"}
    assert problem(ayu.post("rounds/", rounds), 400) == {
        "/2/series/title": "“Dialogue” here, but “Talks” at /1/series/title."
    }
    scene.ayu.groups.clear()
    for name in ("view_round", "add_round", "change_round"):
        scene.ayu.user_permissions.add(Permission.objects.get(codename=name))
    partner = {"code": "AQ", "name": "Antarctica"}
    rounds[1]["series"] = "russia-dialogue"
    rounds[2]["series"] = {"slug": "ice", "title": "Ice", "partner": partner}
    assert not problem(Program(scene.ayu).post("rounds/", rounds), 403).keys() - {
        "/2/series/partner/code"
    }


# --- Replacing and patching -----------------------------------------------------------------------


def test_a_round_is_read_changed_and_put_back(ayu: Program, twelfth: str):
    read = ayu.get(twelfth)
    document = read.json()
    document["summary"] = "They compared what works."
    document["agreed_points"][0]["status"] = "done"
    put = ayu.put(twelfth, document, if_match=read["ETag"])

    assert put.status_code == 200
    assert put["ETag"] == ayu.etag(twelfth) != read["ETag"]
    expected = {**document, "updated": put.json()["updated"]}
    assert put.json() == expected
    again = ayu.put(twelfth, put.json(), if_match=put["ETag"])
    assert (again.status_code, again["ETag"]) == (200, put["ETag"])


def test_what_a_document_leaves_out_is_empty_but_for_what_is_not_its_to_lose(ayu, twelfth):
    bare: dict[str, Any] = {"series": "russia-dialogue", "status": "held", "visibility": "internal"}
    bare["agreed_points"] = [{"number": 2, "text": "Meet again."}]
    put = ayu.put(twelfth, bare, if_match="*").json()

    assert (put["slug"], put["edition"], put["internal_note"]) == ("twelfth", 12, "Between us.")
    assert (put["summary"], put["date"], put["statements"]) == ("", None, [])
    assert [point["number"] for point in put["agreed_points"]] == [2]


def test_a_patch_changes_the_keys_that_it_names(ayu: Program, twelfth: str):
    before = ayu.get(twelfth).json()
    patched = ayu.patch(
        twelfth,
        {
            "summary": "No.",
            "edition": None,
            "agreed_points": [{"number": 1, "text": "Share."}],
        },
        content_type="application/merge-patch+json",
        if_match=ayu.etag(twelfth),
    ).json()

    changed = {key for key in before if before[key] != patched[key]} - {"updated"}
    assert changed == {"summary", "edition", "agreed_points"}
    assert patched["edition"] is None
    assert [point["internal_note"] for point in patched["agreed_points"]] == ["Theirs to begin."]
    # JSON by another name is a merge patch too.
    assert ayu.patch(twelfth, {"format_note": "x"}, if_match="*").json()["format_note"] == "x"
    for given, pointer in (
        ({"summry": ""}, "/summry"),
        ({"status": None}, "/status"),
        ({"publication": None}, "/publication"),
        ({"slug": "other"}, "/slug"),
        ({"series": {"titel": "x"}}, "/series/titel"),
    ):
        assert problem(ayu.patch(twelfth, given, if_match="*"), 400).keys() == {pointer}


def test_a_patch_of_the_series_never_renames_the_other(ayu: Program, twelfth: str, scene: Scene):
    moved = ayu.patch(twelfth, {"series": {"slug": "norway-dialogue"}}, if_match="*")
    assert moved.json()["series"]["title"] == "Norway Human Rights Dialogue"
    renamed = ayu.patch(twelfth, {"series": {"title": "Oslo talks"}}, if_match="*")
    assert renamed.json()["series"]["title"] == "Oslo talks"
    assert Series.objects.get(slug="russia-dialogue").title == "Russia Human Rights Dialogue"


def test_a_put_creates_only_where_it_says_that_nothing_is(ayu: Program):
    bare = {key: DOCUMENT[key] for key in DOCUMENT if key != "slug"}
    assert problem(ayu.put("rounds/twelfth/", bare, if_match="*"), 404) == {}
    elsewhere = ayu.put("rounds/thirteenth/", DOCUMENT, if_none_match="*")
    assert problem(elsewhere, 400).keys() == {"/slug"}
    made = ayu.put("rounds/twelfth/", bare, if_none_match="*")
    assert (made.status_code, made["Location"][-16:]) == (201, "/rounds/twelfth/")
    assert ayu.put("rounds/twelfth/", bare, if_none_match="*").status_code == 412


# --- Preconditions --------------------------------------------------------------------------------


def test_a_write_says_what_it_was_made_of(ayu: Program, twelfth: str, scene: Scene):
    old = ayu.etag(twelfth)
    Person.objects.update(name="A. Habib")
    Round.objects.update(format_note="Somebody's")
    for send in (
        lambda **given: ayu.put(twelfth, DOCUMENT, **given),
        lambda **given: ayu.patch(twelfth, {"summary": ""}, **given),
        lambda **given: ayu.delete(twelfth, **given),
    ):
        problem(send(), 428)
        stale = send(if_match=old)
        problem(stale, 412)
        assert stale["ETag"] == ayu.etag(twelfth)
    assert Round.objects.get().format_note == "Somebody's"
    weak = f"W/{ayu.etag(twelfth)}"  # as compression on the way makes it
    assert ayu.patch(twelfth, {"summary": ""}, if_match=f'"other", {weak}').status_code == 200


def test_permission_is_judged_before_an_etag_is(scene: Scene, ayu: Program, twelfth: str):
    hidden = ayu.patch(twelfth, {"visibility": "restricted"}, if_match="*")
    budi = Program(scene.budi)
    nothing = budi.patch("rounds/nothing/", {"summary": 7}, if_match=hidden["ETag"])
    for etag in ("*", hidden["ETag"], '"x"'):
        answer = budi.patch(twelfth, {"summary": 7}, if_match=etag)
        assert problem(answer, 404) == {}
        assert answer.content.replace(b"twelfth", b"nothing") == nothing.content
    ayu.patch(twelfth, {"visibility": "internal"}, if_match="*")
    assert problem(budi.delete(twelfth), 403) == {}


# --- Withdrawing ----------------------------------------------------------------------------------


def test_delete_withdraws_what_is_published_and_deletes_a_draft_that_never_was(
    scene: Scene, ayu: Program, twelfth: str
):
    citra = Program(scene.citra)
    kept = Round.objects.get()
    workflow.submit(scene.ayu, kept)
    problem(ayu.delete(twelfth, if_match="*"), 409)
    workflow.publish(scene.citra, kept, confirmed=True)
    problem(ayu.delete(twelfth, if_match="*"), 403)
    assert citra.delete(twelfth, if_match="*", x_reason="Not ours").status_code == 204
    assert Round.objects.get().publication == "withdrawn"
    assert why(kept) == "Not ours"
    problem(citra.delete(twelfth, if_match="*"), 409)

    ayu.post("rounds/", {**DOCUMENT, "slug": "draft", "edition": 13})
    assert ayu.delete("rounds/draft/", if_match="*").status_code == 204
    assert not Round.objects.filter(slug="draft").exists()


# --- Publication ----------------------------------------------------------------------------------


def test_the_steps_of_publication_are_those_of_the_admin(scene: Scene, ayu: Program, twelfth: str):
    citra = Program(scene.citra)
    published = {"publication": "published"}
    assert problem(ayu.patch(twelfth, published, if_match="*"), 403).keys() == {"/publication"}
    assert ayu.patch(twelfth, {"publication": "in_review"}, if_match="*").status_code == 200
    told = problem(citra.patch(twelfth, {"publication": "draft"}, if_match="*"), 400)
    assert told == {"/publication": "Say what is to be done before it comes back."}
    sent_back = citra.patch(
        twelfth, {"publication": "draft"}, if_match="*", x_reason="Who led for them?"
    )
    assert sent_back.json()["publication"] == "draft"
    lacking = citra.patch(twelfth, published, if_match="*")
    assert problem(lacking, 409).keys() == {"/publication"}
    confirmed = citra.patch(f"{twelfth}?confirm=true", published, if_match="*")
    assert confirmed.json()["publication"] == "published"
    # Four eyes: who has written it does not publish it; and then nothing of it is written.
    own = {**DOCUMENT, **published, "slug": "own", "series": "norway-dialogue"}
    assert problem(citra.post("rounds/?confirm=true", own), 403).keys() == {"/publication"}
    assert Round.objects.count() == 1


# --- Who may --------------------------------------------------------------------------------------


def test_what_a_token_cannot_do(scene: Scene, ayu: Program, twelfth: str):
    reading = Program(scene.ayu, may_write=False)
    analyst = Program(scene.eka)
    for send in (
        lambda program: program.post("rounds/", DOCUMENT),
        lambda program: program.put(twelfth, DOCUMENT, if_match="*"),
        lambda program: program.patch(twelfth, {}, if_match="*"),
        lambda program: program.patch("rounds/", [{"slug": "twelfth"}]),
        lambda program: program.delete(twelfth, if_match="*"),
        lambda program: program.post("agreed-points/twelfth.1/follow-ups/", {"note": "x"}),
    ):
        refused = send(reading)
        assert problem(refused, 403) == {}
        assert 'error="insufficient_scope"' in refused["WWW-Authenticate"]
        assert refused.json()["detail"] == "This token only reads."
        assert send(analyst).json()["detail"] == "Your account does not write rounds."
        ayu.client.logout()
        anonymous = ayu.client.generic("POST", "/api/v1/rounds/", "{}", "application/json")
        assert anonymous.status_code == 401
        assert anonymous["WWW-Authenticate"] == 'Bearer realm="dialogues"'


def test_a_desk_writes_in_its_own_series(scene: Scene, ayu: Program, twelfth: str):
    budi = Program(scene.budi)
    theirs = {**DOCUMENT, "slug": "theirs", "edition": 13}
    assert problem(budi.post("rounds/", theirs), 403).keys() == {"/series"}
    problem(budi.put(twelfth, DOCUMENT, if_match="*"), 403)
    for moved in ("fiji-dialogue", {"slug": "fiji-dialogue"}):
        told = problem(ayu.patch(twelfth, {"series": moved}, if_match="*"), 403)
        assert "/series" in told
    # Nor does a round's document change what is another's: the series' title, its partner's name.
    fiji = scene.round(scene.fiji, visibility="public", publication="published")
    renamed = {**DOCUMENT, "series": {"slug": "russia-dialogue", "title": "Ours"}, "slug": "x"}
    assert problem(budi.post("rounds/", renamed), 403).keys() == {"/series", "/series/title"}
    assert Round.objects.filter(slug=fiji.slug).exists()


def test_a_restricted_round_stays_in_sight_of_its_writer(scene: Scene, ayu: Program, twelfth: str):
    assert ayu.patch(twelfth, {"visibility": "restricted"}, if_match="*").status_code == 200
    out = problem(ayu.patch(twelfth, {"series": "norway-dialogue"}, if_match="*"), 403)
    assert out.keys() == {"/visibility"}
    citra = Program(scene.citra)
    scene.round(scene.russia, slug="seen")
    hidden = citra.patch("rounds/seen/", {"visibility": "restricted"}, if_match="*")
    assert problem(hidden, 403).keys() == {"/visibility"}


def test_a_series_that_one_does_not_see_is_like_one_that_is_not(scene: Scene, ayu: Program):
    scene.round(scene.fiji, visibility="restricted")
    scene.fiji.rounds.exclude(visibility="restricted").delete()
    one, other = (
        ayu.post("rounds/", {**DOCUMENT, "series": slug}) for slug in ("fiji-dialogue", "atlantis")
    )
    assert one.content.replace(b"fiji-dialogue", b"atlantis") == other.content
    described = {
        "slug": "fiji-dialogue",
        "title": "T",
        "partner": {"code": "FJ"},
    }
    taken = ayu.post("rounds/", {**DOCUMENT, "series": described})
    assert problem(taken, 409) == {"/series/slug": "This slug cannot be given to a series."}


def test_a_browser_that_has_signed_in_writes_with_its_csrf_token(scene: Scene):
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.ayu)
    client.get("/accounts/tokens/")
    secret = client.cookies["csrftoken"].value

    def post(**headers: str) -> Any:
        return client.post(
            "/api/v1/rounds/", DOCUMENT, content_type="application/json", headers=headers
        )

    assert post().status_code == 403
    assert "CSRF" in post().json()["detail"]
    made = post(**{"x-csrftoken": secret})
    assert made.status_code == 201
    assert history(Round.objects.get(), scene.ayu)[0].author.whence == "API"


# --- Follow-ups -----------------------------------------------------------------------------------


def test_a_follow_up_is_added_to_what_is_there(ayu: Program, twelfth: str):
    address = "agreed-points/twelfth.1/follow-ups/"
    first = ayu.post(address, {"date": "2023", "note": "A letter."})
    second = ayu.post(address, {"date": "2024-01", "status": "done", "note": "Data came."})

    assert (first.status_code, second.status_code) == (201, 201)
    assert second["Location"] == "http://testserver/api/v1/agreed-points/twelfth.1/"
    point = ayu.get("agreed-points/twelfth.1/")
    assert (point.json(), point["ETag"]) == (second.json(), second["ETag"])
    assert [told["note"] for told in point.json()["follow_ups"]] == ["A letter.", "Data came."]
    assert point.json()["internal_note"] == "Theirs to begin."
    assert Statement.objects.get().internal_note == "Repeat it."
    stale = ayu.post(address, {"note": "x"}, if_match=first["ETag"])
    assert problem(stale, 412) == {}
    for given, pointers in (
        ({"note": 7, "statuss": "x"}, {"/note", "/statuss"}),
        ({}, {""}),
        ([], {""}),
    ):
        assert problem(ayu.post(address, given), 400).keys() == pointers
    problem(ayu.post("agreed-points/twelfth.9/follow-ups/", {"note": "x"}), 404)
    assert AgreedPoint.objects.get(number=1).follow_ups.count() == 2
