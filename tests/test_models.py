"""What the database itself refuses, whoever writes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from dialogues.models import (
    AgreedPoint,
    Country,
    FollowUp,
    Participant,
    Partner,
    Person,
    RelatedEvent,
    Round,
    Series,
    Source,
    Statement,
    Topic,
    Venue,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def series() -> Series:
    russia = Partner.objects.create(code="RU", name="Russia", kind="country")
    return Series.objects.create(title="Dialogue", slug="dialogue", partner=russia)


@pytest.fixture
def eleventh(series) -> Round:
    return Round.objects.create(series=series, edition=11, slug="dialogue-11", status="held")


def refused(write) -> None:
    """Assert that the database refuses a write by a constraint, not by a form."""
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.mark.parametrize(
    "said",
    [
        {"status": "over"},
        {"format": "hologram"},
        {"host": "nobody"},
        {"visibility": "secret"},
        {"publication": "printed"},
        {"edition": 0},
        {"slug": "With Spaces"},
        {"slug": ""},
    ],
    ids=str,
)
def test_a_rounds_words_and_numbers(series, said):
    refused(
        lambda: Round.objects.create(**{"series": series, "status": "held", "slug": "a"} | said)
    )


def test_dates_that_are_none(series):
    for text in ("2021-02-30", "2021-13", "soon", "2021-10-15T10:00", "2021-05/2021-04", "21"):
        with (
            pytest.raises(IntegrityError, match="date"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "INSERT INTO dialogues_round (series_id, slug, status, date, format, format_note,"
                " host, summary, next_round_note, internal_note, visibility, publication)"
                " VALUES (%s, 'x', 'held', %s, 'unknown', '', 'unknown', '', '', '', 'public',"
                " 'draft')",
                [series.pk, text],
            )


def test_an_edition_stands_once_in_a_series_but_rounds_without_one_may_be_many(series, eleventh):
    refused(lambda: Round.objects.create(series=series, edition=11, slug="b", status="held"))
    Round.objects.create(series=series, slug="b", status="held")
    Round.objects.create(series=series, slug="c", status="held")
    assert Round.objects.count() == 3


def test_an_interval_stands_only_where_one_is_meant(eleventh):
    Round.objects.filter(pk=eleventh.pk).update(date="2021-10-15/2021-10-16")
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        AgreedPoint.objects.create(round=eleventh, number=1, text="a", due="2021-01-01/2021-01-02")


def test_partners_codes_fit_their_kind():
    Partner.objects.create(code="EU", name="European Union", kind="organisation")
    refused(lambda: Partner.objects.create(code="XX", name="Nowhere", kind="country"))
    refused(lambda: Partner.objects.create(code="AU", name="African Union", kind="organisation"))
    refused(lambda: Partner.objects.create(code="eu", name="lower case", kind="organisation"))
    refused(lambda: Partner.objects.create(code="EU", name="again", kind="organisation"))


def test_parts_of_a_round(eleventh):
    person = Person.objects.create(name="A", slug="a")
    refused(lambda: Participant.objects.create(round=eleventh, person=person, side="both"))
    refused(
        lambda: Participant.objects.create(round=eleventh, person=person, side="own", role="boss")
    )
    refused(lambda: Statement.objects.create(round=eleventh, side="third", text="a"))
    refused(lambda: Statement.objects.create(round=eleventh, side="own", text=""))
    refused(lambda: Source.objects.create(round=eleventh))
    refused(lambda: Source.objects.create(round=eleventh, title="a", side="nobody"))
    refused(lambda: RelatedEvent.objects.create(round=eleventh, title=""))


def test_points_are_numbered_once_from_one_and_their_words_are_known(eleventh):
    point = AgreedPoint.objects.create(round=eleventh, number=1, text="a")
    refused(lambda: AgreedPoint.objects.create(round=eleventh, number=1, text="b"))
    refused(lambda: AgreedPoint.objects.create(round=eleventh, number=0, text="b"))
    refused(lambda: AgreedPoint.objects.create(round=eleventh, number=2, text=""))
    refused(lambda: AgreedPoint.objects.create(round=eleventh, number=2, text="b", status="kept"))
    refused(lambda: AgreedPoint.objects.create(round=eleventh, number=2, text="b", kind="oath"))
    refused(
        lambda: AgreedPoint.objects.create(round=eleventh, number=2, text="b", responsible="us")
    )
    refused(lambda: FollowUp.objects.create(point=point, status="kept"))


def test_a_venue_says_something_and_stands_once():
    refused(Venue.objects.create)
    Venue.objects.create(city="Moscow", country_id="RU")
    refused(lambda: Venue.objects.create(city="Moscow", country_id="RU"))
    Venue.objects.create(city="Moscow")
    refused(lambda: Venue.objects.create(city="Moscow"))


def test_a_topic_never_lies_under_itself():
    top = Topic.objects.create(name="Rights", slug="rights")
    middle = Topic.objects.create(name="Social rights", slug="social", parent=top)
    leaf = Topic.objects.create(name="Health", slug="health", parent=middle)
    refused(lambda: Topic.objects.filter(pk=top.pk).update(parent=top))
    refused(lambda: Topic.objects.filter(pk=top.pk).update(parent=leaf))
    top.parent = leaf
    with pytest.raises(ValidationError, match="cannot lie under itself"):
        top.full_clean()
    assert set(Topic.objects.under(["social"])) == {middle, leaf}


def test_what_rounds_refer_to_cannot_be_taken_away(series, eleventh):
    for thing in (series, series.partner):
        with pytest.raises(DatabaseError), transaction.atomic():
            thing.delete()


def test_every_country_has_a_name_in_both_languages_that_the_ministry_may_correct():
    assert Country.objects.count() == 249
    russia = Country.objects.get(code="RU")
    assert (russia.name, russia.name_id) == ("Russia", "Rusia")
    refused(lambda: Country.objects.create(code="XK", name="a", name_id="b"))


@pytest.mark.parametrize(
    "write",
    [
        lambda r: Round.objects.filter(pk=r.pk).update(summary="new"),
        lambda r: Statement.objects.create(round=r, side="own", text="a"),
        lambda r: r.topics.add(Topic.objects.create(name="T", slug="t")),
        lambda r: FollowUp.objects.create(
            point=AgreedPoint.objects.create(round=r, number=1, text="a")
        ),
    ],
    ids=["the round itself", "a part", "a link", "a part of a part"],
)
def test_any_write_to_a_round_or_its_parts_moves_when_it_was_updated(eleventh, write):
    long_ago = "2001-01-01T00:00:00Z"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers for once
        cursor.execute("UPDATE dialogues_round SET updated = %s", [long_ago])
        cursor.execute("SET LOCAL session_replication_role = origin")
    write(eleventh)
    eleventh.refresh_from_db()
    assert eleventh.updated.year > 2001
