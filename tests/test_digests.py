"""Daily mails of what is new in a view: to whom, of what, once, and how they are stopped."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client, override_settings

from dialogues.management import digests
from dialogues.models import AgreedPoint, Digest, FollowUp, Partner, Round, SavedView, Topic, User
from dialogues.queries.recent import changed, settled
from tests.rounds import published, whole_round
from tests.scene import Scene, scene, signed_in
from tracker.mail import configuration, site_url

__all__ = ["scene"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_address():
    with override_settings(SITE_URL="https://dialogues.example"):
        yield


def subscription(
    user: User, query: str = "partner=RU", listing: str = "rounds", **fields: Any
) -> Digest:
    """A subscription to a view of the user's own, told until yesterday."""
    User.objects.filter(pk=user.pk).update(email=f"{user.username}@ministry.example")
    view = SavedView.objects.create(owner=user, listing=listing, name="With Russia", query=query)
    since = settled() - timedelta(days=1)
    return Digest.objects.create(
        **{"user": user, "view": view, "language": "en", "since": since, **fields}
    )


def send(*arguments: str) -> str:
    """Run the command; what it says."""
    said = StringIO()
    call_command("send_digests", *arguments, stdout=said, stderr=said)
    return said.getvalue()


def the_mail() -> Any:
    """The only mail that was sent."""
    [sent] = mail.outbox
    return sent


def test_a_mail_tells_what_is_new_as_text_and_as_html(scene: Scene) -> None:
    digest = subscription(scene.eka)
    published(scene.russia, edition=11, date="2021-10-15")
    published(scene.fiji, edition=1)

    assert send() == "1 mail sent\n"

    sent = the_mail()
    assert sent.to == ["Eka <eka@ministry.example>"]
    assert sent.subject == "With Russia: 1 new or changed"
    [(html, kind)] = sent.alternatives
    assert kind == "text/html"
    assert "Russia Human Rights Dialogue, edition 11" in sent.body
    assert "  15 October 2021 · Held · Russia\n" in sent.body
    assert "https://dialogues.example/rounds/russia-dialogue-11/" in sent.body
    link = '<a href="https://dialogues.example/rounds/russia-dialogue-11/">Russia Human Rights'
    assert link in html
    assert "Fiji" not in sent.body + html
    stop = f"https://dialogues.example/views/stop-mails/{digest.stop_key}/"
    assert stop in sent.body
    assert f'href="{stop}"' in html
    assert sent.extra_headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    assert sent.message()["List-Unsubscribe"] == f"<{stop}>"


def test_nothing_is_told_twice_and_nothing_new_is_no_mail(scene: Scene) -> None:
    subscription(scene.eka)
    published(scene.russia, edition=1)
    assert [send(), send()] == ["1 mail sent\n", "0 mails sent\n"]
    assert len(mail.outbox) == 1


def test_a_dry_run_says_what_it_would_do_and_does_nothing(scene: Scene) -> None:
    digest = subscription(scene.eka)
    published(scene.russia, edition=1)
    said = "eka@ministry.example: With Russia: 1\n1 mail would be sent\n"
    assert [send("--dry-run"), send("--dry-run")] == [said, said]
    assert mail.outbox == []
    assert Digest.objects.get().since == digest.since


def test_the_mail_is_in_the_subscribers_language(scene: Scene) -> None:
    subscription(scene.eka, language="id")
    published(scene.russia, edition=11, date="2021-10-15")
    send()
    sent = the_mail()
    assert "15 Oktober 2021" in sent.body
    assert '<html lang="id">' in sent.alternatives[0][0]


def test_each_reads_what_they_may_see_at_that_moment(scene: Scene) -> None:
    User.objects.update(email="")
    User.objects.filter(username="eka").update(is_staff=False)
    scene.eka.refresh_from_db()
    published(scene.russia, edition=1)
    published(scene.russia, edition=2, visibility="internal")
    published(scene.russia, edition=3, visibility="restricted")
    scene.round(scene.russia, edition=4)
    for user in (scene.ayu, scene.budi, scene.eka):
        subscription(user)
    scene.eka.groups.clear()

    assert send() == "3 mails sent\n"

    told = {
        sent.to[0].split()[0]: {n for n in "1234" if f"edition {n}\n" in sent.body}
        for sent in mail.outbox
    }
    assert told == {"Ayu": {"1", "2", "3", "4"}, "Budi": {"1", "2", "4"}, "Eka": {"1"}}


@pytest.mark.parametrize("ending", ["switched off", "no address", "not shared"])
def test_who_may_not_have_the_view_any_more_gets_nothing(scene: Scene, ending: str) -> None:
    digest = subscription(scene.eka)
    published(scene.russia, edition=1)
    if ending == "switched off":
        User.objects.filter(pk=scene.eka.pk).update(is_active=False)
    elif ending == "no address":
        User.objects.filter(pk=scene.eka.pk).update(email="")
    else:
        SavedView.objects.filter(pk=digest.view_id).update(owner=scene.ayu)
    assert send() == "0 mails sent\n"
    assert mail.outbox == []


