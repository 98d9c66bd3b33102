"""The pages of a series and of a partner, and a filtered list in pictures: exact facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from dialogues.dates import PartialDate
from dialogues.models import AgreedPoint, Participant, Person, Round, Series, Statement, Topic
from dialogues.queries.chains import Chain, chain_of
from dialogues.views.spans import months_in_words
from tests.rounds import published, whole_round
from tests.scene import Scene, scene, signed_in

__all__ = ["scene"]

pytestmark = pytest.mark.django_db

SERIES, PARTNER, PICTURES = "/series/russia-dialogue/", "/partners/RU/", "/rounds/pictures/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """It is 1 June 2024 throughout."""
    now = datetime(2024, 6, 1, 12, tzinfo=ZoneInfo("Asia/Jakarta"))
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now.date()


def text_of(client: Client, address: str, status: int = 200) -> str:
    """What a reader reads of a page's main part, without its pictures."""
    response = client.get(address)
    assert response.status_code == status, address
    page = response.content.decode()
    main = re.sub(
        r"<svg.*?</svg>", " ", page.split("<main", 1)[1].split("</main>")[0], flags=re.DOTALL
    )
    return " ".join(unescape(strip_tags(main.split(">", 1)[1])).split())


def marks_of(client: Client, address: str) -> list[tuple[str, str]]:
    """Title and address of everything drawn on a page."""
    page = client.get(address).content.decode()
    found = re.findall(r'<a class="[^"]*" href="([^"]+)">\s*<title>([^<]+)</title>', page)
    return [(unescape(title), unescape(href)) for href, title in found]


def told(series: Series, edition: int, when: str | None, **fields: Any) -> Round:
    """A published round of a series."""
    when_ = PartialDate(when) if when else None
    return published(series, edition=edition, date=when_, **fields)


def story(scene: Scene) -> None:
    """Editions 3, 4, 5 and 8 held by turns, 9 cancelled, 10 planned."""
    told(scene.russia, 3, "2012-03-01", host="own", format="in_person")
    told(scene.russia, 4, "2013-03-01", host="partner", format="in_person")
    told(scene.russia, 5, "2016-03-01", host="own", format="virtual")
    told(scene.russia, 8, "2021", host="partner", format="hybrid", next_round_note="In Jakarta.")
    told(scene.russia, 9, "2022-05", status="cancelled")
    told(scene.russia, 10, "2025", status="planned")


# --- The chain ---------------------------------------------------------------------------------


def row(edition: int | None, when: str | None, **fields: Any) -> dict[str, Any]:
    """A round as the chain takes it."""
    given = {"pk": edition or 0, "status": "held", "host": "unknown"}
    return {**given, "edition": edition, "date": PartialDate(when) if when else None, **fields}


def test_only_rounds_that_follow_one_another_have_a_pause() -> None:
    chain = chain_of([row(1, "2000-01-01"), row(2, "2001-01-01"), row(4, "2009"), row(5, "2012")])
    assert [round(pause.months, 1) for pause in chain.pauses] == [12.0, 36.0]
    assert chain.cadence == pytest.approx(24, abs=0.1)
    assert chain.longest is not None
    assert (chain.longest.before["edition"], chain.longest.after["edition"]) == (4, 5)


def test_a_cancelled_or_undated_round_is_no_end_of_a_pause() -> None:
    chain = chain_of([row(1, "2000"), row(2, "2001", status="cancelled"), row(3, None)])
    assert (chain.pauses, chain.cadence, chain.longest) == ([], None, None)


def test_what_is_missing_is_counted_also_before_the_first() -> None:
    chain = chain_of([row(8, "2009"), row(4, "2001"), row(None, "2004")])
    assert [(one["edition"], one["missing_before"]) for one in chain.rows] == [
        (4, 3), (None, 0), (8, 3),
    ]  # fmt: skip
    assert chain_of([row(1, "2001")]).rows[0]["missing_before"] == 0
    assert chain_of([]) == Chain([])


@pytest.mark.parametrize(
    ("hosts", "changed", "known", "suggested"),
    [
        ("own partner own", 2, 2, "partner"),
        ("own own partner", 1, 2, "own"),
        ("own own own", 0, 2, ""),
        ("partner", 0, 0, "own"),
        ("own partner third", 1, 1, ""),
        ("own unknown partner", 0, 0, "own"),
        ("", 0, 0, ""),
    ],
)
def test_turns_suggest_who_hosts_next(hosts: str, changed: int, known: int, suggested: str) -> None:
    rounds = [row(n, str(2000 + n), host=host) for n, host in enumerate(hosts.split(), start=1)]
    assert tuple(chain_of(rounds).turns) == (changed, known, suggested)


