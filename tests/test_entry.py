"""Entering a round: what is proposed, lists in pieces, things created in place, the start page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pghistory
import pytest
from django.test import Client
from django.urls import reverse

from dialogues.dates import PartialDate
from dialogues.models import (
    AgreedPoint,
    Issue,
    Participant,
    Person,
    ReviewStep,
    Round,
    Topic,
    UnsavedWork,
    Venue,
)
from dialogues.records.numbered import split_list
from tests.rounds import whole_round
from tests.scene import Scene, scene, signed_in
from tests.test_admin import page_of
from tests.test_two_editors import in_form

__all__ = ["scene"]

ADD = "/admin/dialogues/round/add/"
PROPOSAL = "/admin/dialogues/round/proposal/"
SPLIT = "/admin/dialogues/round/split/"


def words(response: Any) -> str:
    """What a page or a piece of one says, with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


@pytest.fixture
def chain(scene: Scene) -> list[Round]:
    """Three rounds held by turns, the last one in Moscow with its people."""
    moscow, jakarta = (Venue.objects.create(city=city) for city in ("Moscow", "Jakarta"))
    rounds = []
    for edition, host, venue in ((9, "partner", moscow), (10, "own", jakarta)):
        record = scene.round(
            edition=edition, host=host, status="held", date=PartialDate(f"{2010 + edition}")
        )
        record.venues.add(venue)
        rounds.append(record)
    for place, (name, side, role) in enumerate(
        (("Achsanul Habib", "own", "head"), ("Rinat Alyautdinov", "partner", "head"))
    ):
        person = Person.objects.create(name=name, slug=name.lower().replace(" ", "-"))
        Participant.objects.create(
            round=rounds[-1], person=person, side=side, role=role, title="Director", position=place
        )
    return rounds


# --- What is proposed ----------------------------------------------------------------------------


def test_the_next_round_is_proposed_with_reasons(scene: Scene, chain: list[Round]) -> None:
    said = words(signed_in(scene.ayu).get(PROPOSAL, {"series": scene.russia.pk}))
    assert said == (
        "Proposed; nothing is filled in until you take it over. "
        "Take over what is still empty "
        "Edition: 11 The highest so far is 10. "
        "Host: Partner The host changed 1 of 1 times from one round to the next. "
        "Venues: Moscow There this host had the round of 2019. "
        "Who took part in Russia Human Rights Dialogue, edition 10: "
        "Add all 2 "
        "Add Achsanul Habib Own side · Head of delegation · Director "
        "Add Rinat Alyautdinov Partner · Head of delegation · Director"
    )


def test_a_round_that_is_planned_already_is_pointed_to(scene: Scene, chain: list[Round]) -> None:
    scene.round(edition=11, status="planned")
    said = words(signed_in(scene.ayu).get(PROPOSAL, {"series": scene.russia.pk}))
    assert said.startswith("Edition 11 is entered already, as planned. Open it ")
    assert "Edition: 12 The highest so far is 11." in said


def test_nothing_is_proposed_where_nothing_suggests_it(scene: Scene) -> None:
    assert words(signed_in(scene.ayu).get(PROPOSAL, {"series": scene.norway.pk})) == ""


def test_what_an_editor_may_not_know_suggests_nothing(scene: Scene) -> None:
    record = scene.round(scene.fiji, visibility="restricted", host="own", edition=7)
    spy = Person.objects.create(name="Hidden Person", slug="hidden-person")
    Participant.objects.create(round=record, side="own", person=spy)
    ayu = signed_in(scene.ayu)
    assert ayu.get(PROPOSAL, {"series": scene.fiji.pk}).status_code == 404
    assert ayu.get(PROPOSAL, {"series": "no-such"}).status_code == 404
    scene.round(scene.fiji, edition=3, visibility="internal")
    said = words(ayu.get(PROPOSAL, {"series": scene.fiji.pk}))
    assert "Edition: 4" in said
    assert "Hidden" not in said
    assert Client().get(PROPOSAL, {"series": scene.russia.pk}).status_code == 302


def test_a_link_fills_the_form_of_the_next_round_without_a_script(
    scene: Scene, chain: list[Round]
) -> None:
    page = signed_in(scene.ayu).get(ADD, {"series": "russia-dialogue", "people": "last"})
    held = in_form(page)
    assert (held["series"], held["edition"], held["host"]) == (scene.russia.pk, 11, "partner")
    assert held["venues"] == [Venue.objects.get(city="Moscow").pk]
    assert [(held[f"participants-{n}-side"], held[f"participants-{n}-title"]) for n in (0, 1)] == [
        ("own", "Director"),
        ("partner", "Director"),
    ]
    assert "selected>Rinat Alyautdinov" in page.content.decode()
    assert "Filled in as the next round of Russia Human Rights Dialogue is likely to be" in words(
        page
    )
    assert Round.objects.count() == 2


