"""Feeds and calendars, read back with other programs' libraries."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import feedparser
import pytest
import vobject
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.utils import translation

from dialogues import feeds
from dialogues.feeds import calendars
from dialogues.feeds.told import lasting_id
from dialogues.models import ANALYSTS, AgreedPoint, Country, Round, User, Venue
from tests.rounds import published, whole_round
from tests.scene import Scene, person, scene, signed_in

__all__ = ["scene"]

pytestmark = pytest.mark.django_db

LONG = (
    "Kedua pihak sepakat melanjutkan pertukaran pengalaman mengenai pemenuhan hak atas kesehatan, "
    "terutama akses masyarakat di daerah tertinggal, terdepan dan terluar terhadap obat-obatan; "
    "“vaksin – bagi semua”, 疫苗, 💉"
)
ODD = 'A <b>bold</b> & "quoted" text; with, commas\\n and \\ backslashes'


def entries(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def events(client: Client, address: str) -> dict[str, Any]:
    """The events by their summaries."""
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    calendar = vobject.readOne(response.content.decode())
    return {one.summary.value: one for one in calendar.contents.get("vevent", [])}


def span(event: Any) -> tuple[date, date]:
    return event.dtstart.value, event.dtend.value


# --- Atom --------------------------------------------------------------------------------------


def test_a_feed_of_rounds_tells_what_has_changed(scene: Scene, client: Client):
    whole_round(scene.russia)
    published(scene.norway, edition=3, date="2019", status="cancelled")
    feed = entries(client, "/rounds.atom?partner=RU&page=7&columns=date,round")
    assert feed.feed.title == "Rounds · Partner: Russia"
    assert feed.feed.subtitle == "The dialogues of Indonesia: what has changed"
    assert feed.feed.language == "en"
    assert feed.feed.author == "Indonesia"
    assert feed.feed.link == "http://testserver/rounds/?partner=RU&columns=date%2Cround"
    [entry] = feed.entries
    assert entry.title == "Russia Human Rights Dialogue, edition 11"
    assert entry.link == "http://testserver/rounds/russia-dialogue-11/"
    assert entry.id == f"urn:uuid:{lasting_id('/rounds/russia-dialogue-11/')}"
    assert [tag.term for tag in entry.tags] == ["Russia"]
    assert entry.summary == (
        "<p>15 October 2021 · Held · Hybrid · Moscow; Jakarta · 3 agreed points, 1 open</p>"
        "<p>They compared what works.</p>\n\n<p>Then they agreed.</p>"
    )
    assert entry.updated == Round.objects.get(edition=11).updated.isoformat()
    assert feed.feed.updated == entry.updated


def test_what_changed_last_stands_first_whatever_the_order_asked_for(scene: Scene, client: Client):
    for edition, day in ((1, 5), (2, 7), (3, 6)):
        changed = datetime(2026, 3, day, 9, tzinfo=UTC)
        published(scene.russia, edition=edition, date=f"20{edition:02}", updated=changed)
    feed = entries(client, "/rounds.atom?ordering=date")
    assert [(entry.title[-1], entry.updated) for entry in feed.entries] == [
        ("2", "2026-03-07T09:00:00+00:00"),
        ("3", "2026-03-06T09:00:00+00:00"),
        ("1", "2026-03-05T09:00:00+00:00"),
    ]
    assert feed.feed.updated == "2026-03-07T09:00:00+00:00"


def test_a_feed_holds_the_last_fifty(scene: Scene, client: Client):
    for edition in range(1, 53):
        published(scene.russia, edition=edition)
    found = entries(client, "/rounds.atom").entries
    assert len(found) == 50
    assert found[0].title.endswith("edition 52")
    assert found[-1].title.endswith("edition 3")


def test_a_feed_of_agreed_points(scene: Scene, client: Client):
    whole_round(scene.russia)
    feed = entries(client, "/agreed-points.atom?status=open&status=done")
    assert feed.feed.title == "Agreed points · Status: Open · Status: Done"
    assert feed.feed.link == "http://testserver/agreed-points/?status=open&status=done"
    assert [(entry.title, entry.link) for entry in feed.entries] == [
        ("Agreed no. 2", "http://testserver/agreed-points/russia-dialogue-11.2/"),
        ("Agreed no. 1", "http://testserver/agreed-points/russia-dialogue-11.1/"),
    ]
    assert feed.entries[1].summary == (
        "<p>Due: June 2022 · Open · Responsible: Indonesia · "
        "Russia Human Rights Dialogue, edition 11</p><p>Agreed no. 1</p>"
    )


def test_odd_characters_arrive_as_they_were_written(scene: Scene, client: Client):
    round_ = published(scene.russia, edition=1, summary=ODD)
    # Neither XML nor iCalendar can hold a bell.
    AgreedPoint.objects.create(
        round=round_, number=1, text=f"{ODD}\x07\r\n{LONG}", due="2022-06-30"
    )
    [entry] = entries(client, "/rounds.atom").entries
    assert entry.summary_detail.type == "text/html"
    assert "<p>A &lt;b&gt;bold&lt;/b&gt; &amp; " in entry.summary
    [point] = entries(client, "/agreed-points.atom").entries
    assert point.title.startswith('A <b>bold</b> & "quoted" text; with, commas\\n and')
    [event] = events(client, "/agreed-points.ics").values()
    assert f"{ODD}\n{LONG}" in event.description.value


def test_an_empty_feed_is_a_feed_and_stays_the_same(scene: Scene, client: Client):
    first, second = client.get("/rounds.atom"), client.get("/rounds.atom")
    assert first.content == second.content
    feed = feedparser.parse(first.content)
    assert (feed.bozo, feed.entries, feed.feed.updated) == (False, [], "1970-01-01T00:00:00+00:00")


# --- iCalendar ---------------------------------------------------------------------------------


def test_a_day_and_several_days_are_all_day_events(scene: Scene, client: Client):
    round_ = whole_round(scene.russia)
    published(scene.norway, edition=2, date="2022-12-30/2023-01-02")
    found = events(client, "/rounds.ics")
    event = found["Russia Human Rights Dialogue, edition 11"]
    assert span(event) == (date(2021, 10, 15), date(2021, 10, 16))
    assert event.uid.value == lasting_id("/rounds/russia-dialogue-11/")
    assert event.url.value == "http://testserver/rounds/russia-dialogue-11/"
    assert event.location.value == "Moscow; Jakarta"
    assert event.status.value == "CONFIRMED"
    assert event.transp.value == "TRANSPARENT"
    assert event.categories.value == ["Russia"]
    assert event.contents["class"][0].value == "PUBLIC"
    assert event.description.value == (
        "15 October 2021\nHeld\nHybrid\nMoscow; Jakarta\n3 agreed points, 1 open\n\n"
        "They compared what works.\n\nThen they agreed.\n\n"
        "http://testserver/rounds/russia-dialogue-11/"
    )
    updated = Round.objects.get(pk=round_.pk).updated.replace(microsecond=0)
    assert event.dtstamp.value == event.last_modified.value == updated
    since = updated - datetime(2020, 1, 1, tzinfo=UTC)
    assert event.sequence.value == str(int(since.total_seconds()))
    across = found["Norway Human Rights Dialogue, edition 2"]
    assert span(across) == (date(2022, 12, 30), date(2023, 1, 3))
    assert not hasattr(across, "location")


@pytest.mark.parametrize(
    ("written", "first", "end"),
    [
        ("2021-02", date(2021, 2, 1), date(2021, 3, 1)),
        ("2021-12", date(2021, 12, 1), date(2022, 1, 1)),
        ("2021-03/2021-05", date(2021, 3, 1), date(2021, 6, 1)),
        ("2021-03-15/2021-05", date(2021, 3, 15), date(2021, 6, 1)),
    ],
)
def test_what_is_known_by_its_month_is_as_wide_and_tentative(scene, client, written, first, end):
    published(scene.russia, edition=1, date=written)
    published(scene.russia, edition=2, date=written, status="confirmed")
    published(scene.russia, edition=3, date=written, status="cancelled")
    found = list(events(client, "/rounds.ics?ordering=edition").values())
    assert {span(event) for event in found} == {(first, end)}
    assert sorted(event.status.value for event in found) == ["CANCELLED", "TENTATIVE", "TENTATIVE"]


@pytest.mark.parametrize("written", ["2021", "2021/2022", "2021/2022-03", "2021-03/2022", None])
def test_what_is_known_by_its_year_or_not_at_all_is_no_event(scene, client, written):
    published(scene.russia, edition=1, date=written)
    assert events(client, "/rounds.ics") == {}


def test_the_last_day_of_all_ends_nowhere(scene: Scene, client: Client):
    published(scene.russia, edition=1, date="9999-12-31")
    [event] = events(client, "/rounds.ics").values()
    assert event.dtstart.value == date(9999, 12, 31)
    assert not hasattr(event, "dtend")


def test_a_calendar_says_what_became_of_a_round(scene: Scene, client: Client):
    for number, status in enumerate(
        ("planned", "confirmed", "held", "postponed", "cancelled"), start=1
    ):
        published(scene.russia, edition=number, date=f"2021-10-0{number}", status=status)
    title = "Russia Human Rights Dialogue, edition"
    assert {name: event.status.value for name, event in events(client, "/rounds.ics").items()} == {
        f"Planned: {title} 1": "TENTATIVE",
        f"{title} 2": "CONFIRMED",
        f"{title} 3": "CONFIRMED",
        f"Postponed: {title} 4": "TENTATIVE",
        f"Cancelled: {title} 5": "CANCELLED",
    }


def test_what_is_due_stands_on_its_day(scene: Scene, client: Client):
    round_ = published(scene.russia, edition=1, date="2021")
    for number, (status, due) in enumerate(
        (
            ("open", "2022-06-30"),
            ("done", "2022-07-01"),
            ("lapsed", "2022-07-02"),
            ("in_progress", "2022-08"),
            ("open", "2022"),
            ("open", None),
        ),
        start=1,
    ):
        AgreedPoint.objects.create(
            round=round_, number=number, text=f"No. {number}", status=status, due=due
        )
    found = events(client, "/agreed-points.ics")
    assert {name: (*span(one), one.status.value) for name, one in found.items()} == {
        "Due: No. 1": (date(2022, 6, 30), date(2022, 7, 1), "CONFIRMED"),
        "Done: No. 2": (date(2022, 7, 1), date(2022, 7, 2), "CONFIRMED"),
        "Lapsed: No. 3": (date(2022, 7, 2), date(2022, 7, 3), "CANCELLED"),
        "Due: No. 4": (date(2022, 8, 1), date(2022, 9, 1), "TENTATIVE"),
    }
    assert found["Due: No. 1"].uid.value == lasting_id("/agreed-points/russia-dialogue-1.1/")


def test_a_calendar_has_a_name_and_says_what_it_leaves_out(scene, client, monkeypatch):
    for day in (1, 2, 3):
        published(scene.russia, edition=day, date=f"2021-10-0{day}")
    calendar = vobject.readOne(client.get("/rounds.ics?partner=RU&q=").content.decode())
    assert calendar.x_wr_calname.value == "Rounds · Partner: Russia"
    assert calendar.x_wr_caldesc.value == "What is known only by its year is in no calendar."
    assert calendar.version.value == "2.0"
    assert calendar.method.value == "PUBLISH"
    monkeypatch.setattr(calendars, "EVENTS", 2)
    cut = vobject.readOne(client.get("/rounds.ics").content.decode())
    assert [one.dtstart.value.day for one in cut.vevent_list] == [3, 2]
    assert cut.x_wr_caldesc.value.endswith("Of more than 2 dates these are the latest.")


def test_no_line_is_longer_than_75_bytes_and_all_end_as_they_have_to(scene: Scene, client: Client):
    round_ = published(scene.russia, edition=1, date="2021-10-05", summary=f"{LONG}\n{ODD}")
    round_.venues.add(
        Venue.objects.create(
            city="Jakarta, Pusat; “Menteng”", country=Country.objects.get(code="ID")
        )
    )
    with translation.override("id"):
        body = client.get("/rounds.ics", headers={"accept-language": "id"}).content
    assert body.endswith(b"END:VCALENDAR\r\n")
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    # Folded between characters, never within one.
    for line in lines:
        line.decode()
    [event] = vobject.readOne(body.decode()).vevent_list
    assert event.location.value == "Jakarta, Pusat; “Menteng”"
    assert f"{LONG}\n{ODD}" in event.description.value


def test_a_round_keeps_its_uid_through_every_change_and_at_every_host(scene, client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "inner.example"]
    round_ = published(scene.russia, edition=1, date="2021-10-05")
    [before] = events(client, "/rounds.ics").values()
    # What the UUID is made of is written here, so that nobody changes it unawares.
    assert before.uid.value == "4315df23-c1cc-54da-b2f8-90419690d2b1"
    assert entries(client, "/rounds.atom").entries[0].id == f"urn:uuid:{before.uid.value}"
    Round.objects.filter(pk=round_.pk).update(date="2021-11-06", edition=4)
    response = client.get("/rounds.ics", headers={"host": "inner.example"})
    after = vobject.readOne(response.content.decode()).vevent
    assert after.uid.value == before.uid.value
    assert after.url.value == "http://inner.example/rounds/russia-dialogue-1/"


# --- Who may keep it, and who sees what ----------------------------------------------------------


@pytest.mark.parametrize("address", ["/rounds.atom", "/rounds.ics", "/agreed-points.ics"])
def test_the_same_question_gets_the_same_bytes_or_none(scene, client, address):
    round_ = whole_round(scene.russia)
    first, second = client.get(address), client.get(address)
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"] == "public, max-age=0, must-revalidate"
    # Nothing in it is newer when it leaves, and still the feed is another.
    Round.objects.filter(pk=round_.pk).update(publication="withdrawn")
    gone = client.get(address, headers={"if-none-match": first["ETag"]})
    assert gone.status_code == 200
    assert b"Russia" not in gone.content


@pytest.mark.parametrize("address", ["/rounds.atom", "/rounds.ics", "/rounds.ics?nonsense=1"])
def test_what_was_made_for_one_reader_is_kept_by_nobody_else(scene, client, address):
    response = signed_in(scene.eka).get(address)
    assert response["Cache-Control"] == "private, no-cache"
    assert {name.strip() for name in response["Vary"].split(",")} >= {"Cookie", "Accept-Language"}
    assert "public" in client.get(address)["Cache-Control"]


def test_every_role_gets_its_own_rounds(scene: Scene, client: Client):
    for number, (visibility, publication) in enumerate(
        (
            ("public", "published"),
            ("internal", "published"),
            ("restricted", "published"),
            ("public", "draft"),
        ),
        start=1,
    ):
        round_ = scene.round(
            edition=number,
            date=f"2021-10-0{number}",
            visibility=visibility,
            publication=publication,
        )
        AgreedPoint.objects.create(round=round_, number=1, text=f"{number}", due="2022-06-30")
    analyst = person("fajar", ANALYSTS)
    User.objects.filter(pk=analyst.pk).update(is_staff=False)
    seen = {
        client: [1],
        signed_in(analyst): [1, 2],
        signed_in(scene.eka): [1, 2, 4],
        signed_in(scene.budi): [1, 2, 4],
        signed_in(scene.citra): [1, 2, 4],
        signed_in(scene.ayu): [1, 2, 3, 4],
        signed_in(scene.root): [1, 2, 3, 4],
    }
    for reader, numbers in seen.items():
        title = "Russia Human Rights Dialogue, edition {}"
        assert sorted(events(reader, "/rounds.ics")) == [title.format(n) for n in numbers]
        atom = entries(reader, "/rounds.atom").entries
        assert sorted(one.title for one in atom) == [title.format(n) for n in numbers]
        due = events(reader, "/agreed-points.ics")
        assert sorted(due) == [f"Due: {n}" for n in numbers]
        points = entries(reader, "/agreed-points.atom").entries
        assert sorted(one.title for one in points) == [str(n) for n in numbers]
    classes = {
        name[-1]: event.contents["class"][0].value
        for name, event in events(signed_in(scene.ayu), "/rounds.ics").items()
    }
    assert classes == {"1": "PUBLIC", "2": "PRIVATE", "3": "CONFIDENTIAL", "4": "PUBLIC"}
    told = events(signed_in(scene.ayu), "/rounds.ics")
    assert "\nDraft\n" in told["Russia Human Rights Dialogue, edition 4"].description.value


def test_a_feed_is_made_for_whom_it_is_asked_not_for_who_asks(scene):
    """A saved view's address has no session; its owner's clearance is handed in."""
    scene.round(edition=1, date="2021-10-05", visibility="internal", publication="published")
    request = RequestFactory().get("/feeds/of-a-view")
    request.user = AnonymousUser()
    for make in (feeds.atom, feeds.ics):
        response = make(request, scene.eka, "rounds", QueryDict("partner=RU"), "What Eka keeps")
        body = response.content.decode()
        assert "Russia Human Rights Dialogue\\, edition 1" in body.replace(
            "Dialogue,", "Dialogue\\,"
        )
        assert "What Eka keeps" in body
        assert response["Cache-Control"] == "private, no-cache"
        assert request.user == AnonymousUser()
        nobody = make(request, AnonymousUser(), "rounds", QueryDict("kind=human_rights"))
        assert "edition 1" not in nobody.content.decode()


# --- What was asked wrongly -----------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["atom", "ics"])
@pytest.mark.parametrize("key", ["rounds", "agreed-points"])
def test_wrong_parameters_are_said_in_plain_text(scene, client, key, suffix):
    whole_round(scene.russia)
    response = client.get(f"/{key}.{suffix}?partnr=RU&date_from=yesterday&page=x")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[:2] == ["There is no feed, as something in the filters is not right.", ""]
    assert sorted(line.partition(":")[0] for line in lines[2:]) == ["date_from", "partnr"]
    assert "Did you mean “partner”?" in response.content.decode()


def test_staffs_parameters_do_not_exist_for_others(scene: Scene, client: Client):
    assert client.get("/rounds.ics?publication=draft").status_code == 400
    assert signed_in(scene.ayu).get("/rounds.ics?publication=draft").status_code == 200


def test_feeds_are_only_read(client, db):
    assert client.post("/rounds.atom").status_code == 405
    assert client.head("/rounds.ics").status_code == 200


def test_feeds_speak_the_readers_language(scene: Scene, client: Client):
    published(scene.russia, edition=1, date="2021-10-15", status="cancelled")
    body = client.get("/rounds.atom", headers={"accept-language": "id"}).content
    assert feedparser.parse(body).feed.language == "id"
    assert "15 Oktober 2021" in body.decode()
    assert (
        "15 Oktober 2021"
        in client.get("/rounds.ics", headers={"accept-language": "id"}).content.decode()
    )


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/rounds.atom", 4),
        ("/rounds.ics", 4),
        ("/agreed-points.atom", 2),
        ("/agreed-points.ics", 2),
    ],
)
def test_a_feed_takes_as_many_queries_for_three_as_for_one(
    scene, client, django_assert_num_queries, address, queries
):
    for edition in (1, 2, 3):
        whole_round(scene.russia, edition)
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200