def test_the_next_round_is_the_soonest_whose_day_has_not_passed() -> None:
    chain = chain_of(
        [
            row(1, "2023", status="planned"),
            row(2, "2024", status="confirmed"),
            row(3, None, status="planned"),
            row(4, "2024-05-31", status="postponed"),
        ]
    )
    coming, overtaken = chain.coming(date(2024, 6, 1)), chain.overtaken(date(2024, 6, 1))
    assert (coming and coming["edition"], overtaken and overtaken["edition"]) == (2, 4)


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (0.05, "less than a week"),
        (0.25, "1 week"),
        (0.4, "2 weeks"),
        (0.6, "1 month"),
        (23.4, "23 months"),
        (23.6, "2 years"),
        (25, "2 years and 1 month"),
        (136, "11 years and 4 months"),
    ],
)
def test_lengths_are_said_as_people_say_them(months: float, words: str) -> None:
    assert months_in_words(months) == words


# --- A series ----------------------------------------------------------------------------------


def test_a_series_answers_first_when_how_often_and_who_hosts(client: Client, scene: Scene) -> None:
    story(scene)
    said = text_of(client, SERIES)
    assert "Human rights dialogue · Russia Russia Human Rights Dialogue 6 rounds recorded" in said
    assert "Last held 2021 Edition 8 · 3 years ago" in said
    assert "Next round 2025 Planned Edition 10" in said
    assert "Who hosts next Indonesia by turns: the host changed each of the 2 times" in said
    assert "Between rounds 2 years in the middle of 2 pauses" in said
    assert "Longest pause 3 years Edition 4 – Edition 5" in said


def test_gaps_of_the_chain_are_told_as_gaps(client: Client, scene: Scene) -> None:
    story(scene)
    assert "Edition 8 2021 · Hybrid".replace(" · ", " ") in text_of(client, SERIES).replace(
        " · ", " "
    )
    chain = text_of(client, SERIES).split("The chain of rounds")[1]
    assert re.search(
        r"Edition 10 Planned 2025 .*Edition 9 Cancelled May 2022 .*Edition 8 2021 .*Host: Russia "
        r"Editions 6–7 are not recorded Edition 5 .*Edition 3 .*Editions 1–2 are not recorded",
        chain,
    )
    scene.russia.unrecorded_through = 6
    scene.russia.save()
    chain = text_of(client, SERIES).split("The chain of rounds")[1]
    assert "Editions up to 6 that are missing took place before records were kept here" in chain
    assert "Editions 1–2 took place before records were kept here" in chain
    # The seventh did not.
    assert "Editions 6–7 are not recorded" in chain


def test_a_series_timeline_has_every_round(client: Client, scene: Scene) -> None:
    story(scene)
    assert marks_of(client, SERIES) == [
        ("Edition 3: 1 March 2012, In person, Held", "/rounds/russia-dialogue-3/"),
        ("Edition 4: 1 March 2013, In person, Held", "/rounds/russia-dialogue-4/"),
        ("Edition 5: 1 March 2016, Virtual, Held", "/rounds/russia-dialogue-5/"),
        ("Edition 8: 2021, Hybrid, Held", "/rounds/russia-dialogue-8/"),
        ("Edition 9: May 2022, Cancelled", "/rounds/russia-dialogue-9/"),
        ("Edition 10: 2025, Planned", "/rounds/russia-dialogue-10/"),
    ]


def test_what_was_said_of_the_next_round_stands_where_none_is_planned(
    client: Client, scene: Scene
) -> None:
    story(scene)
    assert "In Jakarta." not in text_of(client, SERIES)
    Round.objects.filter(edition=10).delete()
    assert (
        "What was said of the next round In Jakarta. In the round held last: Edition 8"
        in text_of(client, SERIES)
    )


def test_a_plan_that_time_has_overtaken_is_said_to_be(client: Client, scene: Scene) -> None:
    told(scene.russia, 1, "2023", status="confirmed")
    said = text_of(client, SERIES)
    assert "Next round Edition 1 still planned for 2023, which has passed" in said
    assert "Last held No round held is recorded" in said