@pytest.mark.parametrize("size", [1, 3])
def test_proposing_asks_as_often_however_long_the_series_is(
    scene: Scene, django_assert_num_queries: Any, size: int
) -> None:
    for edition in range(1, size + 1):
        whole_round(scene.russia, edition)
    ayu = signed_in(scene.ayu)
    ayu.get(PROPOSAL, {"series": scene.russia.pk})
    with django_assert_num_queries(9):
        ayu.get(PROPOSAL, {"series": scene.russia.pk})


# --- Forty points --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 40])
def test_a_round_of_forty_points_opens_in_as_many_queries_as_one(
    scene: Scene, django_assert_num_queries: Any, size: int
) -> None:
    record = scene.round()
    issue = Issue.objects.create(name="Vaccines", slug="vaccines")
    for number in range(1, size + 1):
        point = AgreedPoint.objects.create(
            round=record, number=number, text=f"Point {number}", issue=issue
        )
        point.topics.add(Topic.objects.create(name=f"Topic {number}", slug=f"topic-{number}"))
    ayu = signed_in(scene.ayu)
    ayu.get(page_of(record))
    with django_assert_num_queries(18):
        page = ayu.get(page_of(record))
    # Each is a line that opens; where there are few, they are open.
    assert page.content.decode().count('<details class="part">') == (40 if size == 40 else 0)


# --- A list in pieces ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pasted", "before", "points"),
    [
        ("1. Meet again.\n2. Exchange notes.", "", ["Meet again.", "Exchange notes."]),
        (
            "Both sides agreed:\r\n 1)\tMeet again in\r\n    Moscow;\r\n 2)\tExchange notes.",
            "Both sides agreed:",
            ["Meet again in Moscow;", "Exchange notes."],
        ),
        ("a) One\nb) Two\nc) Three", "", ["One", "Two", "Three"]),
        ("(1) One\n(2) Two", "", ["One", "Two"]),
        ("i. One\nii. Two\niii. Three\niv. Four", "", ["One", "Two", "Three", "Four"]),
        ("• One\n• Two\n  wrapped", "", ["One", "Two wrapped"]),
        ("\uf0b7 One\n\uf0b7 Two", "", ["One", "Two"]),
        ("- One\n– Two", "", ["One", "Two"]),
        ("3. Three\n4. Four\n6. Six", "", ["Three", "Four", "Six"]),
        (
            "1. On health:\n   a) vaccines\n   b) training\n2. On trade",
            "",
            ["On health:\na) vaccines\nb) training", "On trade"],
        ),
        (
            "1. Meet by the end of\n2022. Moscow hosts.\n2. Go on",
            "",
            ["Meet by the end of 2022. Moscow hosts.", "Go on"],
        ),
        ("1. One\n\nStill one.\n\n2. Two", "", ["One\n\nStill one.", "Two"]),
        ("No marks,\nwrapped.\n\nAnother.", "", ["No marks, wrapped.", "Another."]),
        ("One point", "", ["One point"]),
        ("  \n ", "", []),
    ],
)
def test_a_pasted_list_falls_into_its_points(pasted: str, before: str, points: list[str]) -> None:
    assert split_list(pasted) == (before, points)


def test_a_pasted_list_is_answered_in_words_too(scene: Scene) -> None:
    ayu = signed_in(scene.ayu)
    assert ayu.post(SPLIT, {"text": "They agreed:\n1. Meet\n2. Write"}).json() == {
        "before": "They agreed:",
        "points": ["Meet", "Write"],
        "said": "2 points added below; look through them. What stood before the list is left here.",
    }
    assert ayu.post(SPLIT, {"text": ""}).json()["said"] == "There is nothing to split."
    many = ayu.post(SPLIT, {"text": "\n".join(f"- {n}" for n in range(300))}).json()
    assert (many["points"], many["said"]) == (
        [], "That would be 300 points; paste 200 at most at once.",
    )  # fmt: skip
    assert ayu.get(SPLIT).status_code == 405
    assert Client().post(SPLIT, {"text": "1. A"}).status_code == 302


# --- Created in place ----------------------------------------------------------------------------


