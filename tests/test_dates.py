"""Partial dates: what they mean, how they read, how people write them, and what forms say."""

import json
from contextlib import suppress
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dialogues.dates import (
    DateError,
    PartialDate,
    PartialDateFormField,
    PartialDateInput,
    understand,
)
from dialogues.views.understand_date import understand_date

single_dates = st.one_of(
    st.integers(1, 9999).map(lambda year: f"{year:04}"),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(date.isoformat),
).map(PartialDate.from_edtf)
intervals = (
    st.tuples(single_dates, single_dates)
    .filter(lambda ends: ends[0].earliest <= ends[1].latest)
    .map(lambda ends: PartialDate.from_edtf(f"{ends[0]}/{ends[1]}"))
)
partial_dates = single_dates | intervals

AMBIGUOUS = (
    "In “%s” day and month cannot be told apart. Write the month as a word, as in 5 October 2021,"
    " or the year first, as in 2021-10-05."
)
ONE_DATE_ONLY = (
    "Here one date is meant, not a beginning and an end. Write it like 15 October 2021,"
    " October 2021 or 2021."
)


def refusal(text: str) -> str:
    with pytest.raises(DateError) as refused:
        understand(text)
    return str(refused.value)


# --- What a date means ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "precision", "earliest", "latest"),
    [
        ("2022", "year", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-10-15", "day", date(2021, 10, 15), date(2021, 10, 15)),
        ("2006-02-27/2006-03-01", "interval", date(2006, 2, 27), date(2006, 3, 1)),
        ("2019/2020-03", "interval", date(2019, 1, 1), date(2020, 3, 31)),
        ("2019-05/2019", "interval", date(2019, 5, 1), date(2019, 12, 31)),
        ("0001", "year", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12", "month", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_means_the_days_from_its_earliest_to_its_latest(
    edtf: str, precision: str, earliest: date, latest: date
) -> None:
    value = PartialDate.from_edtf(edtf)
    assert (str(value), value.precision, value.earliest, value.latest) == (
        edtf,
        precision,
        earliest,
        latest,
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2021-04-31", "There is no 31 April: April 2021 has 30 days."),
        ("2022-02-29", "There is no 29 February: February 2022 has 28 days."),
        ("2021-13", "There is no month 13."),
        ("0000", "There is no year 0; years run from 0001 to 9999."),
        (
            "2020-01-02/2019-12-29",
            "The end, 29 December 2019, lies before the beginning, 2 January 2020.",
        ),
    ],
)
def test_an_impossible_date_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match="^" + reason.replace(".", r"\.") + "$"):
        PartialDate.from_edtf(text)


@pytest.mark.parametrize(
    "text",
    ["", " 2021", "2021 ", "2021-1", "21", "2021-10-15T09:00", "2021~", "2021/..", "2021/", "/2021",
     "20211015", "2021-10-15/2021-10-16/2021-10-17", "٢٠٢١", "2021\n", "15 October 2021"],
)  # fmt: skip
def test_whatever_is_not_level_0_is_no_edtf(text: str) -> None:
    with pytest.raises(DateError, match="is not a date as in 2021, 2021-10"):
        PartialDate.from_edtf(text)


def test_an_interval_from_a_date_to_itself_is_that_date() -> None:
    assert PartialDate.from_edtf("2021-10-15/2021-10-15") == PartialDate("2021-10-15")
    with pytest.raises(DateError, match="write the date once"):
        PartialDate("2021-10-15/2021-10-15")


def test_dates_are_values() -> None:
    assert {PartialDate("2021"), PartialDate.from_edtf("2021")} == {PartialDate("2021")}
    with pytest.raises(AttributeError):
        PartialDate("2021").edtf = "2022"  # type: ignore[misc]


def test_the_earlier_beginning_comes_first_and_the_wider_before_the_narrower() -> None:
    in_order = ["2021-12-31", "2022", "2022-01", "2022-01-01", "2022-01-01/2022-01-02",
                "2022-01-02", "2022-01/2022-02", "2022-02", "2022/2023", "2023"]  # fmt: skip
    assert [str(value) for value in sorted(map(PartialDate, reversed(in_order)))] == in_order


@given(single_dates, single_dates)
def test_order_never_puts_a_later_beginning_first(one: PartialDate, other: PartialDate) -> None:
    if one.earliest < other.earliest:
        assert one < other


@given(partial_dates, st.dates(), st.dates())
def test_what_must_fall_within_may_fall_within(value: PartialDate, one: date, other: date) -> None:
    start, end = sorted([one, other])
    assert value.must_fall_within(value.earliest, value.latest)
    assert value.may_fall_within(start, end) or not value.must_fall_within(start, end)


def test_a_year_may_fall_within_one_of_its_months_but_need_not() -> None:
    year, march = PartialDate("2022"), (date(2022, 3, 1), date(2022, 3, 31))
    assert year.may_fall_within(*march)
    assert not year.must_fall_within(*march)
    assert year.must_fall_within(date(2022, 1, 1), None)
    assert not year.may_fall_within(None, date(2021, 12, 31))


