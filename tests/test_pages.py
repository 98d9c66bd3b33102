"""What people read: a round, an agreed point, signing in, and errors."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from dialogues.dates import PartialDate
from dialogues.models import Round, Source
from tests.rounds import published, whole_round
from tests.scene import PASSWORD, Scene, scene, signed_in

__all__ = ["scene"]

pytestmark = pytest.mark.django_db

ROUND = "/rounds/russia-dialogue-11/"
POINT = "/agreed-points/russia-dialogue-11.1/"


def text_of(client: Client, address: str, status: int = 200) -> str:
    """What a page says: its words without its marks, with single spaces."""
    answer = client.get(address)
    assert answer.status_code == status
    body = re.sub(r"(?s)^.*<main|</main>.*$", "", answer.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def test_a_round_tells_everything_that_it_holds(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    said = text_of(client, ROUND)
    for words in (
        "Russia Human Rights Dialogue, edition 11",
        "15 October 2021",
        "Hybrid",
        "Half of each delegation in a room",
        "Moscow, Russia",
        "Jakarta, Indonesia",
        "Led for Indonesia Achsanul Habib Director A",
        "Led for Russia Rinat Alyautdinov Director R Maria Ivanova Director M",
        "Also for Indonesia Siti Aminah Director S Opened the meeting",
        "Host Russia",
        "They compared what works. Then they agreed.",
        "Raised by own",
        "Raised by partner",
        "Both sides Raised by both",
        "Issue across rounds Access to vaccines",
        "Agreed no. 3",
        "Original text, Indonesian Kesepakatan 1",
        "Open Overdue",
        "Responsible: Indonesia",
        "Due June 2022",
        "2022 · In progress Done about 1",
        "is cited as russia-dialogue-11.2",
        "In Moscow, at an appropriate time.",
        "A seminar",
        "14 October 2021 Bogor",
        "Dialog ke-11 In the words of: Indonesia Press release The ministry 19 October 2021",
    ):
        assert words in said
    assert "Secret" not in said
    assert "Not recorded" not in said
    assert "Edit this round" not in said


def test_what_is_not_recorded_is_said_once(client: Client, scene: Scene) -> None:
    published(scene.russia, edition=11)
    said = text_of(client, ROUND)
    assert said.count("Not recorded") == 1
    assert (
        "Not recorded: date, format, place, host, who led for Indonesia, who led for Russia, "
        "summary, what each side raised, what was agreed, sources."
    ) in said


def test_a_planned_round_is_not_expected_to_have_results(client: Client, scene: Scene) -> None:
    published(
        scene.russia, edition=11, status="planned", date=PartialDate("2022"), format="in_person"
    )
    assert "Not recorded: place, host." in text_of(client, ROUND)


def test_a_round_shows_its_neighbours_as_far_as_the_reader_sees_them(
    client: Client, scene: Scene
) -> None:
    published(scene.russia, edition=4, date=PartialDate("2010"))
    published(scene.russia, edition=11, date=PartialDate("2021-10-15"))
    published(scene.russia, edition=12, status="planned", visibility="internal")
    published(scene.russia, slug="between", date=PartialDate("2015"))
    said = text_of(client, ROUND)
    assert (
        "Round 3 of 3 recorded Edition 4 2010 2015 6 editions not recorded Edition 11 "
        "15 October 2021 Previous round"
    ) in said
    assert "Next round" not in said
    assert "Edition 12 Planned" in text_of(signed_in(scene.eka), ROUND)


def test_staff_see_notes_where_it_stands_and_the_way_to_change_it(scene: Scene) -> None:
    whole_round(scene.russia)
    officer, other, analyst = map(signed_in, (scene.ayu, scene.budi, scene.eka))
    seen = text_of(officer, ROUND)
    assert seen.count("Secret") == 7
    assert "Published Public updated" in seen
    assert "Edit this round" in seen
    assert "Edit this round" not in text_of(other, ROUND)
    assert "Secret of the point" in text_of(other, POINT)
    assert scene.eka.is_staff
    assert "Edit this round" not in text_of(analyst, ROUND)


def test_links_lead_out_only_to_the_web(client: Client, scene: Scene) -> None:
    round_ = published(scene.russia, edition=11)
    for url in ("javascript:alert(1)", "https://example.org/a?b=1&c=2"):
        Source.objects.create(round=round_, title=f"Read {url[:4]}", url=url)
    page = client.get(ROUND).content.decode()
    assert "javascript:" not in page
    assert (
        '<a href="https://example.org/a?b=1&amp;c=2" rel="external nofollow">Read http</a>' in page
    )


def test_what_is_written_is_never_taken_for_markup(client: Client, scene: Scene) -> None:
    published(scene.russia, edition=11, summary="<script>alert(1)</script>")
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(ROUND).content


def test_a_point_has_one_address(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    said = text_of(client, POINT)
    for words in ("Agreed point 1", "Agreed no. 1", "Kesepakatan 1", "Done about 1", "Overdue"):
        assert words in said
    assert '<blockquote class="prose" lang="id">' in client.get(POINT).content.decode()
    for wrong in ("11.01", "11.4", "11.99999", "12.1", "11", "11.x", "11.1.1"):
        assert client.get(f"/agreed-points/russia-dialogue-{wrong}/").status_code == 404


@pytest.mark.parametrize(("address", "queries"), [(ROUND, 6), (POINT, 1)], ids=["round", "point"])
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
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_a_wrong_password_is_said_in_plain_words(client: Client, scene: Scene) -> None:
    wrong = client.post("/accounts/login/", {"username": "ayu", "password": "guess"})
    assert "This user name and password do not belong together." in wrong.content.decode()
    assert 'value="ayu"' in wrong.content.decode()
    right = client.post(
        "/accounts/login/", {"username": "ayu", "password": PASSWORD, "next": "/rounds/"}
    )
    assert (right.status_code, right["Location"]) == (302, "/rounds/")


def test_whoever_guesses_on_is_locked_out_for_a_while(client: Client, scene: Scene) -> None:
    for _ in range(5):
        last = client.post("/accounts/login/", {"username": "ayu", "password": "guess"})
    assert "Too many attempts" in last.content.decode()


def test_the_language_changes_by_a_button(client: Client, scene: Scene) -> None:
    whole_round(scene.russia)
    client.post("/i18n/setlang/", {"language": "id", "next": ROUND})
    page = client.get(ROUND).content.decode()
    assert '<html lang="id">' in page
    assert "15 Oktober 2021" in page


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_errors_are_told_in_pages_of_our_own_even_without_a_request(name: str) -> None:
    with translation.override("en"):
        page = render_to_string(f"{name}.html")
    assert page.count("<h1>") == 1
    assert "Go to the overview" in page


def test_a_page_that_is_not_there_says_no_more(client: Client, scene: Scene) -> None:
    hidden = published(scene.russia, edition=11, publication="draft")
    assert Round.objects.get() == hidden
    assert text_of(client, ROUND, 404) == text_of(client, "/rounds/never-was/", 404)