def offers(client: Client, model: str, field: str, term: str) -> list[str]:
    """What an autocomplete shows for what was typed."""
    address = reverse(f"admin:dialogues_{field}_offers")
    asked = {
        "app_label": "dialogues",
        "model_name": model,
        "field_name": {"person": "person", "topic": "topics", "venue": "venues", "issue": "issue"}[
            field
        ],
        "term": term,
    }
    return [row["text"] for row in client.get(address, asked).json()["results"]]


def create(client: Client, model: str, name: str) -> Any:
    """Take the offer to create it."""
    return client.post(reverse(f"admin:dialogues_{model}_create"), {"name": name})


def test_what_is_spelled_alike_is_shown_before_anything_is_created(scene: Scene) -> None:
    ayu = signed_in(scene.ayu)
    Person.objects.create(name="Rinat Alyautdinov", slug="rinat-alyautdinov")
    assert offers(ayu, "participant", "person", "Rinat Aljautdinow") == [
        "Rinat Alyautdinov (spelled alike)",
        "Create “Rinat Aljautdinow”",
    ]
    assert offers(ayu, "participant", "person", "rinat alyautdinov") == ["Rinat Alyautdinov"]
    assert offers(ayu, "participant", "person", "") == ["Rinat Alyautdinov"]
    answer = create(ayu, "person", "  Rinat   Aljautdinow ")
    made = Person.objects.get(name="Rinat Aljautdinow")
    assert (answer.status_code, answer.json()) == (
        201,
        {
            "id": str(made.pk),
            "text": "Rinat Aljautdinow",
            "said": "“Rinat Aljautdinow” is created.",
        },
    )
    assert made.slug == "rinat-aljautdinow"
    again = create(ayu, "person", "rinat aljautdinow")
    assert (again.status_code, again.json()["id"]) == (200, str(made.pk))


def test_topics_issues_and_venues_are_created_so_too(scene: Scene) -> None:
    ayu = signed_in(scene.ayu)
    for model, name in (("topic", "Right to water"), ("issue", "Impartial council")):
        assert create(ayu, model, name).status_code == 201
    assert Topic.objects.get().slug == "right-to-water"
    assert Issue.objects.get().name == "Impartial council"
    for typed, name, city, country in (
        ("Moscow", "", "Moscow", None),
        ("Hotel Indonesia, Jakarta, Indonesia", "Hotel Indonesia", "Jakarta", "ID"),
        ("Wina, Austria", "", "Wina", "AT"),
        ("Gedung Pancasila, Jakarta", "Gedung Pancasila", "Jakarta", None),
    ):
        answer = create(ayu, "venue", typed)
        venue = Venue.objects.get(pk=answer.json()["id"])
        assert (venue.name, venue.city, venue.country_id) == (name, city, country)
        assert create(ayu, "venue", typed).json()["id"] == str(venue.pk)


def test_only_those_who_may_are_offered_to_create(scene: Scene) -> None:
    eka = signed_in(scene.eka)
    assert offers(eka, "participant", "person", "Nobody") == []
    assert create(eka, "person", "Nobody").status_code == 403
    assert create(Client(), "person", "Nobody").status_code == 302
    assert not Person.objects.exists()


def test_a_name_that_cannot_be_is_refused_in_words(scene: Scene) -> None:
    ayu = signed_in(scene.ayu)
    answer = create(ayu, "person", "x" * 201)
    assert answer.status_code == 400
    assert answer.json()["said"] == ("Ensure this value has at most 200 characters (it has 201).")
    assert create(ayu, "person", " ").json()["said"].startswith("This field is required.")
    assert create(ayu, "venue", ", ").status_code == 400


def test_names_of_what_is_hidden_are_not_offered(scene: Scene) -> None:
    secret = scene.round(scene.fiji, visibility="restricted")
    spy = Person.objects.create(name="Hidden Person", slug="hidden-person")
    Participant.objects.create(round=secret, side="own", person=spy)
    assert offers(signed_in(scene.ayu), "participant", "person", "Hidden Persom") == [
        "Create “Hidden Persom”"
    ]


# --- The start page ------------------------------------------------------------------------------


