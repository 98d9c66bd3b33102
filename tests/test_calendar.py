"""The calendar: months and years, each date as wide as it is known."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dialogues.dates import PartialDate
from dialogues.models import AgreedPoint
from dialogues.views.entries import Entry
from dialogues.views.month import weeks_of
from dialogues.views.period import following
from tests.rounds import published
from tests.scene import Scene, scene, signed_in

__all__ = ["scene"]

pytestmark = pytest.mark.django_db

DAY = date(2021, 10, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: DAY)


def text_of(page: str) -> str:
    """What a page, or a part of one, says."""
    inside = re.search(r"(?s)<main.*</main>", page)
    words = re.sub(r"(?s)<[^>]*>", " ", inside[0] if inside else page)
    return " ".join(unescape(words).split())


def entry(written: str) -> Entry:
    return Entry(PartialDate(written), "/", written, "held", "", "")


def drawn(month: str, *dates: str) -> list[list[str]]:
    """The lanes of a month's weeks, a character a day: a letter for each entry, < and > where it
    reaches over the week's edge."""
    letters = {written: chr(ord("a") + number) for number, written in enumerate(dates)}
    weeks = weeks_of(PartialDate(month), [entry(written) for written in dates])
    return [
        [
            "".join(
                "<" * cell.begun
                + (letters[cell.entry.title] if cell.entry else ".") * cell.days
                + ">" * cell.goes_on
                for cell in lane
            )
            for lane in week.lanes
        ]
        for week in weeks
    ]


def test_what_lasts_is_as_long_as_it_lasts_and_nothing_lies_over_another() -> None:
    # 1 October 2021 was a Friday.
    assert drawn(
        "2021-10",
        "2021-09-28/2021-10-01",
        "2021-10-13/2021-10-19",
        "2021-10-15",
        "2021-10-16",
        "2021-10-31/2021-11-02",
    ) == [["....<a.."], [], ["..bbbbb>", "....cd."], ["<bb....."], ["......e>"]]


@pytest.mark.parametrize(
    ("month", "numbers"),
    [
        ("2021-02", [1, 8, 15, 22]),
        ("2024-02", [0, 5, 12, 19, 26]),
        ("0001-01", [1, 8, 15, 22, 29]),
        ("9999-12", [0, 6, 13, 20, 27]),
    ],
)
def test_weeks_begin_on_monday(month: str, numbers: list[int]) -> None:
    weeks = weeks_of(PartialDate(month), [entry("9999-12-30/9999-12-31")])
    assert [week.days[0].number for week in weeks] == numbers
    assert all(len(week.days) == 7 for week in weeks)
    for lane in (lane for week in weeks for lane in week.lanes):
        assert sum(cell.days for cell in lane) == 7


def test_after_the_last_month_there_is_none() -> None:
    assert following(PartialDate("2021-12")) == PartialDate("2022-01")
    assert following(PartialDate("2021-02")) == PartialDate("2021-03")
    assert following(PartialDate("2021")) == PartialDate("2022")
    assert following(PartialDate("9999-12")) is None
    assert following(PartialDate("9999")) is None


def test_a_month_shows_each_date_at_its_width(scene: Scene, client: Client) -> None:
    published(scene.russia, edition=1, date="2021")
    published(scene.russia, edition=2, date="2021-10")
    published(scene.russia, edition=3, date="2021-09/2021-11")
    published(scene.russia, edition=4, date="2021-10-13/2021-10-14")
    published(scene.russia, edition=5, date="2021-10-15", status="cancelled")
    published(scene.russia, edition=6, date="2021-11-01")
    published(scene.russia, edition=7, date=None)
    response = client.get("/calendar/")
    page = response.content.decode()
    text = text_of(page)
    assert "Calendar: October 2021 5 rounds" in text
    bands = re.findall(r'(?s)<section class="band".*?</section>', page)
    year, month = (text_of(band) for band in bands)
    assert year == "Some time in 2021 Russia Human Rights Dialogue, edition 1"
    assert month == (
        "Some day in October 2021 September–November 2021 Russia Human Rights Dialogue, edition 3 "
        "Russia Human Rights Dialogue, edition 2"
    )
    grid = re.search(r'(?s)<table class="month">.*?</table>', page)
    assert grid is not None
    assert re.findall(r'<th scope="col">(\w+)</th>', grid[0])[::6] == ["Monday", "Sunday"]
    taken = re.findall(r'(?s)<td( colspan="\d")? class="month__taken">(.*?)</td>', grid[0])
    assert [(columns.strip(), text_of(cell)) for columns, cell in taken] == [
        ('colspan="2"', "13–14 October 2021: Russia Human Rights Dialogue, edition 4"),
        ("", "15 October 2021: Russia Human Rights Dialogue, edition 5 Cancelled"),
    ]
    assert re.findall(r'aria-current="date"><time datetime="([^"]*)"', grid[0]) == ["2021-10-20"]
    agenda = re.search(r'(?s)<ol class="agenda">.*?</ol>', page)
    assert agenda is not None
    assert text_of(agenda[0]) == (
        "13–14 October 2021 Russia Human Rights Dialogue, edition 4 "
        "15 October 2021 Russia Human Rights Dialogue, edition 5 Cancelled"
    )


