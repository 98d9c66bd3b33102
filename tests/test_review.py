"""The way of a round through review: who takes which step, with what words, and what waits."""

from __future__ import annotations

import re
from typing import Any

import pghistory
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from dialogues import workflow
from dialogues.models import PUBLISHERS, AgreedPoint, ReviewStep, Round, User
from dialogues.queries.review import changed_since_published, sent_back, waiting
from dialogues.queries.writers import writers
from dialogues.vocabulary import Publication
from tests.rounds import whole_round
from tests.scene import Scene, person, scene, signed_in
from tests.test_admin import ROUND_LIST, as_opened, errors, new_round, page_of, said
from tests.test_workflow import refused

__all__ = ["scene"]

TITLE = "Russia Human Rights Dialogue, edition 1"
OWN_WORK = (
    "You have written in this round since it was last published, so somebody else has to "
    "publish it."
)


def written_by(user: User, scene: Scene, **fields: Any) -> Round:
    """A round that the user has entered, with all that publishing asks for without a question."""
    with pghistory.context(user=user.pk, url="/admin/dialogues/round/add/"):
        return scene.round(**{"date": "2021-10-15", **fields})


def press(user: User, record: Round, to: str, **asked: Any) -> Any:
    """The page that follows a step's button, or the form that it asked to be filled in."""
    address = f"{ROUND_LIST}{record.pk}/step/"
    return signed_in(user).post(address, {"to": to, **asked}, follow=True)


# --- The line at the top -------------------------------------------------------------------------


def test_the_line_at_the_top_says_where_the_record_stands_and_what_may_follow(
    scene: Scene,
) -> None:
    record = written_by(scene.ayu, scene)

    def line(user: User) -> tuple[str, list[str], str]:
        context = signed_in(user).get(page_of(record)).context
        verbs = [str(verb) for _, verb in context["steps"]]
        change = context["last_change"]
        return context["publication"].label, verbs, f"{change.author.name}, {change.author.whence}"

    assert line(scene.ayu) == ("Draft", ["Submit for review"], "Ayu, admin")
    assert line(scene.budi) == ("Draft", [], "Ayu, admin")
    assert line(scene.citra) == ("Draft", ["Submit for review", "Publish"], "Ayu, admin")
    workflow.submit(scene.ayu, record)
    assert line(scene.ayu)[:2] == ("In review", ["Back to draft"])
    assert line(scene.citra)[:2] == ("In review", ["Send back", "Publish"])


def test_the_buttons_take_the_step_or_say_why_not(scene: Scene) -> None:
    record = written_by(scene.ayu, scene)
    assert said(press(scene.ayu, record, "published")) == [
        f"{TITLE}: Only publishers take a round from “Draft” to “Published”."
    ]
    assert said(press(scene.ayu, record, "in_review")) == [f"Submitted for review: {TITLE}"]
    assert said(press(scene.budi, record, "draft")) == [
        f"{TITLE}: This round is not yours to change."
    ]
    assert said(press(scene.citra, record, "published", confirmed="on")) == [f"Published: {TITLE}"]
    assert said(press(scene.citra, record, "withdrawn")) == [f"Withdrawn: {TITLE}"]
    assert said(press(scene.citra, record, "draft")) == [f"Back to draft: {TITLE}"]
    assert said(press(scene.citra, record, "nonsense")) == []
    step = f"{ROUND_LIST}{record.pk}/step/"
    assert signed_in(scene.citra).get(step).status_code == 405
    assert Client().post(step, {"to": "published"}).status_code == 302
    assert Round.objects.get().publication == "draft"


def test_a_hidden_round_takes_no_step_and_is_not_named(scene: Scene) -> None:
    secret = scene.round(scene.fiji, visibility="restricted")
    response = press(scene.citra, secret, "published")
    assert "Fiji" not in response.content.decode()
    assert Round.objects.get().publication == "draft"


