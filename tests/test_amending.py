"""One change to many agreed points: what is named is changed, nothing else, and each as one may."""

from __future__ import annotations

from typing import Any

import pytest

from dialogues import workflow
from dialogues.dates import PartialDate
from dialogues.models import AgreedPoint, Issue, Topic, clearance_of
from dialogues.queries.history import history
from tests.rounds import published, whole_round
from tests.scene import Scene, scene, signed_in

__all__ = ["scene"]

LIST = "/admin/dialogues/agreedpoint/"


@pytest.fixture
def points(scene: Scene) -> list[AgreedPoint]:
    """Three of the Russian desk's, with a topic, and one of the Pacific desk's, with none."""
    round_ = whole_round(scene.russia)
    other = published(scene.fiji, edition=1)
    AgreedPoint.objects.create(round=other, number=1, text="Meet again")
    return [*round_.agreed_points.all(), *other.agreed_points.all()]


def asked(points: list[AgreedPoint], **changes: Any) -> dict[str, Any]:
    chosen = [point.pk for point in points]
    return {"action": "amend", "amend": "1", "_selected_action": chosen, **changes}


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_topics_are_added_to_those_that_are_there(scene: Scene, points: list[AgreedPoint]) -> None:
    health, law = Topic.objects.get(), Topic.objects.create(slug="law", name="Law")
    client = signed_in(scene.ayu)

    answer = client.post(LIST, asked(points, add=[law.pk]), follow=True)

    assert told(answer) == [
        "3 points changed.",
        "Left as it was: fiji-dialogue-1.1. This round is not yours to change.",
    ]
    assert [set(point.topics.all()) for point in points] == [{health, law}] * 3 + [set()]
    again = client.post(LIST, asked(points[:3], add=[law.pk]), follow=True)
    assert told(again) == ["3 points had all of that already."]
    client.post(LIST, asked(points[:1], remove=[health.pk], add=[law.pk]))
    assert [set(point.topics.all()) for point in points[:2]] == [{law}, {health, law}]


def test_only_what_is_named_is_written(scene: Scene, points: list[AgreedPoint]) -> None:
    issue = Issue.objects.create(slug="prisons", name="Prisons")
    before = list(AgreedPoint.objects.values())
    AgreedPoint.objects.filter(pk=points[0].pk).update(original_language="not a language at all")

    answer = signed_in(scene.root).post(
        LIST,
        asked(points, status="done", responsible="both", due="June 2023", issue=issue.pk),
        follow=True,
    )

    assert told(answer) == ["4 points changed."]
    new = {
        "status": "done", "responsible": "both", "due": PartialDate("2023-06"),
        "issue_id": issue.pk,
    }  # fmt: skip
    after = [{**row, **new} for row in before]
    after[0]["original_language"] = "not a language at all"
    assert list(AgreedPoint.objects.values()) == after
    newest = history(points[3], scene.root)[0]
    assert (newest.author.name, newest.changes[0].fields[0].label) == ("Root", "Responsible")


def test_what_is_known_can_be_taken_away(scene: Scene, points: list[AgreedPoint]) -> None:
    answer = signed_in(scene.ayu).post(
        LIST,
        asked(points[:1], responsible="nobody", no_due="on", no_issue="on"),
        follow=True,
    )
    assert told(answer) == ["1 point changed."]
    points[0].refresh_from_db()
    assert [points[0].responsible, points[0].due, points[0].issue] == [None] * 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Choose at least one change."),
        ({"due": "05/10/2021"}, "day and month cannot be told apart"),
        ({"due": "2021", "no_due": "on"}, "Either give one or take it away."),
        ({"status": "nosuch"}, "nosuch is not one of the available choices"),
        ({"add": [999]}, "999 is not one of the available choices"),
    ],
)
def test_what_cannot_be_meant_is_told_and_what_was_chosen_stays(
    scene: Scene, points: list[AgreedPoint], changes: dict[str, Any], sentence: str
) -> None:
    before = list(AgreedPoint.objects.values())
    answer = signed_in(scene.ayu).post(LIST, asked(points, **{"remove": [], **changes}))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert all(f'name="_selected_action" value="{point.pk}"' in page for point in points)
    assert list(AgreedPoint.objects.values()) == before


def test_a_topic_is_not_both_added_and_taken_away(scene: Scene, points: list[AgreedPoint]) -> None:
    topic = Topic.objects.get().pk
    answer = signed_in(scene.ayu).post(LIST, asked(points, add=[topic], remove=[topic]))
    assert "Both to be added and taken away: Right to health." in answer.content.decode()


def test_the_form_is_asked_for_first(scene: Scene, points: list[AgreedPoint]) -> None:
    first = {"action": "amend", "_selected_action": [points[0].pk, points[1].pk]}
    page = signed_in(scene.ayu).post(LIST, first).content.decode()
    assert "Change 2 agreed points" in page
    assert "What you leave empty stays as it is in each point." in page
    assert 'value="amend"' not in signed_in(scene.eka).get(LIST).content.decode()


def test_points_of_rounds_that_one_does_not_see_are_not_there(
    scene: Scene, points: list[AgreedPoint]
) -> None:
    hidden = scene.round(scene.fiji, edition=2, visibility="restricted")
    secret = AgreedPoint.objects.create(round=hidden, number=1, text="Secret")
    everything = AgreedPoint.objects.filter(pk=secret.pk)
    done = workflow.amend(scene.citra, everything, workflow.Amendment({"status": "done"}))
    assert (done.changed, done.same, done.refused) == ([], [], [])


def test_topics_cost_the_same_for_one_point_and_for_three(
    scene: Scene, points: list[AgreedPoint], django_assert_num_queries: Any
) -> None:
    change = workflow.Amendment(add=(Topic.objects.create(slug="law", name="Law"),))
    # What she may do and see is known from here on, as it is once in a request.
    assert scene.citra.has_perm("dialogues.change_round")
    assert clearance_of(scene.citra).staff
    for chosen in (points[:1], points[1:]):
        some = AgreedPoint.objects.filter(pk__in=[point.pk for point in chosen])
        with django_assert_num_queries(6):
            done = workflow.amend(scene.citra, some, change)
        assert len(done.changed) == len(chosen)
