"""What was can stand again: a version of a round, a part of it, and what was deleted."""

from __future__ import annotations

import re
from typing import Any

import orjson
import pghistory
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from dialogues import workflow
from dialogues.models import AgreedPoint, FollowUp, Person, Round, Topic, User
from dialogues.queries.differences import differences
from dialogues.queries.history import history
from dialogues.queries.past import stood
from dialogues.records.past import Past
from dialogues.records.reading import documents
from dialogues.records.restoring import restore
from tests.days import days_pass
from tests.rounds import whole_round
from tests.scene import Scene, scene, signed_in
from tests.test_admin import ROUND_LIST, as_opened, page_of, said
from tests.test_history import told

__all__ = ["scene"]


def document_of(record: Round) -> dict[str, Any]:
    """The round's whole document as it stands."""
    [text] = documents([record.pk], staff=True)
    return orjson.loads(text)  # type: ignore[no-any-return]


def at_first(record: Round) -> Any:
    """The moment at which the record was entered."""
    return history(record, User.objects.get(username="root"))[-1].when


# --- Differences and reasons ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("They met.", "They met.", "They met."),
        ("They met in Moscow.", "They met in Jakarta.", "They met in [-Moscow-]{+Jakarta+}."),
        ("They met.", "They met again soon.", "They met{+ again soon+}."),
        (
            "Both sides agreed to meet",
            "Both parties agreed never to meet",
            "Both [-sides-]{+parties+} agreed{+ never+} to meet",
        ),
        ("a b c d", "a x y d", "a [-b c-]{+x y+} d"),
        ("", "New", "{+New+}"),
    ],
)
def test_two_texts_are_compared_by_words(before: str, after: str, expected: str) -> None:
    pieces = differences(before, after)
    shape = {"same": "%s", "gone": "[-%s-]", "new": "{+%s+}"}
    assert "".join(shape[kind] % text for kind, text in pieces) == expected
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


def test_texts_of_any_length_are_compared_at_once() -> None:
    one, other = (" ".join(f"{word}{n}" for n in range(20_000)) for word in ("a", "b"))
    assert [piece.kind for piece in differences(one, other)] == ["gone", "new"]


def test_every_save_may_say_why_and_the_history_tells_it(scene: Scene) -> None:
    record = scene.round(summary="They met in Moscow and agreed.", status="planned")
    client = signed_in(scene.ayu)
    sent = as_opened(client, page_of(record)) | {
        "summary": "They met in Jakarta and agreed.",
        "status": "held",
        "_reason": "The embassy <b>corrected</b> it",
    }
    assert client.post(page_of(record), sent).status_code == 302
    entry = history(record, scene.ayu)[0]
    assert (entry.author.name, entry.reason) == ("Ayu", "The embassy <b>corrected</b> it")
    page = client.get(page_of(record, "history")).content.decode()
    assert "The embassy &lt;b&gt;corrected&lt;/b&gt; it" in page
    words = re.search(r'<td colspan="2" class="worded">(.*?)\s*</td>', page)
    assert words
    assert re.sub(r'<span class="visually-hidden">(.*?)</span>', r"(\1)", words[1]) == (
        "They met in <del>(removed: )Moscow</del><ins>(added: )Jakarta</ins> and agreed."
    )
    # Values that have no word in common stand side by side.
    assert re.search(r"<td>Planned</td>\s*<td>Held</td>", page)


def test_a_reason_stays_where_the_form_comes_back(scene: Scene) -> None:
    record = scene.round()
    client = signed_in(scene.ayu)
    sent = as_opened(client, page_of(record)) | {"date": "never", "_reason": "Says “Retno”"}
    page = client.post(page_of(record), sent).content.decode()
    assert 'name="_reason" maxlength="500" value="Says “Retno”"' in page


def test_topics_that_came_and_went_together_are_told_together(scene: Scene) -> None:
    record = scene.round()
    health, water, schools = (
        Topic.objects.create(name=name, slug=name.lower())
        for name in ("Health", "Water", "Schools")
    )
    record.topics.add(health)
    days_pass()
    with pghistory.context(user=scene.ayu.pk):
        record.topics.set([water, schools])
    newest = history(record, scene.ayu)[0].changes
    assert [(change.what, change.action) for change in newest] == [("Round", "changed")]
    assert [tuple(field) for field in newest[0].fields] == [("Topic", "Health", "Water; Schools")]


# --- A version of a round ------------------------------------------------------------------------


def test_the_past_of_a_round_is_its_document_of_that_moment(scene: Scene) -> None:
    record = whole_round(scene.russia)
    before = document_of(record)
    days_pass()
    with pghistory.context(user=scene.ayu.pk):
        record.agreed_points.get(number=2).delete()
        record.participants.first().delete()  # type: ignore[union-attr]
        record.topics.clear()
        Round.objects.update(summary="Another", date="2022", visibility="internal")
    days_pass()
    assert document_of(record) != before
    assert Past(stood(record.pk, at_first(record)), staff=True).document() == before