def test_a_round_is_saved_and_submitted_at_once(scene: Scene) -> None:
    client = signed_in(scene.ayu)
    answer = client.post(
        ROUND_LIST + "add/", new_round(scene.russia, edition=1, _submit="1"), follow=True
    )
    assert said(answer)[1:] == [f"Submitted for review: {TITLE}"]
    record = Round.objects.get()
    assert (record.publication, record.review_steps.get().by) == ("in_review", scene.ayu)
    # Where that step is not open, what was typed is saved all the same.
    sent = as_opened(client, page_of(record)) | {"summary": "More", "_submit": "1"}
    assert said(client.post(page_of(record), sent, follow=True))[1:] == [
        f"{TITLE}: It stands there already: In review."
    ]
    record.refresh_from_db()
    assert record.summary == "More"


# --- Four eyes -----------------------------------------------------------------------------------


def test_nobody_publishes_what_they_have_written(scene: Scene) -> None:
    for author in (scene.citra, scene.root):
        record = written_by(author, scene, series=scene.norway)
        assert refused(workflow.publish, author, record) == OWN_WORK
    other = person("farah", PUBLISHERS)
    workflow.publish(other, record, confirmed=True)
    assert record.publication == "published"


def test_a_part_is_written_work_and_a_step_is_not(scene: Scene) -> None:
    record = written_by(scene.ayu, scene)
    with pghistory.context(user=scene.dewi.pk):
        point = AgreedPoint.objects.create(round=record, number=1, text="Meet")
    with pghistory.context(user=scene.citra.pk):
        point.follow_ups.create(note="Met")
    with pghistory.context(via="import_rounds notes.csv", account="operator"):
        Round.objects.update(summary="Imported")
    assert writers(record) == {scene.ayu.pk, scene.dewi.pk, scene.citra.pk}
    other = person("farah", PUBLISHERS)
    workflow.submit(other, record)
    assert writers(record) == {scene.ayu.pk, scene.dewi.pk, scene.citra.pk}


def test_the_setting_switches_it_off(scene: Scene, settings: Any) -> None:
    settings.FOUR_EYES = False
    record = written_by(scene.citra, scene, series=scene.norway)
    workflow.publish(scene.citra, record, confirmed=True)
    assert record.publication == "published"


def test_the_line_at_the_top_says_why_there_is_no_button(scene: Scene) -> None:
    record = written_by(scene.citra, scene, series=scene.norway)
    context = signed_in(scene.citra).get(page_of(record)).context
    assert [str(verb) for _, verb in context["steps"]] == ["Submit for review"]
    assert context["kept_from"] == OWN_WORK


@pytest.mark.django_db(transaction=True)
def test_what_was_written_before_it_was_published_is_settled(scene: Scene) -> None:
    citra, farah = scene.citra, person("farah", PUBLISHERS)
    record = written_by(citra, scene, series=scene.norway)
    workflow.publish(farah, record, confirmed=True)
    workflow.withdraw(farah, record)
    workflow.publish(citra, record, confirmed=True)  # who has written nothing since
    assert writers(record) == set()

    # What a desk changes in a published round stands at once, and waits for another's look.
    with pghistory.context(user=scene.ayu.pk):
        Round.objects.update(summary="Corrected")
    assert list(changed_since_published(citra)) == [record]
    assert refused(workflow.confirm, scene.ayu, record) == (
        "Only publishers confirm, and only what is published."
    )
    assert "Confirm as it stands" in signed_in(citra).get(page_of(record)).content.decode()
    assert said(press(citra, record, "published")) == [
        f"Confirmed as it stands: Norway Human Rights Dialogue, edition {record.edition}"
    ]
    assert list(changed_since_published(citra)) == []
    with pghistory.context(user=citra.pk):
        Round.objects.update(summary="Corrected again")
    assert refused(workflow.confirm, citra, record) == OWN_WORK


@pytest.mark.django_db(transaction=True)
def test_what_is_published_is_what_the_publisher_has_read(scene: Scene) -> None:
    record = written_by(scene.ayu, scene)
    version = signed_in(scene.citra).get(page_of(record)).context["version"]
    with pghistory.context(user=scene.ayu.pk):
        Round.objects.update(summary="Quickly changed")
    assert said(press(scene.citra, record, "published", version=version, confirmed="on")) == [
        f"{TITLE}: It was changed after you had opened it. Read it once more."
    ]
    assert Round.objects.get().publication == "draft"