def test_a_year_goes_month_by_month(scene: Scene, client: Client) -> None:
    published(scene.russia, edition=1, date="2021")
    published(scene.russia, edition=2, date="2021-10")
    published(scene.russia, edition=3, date="2020-12-30/2021-01-02")
    published(scene.russia, edition=4, date="2022-01-01")
    page = client.get("/calendar/?show=2021").content.decode()
    assert "Calendar: 2021 3 rounds" in text_of(page)
    months = re.findall(r'(?s)<section[^>]*aria-labelledby="m-[^>]*>(.*?)</section>', page)
    assert len(months) == 12
    assert text_of(months[0]) == (
        "January 2021 30 December 2020 – 2 January 2021 Russia Human Rights Dialogue, edition 3"
    )
    assert text_of(months[1]) == "February 2021"
    assert text_of(months[9]) == "October 2021 October 2021 Russia Human Rights Dialogue, edition 2"
    assert "Some time in 2021 Russia Human Rights Dialogue, edition 1" in text_of(page)


def ways(client: Client, address: str) -> dict[str, str]:
    page = client.get(address).content.decode()
    turn = re.search(r'(?s)<ul class="calendar__turn">.*?</ul>', page)
    assert turn is not None
    return {
        text_of(inside): unescape(href)
        for href, inside in re.findall(r'(?s)<a href="([^"]*)"[^>]*>(.*?)</a>', turn[0])
    }


def test_one_turns_to_the_next_month_with_something(scene: Scene, client: Client) -> None:
    for number, written in enumerate(
        ("2018", "2019-03-04/2019-04-02", "2021-01-05", "2021-05", "2023", "2024-02-29"), start=1
    ):
        published(scene.russia, edition=number, date=written)
    assert ways(client, "/calendar/?show=2021-01&partner=RU") == {
        "← Earlier: March 2019": "?partner=RU&show=2019-03",
        "Later: May 2021 →": "?partner=RU&show=2021-05",
        "All of 2021": "?partner=RU&show=2021",
        "Today": "?partner=RU&show=2021-10",
    }
    assert ways(client, "/calendar/") == {
        "← Earlier: May 2021": "?show=2021-05",
        "Later: February 2024 →": "?show=2024-02",
        "All of 2021": "?show=2021",
    }
    assert ways(client, "/calendar/?show=2019") == {
        "← Earlier: 2018": "?show=2018",
        "Later: 2021 →": "?show=2021",
        "Today": "?show=2021",
    }
    page = text_of(client.get("/calendar/?show=1999-01").content.decode())
    assert "Nothing earlier" in page
    assert "Nothing in January 1999 that you may see." in page
    assert "Nothing later" in text_of(client.get("/calendar/?show=9999-12").content.decode())


@pytest.mark.parametrize("written", ["2021-10", "October 2021", "Oktober 2021", "15 Oct 2021"])
def test_a_month_can_be_written_as_people_write_it(client: Client, written: str) -> None:
    page = client.get("/calendar/", {"show": written}).content.decode()
    assert "<h1>Calendar: October 2021</h1>" in page


def test_the_filters_of_the_list_hold_and_are_kept(scene: Scene, client: Client) -> None:
    published(scene.russia, edition=1, date="2021-10-05")
    published(scene.norway, edition=2, date="2021-10-06")
    page = client.get("/calendar/?show=2021-10&due=true&partner=RU&year=2021").content.decode()
    text = text_of(page)
    assert "Calendar: October 2021 1 round" in text
    assert "edition 2" not in text
    assert re.findall(r'class="chip" href="([^"]*)"', page) == [
        "?show=2021-10&amp;due=true&amp;year=2021",
        "?show=2021-10&amp;due=true&amp;partner=RU",
    ]
    assert 'class="chips__clear" href="?show=2021-10&amp;due=true"' in page
    assert re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)[-4:] == [
        ("show", "2021-10"),
        ("due", "true"),
        ("partner", "RU"),
        ("year", "2021"),
    ]
    assert 'href="/rounds.ics?partner=RU&amp;year=2021"' in page
    assert 'href="/rounds/?partner=RU&amp;year=2021"' in page


