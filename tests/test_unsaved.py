"""What somebody typed and did not save is kept for them, and for nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from dialogues.models import AgreedPoint, Round, UnsavedWork, User
from tests.scene import PASSWORD, Scene, scene, signed_in
from tests.test_admin import as_opened, new_round, page_of, said
from tests.test_two_editors import again, asked, in_form

__all__ = ["scene"]

ADD = "/admin/dialogues/round/add/"
KEEP = "/admin/dialogues/round/keep/"
DROP = "/admin/dialogues/round/drop/"


def opened(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back from the form, with its slip."""
    return as_opened(client, address) | {"slip": client.get(address).context["slip"]}


def kept(client: Client, sent: dict[str, Any]) -> str:
    """Have what was typed kept; what the line at the bottom says then."""
    answer = client.post(KEEP, sent)
    assert answer.status_code == 200, answer.content
    words: str = answer.json()["said"]
    return words


def left(client: Client, address: str) -> list[UnsavedWork]:
    """What the page offers to take up."""
    found: list[UnsavedWork] = client.get(address).context["left_unsaved"]
    return found


def test_what_was_typed_into_a_new_round_is_offered_taken_up_and_gone_once_saved(
    scene: Scene,
) -> None:
    ayu = signed_in(scene.ayu)
    sent = new_round(scene.russia, edition=12, summary="Half a sen", date="the day bef")
    sent |= {
        "slip": ayu.get(ADD).context["slip"],
        "statements-TOTAL_FORMS": 1,
        "statements-0-side": "own",
        "statements-0-text": "Vaccines",
    }
    assert kept(ayu, sent).startswith("Not saved yet; kept for you at ")
    assert kept(ayu, sent | {"summary": "Half a sentence"})
    [work] = left(ayu, ADD)
    assert not Round.objects.exists()

    page = ayu.get(f"{ADD}?take-up={work.key}")
    held = in_form(page)
    assert (held["summary"], held["date"], held["statements-0-text"], held["edition"]) == (
        "Half a sentence", "the day bef", "Vaccines", "12",
    )  # fmt: skip
    text = page.content.decode()
    assert "This is what you had typed by" in text
    assert "errorlist" not in text
    assert page.context["left_unsaved"] == []

    saved = ayu.post(ADD, held | {"slip": page.context["slip"], "date": "2022"})
    assert saved.status_code == 302
    assert not UnsavedWork.objects.exclude(sent="").exists()
    assert Round.objects.get().statements.get().text == "Vaccines"


def test_it_is_its_authors_alone(scene: Scene) -> None:
    record = scene.round(summary="As it was")
    ayu, citra = signed_in(scene.ayu), signed_in(scene.citra)
    kept(ayu, opened(ayu, page_of(record)) | {"summary": "Ayu's secret"})
    [work] = left(ayu, page_of(record))
    assert left(citra, page_of(record)) == []
    assert "Ayu's secret" not in citra.get(f"{page_of(record)}?take-up={work.key}").content.decode()
    citra.post(DROP, {"key": work.key})
    assert UnsavedWork.objects.get() == work
    assert said(ayu.post(DROP, {"key": work.key}, follow=True)) == ["The unsaved work is dropped."]
    assert not UnsavedWork.objects.exclude(sent="").exists()
    assert Client().post(DROP, {"key": work.key}).status_code == 302


def test_a_session_that_ends_while_somebody_types_costs_nothing(scene: Scene) -> None:
    record = scene.round(summary="As it was")
    ayu = signed_in(scene.ayu)
    sent = opened(ayu, page_of(record)) | {"summary": "Typed for an hour"}
    ayu.logout()
    assert kept(ayu, sent).startswith("You have been signed out. What you type is kept")

    response = ayu.post(page_of(record), sent | {"summary": "Typed for an hour and saved"})
    assert response.status_code == 302
    assert Round.objects.get().summary == "As it was"
    signing_in = urlsplit(response["Location"])
    assert signing_in.path == "/admin/login/"
    [back] = parse_qs(signing_in.query)["next"]
    page = ayu.post(
        response["Location"],
        {"username": "ayu", "password": PASSWORD, "next": back},
        follow=True,
    )
    assert in_form(page)["summary"] == "Typed for an hour and saved"
    ayu.post(
        page_of(record),
        in_form(page) | {"slip": page.context["slip"], "opened": page.context["opened"]},
    )
    assert Round.objects.get().summary == "Typed for an hour and saved"
    assert not UnsavedWork.objects.exclude(sent="").exists()


def test_what_comes_late_does_not_bring_back_what_is_saved_or_dropped(scene: Scene) -> None:
    """A browser sends what is typed beside saving it, and the server may take the two up in the
    other order."""
    record = scene.round(summary="As it was")
    ayu = signed_in(scene.ayu)
    sent = opened(ayu, page_of(record)) | {"summary": "Saved"}
    assert ayu.post(page_of(record), sent).status_code == 302
    late = ayu.post(KEEP, sent)
    assert (late.status_code, late.json()["said"]) == (
        403,
        "What you type cannot be kept any more: open the page anew in another window.",
    )
    assert left(ayu, page_of(record)) == []

    sent = opened(ayu, page_of(record)) | {"summary": "Dropped"}
    kept(ayu, sent)
    [work] = left(ayu, page_of(record))
    ayu.post(DROP, {"key": work.key})
    assert ayu.post(KEEP, sent).status_code == 403
    assert left(ayu, page_of(record)) == []

    # Gone back to in the browser and sent once more, after the session has ended: kept anew.
    ayu.logout()
    away = ayu.post(page_of(record), sent | {"summary": "Typed after going back"})
    ayu.force_login(scene.ayu)
    [work] = left(ayu, page_of(record))
    assert f"take-up%3D{work.key}" in away["Location"]
    assert parse_qs(work.sent)["summary"] == ["Typed after going back"]