# --- Sent back with a note -----------------------------------------------------------------------


def test_who_sends_back_says_why_and_the_author_reads_it(scene: Scene) -> None:
    record = written_by(scene.ayu, scene)
    workflow.submit(scene.ayu, record)
    asked = press(scene.citra, record, "draft")
    assert asked.status_code == 200
    assert "What is to be done" in asked.content.decode()
    assert errors(press(scene.citra, record, "draft", note=" ")) == (
        "Say what is to be done before it comes back."
    )
    assert Round.objects.get().publication == "in_review"
    note = "Who led for <b>Russia</b>?"
    assert said(press(scene.citra, record, "draft", note=note)) == [f"Back to draft: {TITLE}"]

    page = signed_in(scene.ayu).get(page_of(record)).content.decode()
    assert "Sent back by Citra on " in page
    assert "Who led for &lt;b&gt;Russia&lt;/b&gt;?" in page
    fields = ("pk", "submitted_by", "step_by", "step_note")
    assert list(sent_back(scene.ayu).values_list(*fields)) == [
        (record.pk, scene.ayu.pk, scene.citra.pk, note)
    ]

    workflow.submit(scene.ayu, record)
    assert "Sent back by" not in signed_in(scene.ayu).get(page_of(record)).content.decode()
    assert list(sent_back(scene.ayu)) == []


def test_what_one_takes_back_oneself_was_not_sent_back(scene: Scene) -> None:
    record = written_by(scene.ayu, scene)
    workflow.submit(scene.ayu, record)
    workflow.return_to_draft(scene.ayu, record)
    assert list(sent_back(scene.ayu)) == []
    assert signed_in(scene.ayu).get(page_of(record)).context["sent_back"] is None


def test_notes_are_staffs(scene: Scene) -> None:
    record = whole_round(scene.russia)
    workflow.withdraw(scene.citra, record, note="Secret of review")
    workflow.publish(person("farah", PUBLISHERS), record, note="Secret too", confirmed=True)
    analyst = User.objects.create_user("gita")
    analyst.groups.set(scene.eka.groups.all())
    assert record.review_steps.count() == 2
    assert ReviewStep.objects.visible_to(analyst).count() == 0
    assert ReviewStep.objects.visible_to(scene.budi).count() == 2
    for client in (Client(), signed_in(analyst)):
        for address in (record.get_absolute_url(), f"/api/v1/rounds/{record.slug}/"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "Secret of review" not in answer.content.decode()
            assert "Secret too" not in answer.content.decode()


@pytest.mark.parametrize(
    "sql", ["UPDATE dialogues_reviewstep SET note = ''", "DELETE FROM dialogues_reviewstep",
            "TRUNCATE dialogues_reviewstep"]
)  # fmt: skip
def test_a_step_that_was_taken_stays(scene: Scene, sql: str) -> None:
    workflow.submit(scene.ayu, written_by(scene.ayu, scene))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# --- What is missing -----------------------------------------------------------------------------


def test_publishing_lists_what_is_missing_and_asks_for_a_word(scene: Scene) -> None:
    record = written_by(scene.ayu, scene)
    AgreedPoint.objects.create(round=record, number=1, text="Meet", responsible="own")
    AgreedPoint.objects.create(round=record, number=2, text="Exchange notes")
    missing = (
        (
            "Not recorded: format, place, host, who led for Indonesia, who led for Russia, "
            "summary, what each side raised, sources."
        ),
        "Agreed points without a topic: 1, 2.",
        "Agreed point that names nobody responsible: 2.",
    )
    assert workflow.readiness(record) == workflow.Readiness(missing=missing)
    asked = press(scene.citra, record, "published").content.decode()
    for sentence in missing:
        assert sentence in asked
    assert Round.objects.get().publication == "draft"
    assert said(press(scene.citra, record, "published", confirmed="on")) == [f"Published: {TITLE}"]


def test_a_whole_round_is_published_without_a_question(scene: Scene) -> None:
    record = whole_round(scene.russia, publication="draft")
    assert workflow.readiness(record) == workflow.Readiness()
    assert said(press(scene.citra, record, "published")) == [
        "Published: Russia Human Rights Dialogue, edition 11"
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"date": None},
            "It was held, but has no date. Give it as exactly as it is known, if only the year.",
        ),
        ({"date": "2199-05"}, "It was held, but its date, May 2199, is still to come."),
        (
            {"status": "planned"},
            (
                "It is planned, but its date, 15 October 2021, has passed: was it held, postponed "
                "or cancelled?"
            ),
        ),
        (
            {"visibility": "restricted", "series": "norway"},
            "It is restricted to its desk, but its series has none.",
        ),
    ],
)
def test_what_makes_no_sense_is_not_published_whatever_one_confirms(
    scene: Scene, fields: dict[str, Any], sentence: str
) -> None:
    if "series" in fields:
        fields = {**fields, "series": scene.norway}
    record = written_by(scene.ayu, scene, **fields)
    assert workflow.readiness(record).wrong == (sentence,)
    with pytest.raises(workflow.Unready):
        workflow.publish(scene.root, record, confirmed=True)
    if "series" not in fields:
        asked = press(scene.citra, record, "published", confirmed="on").content.decode()
        assert "To be put right first" in asked
        assert sentence in asked
        assert 'name="confirmed"' not in asked


