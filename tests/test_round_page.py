"""A round's page: what was carried in and on, what supports what, and how it is cited."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dialogues.dates import PartialDate
from dialogues.models import (
    AgreedPoint,
    FollowUp,
    Issue,
    Round,
    Source,
    Statement,
    Topic,
)
from dialogues.queries.editions import in_order
from tests.rounds import published, whole_round
from tests.scene import Scene, scene, signed_in
from tests.test_pages import POINT, ROUND, text_of

__all__ = ["scene"]

pytestmark = pytest.mark.django_db


def met(scene: Scene, edition: int, year: str, **fields: Any) -> Round:
    return published(scene.russia, edition=edition, date=PartialDate(year), **fields)


def agreed(round_: Round, number: int, status: str, *ends: tuple[str, str], **fields: Any) -> None:
    """A point, with follow-ups as status and date."""
    point = AgreedPoint.objects.create(
        round=round_,
        number=number,
        text=f"Text {round_.edition}.{number}",
        status=status,
        **fields,
    )
    for state, day in ends:
        FollowUp.objects.create(point=point, status=state, date=PartialDate(day))


def section(client: Client, name: str, address: str = ROUND) -> str:
    """What the section of that id's heading says; nothing where there is none."""
    page = client.get(address).content.decode()
    found = re.search(rf'(?s)<section[^>]*aria-labelledby="{name}".*?</section>', page)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found[0])).split()) if found else ""


def test_what_was_still_owed_when_it_met_is_carried_in(client: Client, scene: Scene) -> None:
    ninth = met(scene, 9, "2017")
    agreed(ninth, 1, "done", ("done", "2023-05-02"))  # ended after
    agreed(ninth, 2, "done", ("done", "2019"))  # ended before
    agreed(ninth, 3, "done", ("done", "2021"))  # perhaps before, perhaps after
    agreed(ninth, 4, "lapsed")  # nobody knows when
    agreed(ninth, 5, "done", ("done", "2018"), ("done", "2023"))  # reported twice
    tenth = met(scene, 10, "2019-03")
    agreed(tenth, 1, "in_progress", due=PartialDate("2020"))
    agreed(tenth, 2, "open", ("in_progress", "2018"))
    agreed(met(scene, 11, "2021-10-15"), 1, "open")
    agreed(met(scene, 12, "2023"), 1, "open")
    assert section(client, "carried-in") == (
        "Carried in Still owed when this round met "
        "Edition 10, point 1 Text 10.1 In progress Overdue Due 2020 "
        "Edition 10, point 2 Text 10.2 Open "
        "Edition 9, point 1 Text 9.1 Done "
        "Edition 9, point 3 Text 9.3 Done"
    )


def test_more_than_a_page_takes_is_one_link_away(client: Client, scene: Scene) -> None:
    tenth = met(scene, 10, "2019")
    for number in range(1, 9):
        agreed(tenth, number, "open")
    met(scene, 11, "2021")
    assert "All that is owed" not in section(client, "carried-in")
    agreed(tenth, 9, "open")
    said = section(client, "carried-in")
    assert said.count("Edition 10, point") == 8
    assert said.endswith("All that is owed in this series today")
    page = client.get(ROUND).content.decode()
    assert '"/agreed-points/?series=russia-dialogue&amp;status=open&amp;status=in_progress"' in page


