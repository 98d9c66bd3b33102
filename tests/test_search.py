"""Full text: what is found, by whom, and that it stays true whoever writes."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from dialogues.models import (
    AgreedPoint,
    Country,
    FollowUp,
    Issue,
    Participant,
    Partner,
    Person,
    PointWords,
    RelatedEvent,
    Round,
    RoundWords,
    Series,
    Source,
    Statement,
    Topic,
    Venue,
)
from dialogues.queries.search import matching_points, matching_rounds

pytestmark = pytest.mark.django_db

EVERY_ROUND: QuerySet[Round] = Round.objects.all()


@pytest.fixture(autouse=True)
def series(db: None) -> Series:
    partner = Partner.objects.create(code="RU", kind="country", name="Russia", name_id="Rusia")
    return Series.objects.create(title="Human Rights Dialogue", slug="s", partner=partner)


@pytest.fixture
def meeting(series: Series) -> Round:
    return a_round(series, "r1")


def a_round(series: Series, slug: str, **fields: str) -> Round:
    return Round.objects.create(series=series, slug=slug, status="held", **fields)


def found(text: str, *, staff: bool = False) -> list[str]:
    matching = matching_rounds(EVERY_ROUND.all(), text, staff=staff)
    return sorted(matching.values_list("slug", flat=True))


def points_found(text: str, *, staff: bool = False) -> list[int]:
    matching = matching_points(AgreedPoint.objects.all(), text, staff=staff)
    return sorted(matching.values_list("number", flat=True))


def sql(statement: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def kept() -> tuple[list[object], list[object]]:
    """All words as the triggers left them."""
    return (
        list(RoundWords.objects.order_by("pk").values_list("pk", "public", "staff")),
        list(PointWords.objects.order_by("pk").values_list("pk", "public", "staff")),
    )


def assert_true() -> None:
    """What the triggers kept is what reading everything anew gives."""
    before = kept()
    sql("DELETE FROM dialogues_roundwords")
    sql("DELETE FROM dialogues_pointwords")
    sql("SELECT dialogues_refresh_words(ARRAY(SELECT id FROM dialogues_round))")
    assert kept() == before


LANGUAGES = {
    "vaccine": "both en",
    "vaccines": "both en",
    "prihatin": "both id",
    "keprihatinan": "both id",
    "vaccines prihatin": "both",
    "vaccine or prihatin": "both en id",
    "vaccines -keprihatinan": "en",
    "-vaccines": "id nordic",
    "-vaccine -prihatin": "nordic",
    '"fair access"': "en",
    '"access fair"': "",
    '"access to vaccines"': "en",
    '-"fair access" vaccine': "both",
    '"fair access" or "minister Støre"': "en nordic",
    "tromso": "nordic",
    "Tromsø": "nordic",
    "TROMSO": "nordic",
    "store": "nordic",
    "Støre": "nordic",
    "ärzte": "nordic",
    "arzte cafe": "nordic",
    "covid": "both",
    "COVID-19": "both",
    "19": "both",
    "development": "both",
    "the vaccine": "both en",
    "akses dan vaksin": "id",
}


def test_words_are_found_in_the_forms_of_both_languages(series: Series) -> None:
    a_round(series, "en", summary="Fair access to vaccines is a right.")
    a_round(series, "id", summary="Menteri menyatakan keprihatinan: akses yang adil ke vaksin.")
    a_round(
        series, "both", summary="A vaccine against COVID-19; health/development. Mereka prihatin."
    )
    a_round(series, "nordic", summary="In Tromsø, minister Støre’s «A\u0308rzte»🙂in\u00a0cafés.")
    assert {text: " ".join(found(text)) for text in LANGUAGES} == LANGUAGES


@pytest.mark.parametrize(
    "text",
    ["the", "of the and", "dan", "%", "'", "\\", "😀", "''; --", "-", '"', '""', "or", "or or",
     "\0", "-the", "   "],
)  # fmt: skip
def test_what_has_no_words_finds_nothing_and_breaks_nothing(meeting: Round, text: str) -> None:
    assert not found(text)
    assert not found(text, staff=True)
    assert not points_found(text)


@pytest.mark.parametrize(
    "text",
    ['"human rights', 'human" rights', "human or", "or human", "hu%man or human's", "human -",
     "😀 human", "human & ! | ( ) : *", "human -the"],
)  # fmt: skip
def test_signs_beside_words_do_no_harm(meeting: Round, text: str) -> None:
    assert found(text) == ["r1"]


IN_THE_DOCUMENT = (
    "human rusia russia summarised nextly formatted ivan vanya sergeevich director ministry "
    "kremlin moscow federasi tree pohon raised agreed sepakat followed gazette headline noted "
    "seminar opening bogor aside lifelong seumur mentioned"
)


def test_the_whole_document_is_searched(meeting: Round) -> None:
    fill(meeting)
    words = IN_THE_DOCUMENT.split()
    assert [word for word in words if found(word) != ["r1"]] == []
    assert [word for word in words if points_found(word) == [1]] == [
        "tree", "pohon", "agreed", "sepakat", "followed", "lifelong", "seumur",
    ]  # fmt: skip


def fill(meeting: Round) -> None:
    """A word of its own in everything that belongs to a round."""
    Round.objects.update(
        summary="summarised", next_round_note="nextly", format_note="formatted",
        internal_note="confidential",
    )  # fmt: skip
    Country.objects.filter(code="RU").update(name_id="Federasi")
    person = Person.objects.create(slug="ivan", name="Ivan", also_written=["Vanya"])
    Participant.objects.create(
        round=meeting, person=person, side="own", name="Sergeevich", title="Director",
        institution="Ministry",
    )  # fmt: skip
    venue = Venue.objects.create(name="Kremlin", city="Moscow", country_id="RU")
    meeting.venues.add(venue)
    topic = Topic.objects.create(slug="tree", name="Tree", name_id="Pohon")
    issue = Issue.objects.create(slug="long", name="Lifelong", name_id="Seumur")
    statement = Statement.objects.create(
        round=meeting, side="own", text="raised", issue=issue, internal_note="hushed"
    )
    statement.topics.add(topic)
    point = AgreedPoint.objects.create(
        round=meeting, number=1, text="agreed", original_text="sepakat", issue=issue,
        internal_note="whispered",
    )  # fmt: skip
    point.topics.add(topic)
    FollowUp.objects.create(point=point, note="followed")
    source = Source.objects.create(
        round=meeting, publisher="gazette", title="headline", note="noted"
    )
    source.topics.add(Topic.objects.create(slug="mentioned", name="Mentioned"))
    RelatedEvent.objects.create(
        round=meeting, kind="seminar", title="opening", place="Bogor", note="aside"
    )


def test_internal_notes_are_words_for_staff_alone(meeting: Round) -> None:
    fill(meeting)
    for word in ("confidential", "hushed", "whispered"):
        assert (found(word), found(word, staff=True)) == ([], ["r1"])
    assert (points_found("whispered"), points_found("whispered", staff=True)) == ([], [1])
    assert points_found("confidential", staff=True) == []
    # One query may speak of the note and of what it is a note to; and exclude what is noted.
    assert found("summarised confidential", staff=True) == ["r1"]
    assert found("summarised -confidential", staff=True) == []
    assert found("summarised -confidential") == ["r1"]
    assert RoundWords.objects.exclude(staff=None).count() == 1
    Round.objects.update(internal_note="")
    Statement.objects.update(internal_note="")
    AgreedPoint.objects.update(internal_note="")
    assert RoundWords.objects.exclude(staff=None).count() == 0
    assert found("summarised", staff=True) == ["r1"]


CHANGES = [
    "UPDATE dialogues_round SET summary = 'different'",
    "UPDATE dialogues_round SET internal_note = 'different'",
    "UPDATE dialogues_series SET title = 'different'",
    "UPDATE dialogues_partner SET name_id = 'different'",
    "UPDATE dialogues_country SET name = 'different' WHERE code = 'RU'",
    "UPDATE dialogues_venue SET city = 'different'",
    "UPDATE dialogues_person SET also_written = '{different}'",
    "UPDATE dialogues_participant SET title = 'different'",
    "UPDATE dialogues_topic SET name = 'different'",
    "UPDATE dialogues_topic SET name_id = 'different'",
    "UPDATE dialogues_issue SET name = 'different'",
    "UPDATE dialogues_statement SET text = 'different'",
    "UPDATE dialogues_statement SET internal_note = 'different'",
    "UPDATE dialogues_agreedpoint SET original_text = 'different'",
    "UPDATE dialogues_agreedpoint SET internal_note = 'different'",
    "UPDATE dialogues_followup SET note = 'different'",
    "UPDATE dialogues_source SET publisher = 'different'",
    "UPDATE dialogues_relatedevent SET place = 'different'",
]

REMOVALS = [
    "participant", "round_venues", "round_topics", "statement_topics", "source_topics",
    "agreedpoint_topics", "followup", "relatedevent",
]  # fmt: skip


def test_words_stay_true_when_anything_is_changed_in_sql(meeting: Round) -> None:
    fill(meeting)
    assert_true()
    for change in CHANGES:
        sql(change)
        assert found("different", staff=True) == ["r1"], change
        assert_true()
        sql(change.replace("'{different}'", "'{}'").replace("'different'", "'ordinary'"))
        assert found("different", staff=True) == [], change
    for table in REMOVALS:
        sql(f"DELETE FROM dialogues_{table}")
        assert_true()
    for table in ("agreedpoint", "statement", "source"):
        sql(f"DELETE FROM dialogues_{table}")
        assert_true()
    assert found("ordinary", staff=True) == ["r1"]
    sql("DELETE FROM dialogues_round")
    assert kept() == ([], [])


def test_what_moves_to_another_round_takes_its_words_along(series: Series, meeting: Round) -> None:
    other = a_round(series, "r2")
    fill(meeting)
    for model, word in ((Statement, "raised"), (AgreedPoint, "agreed"), (Source, "headline")):
        assert found(word) == ["r1"]
        model.objects.update(round=other)
        assert found(word) == ["r2"]
    assert_true()


def test_deleting_a_round_leaves_no_words(meeting: Round) -> None:
    fill(meeting)
    meeting.delete()
    assert kept() == ([], [])


def test_words_stay_true_under_copy_and_many_rows_at_once(series: Series) -> None:
    Round.objects.bulk_create(
        Round(series=series, slug=f"r{n}", status="held", summary=f"number{n}") for n in range(5)
    )
    ids = list(EVERY_ROUND.order_by("slug").values_list("pk", flat=True))
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY dialogues_agreedpoint (round_id, number, text, original_text, original_language,"
            " kind, status, internal_note) FROM STDIN"
        ) as copy,
    ):
        for pk in ids:
            copy.write_row((pk, 1, f"copied{pk}", "", "", "other", "open", "note"))
    assert found(f"copied{ids[3]}") == ["r3"]
    assert found("note", staff=True) == ["r0", "r1", "r2", "r3", "r4"]
    AgreedPoint.objects.filter(round__in=ids[:2]).update(text="overwritten")
    assert found("overwritten") == ["r0", "r1"]
    assert_true()


def test_an_import_may_keep_the_words_for_later(series: Series) -> None:
    sql("SET LOCAL dialogues.words_later = 'on'")
    first, second = a_round(series, "r1"), a_round(series, "r2")
    Statement.objects.create(round=first, side="own", text="postponed")
    assert kept() == ([], [])
    sql("SELECT dialogues_refresh_words(%s)", [first.pk, second.pk])
    sql("SET LOCAL dialogues.words_later = ''")
    assert found("postponed") == ["r1"]
    assert_true()


def test_rounds_that_stood_before_there_was_search_are_found(meeting: Round) -> None:
    fill(meeting)
    before = kept()
    sql("DELETE FROM dialogues_roundwords")
    sql("DELETE FROM dialogues_pointwords")
    sql(import_module("dialogues.migrations.0003_search").FILL)
    assert kept() == before


def test_words_are_neither_history_nor_a_change_of_the_round(meeting: Round) -> None:
    fill(meeting)
    sql("UPDATE dialogues_round SET updated = '2020-01-01'")
    updated = Round.objects.get().updated
    events = Round.pgh_event_models  # type: ignore[attr-defined]
    before = {name: model.objects.count() for name, model in events.items()}
    sql("UPDATE dialogues_topic SET name = 'renamed'")
    sql("SELECT dialogues_refresh_words(ARRAY(SELECT id FROM dialogues_round))")
    assert found("renamed") == ["r1"]
    assert Round.objects.get().updated == updated
    assert {name: model.objects.count() for name, model in events.items()} == before


def test_no_text_is_too_long_to_be_written(series: Series) -> None:
    """A text vector holds a megabyte; what would not fit is not searched, but kept all the same."""
    long = " ".join(f"w{number:x}ø" for number in range(200_000))
    meeting = a_round(series, "r1", summary=f"beginning {long}", internal_note=long)
    for number in range(1, 4):
        AgreedPoint.objects.create(round=meeting, number=number, text=f"point{number} {long}")
    assert found("beginning point1") == ["r1"]
    assert points_found("point3") == [3]


def test_repeated_questions_mean_or_even_with_open_quotations(meeting: Round) -> None:
    assert found('"nothing at all') == []
    assert found('"nothing at all" or "human rights') == ["r1"]