def test_what_is_due_can_be_shown_too(scene: Scene, client: Client) -> None:
    round_ = published(scene.russia, edition=1, date="2020-01-01")
    other = published(scene.norway, edition=2, date="2020-01-01")
    for number, due in enumerate(("2021-10-29", "2021-10", "2021"), start=1):
        AgreedPoint.objects.create(round=round_, number=number, text=f"No. {number}", due=due)
    AgreedPoint.objects.create(round=other, number=1, text="Another's", due="2021-10-29")
    assert "Due:" not in client.get("/calendar/?partner=RU").content.decode()
    page = client.get("/calendar/?partner=RU&due=true").content.decode()
    assert "Another" not in page
    text = text_of(page)
    assert "0 rounds" in text
    assert "Some time in 2021 Due: No. 3 Open Russia Human Rights Dialogue, edition 1" in text
    assert "Some day in October 2021 Due: No. 2 Open" in text
    assert "29 October 2021: Due: No. 1 Open Russia Human Rights Dialogue, edition 1" in text


@pytest.mark.parametrize(
    ("query", "anchor", "sentence"),
    [
        ("show=yesterday", "f-show", "“yesterday” is not understood as a date."),
        ("show=2021-13", "f-show", "There is no month 13."),
        ("show=2021/2022", "f-show", "“2021/2022” is more than one month or year."),
        ("due=perhaps", "f-due", "“perhaps” is not “true”."),
        ("partner=XX", "f-partner", "“XX” is not known here."),
        ("date_from=once", "f-date_from", "“once” is not understood as a date."),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_shown(
    scene: Scene, client: Client, query: str, anchor: str, sentence: str
) -> None:
    published(scene.russia, edition=1, date="2021-10-05")
    response = client.get(f"/calendar/?{query}")
    page = response.content.decode()
    assert response.status_code == 200
    assert "edition 1" not in page
    assert f'<a href="#{anchor}">{sentence}' in page
    assert f'id="{anchor}"' in page
    assert f'id="{anchor}-error"' in page


def test_an_unknown_parameter_is_said_and_nothing_is_shown(scene: Scene, client: Client) -> None:
    published(scene.russia, edition=1, date="2021-10-05")
    page = client.get("/calendar/?partnr=RU").content.decode()
    assert "There is no parameter “partnr”. Did you mean “partner”?" in page
    assert "edition 1" not in page


def test_a_forms_empty_fields_leave_the_address(client: Client) -> None:
    response = client.get("/calendar/?q=&show=2021&partner=")
    assert (response.status_code, response["Location"]) == (302, "/calendar/?show=2021")


def test_each_sees_and_counts_only_what_is_theirs(scene: Scene, client: Client) -> None:
    published(scene.russia, edition=1, date="2021-10-05")
    draft = scene.round(edition=2, date="2021-10-06", visibility="public")
    AgreedPoint.objects.create(round=draft, number=1, text="Told early", due="2021-10-07")
    restricted = scene.round(
        edition=3, date="2021-12-06", visibility="restricted", publication="published"
    )
    page = client.get("/calendar/?due=true").content.decode()
    assert "October 2021 1 round" in text_of(page)
    assert "Told early" not in page
    assert "Nothing later" in page
    staff = text_of(signed_in(scene.budi).get("/calendar/?due=true").content.decode())
    assert "October 2021 2 rounds" in staff
    assert "Told early" in staff
    assert "Nothing later" in staff
    assert "Draft" in staff
    desk = ways(signed_in(scene.ayu), "/calendar/")
    assert desk["Later: December 2021 →"] == "?show=2021-12"
    assert str(restricted.date) == "2021-12-06"


def test_more_than_a_page_holds_leads_to_where_all_of_it_is(
    scene: Scene, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dialogues.views.calendar.MOST", 2)
    monkeypatch.setattr("dialogues.views.calendar.MOST_OF_A_YEARS_MONTH", 1)
    for edition in range(1, 4):
        published(scene.russia, edition=edition, date="2021-10-05")
    month = text_of(client.get("/calendar/").content.decode())
    assert "3 rounds" in month
    assert "1 more is in the list" in month
    assert "2 more , October 2021" in text_of(client.get("/calendar/?show=2021").content.decode())


def test_the_calendar_speaks_indonesian(scene: Scene, client: Client) -> None:
    published(scene.russia, edition=1, date="2021-10-05")
    page = client.get("/calendar/", headers={"accept-language": "id"}).content.decode()
    assert "Oktober 2021" in page
    assert "Senin" in page


@pytest.mark.parametrize("address", ["/calendar/?due=true", "/calendar/?show=2021&due=true"])
def test_a_calendar_takes_as_many_queries_for_three_as_for_one(
    scene: Scene,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    for edition in (1, 2, 3):
        round_ = published(scene.russia, edition=edition, date=f"2021-10-0{edition}")
        AgreedPoint.objects.create(round=round_, number=1, text="Agreed", due="2021-10-29")
        with django_assert_num_queries(11):
            client.get(address)