def test_issues_stand_where_the_last_round_left_them(client: Client, scene: Scene) -> None:
    issue = Issue.objects.create(slug="vaccines", name="Access to vaccines")
    other = Issue.objects.create(slug="moratorium", name="A moratorium")
    eighth, ninth, here = met(scene, 8, "2015"), met(scene, 9, "2017"), met(scene, 11, "2021")
    later = [met(scene, edition, str(2010 + edition)) for edition in range(12, 17)]
    agreed(eighth, 1, "done", issue=issue)
    Statement.objects.create(round=ninth, side="partner", text="We ask", issue=issue)
    Statement.objects.create(round=ninth, side="own", text="We too", issue=issue)
    agreed(ninth, 4, "lapsed", issue=issue)
    agreed(ninth, 5, "lapsed", issue=other)
    Statement.objects.create(round=here, side="own", text="Again", issue=issue)
    for round_ in later:
        Statement.objects.create(round=round_, side="own", text="And again", issue=issue)
    assert section(client, "carried-in") == (
        "Carried in Issues it takes up again, and where they stood Access to vaccines "
        "Edition 9 2017 raised by: Russia, Indonesia Point 4 Lapsed"
    )
    assert section(client, "carried-out") == (
        "Carried on Later rounds that came back to its issues Access to vaccines "
        "Edition 12 Edition 13 Edition 14 and 2 more"
    )


def test_what_it_left_undone_is_carried_on(client: Client, scene: Scene) -> None:
    here = met(scene, 11, "2021")
    agreed(here, 1, "done")
    agreed(here, 2, "open", responsible="partner", due=PartialDate("2022"))
    assert section(client, "carried-out") == (
        "Carried on Still owed from this round Point 2 Open Overdue"
    )


def test_nothing_is_carried_from_rounds_that_the_reader_may_not_see(
    client: Client, scene: Scene
) -> None:
    issue = Issue.objects.create(slug="vaccines", name="Access to vaccines")
    for edition, fields in (
        (8, {"visibility": "restricted"}),
        (9, {"publication": "draft"}),
        (10, {"visibility": "internal"}),
        (12, {"visibility": "internal"}),
    ):
        agreed(met(scene, edition, str(2010 + edition), **fields), 1, "open", issue=issue)
    Statement.objects.create(round=met(scene, 11, "2021"), side="own", text="We", issue=issue)
    assert section(client, "carried-in") == section(client, "carried-out") == ""
    analyst = section(signed_in(scene.eka), "carried-in")
    assert re.findall(r"Edition (\d+), point", analyst) == ["10", "9"]
    officer = section(signed_in(scene.ayu), "carried-in")
    assert re.findall(r"Edition (\d+), point", officer) == ["10", "9", "8"]
    assert "Edition 12" in section(signed_in(scene.ayu), "carried-out")


def test_sources_stand_beside_what_they_support(client: Client, scene: Scene) -> None:
    here = met(scene, 11, "2021")
    health, press = (
        Topic.objects.create(slug=slug, name=slug.title()) for slug in ("health", "press")
    )
    for number, topic in ((1, health), (2, press)):
        AgreedPoint.objects.create(round=here, number=number, text=f"No. {number}").topics.add(
            topic
        )
    Statement.objects.create(round=here, side="own", text="We ask").topics.add(press)
    for title, side, topics, note in (
        ("A release", "own", [health], ""),
        ("A report", "third", [health, press], "It gives another date."),
        ("A leaflet", "unknown", [], ""),
    ):
        Source.objects.create(
            round=here, title=title, side=side, note=note, url="https://example.org/"
        ).topics.add(*topics)
    said = text_of(client, ROUND)
    first, second = (
        "Source 1: A release Indonesia Source 2: A report A third party · see its note",
        "Source 2: A report A third party · see its note",
    )
    assert re.search(rf"We ask Topics Press {second}", said)
    assert re.search(rf"is cited as russia-dialogue-11\.1 {first} 2 No\. 2", said)
    assert said.count("Source 3") == 0
    assert f'href="{ROUND}#source-2"' in client.get(ROUND).content.decode()
    assert 'id="source-3"' in client.get(ROUND).content.decode()
    assert section(client, "sources", POINT) == (
        "Sources that mention its topics Source 1: A release Indonesia "
        "Source 2: A report A third party · see its note"
    )