def test_what_is_postponed_has_no_date_to_come(scene: Scene) -> None:
    record = written_by(scene.ayu, scene, status="postponed", date="2021")
    assert workflow.readiness(record).wrong == ()


# --- The queue -----------------------------------------------------------------------------------


def test_publishers_see_what_waits_oldest_first_and_who_submitted_it(scene: Scene) -> None:
    first, second, third = (written_by(scene.ayu, scene, edition=n) for n in (1, 2, 3))
    secret = written_by(scene.budi, scene, series=scene.fiji, visibility="restricted", edition=4)
    for user, record in ((scene.ayu, third), (scene.ayu, first), (scene.budi, secret)):
        workflow.submit(user, record)
    workflow.submit(scene.ayu, second)
    workflow.move(scene.citra, second, Publication.DRAFT, note="Who led?")
    Round.objects.filter(pk=second.pk).update(publication="draft")

    assert [row.edition for row in waiting(scene.citra)] == [3, 1]
    assert [row.edition for row in waiting(scene.budi)] == [3, 1, 4]
    page = signed_in(scene.citra).get(ROUND_LIST + "waiting/")
    told = page.content.decode()
    assert [line["by"] for line in page.context["waiting"]] == ["Ayu", "Ayu"]
    assert [line["round"].edition for line in page.context["back"]] == [2]
    assert "Who led?" in told
    assert "Fiji" not in told
    assert "Not recorded: format" in told
    # An officer reads the same and publishes nothing.
    assert (
        "Publish the chosen"
        not in signed_in(scene.ayu).get(ROUND_LIST + "waiting/").content.decode()
    )
    assert signed_in(scene.eka).get(ROUND_LIST + "waiting/").status_code == 200
    assert "waiting/" in signed_in(scene.citra).get(ROUND_LIST).content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_the_queue_asks_as_often_however_long_it_is(
    scene: Scene, django_assert_num_queries: Any, size: int
) -> None:
    for number in range(1, size + 1):
        workflow.submit(scene.ayu, whole_round(scene.russia, number, publication="draft"))
        back = whole_round(scene.fiji, number, publication="draft")
        workflow.submit(scene.budi, back)
        workflow.return_to_draft(scene.citra, back, note="Why?")
    client = signed_in(scene.citra)
    client.get(ROUND_LIST + "waiting/")
    with django_assert_num_queries(13):
        client.get(ROUND_LIST + "waiting/")


# --- Many at once --------------------------------------------------------------------------------


def chosen(action: str, *records: Round) -> dict[str, Any]:
    return {"action": action, "_selected_action": [one.pk for one in records], "index": 0}


