"""Two topics, issues or people that turn out to be one: what moves, and what leads there after."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pghistory
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client

from dialogues import workflow
from dialogues.models import (
    AgreedPoint,
    Issue,
    Participant,
    Person,
    Round,
    Source,
    Statement,
    Topic,
    Venue,
)
from dialogues.queries.history import events_of, history
from tests.rounds import published, whole_round
from tests.scene import Scene, scene, signed_in

__all__ = ["scene"]


def topic(slug: str, under: Topic | None = None) -> Topic:
    return Topic.objects.create(slug=slug, name=slug.replace("-", " ").title(), parent=under)


def topics_of(thing: Round | Statement | AgreedPoint | Source) -> list[str]:
    """The slugs of what a record is about, in the order in which it names them."""
    return list(
        type(thing)
        .topics.through._base_manager.filter(**{type(thing).__name__.lower(): thing})
        .order_by("pk")
        .values_list("topic__slug", flat=True)
    )


# --- What moves --------------------------------------------------------------------------------


def test_everything_that_named_the_one_names_the_other(scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    health, medicine = Topic.objects.get(slug="right-to-health"), topic("medicines")
    aids = topic("hiv", under=health)
    other = published(scene.fiji, edition=1)
    other.topics.add(medicine, health)

    workflow.merge(scene.dewi, health, medicine)

    assert not Topic.objects.filter(slug="right-to-health").exists()
    assert medicine.former_slugs == ["right-to-health"]
    aids.refresh_from_db()
    assert aids.parent == medicine
    named = [round_, *round_.statements.all(), *round_.agreed_points.all(), *round_.sources.all()]
    assert [topics_of(thing) for thing in named] == [["medicines"]] * 8
    assert topics_of(other) == ["medicines"]


def test_the_order_in_which_a_round_names_its_topics_stays(scene: Scene) -> None:
    first, old, last, new = (topic(slug) for slug in ("first", "old", "last", "new"))
    round_ = published(scene.russia, edition=1)
    for one in (first, old, last):
        round_.topics.add(one)

    workflow.merge(scene.dewi, old, new)

    assert topics_of(round_) == ["first", "new", "last"]


def test_a_topic_may_be_merged_into_what_lies_under_it(scene: Scene) -> None:
    top = topic("top")
    one = topic("one", under=top)
    middle = topic("middle", under=one)
    into = topic("into", under=middle)
    beside = topic("beside", under=one)

    workflow.merge(scene.dewi, one, into)

    tree = dict(Topic.objects.values_list("slug", "parent__slug"))
    assert tree == {"top": None, "into": "top", "middle": "into", "beside": "into"}
    assert beside.pk


def test_what_is_merged_on_leads_all_the_way(scene: Scene) -> None:
    first, second, third = (topic(slug) for slug in ("first", "second", "third"))

    workflow.merge(scene.dewi, first, second)
    workflow.merge(scene.dewi, second, third)

    assert third.former_slugs == ["first", "second"]


def test_an_issues_statements_points_and_note_move(scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    old = Issue.objects.get(slug="vaccines")
    old.note = "Since 2009."
    old.save()
    new = Issue.objects.create(slug="medicines", name="Access to medicines", note="Of all kinds.")

    workflow.merge(scene.dewi, old, new)

    assert new.note == "Of all kinds.\n\nSince 2009."
    assert set(round_.statements.values_list("issue__slug", flat=True)) == {"medicines"}
    assert set(round_.agreed_points.values_list("issue__slug", flat=True)) == {"medicines"}


def test_each_record_keeps_its_own_spelling_of_a_persons_name(scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    old = Person.objects.get(slug="rinat-alyautdinov")
    old.also_written = ["R. Alyautdinov", "Rinat Alyaudinov"]
    old.save()
    new = Person.objects.create(
        slug="alyautdinov", name="Rinat Alyaudinov", also_written=["R. Alyautdinov"]
    )

    workflow.merge(scene.dewi, old, new)

    assert new.also_written == ["R. Alyautdinov", "Rinat Alyautdinov"]
    assert new.former_slugs == ["rinat-alyautdinov"]
    part = Participant.objects.get(round=round_, person=new)
    assert (part.name, str(part)) == ("Rinat Alyautdinov", "Rinat Alyautdinov")


def test_rounds_say_that_they_were_written_and_history_says_by_whom(scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    Round.objects.update(summary="")
    before = events_of(Topic).count()
    health, medicine = Topic.objects.get(slug="right-to-health"), topic("medicines")

    workflow.merge(scene.dewi, health, medicine)

    newest = history(medicine, scene.dewi)[0]
    assert newest.author.name == "Dewi"
    [change] = newest.changes
    assert [tuple(field) for field in change.fields] == [("Formerly", "", "right-to-health")]
    labels = events_of(Topic).order_by("pgh_id").values_list("pgh_label", "slug")[before:]
    assert list(labels) == [
        ("insert", "medicines"), ("delete", "right-to-health"), ("update", "medicines"),
    ]  # fmt: skip
    assert history(round_, scene.dewi)[0].author.name == "Dewi"


def test_a_venue_that_stands_twice_becomes_one(scene: Scene) -> None:
    both, one = whole_round(scene.russia), published(scene.fiji, edition=1)
    moscow = Venue.objects.get(city="Moscow")
    twin = Venue.objects.create(city="Moskva", country=moscow.country)
    both.venues.add(twin)
    one.venues.add(twin)

    workflow.merge(scene.dewi, twin, moscow)

    assert not Venue.objects.filter(city="Moskva").exists()
    assert sorted(both.venues.values_list("city", flat=True)) == ["Jakarta", "Moscow"]
    assert list(one.venues.values_list("city", flat=True)) == ["Moscow"]


# --- Taken back ----------------------------------------------------------------------------------


def state(*models: type[Any]) -> list[Any]:
    """Every row of these tables, ids and all."""
    return [sorted(map(str, model._base_manager.values_list())) for model in models]


def take_back(user: Any, kept: Any) -> Any:
    [merge] = workflow.merges_into(kept)
    return workflow.unmerge(user, kept, merge.context, merge.gone)


def test_a_merge_of_topics_taken_back_leaves_everything_as_it_was(scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    health, medicine = Topic.objects.get(slug="right-to-health"), topic("medicines")
    topic("hiv", under=health)
    published(scene.fiji, edition=1).topics.add(medicine, health)
    round_.agreed_points.get(number=2).topics.add(medicine)
    tables = (
        Topic, Round.topics.through, Statement.topics.through, AgreedPoint.topics.through,
        Source.topics.through,
    )  # fmt: skip
    links = [model._base_manager.order_by("pk") for model in tables[1:]]
    before = [sorted(rows.values_list(*names_of(rows.model))) for rows in links]
    topics = state(Topic)

    workflow.merge(scene.dewi, health, medicine)
    [merge] = workflow.merges_into(medicine)
    assert (merge.name, merge.author.name) == ("Right to health", "Dewi")
    back = take_back(scene.dewi, medicine)

    assert (back.pk, back.slug) == (health.pk or back.pk, "right-to-health")
    assert state(Topic) == topics
    assert [sorted(rows.all().values_list(*names_of(rows.model))) for rows in links] == before
    assert workflow.merges_into(medicine) == []


def names_of(model: Any) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.name != "id"]


def test_a_topic_merged_into_what_lay_under_it_gets_its_place_back(scene: Scene) -> None:
    top = topic("top")
    one = topic("one", under=top)
    into = topic("into", under=topic("middle", under=one))
    before = state(Topic)
    workflow.merge(scene.dewi, one, into)
    take_back(scene.dewi, into)
    assert state(Topic) == before


def test_people_issues_and_venues_are_taken_apart_again(scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    moscow = Venue.objects.get(city="Moscow")
    old_person = Person.objects.get(slug="rinat-alyautdinov")
    Person.objects.filter(pk=old_person.pk).update(also_written=["R. Alyautdinov"])
    Issue.objects.update(note="Since 2009.")
    pairs: list[tuple[Any, Any]] = [
        (
            Person.objects.get(pk=old_person.pk),
            Person.objects.create(slug="a", name="Alyautdinov", also_written=["Alyaudinov"]),
        ),
        (Issue.objects.get(), Issue.objects.create(slug="m", name="M", note="Of all kinds.")),
        (Venue.objects.create(city="Moskva", country=moscow.country), moscow),
    ]
    round_.venues.add(pairs[2][0])
    tables = (Person, Participant, Issue, Statement, AgreedPoint, Venue)
    before, venues = state(*tables), set(round_.venues.all())

    for one, into in pairs:
        workflow.merge(scene.dewi, type(one).objects.get(pk=one.pk), into)
    assert state(*tables) != before
    for _one, into in reversed(pairs):
        take_back(scene.dewi, into)

    assert state(*tables) == before
    assert set(round_.venues.all()) == venues


def test_what_has_changed_since_stays(scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    first, other = Topic.objects.get(), topic("medicines")
    Issue.objects.update(note="Since 2009.")
    issue = Issue.objects.get()
    new = Issue.objects.create(slug="new", name="New", note="Of all kinds.")
    third = Issue.objects.create(slug="third", name="Third")
    workflow.merge(scene.dewi, first, other)
    workflow.merge(scene.dewi, issue, new)
    with pghistory.context(user=scene.ayu.pk):  # or, in one transaction, it were the merge's
        Issue.objects.filter(pk=new.pk).update(note="Of many kinds.\n\nSince 2009.")
    AgreedPoint.objects.filter(round=round_, number=1).update(issue=third)
    round_.topics.clear()
    round_.agreed_points.get(number=3).delete()
    other.refresh_from_db()
    new.refresh_from_db()

    take_back(scene.dewi, other)
    take_back(scene.dewi, new)

    assert topics_of(round_) == []
    assert topics_of(round_.agreed_points.get(number=2)) == ["right-to-health"]
    assert Issue.objects.get(slug="new").note == "Of many kinds."
    assert list(round_.agreed_points.order_by("number").values_list("number", "issue__slug")) == [
        (1, "third"),
        (2, "vaccines"),
    ]


def test_several_merges_are_taken_back_one_by_one(scene: Scene) -> None:
    into = topic("into")
    for slug in ("one", "two"):
        workflow.merge(scene.dewi, topic(slug), into)
    assert [merge.name for merge in workflow.merges_into(into)] == ["Two", "One"]
    [_two, one] = workflow.merges_into(into)
    workflow.unmerge(scene.dewi, into, one.context, one.gone)
    into.refresh_from_db()
    assert into.former_slugs == ["two"]
    assert [merge.name for merge in workflow.merges_into(into)] == ["Two"]


def test_a_name_that_was_given_again_is_not_taken_away(scene: Scene) -> None:
    one, into = topic("one"), topic("into")
    workflow.merge(scene.dewi, one, into)
    topic("one")
    with pytest.raises(PermissionDenied, match="given to another"):
        take_back(scene.dewi, into)
    assert into.former_slugs == ["one"]


def test_only_who_may_merge_takes_it_back(scene: Scene) -> None:
    into = topic("into")
    workflow.merge(scene.dewi, topic("one"), into)
    [merge] = workflow.merges_into(into)
    with pytest.raises(PermissionDenied):
        workflow.unmerge(scene.citra, into, merge.context, merge.gone)
    for context, gone in (("x", merge.gone), (merge.context, 0)):
        with pytest.raises(PermissionDenied, match="cannot be taken back"):
            workflow.unmerge(scene.dewi, into, context, gone)

    page = f"/admin/dialogues/topic/{into.pk}/"
    button = "Take “One” out again"
    assert button not in signed_in(scene.citra).get(f"{page}change/").content.decode()
    client = signed_in(scene.dewi)
    assert button in client.get(f"{page}change/").content.decode()
    assert client.get(f"{page}unmerge/").status_code == 405
    assert client.post(f"{page}unmerge/", {"merge": "nonsense"}).status_code == 302
    done = client.post(
        f"{page}unmerge/", {"merge": f"{merge.context} {merge.gone}"}, follow=True
    ).content.decode()
    assert "“One” stands for itself again." in done
    assert button not in done


# --- Who may -----------------------------------------------------------------------------------


def test_only_those_merge_who_may_delete_what_is_merged(scene: Scene) -> None:
    allowed = {
        user.username
        for user in (scene.ayu, scene.citra, scene.dewi, scene.eka, scene.root)
        if workflow.may_merge(user, Topic)
    }
    assert allowed == {"dewi", "root"}

    one, into = topic("one"), topic("into")
    with pytest.raises(PermissionDenied):
        workflow.merge(scene.citra, one, into)
    assert Topic.objects.count() == 2


def test_what_somebody_else_merged_meanwhile_is_told(scene: Scene) -> None:
    one, other, into = topic("one"), topic("other"), topic("into")
    workflow.merge(scene.dewi, Topic.objects.get(pk=one.pk), other)

    with pytest.raises(PermissionDenied, match="not there any more"):
        workflow.merge(scene.dewi, one, into)


def test_what_the_user_cannot_see_is_not_theirs_to_merge(scene: Scene) -> None:
    secret, into = topic("secret"), topic("into")
    scene.round(scene.russia, visibility="restricted").topics.add(secret)

    with pytest.raises(PermissionDenied):
        workflow.merge(scene.dewi, secret, into)
    workflow.merge(scene.root, secret, into)

    assert into.former_slugs == ["secret"]


@pytest.mark.parametrize("same", [True, False])
def test_two_that_are_no_pair_are_the_callers_mistake(scene: Scene, same: bool) -> None:
    one = topic("one")
    into = one if same else Issue.objects.create(slug="one", name="One")
    with pytest.raises(ValueError, match="cannot be merged"):
        workflow.merge(scene.dewi, one, into)


def test_every_relation_to_what_is_merged_is_moved() -> None:
    """A new relation has to be taught to `workflow.merging`, or its rows would go with the one."""
    fields: list[Any] = [
        relation.field
        for model in (Topic, Issue, Person, Venue)
        for relation in model._meta.related_objects
    ]
    relations = {
        f"{field.related_model.__name__}: {field.model.__name__}.{field.name}"
        for field in fields
        if not hasattr(field.model, "pgh_tracked_model")
    }
    assert relations == {
        "Topic: Topic.parent",
        "Topic: Round.topics",
        "Topic: Statement.topics",
        "Topic: AgreedPoint.topics",
        "Topic: Source.topics",
        "Issue: Statement.issue",
        "Issue: AgreedPoint.issue",
        "Person: Participant.person",
        "Venue: Round.venues",
    }


# --- What leads there --------------------------------------------------------------------------


def test_filters_follow_a_merge_at_every_door(scene: Scene, client: Client) -> None:
    whole_round(scene.russia)
    published(scene.fiji, edition=1)
    workflow.merge(scene.dewi, Topic.objects.get(slug="right-to-health"), topic("medicines"))
    workflow.merge(
        scene.dewi,
        Issue.objects.get(slug="vaccines"),
        Issue.objects.create(slug="access", name="Access"),
    )
    workflow.merge(
        scene.dewi,
        Person.objects.get(slug="rinat-alyautdinov"),
        Person.objects.create(slug="alyautdinov", name="Alyautdinov"),
    )
    for query in (
        "topic=right-to-health",
        "topic=medicines&topic=right-to-health",
        "topic=right-to-health medicines",
        "issue=vaccines",
        "person=rinat-alyautdinov",
    ):
        answer = client.get(f"/api/v1/rounds/?{query}").json()
        assert [found["slug"] for found in answer["results"]] == ["russia-dialogue-11"], query
    page = client.get("/rounds/?topic__not=right-to-health").content.decode()
    assert "Fiji Human Rights Dialogue, edition 1" in page
    assert "Russia Human Rights Dialogue, edition 11" not in page
    assert "not Topic: Medicines" in page


def test_a_former_slug_is_no_way_around_what_one_may_see(scene: Scene, client: Client) -> None:
    secret, into = topic("secret"), topic("into")
    scene.round(scene.russia, visibility="restricted").topics.add(secret, into)
    workflow.merge(scene.root, secret, into)

    hidden = client.get("/api/v1/rounds/?topic=secret")
    unknown = client.get("/api/v1/rounds/?topic=nosuch")

    assert hidden.status_code == unknown.status_code == 400
    assert hidden.content.replace(b"secret", b"nosuch") == unknown.content
    assert signed_in(scene.ayu).get("/api/v1/rounds/?topic=secret").json()["count"] == 1


def test_filters_cost_the_same_however_many_were_merged(
    scene: Scene, client: Client, django_assert_num_queries
) -> None:
    into = topic("into")
    published(scene.russia, edition=1).topics.add(into)
    for number in range(3):
        workflow.merge(scene.dewi, topic(f"old-{number}"), into)
    for query in ("topic=old-0", "topic=old-0&topic=old-1&topic=old-2"):
        with django_assert_num_queries(5):
            assert client.get(f"/api/v1/rounds/?{query}").json()["count"] == 1


@pytest.mark.parametrize("kind", ["topics", "issues", "people"])
def test_the_page_of_what_was_merged_leads_to_the_others(
    scene: Scene, client: Client, kind: str
) -> None:
    model: Any = {"topics": Topic, "issues": Issue, "people": Person}[kind]
    round_ = whole_round(scene.russia)
    old = model.objects.order_by("slug")[0]
    into = model.objects.create(slug="into", name="Into")
    workflow.merge(scene.dewi, old, into)

    answer = client.get(f"/{kind}/{old.slug}/?date_from=2020")
    assert (answer.status_code, answer["Location"]) == (301, f"/{kind}/into/?date_from=2020")
    assert client.get(f"/{kind}/nosuch/").status_code == 404

    Round.objects.filter(pk=round_.pk).update(visibility="restricted")
    assert client.get(f"/{kind}/{old.slug}/").status_code == 404


def test_an_import_of_before_the_merge_finds_what_it_names(scene: Scene, tmp_path: Path) -> None:
    whole_round(scene.russia)
    file = tmp_path / "before.ndjson"
    Topic.objects.update(name="Right to the highest standard of health")
    Person.objects.filter(slug="rinat-alyautdinov").update(also_written=["R. A."])
    call_command("export_rounds", file)
    call_command("import_rounds", file, stdout=StringIO())
    workflow.merge(scene.dewi, Topic.objects.get(slug="right-to-health"), topic("medicines"))
    access = Issue.objects.create(slug="access", name="Access")
    workflow.merge(scene.dewi, Issue.objects.get(slug="vaccines"), access)
    person = Person.objects.create(slug="alyautdinov", name="Alyautdinov")
    workflow.merge(scene.dewi, Person.objects.get(slug="rinat-alyautdinov"), person)

    said = StringIO()
    call_command("import_rounds", file, stdout=said)

    assert said.getvalue().splitlines()[-1] == "0 created, 0 updated, 1 unchanged"
    assert list(Topic.objects.values_list("slug", "name")) == [("medicines", "Medicines")]
    assert list(Issue.objects.values_list("slug", flat=True)) == ["access"]
    assert set(Person.objects.values_list("slug", flat=True)) == {
        "achsanul-habib", "alyautdinov", "maria-ivanova", "siti-aminah",
    }  # fmt: skip


# --- In the admin --------------------------------------------------------------------------------


def test_an_administrator_is_asked_and_told_before_it_is_done(scene: Scene) -> None:
    whole_round(scene.russia)
    scene.round(scene.russia, visibility="restricted").topics.add(Topic.objects.get())
    one, into = Topic.objects.get(), topic("medicines")
    client, page = signed_in(scene.dewi), "/admin/dialogues/topic/"
    asked = {"action": "merge_into", "_selected_action": one.pk}

    answer = client.post(page, asked).content.decode()
    assert "Merge “Right to health” into…" in answer
    told = re.findall(r"<li>\s*(\d+ [\w ]+?)\s*</li>", answer)
    assert told == ["1 round", "3 statements", "3 agreed points", "1 source"]
    assert Topic.objects.count() == 2

    for wrong in (one.pk, 999999, "x", ""):
        assert client.post(page, {**asked, "into": wrong}).status_code == 200
    assert Topic.objects.count() == 2

    done = client.post(page, {**asked, "into": into.pk}, follow=True).content.decode()
    assert "“Right to health” is now “Medicines”." in done
    assert list(Topic.objects.values_list("slug", flat=True)) == ["medicines"]


def test_one_is_chosen_to_go(scene: Scene) -> None:
    one, other = topic("one"), topic("other")
    asked = {"action": "merge_into", "_selected_action": [one.pk, other.pk]}
    told = signed_in(scene.dewi).post("/admin/dialogues/topic/", asked, follow=True)
    assert "Choose the one that is to go" in told.content.decode()


@pytest.mark.parametrize("kind", ["topic", "issue", "person"])
def test_only_who_may_merge_is_offered_it(scene: Scene, kind: str) -> None:
    model: Any = {"topic": Topic, "issue": Issue, "person": Person}[kind]
    one, into = (model.objects.create(slug=slug, name=slug) for slug in ("one", "into"))
    page = f"/admin/dialogues/{kind}/"
    for user, offered in ((scene.ayu, False), (scene.citra, False), (scene.dewi, True)):
        assert ('value="merge_into"' in signed_in(user).get(page).content.decode()) is offered
    asked = {"action": "merge_into", "_selected_action": one.pk, "into": into.pk}
    signed_in(scene.citra).post(page, asked)
    assert model.objects.count() == 2
    signed_in(scene.dewi).post(page, asked)
    assert list(model.objects.values_list("slug", flat=True)) == ["into"]


def test_a_slug_that_leads_somewhere_is_not_given_again(scene: Scene) -> None:
    into = topic("into")
    workflow.merge(scene.dewi, topic("one"), into)
    client, page = signed_in(scene.dewi), "/admin/dialogues/topic/add/"

    refused = client.post(page, {"name": "One", "slug": "one"}).content.decode()
    assert "It leads to “Into”, which was merged with it." in refused
    client.post(page, {"name": "One", "slug": ""})

    assert set(Topic.objects.values_list("slug", flat=True)) == {"into", "one-2"}
