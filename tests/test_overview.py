"""The first page: what comes and was, what is owed, what is new, and what is often asked."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from dialogues.dates import PartialDate
from dialogues.models import AgreedPoint, FollowUp, Round
from tests.rounds import published, whole_round
from tests.scene import Scene, scene, signed_in
from tests.test_listings import links
from tests.test_pages import text_of
from tests.test_subjects import analyst

__all__ = ["scene"]

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parents[1] / "dialogues" / "sample" / "indonesia.ndjson"


def part(client: Client, heading: str, following: str) -> str:
    """What the overview says under a heading."""
    _before, _heading, rest = text_of(client, "/").partition(f" {heading} ")
    return rest.partition(f" {following}")[0]


def week(client: Client) -> str:
    return part(client, "Changed this week", "Often asked")


def a_month_passes() -> None:
    """Put all that was written so far a month back; only a server's administrator can."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in ("roundevent", "agreedpointevent", "followupevent"):
            cursor.execute(
                f"UPDATE dialogues_{table} SET pgh_created_at = pgh_created_at - interval '30 days'"
            )
        cursor.execute("UPDATE dialogues_round SET updated = updated - interval '30 days'")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_the_sample_s_overview_tells_when_one_last_sat_with_whom(client: Client) -> None:
    call_command("import_rounds", SAMPLE, publish=True)
    said = text_of(client, "/")
    assert "Iran 12 February 2023" in said
    assert "Norway 20–21 June 2022" in said
    assert links(client, "/", "Iran")[-1] == "/partners/IR/"
    assert "No point is past the date it was due." in said
    assert "Open longest" in said
    assert (
        "Planned for a day that has passed Indonesia–Russia Human Rights Dialogue, edition 12 "
        "Planned 2022"
    ) in said
    assert "Host: Russia" in said
    assert "37 rounds were changed" in said


def test_the_overview_tells_what_comes_what_was_and_what_is_owed(
    client: Client, scene: Scene
) -> None:
    today = timezone.localdate()
    whole_round(scene.russia)
    for edition, status, day, host in (
        (12, "planned", today + timedelta(days=9), "own"),
        (13, "confirmed", today + timedelta(days=2), "partner"),
        (14, "planned", today - timedelta(days=1), "unknown"),
        (15, "cancelled", today + timedelta(days=3), "own"),
    ):
        published(
            scene.russia, edition=edition, status=status, date=PartialDate(str(day)), host=host
        )
    published(scene.russia, edition=16, status="planned", visibility="internal")
    said = text_of(client, "/")
    coming = part(client, "Next rounds, and who hosts", "Overdue")
    assert re.search(r"edition 13 .*Host: Russia.*edition 12 .*Host: Indonesia", coming)
    assert re.search(r"Planned for a day that has passed .*edition 14 .*All whose day", coming)
    assert "edition 15" not in coming
    assert "edition 11" in part(client, "Held last", "Changed this week")
    assert "agreed points open 1 in progress 0 of these overdue 1" in said
    assert "edition 16" not in said
    # Neither a planned round nor a cancelled one is the last that was held.
    assert said.endswith("when we last sat with them Russia 15 October 2021")