def test_points_still_owed_come_overdue_first(client: Client, scene: Scene) -> None:
    one = told(scene.russia, 1, "2023")
    for number, due, status in (
        (1, None, "open"), (2, "2025", "in_progress"), (3, "2024-05", "open"), (4, "2020", "done"),
    ):  # fmt: skip
        AgreedPoint.objects.create(
            round=one, number=number, text=f"Agreed no. {number}", status=status,
            due=due and PartialDate(due),
        )  # fmt: skip
    for address, parameter in ((SERIES, "series=russia-dialogue"), (PARTNER, "partner=RU")):
        said = text_of(client, address)
        assert "3 points still owed" in said
        assert re.search(r"1 overdue .*Agreed no. 3 .*Agreed no. 2 .*Agreed no. 1 ", said)
        assert "Agreed no. 4" not in said
        page = client.get(address).content.decode()
        assert f"/agreed-points/?{parameter}&amp;status=open&amp;status=in_progress" in page
        assert f"/agreed-points/?{parameter}&amp;overdue=true" in page


def test_who_led_is_told_for_both_sides_the_latest_first(client: Client, scene: Scene) -> None:
    for edition, when, own in ((1, "2011", "Ayu"), (2, "2013", "Ayu"), (3, "2015", "Budi")):
        round_ = told(scene.russia, edition, when)
        person, _ = Person.objects.get_or_create(name=own, slug=own.lower())
        Participant.objects.create(
            round=round_, person=person, side="own", role="head", title=f"Director {edition}"
        )
        other, _ = Person.objects.get_or_create(name="Only a member", slug="member")
        Participant.objects.create(round=round_, person=other, side="partner", role="member")
    for address in (SERIES, PARTNER):
        said = text_of(client, address)
        assert (
            "For Indonesia Budi 2015 1 round Director 3 Ayu 2011–2013 2 rounds Director 2" in said
        )
        assert "Only a member" not in said


def test_topics_are_counted_with_what_lies_under_them(client: Client, scene: Scene) -> None:
    above = Topic.objects.create(name="Health", slug="health")
    below = Topic.objects.create(name="Medicines", slug="medicines", parent=above)
    for edition, when in ((1, "2011"), (2, "2013"), (3, "2015")):
        round_ = told(scene.russia, edition, when)
        said = Statement.objects.create(round=round_, side="partner", text="Said")
        said.topics.add(above if edition == 1 else below)
        if edition == 2:
            point = AgreedPoint.objects.create(round=round_, number=1, text="Agreed")
            point.topics.add(below)
    for address in (SERIES, PARTNER):
        words = text_of(client, address).split("What it is about")[1]
        assert "Health 3 2011–2015 – 3 1 Medicines 2 2013–2015 – 2 1" in words


def test_a_series_leads_to_its_lists_downloads_and_feeds(client: Client, scene: Scene) -> None:
    story(scene)
    page = unescape(client.get(SERIES).content.decode())
    for address in (
        "/rounds/?series=russia-dialogue",
        "/agreed-points/?series=russia-dialogue",
        "/rounds/pictures/?series=russia-dialogue",
        *(f"/rounds.{suffix}?series=russia-dialogue"
          for suffix in ("csv", "xlsx", "ndjson", "ics", "atom")),
    ):  # fmt: skip
        assert f'href="{address}"' in page


# --- A partner ---------------------------------------------------------------------------------


@pytest.fixture
def two_series(scene: Scene) -> Series:
    """A second series with the partner, which met later."""
    story(scene)
    commission = Series.objects.create(
        title="Joint Commission", slug="commission", partner=scene.russia.partner,
        kind="joint_commission",
    )  # fmt: skip
    told(commission, 1, "2023-04-03", host="own", format="in_person")
    return commission


def test_a_partner_has_all_series_the_one_that_met_last_first(
    client: Client, two_series: Series
) -> None:
    said = text_of(client, PARTNER)
    assert "Country · RU Russia 2 series · 7 rounds recorded".replace(" · ", " ") in said.replace(
        " · ", " "
    )
    assert (
        "Joint Commission 1 3 April 2023 (14 months ago) None is planned Russia by turns "
        "Russia Human Rights Dialogue 6 2021 (3 years ago) 2025 Planned Indonesia by turns" in said
    )