# --- How it reads ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "english", "indonesian"),
    [
        ("2021", "2021", "2021"),
        ("2021-10", "October 2021", "Oktober 2021"),
        ("2021-10-15", "15 October 2021", "15 Oktober 2021"),
        ("2019-11-05/2019-11-06", "5–6 November 2019", "5–6 November 2019"),
        ("2006-02-27/2006-03-01", "27 February – 1 March 2006", "27 Februari – 1 Maret 2006"),
        (
            "2019-12-29/2020-01-02",
            "29 December 2019 – 2 January 2020",
            "29 Desember 2019 – 2 Januari 2020",
        ),
        ("2019-10/2019-11", "October–November 2019", "Oktober–November 2019"),
        ("2019-10/2020-01", "October 2019 – January 2020", "Oktober 2019 – Januari 2020"),
        ("2019/2020", "2019–2020", "2019–2020"),
        ("2019-05/2019-06-03", "May 2019 – 3 June 2019", "Mei 2019 – 3 Juni 2019"),
        ("2018/2019-06", "2018 – June 2019", "2018 – Juni 2019"),
    ],
)
def test_a_date_says_what_is_known_and_no_more(edtf: str, english: str, indonesian: str) -> None:
    value = PartialDate(edtf)
    assert value.display("en") == english
    assert value.display("id") == indonesian
    with translation.override("id"):
        assert value.display() == indonesian
    assert value.display("fr") == english


def test_a_time_element_takes_single_dates_only() -> None:
    assert PartialDate("2021-10").html_datetime == "2021-10"
    assert PartialDate("2021/2022").html_datetime is None


# --- How people write it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("15 Oktober 2021", "2021-10-15"),
        ("15 October 2021", "2021-10-15"),
        ("Oct 15, 2021", "2021-10-15"),
        ("2021 October 15", "2021-10-15"),
        ("15-Okt-2021", "2021-10-15"),
        ("1st of May 2020", "2020-05-01"),
        ("22nd Sept. 2020", "2020-09-22"),
        ("Selasa, 19 Oktober 2021", "2021-10-19"),
        ("Jum’at, tanggal 22 Okt. 2021", "2021-10-22"),
        ("17 AGT 2020", "2020-08-17"),
        ("17 Ags 2020", "2020-08-17"),
        ("17 Agustus 2020", "2020-08-17"),
        ("October 2021", "2021-10"),
        ("okt 2021", "2021-10"),
        ("Mei 2020", "2020-05"),
        ("Des 2020", "2020-12"),
        ("2021-10", "2021-10"),
        (" 2021 ", "2021"),
        ("5–6 Nov 2019", "2019-11-05/2019-11-06"),
        ("5-6 November 2019", "2019-11-05/2019-11-06"),
        ("5\N{NO-BREAK SPACE}—\N{NO-BREAK SPACE}6 November 2019", "2019-11-05/2019-11-06"),
        ("5 to 6 November 2019", "2019-11-05/2019-11-06"),
        ("5 s.d. 6 November 2019", "2019-11-05/2019-11-06"),
        ("5 s/d 6 November 2019", "2019-11-05/2019-11-06"),
        ("5 sampai dengan 6 November 2019", "2019-11-05/2019-11-06"),
        ("5 dan 6 November 2019", "2019-11-05/2019-11-06"),
        ("5 and 6 November 2019", "2019-11-05/2019-11-06"),
        ("Oct 5-6, 2019", "2019-10-05/2019-10-06"),
        ("27 Feb – 1 Mar 2006", "2006-02-27/2006-03-01"),
        ("29 December 2019 – 2 January 2020", "2019-12-29/2020-01-02"),
        (
            "Wednesday, the 29th of December 2019 – Thursday, the 2nd of January 2020",
            "2019-12-29/2020-01-02",
        ),
        ("2021-10-15 to 2021-10-16", "2021-10-15/2021-10-16"),
        ("2021-10-15 / 2021-10-16", "2021-10-15/2021-10-16"),
        ("Oct–Nov 2019", "2019-10/2019-11"),
        ("2019–2020", "2019/2020"),
        ("5–5 November 2019", "2019-11-05"),
    ],
)
def test_people_write_dates_in_many_ways(text: str, edtf: str) -> None:
    assert str(understand(text)) == edtf


def test_nothing_is_no_date() -> None:
    assert understand("") is None
    assert understand(" \N{NO-BREAK SPACE}") is None


@pytest.mark.parametrize(
    "text", ["05/10/2021", "25/10/2021", "5.10.2021", "05-10-2021", "10/2021", "2021/10/05", "1/2"]
)
def test_a_date_all_of_numbers_is_refused_with_what_to_write(text: str) -> None:
    assert refusal(text) == AMBIGUOUS % text