def outcomes(response: Any) -> list[str]:
    """What the table says of each round, a text each."""
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", response.content.decode(), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_many_at_once_say_what_they_did_and_what_they_refused(scene: Scene) -> None:
    first, third = (written_by(scene.ayu, scene, edition=n) for n in (1, 3))
    second = written_by(scene.ayu, scene, edition=2, publication="published")
    ayu, citra = signed_in(scene.ayu), signed_in(scene.citra)
    actions = ayu.get(ROUND_LIST).context["action_form"].fields["action"].choices
    assert {"submit", "publish", "withdraw"} & {name for name, _ in actions} == {"submit"}

    asked = ayu.post(ROUND_LIST, chosen("submit", first, second, third))
    name = "Russia Human Rights Dialogue, edition"
    assert outcomes(asked) == [
        f"{name} 1 Draft Can be done",
        f"{name} 3 Draft Can be done",
        f"{name} 2 Published Would be refused. No step leads from “Published” to “In review”.",
    ]
    assert not ReviewStep.objects.exists()
    sent = {"to": "in_review", "go": "1", "_selected_action": [first.pk, second.pk, third.pk]}
    done = ayu.post(ROUND_LIST + "steps/", sent)
    assert done.context["said"] == ["2 rounds submitted for review.", "1 was refused."]
    assert [text.partition(f"{name} ")[2] for text in outcomes(done)] == [
        "1 In review Done",
        "3 In review Done",
        "2 Published Refused. No step leads from “Published” to “In review”.",
    ]

    # Published is only what a publisher has confirmed, and nothing that makes no sense.
    Round.objects.filter(pk=third.pk).update(date=None)
    sent |= {"to": "published"}
    done = citra.post(ROUND_LIST + "steps/", sent)
    assert done.context["said"] == ["0 rounds published.", "3 were refused."]
    done = citra.post(ROUND_LIST + "steps/", sent | {"confirmed": "on", "note": "All read."})
    assert done.context["said"] == ["1 round published.", "2 were refused."]
    assert [text.partition(f"{name} ")[2] for text in outcomes(done)] == [
        "1 Published Done",
        (
            "3 In review Refused. It was held, but has no date. Give it as exactly as it is "
            "known, if only the year."
        ),
        "2 Published Refused. It stands there already: Published.",
    ]
    assert first.review_steps.last().note == "All read."  # type: ignore[union-attr]


def test_many_at_once_do_not_name_what_is_hidden(scene: Scene) -> None:
    secret = written_by(scene.budi, scene, series=scene.fiji, visibility="restricted")
    sent = {"to": "in_review", "go": "1", "_selected_action": [secret.pk]}
    page = signed_in(scene.ayu).post(ROUND_LIST + "steps/", sent).content.decode()
    assert "Fiji" not in page
    assert Round.objects.get().publication == "draft"
    for wrong in ({}, {"to": "nonsense", "_selected_action": [1]}, {"_selected_action": ["x"]}):
        assert signed_in(scene.ayu).post(ROUND_LIST + "steps/", wrong).status_code == 302
    assert signed_in(scene.ayu).get(ROUND_LIST + "steps/").status_code == 302


# --- Deleting ------------------------------------------------------------------------------------


def test_only_a_draft_that_never_got_anywhere_is_deleted(scene: Scene) -> None:
    draft, was_out = written_by(scene.ayu, scene), written_by(scene.ayu, scene)
    workflow.publish(scene.citra, was_out, confirmed=True)
    workflow.withdraw(scene.citra, was_out)
    workflow.return_to_draft(scene.citra, was_out)
    may = {
        name: {user.username for user in User.objects.all() if workflow.may_delete(user, record)}
        for name, record in (("draft", draft), ("was out", was_out))
    }
    assert may == {"draft": {"ayu", "citra", "dewi", "root"}, "was out": {"root"}}
    ayu = signed_in(scene.ayu)
    assert ayu.post(page_of(was_out, "delete"), {"post": "yes"}).status_code == 403
    assert signed_in(scene.budi).post(page_of(draft, "delete"), {"post": "yes"}).status_code == 403
    assert refused(workflow.delete, scene.ayu, was_out) == (
        "Only a draft that was never published is deleted; this one is withdrawn."
    )
    assert ayu.post(page_of(draft, "delete"), {"post": "yes"}).status_code == 302
    assert list(Round.objects.all()) == [was_out]