def start(client: Client) -> dict[str, list[str]]:
    """The sections of the start page: heading with count, and the lines beneath."""
    page = client.get("/admin/").content.decode()
    found = {}
    for part in re.findall(r'(?s)<section class="start__part".*?</section>', page):
        heading = re.search(r"(?s)<h2.*?</h2>", part)
        assert heading
        lines = re.findall(r"(?s)<li>.*?</li>|<p class=\"help\">.*?</p>", part)
        clean = [" ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split()) for text in lines]
        found[" ".join(re.sub(r"<[^>]*>", " ", heading[0]).split())] = clean
    return found


def test_the_start_page_tells_an_officer_what_waits(scene: Scene) -> None:
    with pghistory.context(user=scene.ayu.pk):
        draft = scene.round(edition=1)
        back = scene.round(edition=2)
        ahead = scene.round(edition=3, status="planned", date="2090")
    with pghistory.context(user=scene.budi.pk):
        scene.round(edition=4)
        scene.round(scene.fiji, edition=5, status="planned", date="2089")
    ReviewStep.objects.create(round=back, came_from="draft", went_to="in_review", by=scene.ayu)
    ReviewStep.objects.create(
        round=back, came_from="in_review", went_to="draft", by=scene.citra, note="Add the date"
    )
    AgreedPoint.objects.create(round=draft, number=1, text="Meet", due="2020", status="open")
    AgreedPoint.objects.create(round=draft, number=2, text="Write", due="2020", status="done")
    said = start(signed_in(scene.ayu))
    assert list(said) == [
        "Sent back to me 1", "My drafts 3", "Overdue on my desk 1", "Next rounds of my desk 1",
        "Data checks on my series", "Enter a round",
    ]  # fmt: skip
    title = "Russia Human Rights Dialogue"
    assert said["Sent back to me 1"] == [f"{title}, edition 2 Add the date"]
    assert said["Overdue on my desk 1"] == ["1. Meet Russia · 2020"]
    assert said["Next rounds of my desk 1"] == [f"{title}, edition 3 2090"]
    assert said["Data checks on my series"] == [
        "Rounds held without a date 3",
        "Agreed points without a topic 2",
        "Closed points without evidence 1",
    ]
    assert said["Enter a round"] == [
        f"Next round of {title}", "A round of any series", "Read a press release", "Import a file",
    ]  # fmt: skip
    assert ahead.publication == "draft"


def test_a_publisher_sees_what_is_in_review_and_an_analyst_no_drafts(scene: Scene) -> None:
    scene.round(publication="in_review")
    scene.round(scene.fiji, publication="in_review", visibility="restricted")
    assert "Waiting for me 1" in start(signed_in(scene.citra))
    assert list(start(signed_in(scene.eka))) == ["Overdue on my desk 0", "Next rounds of my desk 0"]


def test_each_count_leads_to_the_list_of_just_that(scene: Scene) -> None:
    with pghistory.context(user=scene.ayu.pk):
        mine = scene.round(edition=1, status="planned")
    with pghistory.context(user=scene.budi.pk):
        scene.round(edition=2)
        fijis = scene.round(scene.fiji, edition=3, status="planned")
    for record in (mine, fijis):
        AgreedPoint.objects.create(round=record, number=1, text="Meet", due="2020")
    AgreedPoint.objects.create(round=mine, number=2, text="Write", due="2090")
    ayu = signed_in(scene.ayu)

    def listed(model: str, query: str) -> set[Any]:
        found = ayu.get(f"/admin/dialogues/{model}/?{query}").context["cl"].queryset
        return {getattr(row, "edition", None) or str(row) for row in found}

    assert listed("round", "publication__exact=draft&whose=written") == {1}
    assert listed("round", "status__in=planned,confirmed&whose=desk") == {1}
    assert listed("agreedpoint", "whose=desk&overdue=yes") == {"1. Meet"}


def test_unsaved_work_is_found_from_the_start_page(scene: Scene) -> None:
    ayu = signed_in(scene.ayu)
    slip = ayu.get(ADD).context["slip"]
    ayu.post("/admin/dialogues/round/keep/", {"slip": slip, "summary": "Half"})
    work = UnsavedWork.objects.get()
    assert f'href="{ADD}?take-up={work.key}"' in ayu.get("/admin/").content.decode()
    assert "Typed and not saved" not in start(signed_in(scene.citra))


@pytest.mark.parametrize("size", [1, 7])
def test_the_start_page_asks_as_often_however_much_waits(
    scene: Scene, django_assert_num_queries: Any, size: int
) -> None:
    with pghistory.context(user=scene.citra.pk):
        for number in range(1, size + 1):
            record = scene.round(scene.norway, edition=number, publication="in_review", date="2090")
            AgreedPoint.objects.create(round=record, number=1, text="Meet", due="2020")
    citra = signed_in(scene.citra)
    citra.get("/admin/")
    # One more for each list that is longer than what is shown of it: in review, and overdue.
    with django_assert_num_queries(11 if size == 1 else 13):
        assert citra.get("/admin/").status_code == 200