def test_a_round_with_all_its_parts_stands_again_as_it_did(scene: Scene) -> None:
    record = whole_round(scene.russia)
    before = document_of(record)
    days_pass()
    with pghistory.context(user=scene.ayu.pk):
        record.agreed_points.get(number=2).delete()
        record.statements.all().delete()
        record.venues.clear()
        Round.objects.update(summary="Another", publication="withdrawn", visibility="internal")
    days_pass()
    client = signed_in(scene.ayu)
    page = client.get(page_of(record, "history")).content.decode()
    address, moment = f"{ROUND_LIST}{record.pk}/restore/", at_first(record)
    assert page.count("Restore the record as it stood after this") == 1
    foreseen = client.get(address, {"at": moment.isoformat()})
    changed = {change.what for change in foreseen.context["changes"]}
    assert "Agreed point 2" in changed
    assert document_of(record)["summary"] == "Another"

    sent = {"at": moment.isoformat(), "_reason": "A mistake"}
    assert said(client.post(address, sent, follow=True)) == [f"Restored: {record}"]
    # Who sees it, and how far it has come, is decided now.
    assert document_of(record) == before | {"publication": "withdrawn", "visibility": "internal"}
    entry = history(record, scene.ayu)[0]
    assert entry.author.name == "Ayu"
    assert re.fullmatch(r"Restored as it stood on .*\d\d:\d\d\. A mistake", entry.reason)
    again = client.get(address, {"at": moment.isoformat()}).content.decode()
    assert "Nothing would change" in again


def test_a_part_that_was_removed_is_brought_back_alone(scene: Scene) -> None:
    record = whole_round(scene.russia)
    before = document_of(record)
    days_pass()
    point = record.agreed_points.get(number=2)
    point.delete()
    days_pass()
    Round.objects.update(summary="Kept")
    client = signed_in(scene.ayu)
    page = client.get(page_of(record, "history")).content.decode()
    assert f"?part=agreedpoint-{point.pk}" not in page  # it has no key any more
    [part] = set(re.findall(r"\?part=(agreedpoint-\d+)", page))
    address = f"{ROUND_LIST}{record.pk}/restore/"
    assert "would stand in the round again" in client.get(address, {"part": part}).content.decode()
    client.post(address, {"part": part}, follow=True)
    assert document_of(record) == before | {"summary": "Kept"}
    refused = said(client.post(address, {"part": part}, follow=True))
    assert refused == [f"{record}: It stands in the round again already."]


def test_a_follow_up_comes_back_to_its_point(scene: Scene) -> None:
    record = whole_round(scene.russia)
    before = document_of(record)
    days_pass()
    FollowUp.objects.filter(point__number=3).delete()
    days_pass()
    client = signed_in(scene.ayu)
    page = client.get(page_of(record, "history")).content.decode()
    [part] = set(re.findall(r"\?part=(followup-\d+)", page))
    client.post(f"{ROUND_LIST}{record.pk}/restore/", {"part": part})
    assert document_of(record) == before


def test_who_may_not_change_it_restores_nothing(scene: Scene) -> None:
    record = whole_round(scene.russia)
    days_pass()
    moment = at_first(record)
    Round.objects.update(summary="Another")
    address = f"{ROUND_LIST}{record.pk}/restore/"
    assert "Restore" not in signed_in(scene.budi).get(page_of(record, "history")).content.decode()
    for user in (scene.budi, scene.eka):
        answer = signed_in(user).post(address, {"at": moment.isoformat()}, follow=True)
        assert said(answer) == [f"{record}: This round is not yours to change."]
    assert document_of(record)["summary"] == "Another"
    for wrong in ({}, {"at": "soon"}, {"at": "2021-13-01T00:00"}, {"part": "user-1"}):
        assert signed_in(scene.ayu).post(address, wrong).status_code == 302


def test_what_was_restricted_then_is_not_restored_by_who_could_not_read_it(scene: Scene) -> None:
    record = scene.round(visibility="restricted", summary="Secret", date="2021")
    days_pass()
    Round.objects.update(summary="Fit for all", visibility="internal")
    days_pass()
    moment = at_first(record)
    with pytest.raises(PermissionDenied, match="Nothing is kept of that moment"):
        restore(scene.citra, record, moment)
    restore(scene.ayu, record, moment)
    assert (document_of(record)["summary"], document_of(record)["visibility"]) == (
        "Secret", "internal",
    )  # fmt: skip


def test_a_merged_topic_comes_back_as_what_it_is_now(scene: Scene) -> None:
    record = scene.round(date="2021")
    old, kept = (Topic.objects.create(name=name, slug=name.lower()) for name in ("Old", "Kept"))
    record.topics.add(old)
    days_pass()
    record.topics.clear()
    workflow.merge(scene.root, old, kept)
    days_pass()
    restore(scene.ayu, record, at_first(record))
    assert document_of(record)["topics"] == ["kept"]


# --- What was deleted ----------------------------------------------------------------------------


