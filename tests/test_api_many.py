"""A program changes many rounds at once: all or none, and only as they were read.

These tests commit: when a round was last written is when its transaction began.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from dialogues.models import AgreedPoint, Round
from tests.programs import Program, problem
from tests.scene import Scene
from tests.test_api_writing import DOCUMENT, why

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene() -> Scene:
    cache.clear()
    return Scene()


@pytest.fixture
def ayu(scene: Scene) -> Program:
    """The program of an officer of the desk that owns the Russian series."""
    return Program(scene.ayu)


@pytest.fixture
def three(ayu: Program) -> list[dict[str, Any]]:
    """Three drafts as they are read from the list."""
    rounds = [{**DOCUMENT, "slug": f"r{number}", "edition": number} for number in (1, 2, 3)]
    assert ayu.post("rounds/", rounds).status_code == 201
    served: list[dict[str, Any]] = ayu.get("rounds/?ordering=edition").json()["results"]
    return served


def named(read: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A patch of a round that was read."""
    return {"slug": read["slug"], "updated": read["updated"], **changes}


def test_many_rounds_are_changed_by_a_list_of_patches(ayu: Program, three: list[Any]):
    one, two, three_ = three
    sent = [named(three_, summary="Third."), named(one, host="own", topics=[])]
    answer = ayu.patch("rounds/", sent, x_reason="Put right")

    assert answer.status_code == 200
    assert [document["slug"] for document in answer.json()] == ["r3", "r1"]
    now = {document["slug"]: document for document in ayu.get("rounds/").json()["results"]}
    assert answer.json() == [now["r3"], now["r1"]]
    for before, changed in ((one, {"host", "topics"}), (two, set()), (three_, {"summary"})):
        after = now[before["slug"]]
        moved = {"updated"} if changed else set()
        assert {key for key in before if before[key] != after[key]} == changed | moved
    assert why(Round.objects.get(slug="r1")) == "Put right"
    # A step of publication is taken by each.
    sent = [named(now[slug], publication="in_review") for slug in ("r1", "r3")]
    told = ayu.patch("rounds/", sent).json()
    assert [document["publication"] for document in told] == ["in_review", "in_review"]
    # What was read whole may be sent whole.
    assert ayu.patch("rounds/", told).json() == told


def test_many_rounds_are_changed_all_or_none(scene: Scene, ayu: Program, three: list[Any]):
    one, two, _three = three
    good = named(one, summary="Changed.")
    for bad, status, told in (
        (named(two, date="soon"), 400, {"/1/date"}),
        (named(two, edition=1), 409, {"/1/edition"}),
        (named(two, publication="published"), 403, {"/1/publication"}),
        (named({**two, "slug": "nothing"}), 404, {"/1/slug"}),
        (named({**two, "slug": "no such\x00"}), 404, {"/1/slug"}),
        ({"slug": "r2", "summary": "Unread."}, 428, {"/1/updated"}),
        (named({**two, "updated": "2001-01-01T00:00:00Z"}), 412, {"/1/updated"}),
        (named({**two, "updated": "yesterday"}), 400, {"/1/updated"}),
        ({"summary": "Whose?"}, 400, {"/1/slug"}),
        (good, 400, {"/1/slug"}),
        ("r2", 400, {"/1"}),
    ):
        assert problem(ayu.patch("rounds/", [good, bad]), status).keys() == told, bad
    wrong: Any
    for wrong in ([], {}, [good] * 501):
        assert problem(ayu.patch("rounds/", wrong), 400) == {
            "": "A list has 1 to 500 merge patches here."
        }
    merge_patch = ayu.patch("rounds/", [good], content_type="application/merge-patch+json")
    assert merge_patch.status_code == 415
    assert not Round.objects.filter(summary="Changed.").exists()


def test_a_list_says_of_each_what_was_read_whoever_wrote_since(
    scene: Scene, ayu: Program, three: list[Any]
):
    AgreedPoint.objects.filter(round__slug="r2", number=1).update(text="Somebody else's.")
    sent = [named(one, summary="Mine.") for one in three]
    told = problem(ayu.patch("rounds/", sent), 412)
    assert told == {"/1/updated": "The round has been written since; read it anew."}
    sent[1]["updated"] = ayu.get("rounds/r2/").json()["updated"].replace("+00:00", "Z")
    assert ayu.patch("rounds/", sent).status_code == 200


def test_a_list_tells_nothing_of_what_is_not_theirs(scene: Scene, ayu: Program, three: list[Any]):
    budi = Program(scene.budi)
    sent = [named(one, summary=7) for one in three]
    assert problem(budi.patch("rounds/", sent), 403).keys() == {"/0/slug", "/1/slug", "/2/slug"}
    Round.objects.filter(slug="r2").update(visibility="restricted")
    told = problem(budi.patch("rounds/", [{"slug": one["slug"]} for one in three]), 404)
    assert told == {"/1/slug": "There is no round of this slug."}