def test_a_round_is_cited_with_its_address_and_the_day(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    today = timezone.localdate()
    day = f"{today.day} {today:%B %Y}"
    assert section(client, "cite").startswith(
        "To cite it Russia Human Rights Dialogue, edition 11, 15 October 2021. Dialogue tracker, "
        f"Indonesia. http://testserver/rounds/russia-dialogue-11/ (accessed {day})."
    )
    assert "Lasting reference russia-dialogue-11 " in section(client, "cite")
    assert section(client, "cite", POINT).startswith(
        "To cite it Russia Human Rights Dialogue, edition 11, agreed point 1. Dialogue tracker, "
        f"Indonesia. http://testserver{POINT} (accessed {day})."
    )
    assert "Lasting reference russia-dialogue-11.1 " in section(client, "cite", POINT)


def test_a_points_neighbours_are_one_step_away(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    page = client.get("/agreed-points/russia-dialogue-11.2/").content.decode()
    assert '<a href="/agreed-points/russia-dialogue-11.1/" rel="prev">Point 1</a>' in page
    assert '<a href="/agreed-points/russia-dialogue-11.3/" rel="next">Point 3</a>' in page
    assert 'rel="prev"' not in client.get(POINT).content.decode()


def test_what_is_written_in_pieces_is_escaped_too(client: Client, scene: Scene) -> None:
    bad = "<b>&'\"</b>"
    here = published(scene.russia, edition=11, date=PartialDate("2021"), summary=f"{bad}\n\n{bad}")
    topic = Topic.objects.create(slug="t", name=bad)
    issue = Issue.objects.create(slug="i", name=bad)
    point = AgreedPoint.objects.create(
        round=here, number=1, text=bad, original_text=bad, original_language="id", issue=issue
    )
    point.topics.add(topic)
    FollowUp.objects.create(point=point, note=bad, source_url="javascript:alert(1)")
    Source.objects.create(round=here, title=bad, publisher=bad, note=bad).topics.add(topic)
    for address in (ROUND, POINT):
        page = client.get(address).content.decode()
        assert "<b>" not in page
        assert "javascript:" not in page
        assert "&lt;b&gt;&amp;&#x27;&quot;&lt;/b&gt;" in page


def test_a_round_without_number_stands_by_its_date(client: Client, scene: Scene) -> None:
    for edition, year in ((1, "2010"), (2, "2014"), (3, "2018")):
        met(scene, edition, year)
    published(scene.russia, slug="between", date=PartialDate("2012"))
    published(scene.russia, slug="undated")
    said = text_of(client, "/rounds/between/")
    assert "Round 2 of 5 recorded Edition 1 2010 2012 Edition 2 2014 Edition 3 2018" in said
    assert "Round 5 of 5 recorded" in text_of(client, "/rounds/undated/")
    assert "Round 3 of 5 recorded" in text_of(client, "/rounds/russia-dialogue-2/")


def test_rounds_without_number_go_before_the_first_that_is_later() -> None:
    rows = [
        {"pk": number, "edition": edition, "date": day and PartialDate(day)}
        for number, (edition, day) in enumerate(
            [
                (3, "2018"), (None, "2019"), (1, "2010"), (None, None), (None, "2009"),
                (2, None), (None, "2010"), (None, "2012"), (4, "2017"), (None, "2017-05"),
            ]
        )
    ]  # fmt: skip
    found = [(row["edition"], row["date"] and str(row["date"])) for row in in_order(rows)]
    assert found == [
        (None, "2009"), (1, "2010"), (2, None), (None, "2010"), (None, "2012"), (None, "2017-05"),
        (3, "2018"), (4, "2017"), (None, "2019"), (None, None),
    ]  # fmt: skip


def test_the_page_is_told_in_the_readers_language(client: Client, scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    Topic.objects.update(name_id="Hak atas kesehatan")
    Round.objects.filter(pk=round_.pk).update(date="2021-10-15/2021-10-16")
    client.cookies["django_language"] = "id"
    said = text_of(client, ROUND)
    assert "15–16 Oktober 2021" in said
    assert "Hak atas kesehatan" in said
    assert "Right to health" not in said
    today: date = timezone.localdate()
    assert str(today.year) in section(client, "cite")