def test_a_draft_that_was_deleted_comes_back_with_its_address_and_all_its_parts(
    scene: Scene,
) -> None:
    record = whole_round(scene.russia, publication="draft")
    before, key = document_of(record), record.pk
    workflow.submit(scene.ayu, record)
    workflow.return_to_draft(scene.ayu, record)
    days_pass()
    client = signed_in(scene.ayu)
    client.post(page_of(record, "delete"), {"post": "yes", "_reason": "Twice"})
    assert not Round.objects.exists()
    days_pass()

    deleted = ROUND_LIST + "deleted/"
    [row] = client.get(deleted).context["rows"]
    assert (row["name"], row["author"].name, row["allowed"]) == (str(record), "Ayu", True)
    answer = client.post(deleted, {"event": row["event"].pgh_id}, follow=True)
    assert said(answer) == ["Brought back: Russia Human Rights Dialogue, edition 11"]
    assert Round.objects.get().pk == key
    assert document_of(Round.objects.get()) == before
    assert Round.objects.get().review_steps.count() == 2
    assert client.get(deleted).context["rows"] == []
    reasons = [entry.reason for entry in history(Round.objects.get(), scene.ayu)]
    assert reasons[0].startswith("Brought back after it was deleted on ")
    assert reasons[1] == "Twice"


def test_a_hidden_round_that_was_deleted_stays_its_desks(scene: Scene) -> None:
    secret = scene.round(scene.fiji, visibility="restricted")
    open_one = scene.round(scene.fiji)
    for record in (secret, open_one):
        workflow.delete(scene.budi, record)
    days_pass()

    def listed(user: User) -> list[tuple[str, bool]]:
        rows = signed_in(user).get(ROUND_LIST + "deleted/").context["rows"]
        return sorted((row["name"], row["allowed"]) for row in rows)

    first, second = (f"{scene.fiji}, edition {number}" for number in (1, 2))
    assert listed(scene.budi) == [(first, True), (second, True)]
    assert listed(scene.ayu) == listed(scene.citra) == [(second, False)]
    assert signed_in(scene.eka).get(ROUND_LIST + "deleted/").status_code == 403
    hidden = signed_in(scene.budi).get(ROUND_LIST + "deleted/").context["rows"]
    for row in hidden:
        signed_in(scene.ayu).post(ROUND_LIST + "deleted/", {"event": row["event"].pgh_id})
    assert not Round.objects.exists()


def test_another_round_has_its_number_by_now(scene: Scene) -> None:
    record = scene.round(edition=1)
    workflow.delete(scene.ayu, record)
    days_pass()
    scene.round(edition=1, slug="another")
    client = signed_in(scene.ayu)
    [row] = client.get(ROUND_LIST + "deleted/").context["rows"]
    answer = client.post(ROUND_LIST + "deleted/", {"event": row["event"].pgh_id}, follow=True)
    assert said(answer) == ["russia-dialogue-1: The series has another round of its edition."]


def test_a_person_comes_back_for_who_may_delete_one(scene: Scene) -> None:
    someone = Person.objects.create(name="Siti Aminah", slug="siti", also_written=["Aminah"])
    key = someone.pk
    signed_in(scene.dewi).post(page_of(someone, "delete"), {"post": "yes"})
    address = reverse("admin:dialogues_person_deleted")
    assert signed_in(scene.ayu).get(address).status_code == 403
    client = signed_in(scene.dewi)
    [row] = client.get(address).context["rows"]
    assert "Deleted" in client.get(reverse("admin:dialogues_person_changelist")).content.decode()
    other = Person.objects.create(name="Siti Aminah", slug="siti-2")
    answer = client.post(address, {"event": row["event"].pgh_id}, follow=True)
    assert said(answer) == ["Siti Aminah: Person with this Name already exists."]
    other.delete()
    answer = client.post(address, {"event": row["event"].pgh_id}, follow=True)
    assert said(answer) == ["Brought back: Siti Aminah"]
    back = Person.objects.get()
    assert (back.pk, back.slug, back.also_written) == (key, "siti", ["Aminah"])


def test_what_was_merged_is_not_listed_as_deleted(scene: Scene) -> None:
    old, kept = (Topic.objects.create(name=name, slug=name.lower()) for name in ("Old", "Kept"))
    workflow.merge(scene.dewi, old, kept)
    rows = signed_in(scene.dewi).get(reverse("admin:dialogues_topic_deleted")).context["rows"]
    assert rows == []


@pytest.mark.parametrize("size", [1, 3])
def test_versions_are_read_with_as_many_queries_however_much_there_is(
    scene: Scene, django_assert_num_queries: Any, size: int
) -> None:
    record = whole_round(scene.russia)
    for number in range(4, 4 + size):
        AgreedPoint.objects.create(round=record, number=number, text=f"Point {number}")
        Round.objects.update(summary=f"Version {number}")
    moment = at_first(record)
    with django_assert_num_queries(17):
        Past(stood(record.pk, moment), staff=True).document()
    assert len(told(record, scene.root)) > size