def test_one_that_fails_stops_no_other_and_loses_nothing(scene: Scene, monkeypatch) -> None:
    for user in (scene.ayu, scene.budi, scene.eka):
        subscription(user)
    published(scene.russia, edition=1)
    written = digests.mail

    def fails_for_budi(digest: Digest, *given: Any) -> Any:
        if digest.user == scene.budi:
            raise smtplib.SMTPRecipientsRefused({})
        return written(digest, *given)

    monkeypatch.setattr(digests, "mail", fails_for_budi)
    with pytest.raises(CommandError, match="1 could not be sent; the next run tries them again"):
        send()
    assert [sent.to[0].split()[0] for sent in mail.outbox] == ["Ayu", "Eka"]

    monkeypatch.setattr(digests, "mail", written)
    assert send() == "1 mail sent\n"
    assert mail.outbox[-1].to == ["Budi <budi@ministry.example>"]


def test_filters_that_are_refused_are_told_and_tried_again(scene: Scene) -> None:
    subscription(scene.eka, query="topic=health")
    published(scene.russia, edition=1)
    said = send()
    assert "its filters are refused: “health” is not known here." in said
    assert said.endswith("0 mails sent\n")

    topic = Topic.objects.create(slug="health", name="Health")
    Round.objects.get().topics.add(topic)
    assert send() == "1 mail sent\n"


def test_a_long_list_is_cut_and_counted(scene: Scene, monkeypatch) -> None:
    monkeypatch.setattr(digests, "NAMED", 2)
    subscription(scene.eka)
    for number in (1, 2, 3, 4, 5):
        published(scene.russia, edition=number)
    send()
    assert mail.outbox[0].subject == "With Russia: 5 new or changed"
    assert mail.outbox[0].body.count("https://dialogues.example/rounds/") == 2
    assert "And 3 more." in mail.outbox[0].body


def test_a_name_is_only_a_name(scene: Scene) -> None:
    digest = subscription(scene.eka)
    SavedView.objects.filter(pk=digest.view_id).update(name="<b>x</b>🇮🇩 & Co.")
    published(scene.russia, edition=1)
    send()
    sent = the_mail()
    assert "“<b>x</b>🇮🇩 & Co.”" in sent.body
    assert "<h1>&lt;b&gt;x&lt;/b&gt;🇮🇩 &amp; Co.</h1>" in sent.alternatives[0][0]


# --- What counts as new --------------------------------------------------------------------------


def new(rows: Any, user: User) -> set[str]:
    """What of `rows` was written in this test."""
    until = settled() + timedelta(seconds=1)
    return {str(row) for row in changed(rows, user, until - timedelta(minutes=5), until)}


@pytest.fixture
def long_ago(scene: Scene):
    """A whole round, and a way to make everything so far long past."""

    def forget() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("UPDATE dialogues_round SET updated = updated - interval '1 day'")
            for table in connection.introspection.table_names(cursor):
                if table.startswith("dialogues_") and table.endswith("event"):
                    if table == "dialogues_relatedevent":
                        continue
                    cursor.execute(
                        f"UPDATE {table} SET pgh_created_at = pgh_created_at - interval '1 day'"
                    )
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")

    whole_round(scene.russia)
    forget()
    return forget


def test_of_a_rounds_points_only_those_are_new_that_were_written(scene: Scene, long_ago) -> None:
    points = AgreedPoint.objects.visible_to(scene.eka)
    assert new(points, scene.eka) == set()

    FollowUp.objects.create(point=points.get(number=2), note="Begun.")
    points.filter(number=3).update(status="superseded")
    assert new(points, scene.eka) == {"2. Agreed no. 2", "3. Agreed no. 3"}
    assert new(Round.objects.visible_to(scene.eka), scene.eka) == {str(Round.objects.get())}

    long_ago()
    points.get(number=1).topics.clear()
    assert new(points, scene.eka) == {"1. Agreed no. 1"}
    long_ago()
    Round.objects.update(visibility="internal")
    assert len(new(points, scene.eka)) == 3


def test_what_rounds_mention_is_new_with_them_as_far_as_one_sees(scene: Scene, long_ago) -> None:
    partners, visitor = Partner.objects.visible_to(scene.citra), scene.citra
    assert new(partners, visitor) == set()
    scene.round(scene.russia, visibility="restricted")
    assert new(partners, visitor) == set()
    published(scene.russia, edition=30)
    assert new(partners, visitor) == {"Russia"}
    long_ago()
    Partner.objects.filter(code="FJ").update(name="Republic of Fiji")
    assert new(partners, visitor) == {"Republic of Fiji"}