def test_a_partners_pictures_share_their_years(client: Client, two_series: Series) -> None:
    page = client.get(PARTNER).content.decode()
    ticks = re.findall(r'<text x="([0-9.]+)%" y="15" dx="4">(\d+)</text>', page)
    # Beneath the timeline and beneath the bars: the dots before edition 3 begin in 2011.
    assert ticks[: len(ticks) // 2] == ticks[len(ticks) // 2 :]
    assert ticks[0] == ("6.667", "2012")
    bars = [(title, href) for title, href in marks_of(client, PARTNER) if "status=held" in href]
    assert bars == [
        ("2012, In person: 1 round", "/rounds/?partner=RU&status=held&format=in_person&year=2012"),
        ("2013, In person: 1 round", "/rounds/?partner=RU&status=held&format=in_person&year=2013"),
        ("2016, Virtual: 1 round", "/rounds/?partner=RU&status=held&format=virtual&year=2016"),
        ("2021, Hybrid: 1 round", "/rounds/?partner=RU&status=held&format=hybrid&year=2021"),
        ("2023, In person: 1 round", "/rounds/?partner=RU&status=held&format=in_person&year=2023"),
    ]


# --- In pictures -------------------------------------------------------------------------------


def picture_story(scene: Scene) -> None:
    """Rounds with two partners; one date lies in two years, one is not known."""
    story(scene)
    told(scene.norway, 1, "2012-12-30/2013-01-02", format="in_person")
    told(scene.norway, 2, None, format="virtual")
    health = Topic.objects.create(name="Health", slug="health")
    medicines = Topic.objects.create(name="Medicines", slug="medicines", parent=health)
    for round_ in Round.objects.filter(edition__in=(1, 3)):
        round_.topics.add(medicines)
    Round.objects.get(slug="russia-dialogue-4").topics.add(health)


def drawn(client: Client, address: str) -> Iterator[tuple[str, str]]:
    """What is drawn, and how many rounds its list says that there are."""
    for title, href in marks_of(client, address):
        [count] = re.findall(r"(\d+) rounds?", text_of(client, href))[:1]
        yield title, count


@pytest.mark.parametrize(
    "query",
    ["", "?partner=RU", "?topic=medicines", "?format=in_person&year=2012", "?date_from=2013"],
)
def test_every_bar_and_cell_leads_to_as_many_rounds_as_it_counts(
    client: Client, scene: Scene, query: str
) -> None:
    picture_story(scene)
    found = list(drawn(client, PICTURES + query))
    assert len(found) >= 3
    for title, count in found:
        assert re.search(rf": {count} rounds?$", title), title


def test_a_list_in_pictures_counts_years_partners_and_topics(client: Client, scene: Scene) -> None:
    picture_story(scene)
    titles = [title for title, _href in marks_of(client, PICTURES)]
    assert titles[:3] == [
        "2012, In person: 2 rounds", "2013, In person: 2 rounds", "2016, Virtual: 1 round",
    ]  # fmt: skip
    assert [title for title in titles if title.startswith("Norway")] == [
        "Norway, 2012: 1 round", "Norway, 2013: 1 round",
    ]  # fmt: skip
    assert titles[-4:] == [
        "Health, Russia: 2 rounds", "Health, Norway: 1 round",
        "Medicines, Russia: 1 round", "Medicines, Norway: 1 round",
    ]  # fmt: skip
    said = text_of(client, PICTURES)
    assert "Rounds in pictures 8 rounds" in said
    assert "1 round without a date stands in no year." in said
    # Norway's two rounds are two, though one stands in two years and one in none.
    assert "Norway 2" in said


def test_under_a_filter_by_topic_only_its_branch_is_drawn(client: Client, scene: Scene) -> None:
    picture_story(scene)
    titles = [title for title, _href in marks_of(client, f"{PICTURES}?topic=medicines")]
    assert [title for title in titles if title.startswith(("Health", "Medicines"))] == [
        "Medicines, Norway: 1 round", "Medicines, Russia: 1 round",
    ]  # fmt: skip


def test_what_is_wrong_with_the_filters_is_told_and_nothing_drawn(
    client: Client, scene: Scene
) -> None:
    story(scene)
    for query, sentence in (
        ("?partner=XX", "“XX” is not known here"),
        ("?nothing=1", "There is no parameter “nothing”"),
        ("?date_from=soon", "“soon”"),
        ("?topics_from=0", "“topics_from” is a number from 1 on."),
        ("?partners_from=all", "“partners_from” is a number from 1 on."),
    ):
        said = text_of(client, PICTURES + query)
        assert sentence in said
        assert marks_of(client, PICTURES + query) == []
        assert "Rounds a year" not in said


def test_nothing_to_draw_is_said(client: Client, scene: Scene) -> None:
    told(scene.russia, 1, None)
    assert "Nothing meets all of these filters." in text_of(client, f"{PICTURES}?format=virtual")
    said = text_of(client, PICTURES)
    assert "1 round without a date" in said
    assert "Rounds a year" not in said


def test_grids_show_the_top_and_the_rest_a_click_away(client: Client, scene: Scene) -> None:
    round_ = told(scene.russia, 1, "2012")
    for number in range(25):
        round_.topics.add(Topic.objects.create(name=f"Topic {number:02}", slug=f"t{number}"))
    first = f"{PICTURES}?year=2012"
    said = text_of(client, first)
    assert "Topics 1 to 20 of 25, by their number of rounds. Those of fewer" in said
    assert "Topic 19" in said
    assert "Topic 20" not in said
    assert "Partners 1 to" not in said
    page = client.get(first).content.decode()
    assert 'href="?year=2012&amp;topics_from=21#by-topic"' in page
    for query in ("&topics_from=21", "&topics_from=9999"):
        rest = text_of(client, first + query)
        assert "Topic 24" in rest
        assert ("Topic 19" in rest) == (query == "&topics_from=9999")
    assert "Topics 21 to 25 of 25" in text_of(client, f"{first}&topics_from=21")
    # The list behind it is not told of the picture's own parameters.
    [(_title, address), *_] = marks_of(client, f"{first}&topics_from=21")
    assert address == "/rounds/?format=unknown&year=2012"


def test_no_round_takes_the_address_of_the_pictures(scene: Scene) -> None:
    with pytest.raises(ValidationError, match="the address of a page"):
        Round(series=scene.russia, slug="pictures", status="held").full_clean()


# --- Who sees what, and what it costs ----------------------------------------------------------


def test_only_what_the_reader_sees_counts(client: Client, scene: Scene) -> None:
    told(scene.russia, 1, "2012")
    hidden = told(scene.russia, 2, "2014", visibility="restricted")
    AgreedPoint.objects.create(round=hidden, number=1, text="Hidden agreement")
    hidden.topics.add(Topic.objects.create(name="Hidden topic", slug="hidden"))
    person = Person.objects.create(name="Hidden head", slug="hidden-head")
    Participant.objects.create(round=hidden, person=person, side="own", role="head")
    for reader in (client, signed_in(scene.budi), signed_in(scene.citra)):
        for address in (SERIES, PARTNER, PICTURES):
            said = text_of(reader, address)
            assert "Hidden" not in said
            assert "2014" not in said
            assert "1 round" in said
            assert "Edition 2" not in str(marks_of(reader, address))
    for address in (SERIES, PARTNER, PICTURES):
        assert "Hidden topic" in text_of(signed_in(scene.ayu), address)
    assert "Hidden agreement" in text_of(signed_in(scene.ayu), SERIES)


def test_what_a_reader_may_not_see_is_as_if_it_were_not(client: Client, scene: Scene) -> None:
    told(scene.russia, 1, "2012", visibility="internal")
    for address, unknown in ((SERIES, "/series/none/"), (PARTNER, "/partners/XX/")):
        assert text_of(client, address, 404) == text_of(client, unknown, 404)
        assert text_of(signed_in(scene.eka), address)


def test_staff_see_a_series_without_a_round(scene: Scene) -> None:
    editor = signed_in(scene.ayu)
    assert "Nothing is recorded yet" in text_of(editor, SERIES)
    assert "Nothing is recorded yet" in text_of(editor, PARTNER)


@pytest.mark.parametrize(("address", "queries"), [(SERIES, 13), (PARTNER, 13), (PICTURES, 7)])
def test_pages_cost_the_same_with_one_round_and_with_three(
    client: Client, scene: Scene, django_assert_num_queries: Any, address: str, queries: int
) -> None:
    whole_round(scene.russia, 1, date=PartialDate("2011"))
    with django_assert_num_queries(queries):
        client.get(address)
    whole_round(scene.russia, 2, date=PartialDate("2012"))
    whole_round(scene.russia, 3, date=PartialDate("2013"))
    with django_assert_num_queries(queries):
        client.get(address)