@pytest.mark.parametrize(
    "text",
    ["soon", "15 Oct 21", "15 October", "October", "5 – June 2019", "5, 6 and 7 November 2019", "-",
     "5 and 9 November 2019", "2021-10-15T10:00", "2021 -", "99999", "at an appropriate time"],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_examples(text: str) -> None:
    assert refusal(text) == (
        f"“{text}” is not understood as a date. Write it like 15 October 2021,"
        " 5–6 November 2019, October 2021, 2021 or 2021-10-15."
    )


def test_an_impossible_date_in_words_is_refused_with_the_reason() -> None:
    assert refusal("31 April 2021") == "There is no 31 April: April 2021 has 30 days."
    assert refusal("29 December – 2 January 2020") == (
        "The end, 2 January 2020, lies before the beginning, 29 December 2020."
    )


def test_a_text_of_any_length_is_not_read() -> None:
    assert refusal("5" * 101) == "A date takes at most 100 characters; this has 101."


@given(partial_dates, st.sampled_from(["en", "id"]))
def test_what_is_shown_can_be_typed_back(value: PartialDate, language: str) -> None:
    assert understand(value.display(language)) == value
    assert understand(value.edtf) == value


@given(st.text(max_size=120) | st.from_regex(r"[0-9a-z /.,–-]{0,40}", fullmatch=True))
def test_no_text_does_worse_than_being_refused(text: str) -> None:
    with suppress(DateError):
        understand(text)


# --- What the form says ---------------------------------------------------------------------------


class MeetingForm(forms.Form):
    date = PartialDateFormField(interval=True, required=False)
    due = PartialDateFormField(required=False)


def test_a_form_reads_what_people_write_and_says_what_it_understood() -> None:
    form = MeetingForm({"date": "5–6 Nov 2019", "due": "Oktober 2021"})
    assert form.is_valid()
    assert form.cleaned_data == {
        "date": PartialDate("2019-11-05/2019-11-06"),
        "due": PartialDate("2021-10"),
    }
    assert "Understood as 5–6 November 2019 (2019-11-05/2019-11-06)" in str(form["date"])


def test_an_editor_sees_the_kept_date_in_words() -> None:
    html = str(MeetingForm(initial={"due": PartialDate("2021-10-15")})["due"])
    assert 'value="15 October 2021"' in html
    assert '<output class="partial-date__understood" for="id_due" aria-live="polite">' in html
    assert "Understood as 15 October 2021 (2021-10-15)</output>" in html


def test_a_refused_date_stays_as_it_was_typed() -> None:
    form = MeetingForm({"date": "05/10/2021", "due": "5–6 Nov 2019"})
    assert form.errors == {
        "date": [
            AMBIGUOUS % "05/10/2021",
        ],
        "due": [
            ONE_DATE_ONLY,
        ],
    }
    assert 'value="05/10/2021"' in str(form["date"])
    assert 'aria-live="polite"></output>' in str(form["date"])


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        (PartialDate("2021-10-15"), "15 Oktober 2021", False),
        ("2021-10-15", "15 October 2021", False),
        (None, "", False),
        (PartialDate("2021-10-15"), "October 2021", True),
        (PartialDate("2021-10-15"), "", True),
        (PartialDate("2021-10-15"), "soon", True),
    ],
)
def test_only_another_date_is_a_change(initial: Any, data: str, changed: bool) -> None:
    assert PartialDateFormField().has_changed(initial, data) is changed


def test_the_widget_brings_its_script_as_a_module() -> None:
    assert 'js/partial-date.js" type="module"></script>' in str(PartialDateInput().media)


# --- What is answered while one types -------------------------------------------------------------


def asked(query: dict[str, str], *, is_staff: bool = True) -> dict[str, str]:
    request = RequestFactory().get("/understand-date/", query)
    request.user = SimpleNamespace(is_staff=is_staff)  # type: ignore[assignment]
    answer: dict[str, str] = json.loads(understand_date(request).content)
    return answer


def test_staff_hear_while_typing_what_is_understood() -> None:
    with translation.override("id"):
        answer = asked({"text": "Oct 2021"})
    assert (answer["edtf"], answer["words"]) == ("2021-10", "Oktober 2021")
    assert asked({"text": "Oct 2021"})["sentence"] == "Understood as October 2021 (2021-10)"
    assert asked({"text": "31 Apr 2021"}) == {
        "error": "There is no 31 April: April 2021 has 30 days."
    }
    assert asked({}) == {"edtf": "", "words": "", "sentence": ""}


def test_an_interval_is_an_error_where_one_date_is_meant() -> None:
    assert asked({"text": "2019–2020"})["edtf"] == "2019/2020"
    assert asked({"text": "2019–2020", "single": "1"})["error"] == ONE_DATE_ONLY


def test_nobody_else_is_answered() -> None:
    with pytest.raises(PermissionDenied):
        asked({"text": "2021"}, is_staff=False)
