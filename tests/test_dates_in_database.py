"""Partial dates in PostgreSQL: kept, checked, ordered and found by index, as the value says."""

from datetime import date
from typing import Any, ClassVar

import pytest
from django.contrib.postgres.indexes import GistIndex
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models import F
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import Range

from dialogues.dates import DateError, PartialDate, PartialDateField, Span
from tests.test_dates import partial_dates

in_database = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200
)

with isolate_apps("dialogues"):

    class Meeting(models.Model):
        date = PartialDateField(null=True, interval=True)
        due = PartialDateField(null=True)
        objects: ClassVar[models.Manager[Any]] = models.Manager()

        class Meta:
            app_label = "dialogues"
            indexes = [GistIndex(Span("date"), name="test_meeting_span")]

        def __str__(self) -> str:
            return str(self.date)


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Meeting)


def held_on(*dates: str | None) -> None:
    Meeting.objects.bulk_create(
        Meeting(date=PartialDate.from_edtf(text) if text else None) for text in dates
    )


def found(**lookups: Any) -> list[str]:
    return [
        str(day)
        for day in Meeting.objects.filter(**lookups).order_by("date").values_list("date", flat=True)
    ]


def query(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


# --- Kept -----------------------------------------------------------------------------------------


def test_a_date_comes_back_as_it_went_in() -> None:
    Meeting.objects.create(date=PartialDate("2021-10"), due=None)
    meeting = Meeting.objects.get()
    assert (meeting.date, meeting.due) == (PartialDate("2021-10"), None)
    assert query("SELECT date FROM dialogues_meeting") == [("2021-10",)]


def test_text_is_as_good_as_a_value_to_look_up() -> None:
    held_on("2021", "2022", None)
    assert found(date="2021") == found(date=PartialDate("2021")) == ["2021"]
    assert found(date__in=["2021", PartialDate("2022")]) == ["2021", "2022"]
    assert found(date__isnull=True) == ["None"]
    with pytest.raises(ValidationError):
        found(date="15 October 2021")


def test_the_model_refuses_an_interval_where_one_date_is_meant() -> None:
    meeting = Meeting(date="2019/2020", due="2019/2020")
    with pytest.raises(ValidationError) as refused:
        meeting.full_clean()
    assert list(refused.value.message_dict) == ["due"]
    assert meeting.date == PartialDate("2019/2020")


def test_dates_survive_a_fixture() -> None:
    text = serializers.serialize("json", [Meeting(pk=1, date=PartialDate("2021-10"))])
    assert '"date": "2021-10", "due": null' in text
    assert Meeting._meta.get_field("date").to_python("2021-10") == PartialDate("2021-10")


def test_a_migration_names_the_public_places() -> None:
    assert MigrationWriter.serialize(Meeting._meta.get_field("date"))[0] == (
        "dialogues.dates.PartialDateField(interval=True, null=True)"
    )
    assert MigrationWriter.serialize(Span("date"))[0] == "dialogues.dates.Span('date')"


# --- Checked --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "text"),
    [("date", ""), ("date", "2021-04-31"), ("date", "soon"), ("date", "2020/2019"),
     ("date", "2021/2021"), ("due", "2021/2022"), ("due", "2021-13")],
)  # fmt: skip
def test_not_even_raw_sql_stores_what_is_no_date(column: str, text: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO dialogues_meeting ({column}) VALUES (%s)", [text])


def test_the_check_stands_when_the_column_comes_later_or_is_renamed() -> None:
    added, renamed = PartialDateField(null=True), PartialDateField(null=True)
    for field, name in ((added, "promised"), (renamed, "deadline")):
        field.set_attributes_from_name(name)
        field.model = Meeting
    with connection.schema_editor() as editor:
        editor.add_field(Meeting, added)
        editor.alter_field(Meeting, added, renamed)
    query("INSERT INTO dialogues_meeting (deadline) VALUES ('2021-10') RETURNING id")
    with pytest.raises(IntegrityError), transaction.atomic():
        query("INSERT INTO dialogues_meeting (deadline) VALUES ('soon') RETURNING id")


near_dates = st.from_regex(
    r"[0-2][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?(/[0-2][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?)?\n?",
    fullmatch=True,
)


@in_database
@given(near_dates | partial_dates.map(str))
def test_the_database_reads_edtf_as_the_value_does(text: str) -> None:
    [(lower, upper)] = query(
        "SELECT lower(span), upper(span) - 1 FROM dialogues_edtf_span(%s) AS span", text
    )
    try:
        value = PartialDate(text)
    except DateError:
        assert (lower, upper) == (None, None)
    else:
        assert (lower, upper) == (value.earliest, value.latest)


# --- Ordered --------------------------------------------------------------------------------------


@in_database
@given(st.lists(partial_dates, max_size=20, unique=True))
def test_the_database_orders_as_the_value_does(values: list[PartialDate]) -> None:
    Meeting.objects.all().delete()
    Meeting.objects.bulk_create(Meeting(date=value) for value in values)
    dates = Meeting.objects.order_by("date").values_list("date", flat=True)
    assert list(dates) == sorted(values)


def test_what_has_no_date_comes_last_when_asked_to() -> None:
    held_on("2022", None, "2021-12-31")
    rows = Meeting.objects.order_by(F("date").desc(nulls_last=True))
    assert [str(meeting.date) for meeting in rows] == ["2022", "2021-12-31", "None"]


# --- Found ----------------------------------------------------------------------------------------

MARCH = (date(2022, 3, 1), date(2022, 3, 31))


def test_a_filter_finds_what_may_and_what_must_fall_within() -> None:
    held_on("2021", "2022", "2022-02-28/2022-03-01", "2022-03", "2022-03-31", "2022-04", None)
    assert found(date__may_fall=MARCH) == ["2022", "2022-02-28/2022-03-01", "2022-03", "2022-03-31"]
    assert found(date__must_fall=MARCH) == ["2022-03", "2022-03-31"]
    assert found(date__may_fall=("2022-03", PartialDate("2022-03"))) == found(date__may_fall=MARCH)


def test_either_side_may_be_open() -> None:
    held_on("2021", "2022", "2023", None)
    assert found(date__may_fall=(date(2022, 6, 1), None)) == ["2022", "2023"]
    assert found(date__must_fall=(None, "2022")) == ["2021", "2022"]
    assert found(date__may_fall=(None, None)) == ["2021", "2022", "2023"]


def test_nothing_lies_between_a_later_beginning_and_an_earlier_end() -> None:
    held_on("2021", "2022")
    assert found(date__may_fall=("2022", "2021")) == []


def test_the_span_itself_can_be_asked() -> None:
    held_on("2021", "2022", "2022-03")
    march = Range(*MARCH, "[]")
    assert found(date__span__overlap=march) == ["2022", "2022-03"]
    assert found(date__span__contained_by=march) == ["2022-03"]


def test_what_is_excluded_is_the_rest() -> None:
    held_on("2021", "2022", None)
    rest = Meeting.objects.exclude(date__may_fall=("2022", None))
    assert {str(meeting.date) for meeting in rest} == {"2021", "None"}


days = st.none() | st.dates()


@in_database
@given(st.lists(partial_dates, max_size=10, unique=True), days, days)
def test_the_database_finds_what_the_value_says(
    values: list[PartialDate], start: date | None, end: date | None
) -> None:
    if start and end and end < start:
        start, end = end, start
    Meeting.objects.all().delete()
    Meeting.objects.bulk_create(Meeting(date=value) for value in values)
    may = sorted(value for value in values if value.may_fall_within(start, end))
    must = sorted(value for value in values if value.must_fall_within(start, end))
    assert found(date__may_fall=(start, end)) == [str(value) for value in may]
    assert found(date__must_fall=(start, end)) == [str(value) for value in must]


def test_a_month_among_a_hundred_thousand_is_found_by_index() -> None:
    query(
        "WITH made AS (INSERT INTO dialogues_meeting (date)"
        " SELECT (DATE '1925-01-01' + mod(n, 36500))::text FROM generate_series(1, 100000) AS n"
        " RETURNING 1) SELECT count(*) FROM made"
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE dialogues_meeting")
    for lookup in ("may_fall", "must_fall"):
        plan = Meeting.objects.filter(**{f"date__{lookup}": MARCH}).explain()
        assert "test_meeting_span" in plan, plan
