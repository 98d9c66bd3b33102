"""A round's page as it stood on a day, for whoever may see it now and could have then."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from dialogues import workflow
from dialogues.models import ANALYSTS, AgreedPoint, Participant, Person, Round, Topic, User
from tests.days import days_pass
from tests.rounds import whole_round
from tests.scene import Scene, scene, signed_in

__all__ = ["scene"]

BANNER = "This is the record as it stood at the end of"


def ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def read(client: Client, record: Round, day: str) -> str:
    answer = client.get(record.get_absolute_url(), {"as_of": day})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_visitor_reads_what_stood_at_the_end_of_a_day(scene: Scene) -> None:
    record = whole_round(scene.russia)
    days_pass(10)
    Round.objects.update(summary="Rewritten since", date="2021-10-16")
    record.agreed_points.get(number=3).delete()
    AgreedPoint.objects.filter(number=1).update(text="Reworded since")
    days_pass(10)

    then = read(Client(), record, ago(15))
    assert BANNER in then
    for said in ("They compared what works.", "15 October 2021", "Agreed no. 1", "Agreed no. 3",
                 "Done about 3", "Achsanul Habib", "Raised by partner", "Dialog ke-11", "Moscow",
                 "A seminar", "Right to health"):  # fmt: skip
        assert said in then
    assert "since" not in then.replace("wording since", "")
    assert f"?as_of={ago(15)} (accessed" in then
    now = read(Client(), record, ago(0))
    assert "Rewritten since" in now
    assert "Agreed no. 3" not in now
    # The page without a day says nothing of it.
    assert BANNER not in Client().get(record.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("day", "error"),
    [
        ("soon", "“soon” is not a day as in 2021-10-15."),
        ("2021-02-30", "“2021-02-30” is not a day as in 2021-10-15."),
        ("2021", "“2021” is not a day as in 2021-10-15."),
        ("<b>x</b>", "“<b>x</b>” is not a day as in 2021-10-15."),
        ("2199-01-01", "This day is still to come."),
        ("1999-01-01", "Nothing is kept of this day that you may see."),
    ],
)
def test_a_wrong_day_is_an_error_at_its_field_over_the_record_of_today(
    scene: Scene, day: str, error: str
) -> None:
    page = read(Client(), whole_round(scene.russia), day)
    assert error in page
    assert 'aria-invalid="true"' in page
    assert BANNER not in page
    assert "They compared what works." in page


def test_no_day_shows_more_than_one_may_see_today(scene: Scene) -> None:
    record = whole_round(scene.russia, summary="Open then")
    days_pass(10)
    Round.objects.update(visibility="internal")
    days_pass(10)
    assert Client().get(record.get_absolute_url(), {"as_of": ago(15)}).status_code == 404
    analyst = User.objects.create_user("gita")
    analyst.groups.add(Group.objects.get(name=ANALYSTS))
    assert "Open then" in read(signed_in(analyst), record, ago(15))


@pytest.mark.parametrize(
    "then",
    [
        {"publication": "draft"},
        {"publication": "in_review"},
        {"publication": "withdrawn"},
        {"visibility": "internal"},
        {"visibility": "restricted"},
    ],
)
def test_what_one_could_not_have_read_then_one_does_not_read_now(
    scene: Scene, then: dict[str, str]
) -> None:
    record = whole_round(scene.russia, 11, summary="Not for visitors", **then)
    days_pass(10)
    Round.objects.update(visibility="public", publication="published", summary="Fit for all")
    days_pass(10)
    page = read(Client(), record, ago(15))
    assert "Nothing is kept of this day that you may see." in page
    assert "Not for visitors" not in page
    assert "Fit for all" in page
    # Officers of another desk and publishers read drafts, and what is restricted only the desk.
    hidden = then.get("visibility") == "restricted"
    for user in (scene.budi, scene.citra):
        assert ("Not for visitors" in read(signed_in(user), record, ago(15))) is not hidden
    assert "Not for visitors" in read(signed_in(scene.ayu), record, ago(15))


def test_what_another_desk_had_kept_to_itself_stays_there(scene: Scene) -> None:
    record = whole_round(scene.russia, summary="Of Europe's alone", visibility="restricted")
    days_pass(10)
    scene.russia.desk = scene.pacific
    scene.russia.save()
    days_pass(10)
    page = read(signed_in(scene.budi), record, ago(15))
    assert "Nothing is kept of this day that you may see." in page
    assert BANNER in read(signed_in(scene.budi), record, ago(5))


def test_notes_are_staffs_on_every_day(scene: Scene) -> None:
    record = whole_round(scene.russia)
    days_pass(10)
    assert "Secret of" not in read(Client(), record, ago(5))
    page = read(signed_in(scene.budi), record, ago(5))
    for note in ("Secret of the round", "Secret of it", "Secret of the point"):
        assert note in page


def test_who_is_named_nowhere_any_more_is_not_named(scene: Scene) -> None:
    record = whole_round(scene.russia)
    spy = Person.objects.create(name="Taken Out", slug="taken-out")
    hidden = Topic.objects.create(name="Taken topic", slug="taken-topic")
    part = Participant.objects.create(round=record, side="own", person=spy, name="Taken Out")
    record.topics.add(hidden)
    days_pass(10)
    secret = scene.round(scene.fiji, visibility="restricted")
    part.round = secret
    part.save()
    record.topics.remove(hidden)
    secret.topics.add(hidden)
    days_pass(10)
    page = read(Client(), record, ago(15))
    assert BANNER in page
    assert "Taken" not in page
    assert "Taken Out" in read(signed_in(scene.budi), record, ago(15))


def test_what_was_merged_is_called_what_it_is_now(scene: Scene) -> None:
    record = whole_round(scene.russia)
    health = Topic.objects.get(slug="right-to-health")
    days_pass(10)
    other = Topic.objects.create(name="Health for all", slug="health-for-all")
    workflow.merge(scene.root, health, other)
    days_pass(10)
    assert "Health for all" in read(Client(), record, ago(15))