@pytest.mark.django_db(transaction=True)
def test_whose_round_is_deleted_while_it_is_kept_is_told_so(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = scene.round()
    ayu = signed_in(scene.ayu)
    sent = opened(ayu, page_of(record))
    Round.objects.filter(pk=record.pk).delete()
    # The round was there when it was looked for, and gone when the words were written.
    monkeypatch.setattr("dialogues.admin.unsaved.slips.may_write", lambda *_of: True)
    assert ayu.post(KEEP, sent).status_code == 403


def test_what_is_sent_under_somebody_elses_session_is_not_saved_in_their_name(
    scene: Scene,
) -> None:
    record = scene.round(summary="As it was")
    ayu, citra = signed_in(scene.ayu), signed_in(scene.citra)
    sent = opened(ayu, page_of(record)) | {"summary": "Ayu's"}
    assert said(citra.post(page_of(record), sent, follow=True)) == [
        (
            "Not saved: somebody else had opened the form, and signed in here. What they typed is "
            "kept for them."
        )
    ]
    assert Round.objects.get().summary == "As it was"
    assert UnsavedWork.objects.get().user == scene.ayu


def test_what_others_saved_meanwhile_is_asked_about_when_it_is_taken_up(scene: Scene) -> None:
    record = scene.round(summary="As it was")
    point = AgreedPoint.objects.create(round=record, number=1, text="Meet")
    ayu, citra = signed_in(scene.ayu), signed_in(scene.citra)
    kept(
        ayu,
        opened(ayu, page_of(record)) | {"summary": "Ayu's", "agreed_points-0-text": "Meet soon"},
    )
    citra.post(page_of(record), as_opened(citra, page_of(record)) | {"summary": "Citra's"})
    [work] = left(ayu, page_of(record))
    page = ayu.get(f"{page_of(record)}?take-up={work.key}")
    assert asked(page) == [("Summary", "As it was", "Citra's", "Ayu's")]
    held = in_form(page)
    assert (held["summary"], held["agreed_points-0-text"]) == ("Ayu's", "Meet soon")
    ayu.post(page_of(record), again(page, held | {"slip": page.context["slip"]}, "theirs"))
    record.refresh_from_db()
    point.refresh_from_db()
    assert (record.summary, point.text) == ("Citra's", "Meet soon")
    assert not UnsavedWork.objects.exclude(sent="").exists()


def test_nothing_is_kept_for_those_who_may_not_write_there(scene: Scene) -> None:
    record = scene.round(visibility="restricted")
    ayu = signed_in(scene.ayu)
    sent = opened(ayu, page_of(record)) | {"summary": "Ayu's"}
    for refused in ({}, {"slip": "made up"}):
        assert ayu.post(KEEP, {**sent, "slip": "", **refused}).status_code == 403
    kept(ayu, sent)
    [work] = left(ayu, page_of(record))
    scene.europe.members.remove(scene.ayu)
    assert ayu.post(KEEP, sent).status_code == 403
    assert list(UnsavedWork.objects.visible_to(User.objects.get(pk=scene.ayu.pk))) == []
    assert (
        "Ayu&#x27;s"
        not in ayu.get(f"{page_of(record)}?take-up={work.key}", follow=True).content.decode()
    )
    User.objects.filter(pk=scene.ayu.pk).update(is_active=False)
    assert Client().post(KEEP, sent).status_code == 403
    assert Client().get(KEEP).status_code == 405


def test_it_is_kept_for_a_fortnight(scene: Scene) -> None:
    record = scene.round()
    ayu = signed_in(scene.ayu)
    kept(ayu, opened(ayu, page_of(record)) | {"summary": "Old"})
    UnsavedWork.objects.update(kept_at=timezone.now() - timedelta(days=13))
    assert len(left(ayu, page_of(record))) == 1
    UnsavedWork.objects.update(kept_at=timezone.now() - timedelta(days=15))
    assert left(ayu, page_of(record)) == []
    kept(ayu, opened(ayu, page_of(record)) | {"summary": "New"})
    assert [("New" in work.sent) for work in UnsavedWork.objects.all()] == [True]


@pytest.mark.parametrize("key", ["", "made up", "00000000-0000-0000-0000-000000000000"])
def test_a_key_that_is_nobodys_opens_the_form_as_it_is(scene: Scene, key: str) -> None:
    record = scene.round(summary="As it was")
    ayu = signed_in(scene.ayu)
    assert in_form(ayu.get(f"{page_of(record)}?take-up={key}"))["summary"] == "As it was"
    assert ayu.get(f"{ADD}?take-up={key}").status_code == 200
    assert ayu.post(DROP, {"key": key}).status_code == 302
