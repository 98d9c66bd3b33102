"""Who may change which round, and how far they may take it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from dialogues import workflow
from dialogues.models import ReviewStep, Round, User
from dialogues.queries.history import events_of, history
from dialogues.vocabulary import Publication
from tests.scene import Scene, scene

__all__ = ["scene"]

DRAFT, IN_REVIEW, PUBLISHED, WITHDRAWN = Publication


def names(scene: Scene, allowed: Any) -> set[str]:
    """Who of the scene's people is allowed something; asked of fresh accounts, as a request is."""
    return {user.username for user in User.objects.all() if allowed(user)}


def test_a_desks_rounds_are_changed_by_the_desk_and_by_publishers(scene: Scene) -> None:
    theirs = scene.round(scene.russia)
    assert names(scene, lambda user: workflow.may_change(user, theirs)) == {
        "ayu", "citra", "dewi", "root",
    }  # fmt: skip


def test_a_series_without_a_desk_is_every_desk_officers(scene: Scene) -> None:
    nobodys = scene.round(scene.norway)
    assert names(scene, lambda user: workflow.may_change(user, nobodys)) == {
        "ayu", "budi", "citra", "dewi", "root",
    }  # fmt: skip


def test_what_is_restricted_is_changed_by_its_desk_alone(scene: Scene) -> None:
    secret = scene.round(scene.russia, visibility="restricted")
    assert names(scene, lambda user: workflow.may_change(user, secret)) == {"ayu", "root"}


def test_new_rounds_are_entered_where_one_may_change_them(scene: Scene) -> None:
    def into(series: Any) -> set[str]:
        return names(scene, lambda user: workflow.may_create_in(user, series))

    # Not by publishers: a refused number would tell them of a round that is hidden from them.
    assert into(scene.russia) == {"ayu", "root"}
    assert into(scene.fiji) == {"budi", "root"}
    assert into(scene.norway) == {"ayu", "budi", "citra", "dewi", "root"}


def test_only_who_sees_it_afterwards_restricts_a_round(scene: Scene) -> None:
    def of(series: Any) -> set[str]:
        return names(scene, lambda user: workflow.may_restrict(user, series))

    assert of(scene.russia) == {"ayu", "root"}
    assert of(scene.norway) == {"root"}


def test_an_account_that_is_closed_changes_nothing(scene: Scene) -> None:
    record = scene.round()
    scene.citra.is_active = False
    assert not workflow.may_change(scene.citra, record)
    assert not workflow.may_create_in(scene.citra, scene.norway)


@pytest.mark.parametrize(
    ("present", "editors", "publishers"),
    [
        (DRAFT, {DRAFT, IN_REVIEW}, {DRAFT, IN_REVIEW, PUBLISHED}),
        (IN_REVIEW, {IN_REVIEW, DRAFT}, {IN_REVIEW, DRAFT, PUBLISHED}),
        (PUBLISHED, {PUBLISHED}, {PUBLISHED, WITHDRAWN}),
        (WITHDRAWN, {WITHDRAWN}, {WITHDRAWN, DRAFT, PUBLISHED}),
    ],
)
def test_how_far_each_may_take_it(
    scene: Scene, present: Publication, editors: set[str], publishers: set[str]
) -> None:
    record = scene.round(publication=present)
    assert set(workflow.steps(scene.ayu, record)) == editors
    for user in (scene.citra, scene.dewi, scene.root):
        assert set(workflow.steps(user, record)) == publishers


def test_from_a_draft_to_the_public_and_back(scene: Scene) -> None:
    record = scene.round(date="2021")
    workflow.submit(scene.ayu, record)
    assert record.publication == IN_REVIEW
    workflow.return_to_draft(scene.ayu, record)
    assert record.publication == DRAFT
    workflow.publish(scene.citra, record, confirmed=True)
    assert record.publication == PUBLISHED
    workflow.withdraw(scene.citra, record, note="The partner asked for it.")
    assert record.publication == WITHDRAWN
    assert Round.objects.get().publication == WITHDRAWN
    told = [
        (entry.author.name, change.fields[0].before, change.fields[0].after)
        for entry in history(record, scene.root)[:4]
        for change in entry.changes
    ]
    assert sorted(told) == [
        ("Ayu", "Draft", "In review"),
        ("Ayu", "In review", "Draft"),
        ("Citra", "Draft", "Published"),
        ("Citra", "Published", "Withdrawn"),
    ]
    assert [
        (step.came_from, step.went_to, step.by, step.note)
        for step in record.review_steps.select_related("by")
    ] == [
        (DRAFT, IN_REVIEW, scene.ayu, ""),
        (IN_REVIEW, DRAFT, scene.ayu, ""),
        (DRAFT, PUBLISHED, scene.citra, ""),
        (PUBLISHED, WITHDRAWN, scene.citra, "The partner asked for it."),
    ]


def refused(verb: Any, user: User, record: Round) -> str:
    """The sentence with which a verb refuses, having changed and recorded nothing."""
    before = Round.objects.values().get(pk=record.pk)
    events, taken = events_of(Round).count(), ReviewStep.objects.count()
    with pytest.raises(PermissionDenied) as refusal:
        verb(user, record)
    assert Round.objects.values().get(pk=record.pk) == before
    assert events_of(Round).count() == events
    assert ReviewStep.objects.count() == taken
    return str(refusal.value)


def test_refusals_say_why(scene: Scene) -> None:
    record = scene.round()
    assert refused(workflow.publish, scene.ayu, record) == (
        "Only publishers take a round from “Draft” to “Published”."
    )
    assert refused(workflow.submit, scene.budi, record) == "This round is not yours to change."
    assert refused(workflow.submit, scene.eka, record) == "This round is not yours to change."
    assert refused(workflow.withdraw, scene.citra, record) == (
        "No step leads from “Draft” to “Withdrawn”."
    )
    assert refused(workflow.return_to_draft, scene.citra, record) == (
        "It stands there already: Draft."
    )


def test_a_publisher_does_not_publish_what_is_hidden_from_them(scene: Scene) -> None:
    secret = scene.round(visibility="restricted")
    assert refused(workflow.publish, scene.citra, secret) == "This round is not yours to change."


def test_the_step_is_taken_from_where_the_round_stands_not_from_where_it_was_loaded(
    scene: Scene,
) -> None:
    record = scene.round()
    Round.objects.update(publication=PUBLISHED)
    assert refused(workflow.submit, scene.citra, record) == (
        "No step leads from “Published” to “In review”."
    )