@pytest.mark.django_db(transaction=True)
def test_what_is_still_being_written_is_told_later_not_never() -> None:
    other = connections.create_connection("default")
    try:
        before = settled()
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT now()")
            began = cursor.fetchone()[0]
        assert before <= began
        assert settled() == began
        other.rollback()
        other.set_autocommit(True)
        assert settled() > began
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_once(scene: Scene) -> None:
    digest = subscription(scene.eka)
    published(scene.russia, edition=1)
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM dialogues_digest WHERE id = %s FOR UPDATE", [digest.pk])
            assert send() == "0 mails sent\n"
        other.rollback()
    finally:
        other.close()
    assert send() == "1 mail sent\n"


# --- Beginning and stopping ----------------------------------------------------------------------


def test_one_subscribes_on_the_views_page(scene: Scene) -> None:
    view = SavedView.objects.create(owner=scene.eka, listing="rounds", name="All")
    client = signed_in(scene.eka)
    settings = f"/views/{view.pk}/settings/"
    page = client.get(settings).content.decode()
    assert "Your account has no mail address." in page
    client.post(settings, {"do": "mails"})
    assert not Digest.objects.exists()

    User.objects.filter(pk=scene.eka.pk).update(email="eka@ministry.example")
    assert "A mail to eka@ministry.example" in client.get(settings).content.decode()
    for _ in range(2):
        client.post(settings, {"do": "mails"}, headers={"accept-language": "id"})
    assert Digest.objects.get().language == "id"
    client.post(settings, {"do": "no-mails"})
    assert not Digest.objects.exists()


def test_opening_the_link_stops_nothing_and_its_button_does(scene: Scene) -> None:
    digest = subscription(scene.eka)
    address, client = f"/views/stop-mails/{digest.stop_key}/", Client(enforce_csrf_checks=True)

    for _ in range(2):
        page = client.get(address)
        assert "Stop the daily mail about “With Russia”?" in page.content.decode()
    assert client.head(address).status_code == 200
    assert Digest.objects.count() == 1

    stopped = client.post(address).content.decode()
    assert "The daily mail about “With Russia” is stopped." in stopped
    assert not Digest.objects.exists()
    assert SavedView.objects.count() == 1
    again = client.get(address)
    assert (again.status_code, again["X-Robots-Tag"]) == (200, "noindex")
    assert "are stopped already" in again.content.decode()


def test_a_mail_program_stops_it_with_one_click(scene: Scene) -> None:
    """RFC 8058: a POST without cookies, whose body is the header's value."""
    digest = subscription(scene.eka)
    answer = Client(enforce_csrf_checks=True).post(
        f"/views/stop-mails/{digest.stop_key}/", {"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 200
    assert not Digest.objects.exists()


def test_a_key_that_was_never_made_says_nothing(client: Client) -> None:
    address = "/views/stop-mails/00000000-0000-4000-8000-000000000000/"
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 200
        assert "are stopped already" in answer.content.decode()
    assert client.put(address).status_code == 405
    assert client.get("/views/stop-mails/nosuch/").status_code == 404


# --- The way out of the house --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "host", "port", "security", "account"),
    [
        ("smtps://who:p%40ss@mail.example", "mail.example", 465, "SSL", ("who", "p@ss")),
        ("smtp://who:secret@mail.example:2525", "mail.example", 2525, "TLS", ("who", "secret")),
        ("smtp://mail.example", "mail.example", 587, "TLS", ("", "")),
        ("smtp://localhost", "localhost", 25, "", ("", "")),
    ],
)
def test_a_mail_server_is_reached_safely(
    url: str, host: str, port: int, security: str, account: tuple[str, str]
) -> None:
    read = configuration(url, debug=False)
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"]) == (host, port)
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == account
    assert (read["EMAIL_USE_SSL"], read["EMAIL_USE_TLS"]) == (security == "SSL", security == "TLS")


def test_without_one_mails_go_to_this_machine_or_are_printed() -> None:
    backends = [configuration("", debug=debug)["EMAIL_BACKEND"] for debug in (False, True)]
    assert backends == [
        f"django.core.mail.backends.{name}.EmailBackend" for name in ("smtp", "console")
    ]


@pytest.mark.parametrize(
    "url",
    ["mail.example", "http://x:secret@y", "smtp://:secret@:x", "smtp://h:secret", "smtp:///x"],
)
def test_a_mistake_is_told_without_the_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL has to be") as told:
        configuration(url, debug=False)
    assert "secret" not in str(told.value)


def test_addresses_in_mails_begin_with_the_sites() -> None:
    assert site_url("https://dialogues.example/", [], debug=False) == "https://dialogues.example"
    assert site_url("", [".example.go.id"], debug=False) == "https://example.go.id"
    assert site_url("", ["*"], debug=False) == "https://localhost"
    assert site_url("", ["x"], debug=True) == "http://127.0.0.1:8000"
    for wrong in ("dialogues.example", "ftp://x", "https://", "https://x/?q=1"):
        with pytest.raises(ImproperlyConfigured, match="SITE_URL is"):
            site_url(wrong, ["x"], debug=False)
