"""A round of forty points is saved whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection

from dialogues.models import AgreedPoint, Round, Topic
from dialogues.queries.history import events_of
from tests.scene import Scene, scene, signed_in
from tests.test_admin import as_opened, errors, new_round, page_of

__all__ = ["scene"]

ADD = "/admin/dialogues/round/add/"

#: A constraint that no form knows of, met by the last but one row that is written.
LATE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = 'check_violation'; END $$;
CREATE TRIGGER refuse BEFORE INSERT ON dialogues_agreedpoint
FOR EACH ROW WHEN (NEW.number = 39) EXECUTE FUNCTION refuse();
"""


def forty(scene: Scene, size: int = 40) -> dict[str, Any]:
    """What the form of a new round sends with so many points, each with a topic."""
    topic = Topic.objects.create(name="Health", slug="health")
    sent = new_round(scene.russia, edition=1) | {"agreed_points-TOTAL_FORMS": size}
    for at in range(size):
        sent |= {
            f"agreed_points-{at}-text": f"Point {at + 1}",
            f"agreed_points-{at}-kind": "commitment",
            f"agreed_points-{at}-status": "open",
            f"agreed_points-{at}-due": "2030",
            f"agreed_points-{at}-topics": [topic.pk],
        }
    return sent


def written() -> tuple[int, ...]:
    """How many rows stand, and how many history has of them."""
    return (
        Round.objects.count(),
        AgreedPoint.objects.count(),
        AgreedPoint.topics.through._default_manager.count(),
        events_of(Round).count(),
        events_of(AgreedPoint).count(),
    )


def test_one_wrong_point_of_forty_and_nothing_is_saved(scene: Scene) -> None:
    sent = forty(scene) | {"agreed_points-38-due": "some day"}
    answer = signed_in(scene.ayu).post(ADD, sent)
    assert answer.status_code == 200
    assert "“some day” is not understood as a date." in errors(answer)
    assert written() == (0, 0, 0, 0, 0)
    # All that was typed is still there.
    assert answer.content.decode().count(">\nPoint ") == 40


def test_an_error_while_the_thirty_ninth_is_written_leaves_nothing(scene: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LATE)
    with pytest.raises(IntegrityError, match="refused"):
        signed_in(scene.ayu).post(ADD, forty(scene))
    assert written() == (0, 0, 0, 0, 0)


def test_the_same_in_a_round_that_stands(scene: Scene) -> None:
    record = scene.round(edition=7, summary="As it was")
    AgreedPoint.objects.create(round=record, number=1, text="Stands")
    ayu = signed_in(scene.ayu)
    sent = as_opened(ayu, page_of(record))
    new = forty(scene)
    for at in range(1, 40):
        for name in ("text", "kind", "status", "topics"):
            sent[f"agreed_points-{at}-{name}"] = new[f"agreed_points-{at}-{name}"]
    sent |= {
        "agreed_points-TOTAL_FORMS": 40, "agreed_points-0-text": "Changed", "summary": "Changed",
    }  # fmt: skip
    before = written()
    with connection.cursor() as cursor:
        cursor.execute(LATE)
    with pytest.raises(IntegrityError, match="refused"):
        ayu.post(page_of(record), sent)
    assert written() == before
    assert Round.objects.get().summary == "As it was"
    assert AgreedPoint.objects.get().text == "Stands"


@pytest.mark.parametrize(("size", "queries"), [(1, 50), (40, 50 + 39 * 16)])
def test_good_points_are_saved_each_at_the_same_cost(
    scene: Scene, django_assert_num_queries: Any, size: int, queries: int
) -> None:
    sent = forty(scene, size)
    ayu = signed_in(scene.ayu)
    with django_assert_num_queries(queries):
        assert ayu.post(ADD, sent).status_code == 302
    points = AgreedPoint.objects.order_by("number").values_list("number", "text", "topics__slug")
    assert list(points) == [(n, f"Point {n}", "health") for n in range(1, size + 1)]
