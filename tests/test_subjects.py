"""The pages of a topic, a lifelong issue and a person: what they tell, of what, and to whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dialogues.dates import PartialDate
from dialogues.models import (
    ANALYSTS,
    AgreedPoint,
    FollowUp,
    Issue,
    Participant,
    Person,
    Round,
    Source,
    Topic,
    User,
)
from tests.rounds import published, whole_round
from tests.scene import Scene, person, scene, signed_in
from tests.test_listings import links
from tests.test_pages import text_of

__all__ = ["scene"]

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parents[1] / "dialogues" / "sample" / "indonesia.ndjson"
HEALTH = "/topics/right-to-health/"
VACCINES = "/issues/vaccines/"
HABIB = "/people/achsanul-habib/"


@pytest.fixture
def sample(db: None) -> None:
    call_command("import_rounds", SAMPLE, publish=True)


def topic(name: str, parent: Topic | None = None) -> Topic:
    return Topic.objects.create(name=name, slug=name.lower().replace(" ", "-"), parent=parent)


def analyst() -> User:
    """Somebody who reads what is internal, and edits nothing."""
    reader = person("fajar", ANALYSTS)
    reader.is_staff = False
    reader.save()
    return reader


# --- On the sample -----------------------------------------------------------------------------


def test_a_topic_tells_with_whom_it_came_up_and_when(client: Client, sample: None) -> None:
    said = text_of(client, "/topics/rights-of-the-child/")
    assert "Rights of the child 7 rounds 2 partners first 15–16 April 2008" in said
    assert "last 2 November 2021" in said
    assert (
        "Under it Children's rights 1 round Rights of children and young people 1 round "
        "Rights of the child in the pandemic 1 round"
    ) in said
    assert "Norway 6 15–16 April 2008 2 November 2021" in said
    assert "Iran 1 31 July – 1 August 2018 31 July – 1 August 2018" in said
    assert "It stood on the agenda; who raised it is not recorded." in said
    assert "No agreed point is recorded under this topic." in said


def test_a_topic_s_picture_leads_to_the_rounds_of_a_partner_and_a_year(
    client: Client, sample: None
) -> None:
    address = "/topics/rights-of-the-child/"
    assert "Norway, 2019: 1 round" in text_of(client, address)
    page = client.get(address).content.decode()
    assert 'href="/rounds/?topic=rights-of-the-child&amp;partner=NO&amp;year=2019"' in page


@pytest.mark.parametrize(
    "slug", ["rights-of-the-child", "human-rights-council", "economic-social-and-cultural-rights"]
)
def test_a_topic_counts_what_its_list_counts(client: Client, sample: None, slug: str) -> None:
    [count, *_rest] = text_of(client, f"/topics/{slug}/").split(" partner")[0].split()[-3:]
    answer = client.get(f"/api/v1/rounds/?topic={slug}").json()
    assert answer["count"] == int(count) > 1


def test_what_was_agreed_since_a_year_is_one_page(client: Client, sample: None) -> None:
    said = text_of(client, "/topics/human-rights-council/?date_from=2015")
    assert "3 rounds 2 partners" in said
    assert "Only what may have been since 2015 is counted and shown." in said
    assert "Russia 1 1 – – – – Go on watching over the work" in said
    assert "Canada" not in said
    [every] = links(client, "/topics/human-rights-council/?date_from=2015", "point as a list")
    assert every == "/agreed-points/?topic=human-rights-council&date_from=2015"
    assert "Nothing is recorded since then." in text_of(
        client, "/topics/human-rights-council/?date_from=2024"
    )


def test_a_person_tells_what_they_led_and_as_what(client: Client, sample: None) -> None:
    said = text_of(client, "/people/retno-lp-marsudi/")
    assert (
        "Retno L.P. Marsudi Also written Retno LP Marsudi, Retno Marsudi for Indonesia 6 rounds "
        "led 6 first 20–21 October 2010 last 9 January 2024"
    ) in said
    assert "2016–2024 Minister for Foreign Affairs 4 rounds 2011 Director General" in said
    assert "Norway 4 4 20–21 October 2010 30 May 2016" in said
    assert "Met most often Børge Brende 2 rounds, last 30 May 2016" in said


def test_an_issue_tells_its_story(client: Client, sample: None) -> None:
    said = text_of(client, "/issues/equitable-access-to-vaccines/")
    assert "Vaccines, medicines and medical equipment within reach" in said
    assert "1 round 1 partner 15 October 2021" in said
    assert "Russia 1 1 (2021) – – 15 October 2021 15 October 2021" in said
    assert said.count("Raised by: Indonesia ") == 3
    assert "Agreed point" not in said


# --- Who raised it, who agreed, what came of it ------------------------------------------------


def test_each_side_s_statements_are_counted_by_partner(client: Client, scene: Scene) -> None:
    whole_round(scene.russia, 11)
    whole_round(scene.russia, 12, date=PartialDate("2023-05"))
    whole_round(scene.norway, 3, date=PartialDate("2019"))
    for address in (HEALTH, VACCINES):
        said = text_of(client, address)
        assert "3 rounds 2 partners first 2019 last May 2023" in said
        both = "2 (2021–2023)"
        assert f"Russia 2 {both} {both} {both} 15 October 2021 May 2023" in said
        assert "Norway 1 1 (2019) 1 (2019) 1 (2019) 2019 2019" in said
        # Agreed, open, in progress, overdue, done, lapsed or superseded.
        assert "Russia 6 2 – 2 2 2 Norway 3 1 – 1 1 1" in said


def test_a_round_with_two_statements_of_a_side_counts_once(client: Client, scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    again = round_.statements.create(side="own", text="Once more")
    again.topics.add(Topic.objects.get())
    assert "Russia 1 1 (2021) 1 (2021) 1 (2021)" in text_of(client, HEALTH)
    assert "Once more Raised by: Indonesia" in text_of(client, HEALTH)


def test_points_still_owed_stand_first_each_with_what_was_reported_last(
    client: Client, scene: Scene
) -> None:
    whole_round(scene.norway, 3, date=PartialDate("2019"))
    round_ = whole_round(scene.russia)
    point = round_.agreed_points.get(number=1)
    FollowUp.objects.create(point=point, position=1, note="The latest word", status="in_progress")
    said = text_of(client, HEALTH)
    assert "Agreed no. 1 Open Overdue Responsible: Indonesia Due June 2022" in said
    assert "In progress The latest word" in said
    assert "Done about 1" in said  # Norway's first point has had no other.
    assert [told[0] for told in said.split("Agreed no. ")[1:]] == ["1", "1", "2", "3", "2", "3"]


def test_the_counts_of_points_lead_to_the_same_points(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    page = client.get(HEALTH).content.decode()
    for parameters in (
        "",
        "&amp;status=open",
        "&amp;overdue=true",
        "&amp;status=done",
        "&amp;status=lapsed&amp;status=superseded",
    ):
        assert f'href="/agreed-points/?topic=right-to-health&amp;partner=RU{parameters}"' in page


def test_what_lies_under_a_topic_is_the_topic_s_too(client: Client, scene: Scene) -> None:
    above = topic("Economic rights")
    whole_round(scene.russia)
    Topic.objects.filter(slug="right-to-health").update(parent=above)
    topic("Right to food", above)
    said = text_of(client, "/topics/economic-rights/")
    assert "Under it Right to health 1 round" in said
    assert "Right to food" not in said
    assert "Right to food 0 rounds" in text_of(signed_in(scene.ayu), "/topics/economic-rights/")
    assert "Russia 3 1 – 1 1 1" in said
    assert "Topics Economic rights Right to health 1 round" in text_of(client, HEALTH)


def test_rounds_whose_sources_alone_mention_a_topic_are_named_apart(
    client: Client, scene: Scene
) -> None:
    round_ = published(scene.russia, edition=4)
    Source.objects.create(round=round_, title="A release").topics.add(topic("Fisheries"))
    said = text_of(client, "/topics/fisheries/")
    assert "0 rounds 0 partners" in said
    assert said.endswith("Russia Human Rights Dialogue, edition 4")
    assert "Only sources mention it" in said


def test_an_issue_is_told_round_by_round_the_latest_first(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    whole_round(scene.norway, 3, date=PartialDate("2019"))
    story = text_of(client, VACCINES).split("Round by round")[1]
    first, second = story.split("2019 Norway Human Rights Dialogue, edition 3")
    for told in (first, second):
        assert "Raised by: Both sides Raised by both Agreed point 1 Agreed no. 1 Open" in told
        assert "Agreed no. 3 Lapsed Other Responsible: Indonesia 2022 · In progress Done" in told
    assert first.strip().startswith("15 October 2021 Russia Human Rights Dialogue, edition 11")
    assert "Raised by: Russia Raised by partner" in first
    assert "Raised by: Norway Raised by partner" in second
    assert "Secret" not in story


def test_a_person_s_parts_are_told_by_date(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    round_ = published(scene.norway, edition=3, status="planned")
    habib = Person.objects.get(slug="achsanul-habib")
    Participant.objects.create(
        round=round_, person=habib, side="own", name="A. Habib", institution="The ministry"
    )
    said = text_of(client, HABIB)
    assert (
        "Achsanul Habib Also written A. Habib for Indonesia 2 rounds led 1 15 October 2021"
    ) in said
    assert "2021 Director A 1 round date not recorded The ministry 1 round" in said
    assert "Norway 1 – Russia 1 1 15 October 2021 15 October 2021" in said
    assert "edition 3 Planned Member of delegation for Indonesia The ministry" in said
    assert "Maria Ivanova 1 round, last 15 October 2021 Rinat Alyautdinov 1 round" in said
    assert "Siti Aminah" not in said
    assert "for Russia 1 round led 1" in text_of(client, "/people/rinat-alyautdinov/")


# --- What is asked wrongly ---------------------------------------------------------------------


@pytest.mark.parametrize("address", [HEALTH, VACCINES])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("date_from=yesteryear", "yesteryear"),
        ("date_from=2021-13", "There is no month 13"),
        ("date_from=2019/2021", "Here one date is meant"),
        ("partner=RU", "There is no parameter “partner”."),
    ],
)
def test_a_wrong_question_is_an_error_and_shows_nothing(
    client: Client, scene: Scene, address: str, query: str, sentence: str
) -> None:
    whole_round(scene.russia)
    said = text_of(client, f"{address}?{query}")
    assert sentence in said
    assert "Russia" not in said
    assert "<title>Error:" in client.get(f"{address}?{query}").content.decode()


# --- Who sees what -----------------------------------------------------------------------------


@pytest.mark.parametrize("address", [HEALTH, VACCINES, HABIB])
def test_what_only_hidden_rounds_mention_is_not_there(
    client: Client, scene: Scene, address: str
) -> None:
    whole_round(scene.russia, visibility="restricted")
    nothing = address.rstrip("/") + "-no-such-thing/"
    for who in (None, scene.eka, scene.budi, scene.citra, scene.dewi):
        reader = signed_in(who) if who else client
        assert reader.get(address).status_code == reader.get(nothing).status_code == 404
    for who in (scene.ayu, scene.root):
        assert "1 round" in text_of(signed_in(who), address)


@pytest.mark.parametrize("address", [HEALTH, VACCINES, HABIB])
def test_each_role_is_told_of_its_own_rounds_alone(
    client: Client, scene: Scene, address: str
) -> None:
    whole_round(scene.russia, 11)
    whole_round(scene.norway, 3, visibility="internal")
    whole_round(scene.fiji, 2, publication="draft")
    whole_round(scene.russia, 12, visibility="restricted")
    for who, seen in (
        (None, {"Russia": 1}),
        (analyst(), {"Russia": 1, "Norway": 1}),
        (scene.eka, {"Russia": 1, "Norway": 1, "Fiji": 1}),
        (scene.budi, {"Russia": 1, "Norway": 1, "Fiji": 1}),
        (scene.citra, {"Russia": 1, "Norway": 1, "Fiji": 1}),
        (scene.dewi, {"Russia": 1, "Norway": 1, "Fiji": 1}),
        (scene.ayu, {"Russia": 2, "Norway": 1, "Fiji": 1}),
        (scene.root, {"Russia": 2, "Norway": 1, "Fiji": 1}),
    ):
        said = text_of(signed_in(who) if who else client, address)
        count = sum(seen.values())
        assert f"{count} round{'s' * (count > 1)} " in said
        for partner in ("Russia", "Norway", "Fiji"):
            assert (f" {partner} {seen.get(partner)} " in said) is (partner in seen), (who, partner)


def test_a_heading_that_only_hidden_rounds_mention_is_not_named(scene: Scene) -> None:
    above = topic("Hidden heading")
    topic("New leaf", above)
    Round.objects.create(
        series=scene.russia, slug="r", status="held", visibility="restricted"
    ).topics.add(above)
    assert "Hidden heading" not in text_of(signed_in(scene.budi), "/topics/new-leaf/")
    assert "Hidden heading New leaf" in text_of(signed_in(scene.ayu), "/topics/new-leaf/")


def test_nothing_recorded_is_said(scene: Scene) -> None:
    topic("New leaf")
    Issue.objects.create(name="New", slug="new")
    Person.objects.create(name="New", slug="new")
    for address in ("/topics/new-leaf/", "/issues/new/", "/people/new/"):
        said = text_of(signed_in(scene.ayu), address)
        assert "Nothing is recorded yet that you may see." in said


# --- How much is asked -------------------------------------------------------------------------


@pytest.mark.parametrize(("address", "queries"), [(HEALTH, 12), (VACCINES, 9), (HABIB, 6)])
@pytest.mark.parametrize("rounds", [1, 3])
def test_a_page_asks_as_often_however_much_it_shows(
    client: Client,
    scene: Scene,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    queries: int,
    rounds: int,
) -> None:
    for edition in range(11, 11 + rounds):
        whole_round(scene.russia, edition)
        whole_round(scene.norway, edition)
    above = topic("Economic rights")
    Topic.objects.filter(slug="right-to-health").update(parent=above)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_of_many_only_the_latest_are_shown_with_the_way_to_all(
    client: Client, scene: Scene
) -> None:
    for edition in range(1, 28):
        whole_round(scene.russia, edition, date=PartialDate(f"{1990 + edition}"))
    assert AgreedPoint.objects.count() == 81
    said = text_of(client, HEALTH)
    assert said.count("Agreed no. ") == 20
    assert "All 81 agreed points as a list" in said
    assert "edition 1 " not in text_of(client, VACCINES).split("Round by round")[1]
    assert "These are the latest 25 rounds; all 27 as a list" in text_of(client, VACCINES)