def test_overdue_points_are_named_the_longest_first(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    older = whole_round(scene.norway, 3, date=PartialDate("2015"))
    AgreedPoint.objects.filter(round=older, number=1).update(
        text="The oldest debt", due=PartialDate("2016"), responsible="partner"
    )
    AgreedPoint.objects.filter(round=older, number=2).update(text="No day set", status="open")
    late = part(client, "Overdue", "Held last")
    assert re.match(
        r"The oldest debt Open Overdue Responsible: Norway Due 2016 Norway .*, edition 3 2015 "
        r"Agreed no. 1 Open Overdue Responsible: Indonesia Due June 2022 Russia .* "
        r"Open longest No day set Open Responsible: Indonesia Norway",
        late,
    )


def test_what_is_new_is_told_as_news_and_not_again_in_parts(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    assert re.fullmatch(
        r"Russia Human Rights Dialogue, edition 11 Published \d+ \w+, \d\d:\d\d", week(client)
    )
    a_month_passes()
    assert week(client) == "Nothing in the last seven days."


def test_what_became_of_points_is_told_point_by_point(client: Client, scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    whole_round(scene.norway, 3)
    a_month_passes()
    AgreedPoint.objects.filter(round=round_, number=1).update(status="done")
    # What was not owed before has not been closed now.
    AgreedPoint.objects.filter(round=round_, number=2).update(status="superseded")
    FollowUp.objects.create(point=round_.agreed_points.get(number=3), note="Heard of again")
    AgreedPoint.objects.create(round=round_, number=4, text="Forgotten till now")
    told = week(client)
    assert re.fullmatch(
        r"Russia Human Rights Dialogue, edition 11 Changed \d+ \w+, \d\d:\d\d "
        r"Point 1: Done Point 3: follow-up Point 4: new",
        told,
    )
    [point] = links(client, "/", "Point 1: Done")
    assert point == "/agreed-points/russia-dialogue-11.1/"


def test_a_point_taken_away_again_is_no_news(client: Client, scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    a_month_passes()
    AgreedPoint.objects.create(round=round_, number=4, text="By mistake").delete()
    assert "Point" not in week(client)


def test_a_draft_is_news_to_readers_only_once_it_is_published(client: Client, scene: Scene) -> None:
    round_ = whole_round(scene.russia, publication="draft")
    officer = signed_in(scene.ayu)
    assert week(client) == "Nothing in the last seven days."
    assert "edition 11 Entered" in week(officer)
    a_month_passes()
    AgreedPoint.objects.filter(round=round_, number=1).update(status="done")
    assert "edition 11 Changed" in week(officer)
    assert "Point 1: Done" in week(officer)
    Round.objects.filter(pk=round_.pk).update(publication="published")
    for reader in (client, officer):
        assert "edition 11 Published" in week(reader)
        assert "Point 1" not in week(reader)


def test_what_was_restricted_is_published_when_it_is_opened(client: Client, scene: Scene) -> None:
    round_ = whole_round(scene.russia, visibility="restricted")
    a_month_passes()
    AgreedPoint.objects.filter(round=round_, number=1).update(status="done")
    assert "edition 11 Changed" in week(signed_in(scene.ayu))
    assert week(signed_in(scene.eka)) == "Nothing in the last seven days."
    Round.objects.filter(pk=round_.pk).update(visibility="public")
    assert "edition 11 Published" in week(client)
    assert "Point 1" not in week(client)


def test_each_role_sees_its_own_overview(client: Client, scene: Scene) -> None:
    whole_round(scene.russia, 11)
    whole_round(scene.norway, 3, visibility="internal")
    whole_round(scene.fiji, 2, publication="draft")
    whole_round(scene.russia, 12, visibility="restricted")
    for who, points, partners in (
        (None, 1, "Russia"),
        (analyst(), 2, "Norway Russia"),
        (scene.eka, 3, "Fiji Norway Russia"),
        (scene.budi, 3, "Fiji Norway Russia"),
        (scene.citra, 3, "Fiji Norway Russia"),
        (scene.dewi, 3, "Fiji Norway Russia"),
        (scene.ayu, 4, "Fiji Norway Russia"),
        (scene.root, 4, "Fiji Norway Russia"),
    ):
        reader = signed_in(who) if who else client
        said = text_of(reader, "/")
        assert f"open {points} in progress 0 of these overdue {points}" in said
        told = said.split("when we last sat with them ")[1].replace(" 15 October 2021", "")
        assert told == partners


def test_an_empty_record_says_so(client: Client, scene: Scene) -> None:
    said = text_of(client, "/")
    for words in (
        "None planned or confirmed.",
        "None recorded.",
        "No point is past the date it was due.",
        "Nothing in the last seven days.",
    ):
        assert words in said
    assert "Open longest" not in said
    assert "last sat" not in said


def test_every_link_of_the_overview_leads_to_what_it_promises(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    published(scene.russia, edition=12, status="planned", date=PartialDate("2001"))
    page = client.get("/").content.decode()
    found = [unescape(link) for link in re.findall(r'href="(/[^"]*\?[^"]*)"', page)]
    lists = [link for link in found if not link.startswith("/accounts/")]
    assert len(lists) == 13
    for link in lists:
        assert "is not right" not in text_of(client, link), link
    [overtaken] = [link for link in lists if "date_match" in link]
    assert "1 round" in text_of(client, overtaken)


def test_the_masthead_leads_to_everything_there_is(client: Client, scene: Scene) -> None:
    page = client.get("/").content.decode()
    doors = page.split('<nav aria-label="Main"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]*)"', doors) == [
        "/rounds/",
        "/agreed-points/",
        "/series/",
        "/partners/",
        "/topics/",
        "/issues/",
        "/people/",
        "/calendar/",
        "/rounds/pictures/",
        "/search/",
    ]
    assert re.search(r'<form class="search" role="search" action="/search/">', page)


@pytest.mark.parametrize("rounds", [1, 3])
def test_the_overview_asks_as_often_however_much_it_shows(
    client: Client, scene: Scene, django_assert_num_queries: DjangoAssertNumQueries, rounds: int
) -> None:
    for edition in range(11, 11 + rounds):
        whole_round(scene.russia, edition)
        published(scene.norway, edition=edition, status="planned")
        published(scene.fiji, edition=edition, status="planned", date=PartialDate("2001"))
    with django_assert_num_queries(16):
        assert client.get("/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_is_counted_anew_after_any_write(client: Client) -> None:
    scene = Scene()
    round_ = whole_round(scene.russia)
    assert "agreed points open 1 " in text_of(client, "/")
    assert "Russia 3 1 – 1 1 1" in text_of(client, "/topics/right-to-health/")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dialogues_agreedpoint SET status = 'done' WHERE number = 1")
    assert "agreed points open 0 " in text_of(client, "/")
    assert "Russia 3 – – – 2 1" in text_of(client, "/topics/right-to-health/")
    Round.objects.filter(pk=round_.pk).update(visibility="internal")
    assert "Russia" not in text_of(client, "/")
