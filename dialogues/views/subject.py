"""What the pages of a topic and of a lifelong issue have in common, made ready to write down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator

from dialogues.dates import PartialDate
from dialogues.models.partners import in_readers_language
from dialogues.pictures import Axis, Grid, Head, grid
from dialogues.queries import subjects
from dialogues.queries.kept import kept_for
from dialogues.queries.listings import points_by_id
from dialogues.queries.subjects import Reader, Subject, Times, WithPartner
from dialogues.vocabulary import Party, PointStatus

from .round_pictures import YEAR_WIDTH
from .round_pictures import told as rounds_in_words
from .rows import LONGEST_TEXT, date_of, point_rows, title_of
from .sides import party_names

Row = dict[str, Any]
#: How many partners the tables name; a topic that everybody speaks of has more.
PARTNERS = 20
#: How many the picture draws; a row of it has a mark a year.
DRAWN = 10
STATEMENTS, POINTS = 12, 20
#: Columns of what came of agreed points: the filter that gives the same points, by what is counted.
OUTCOMES: Mapping[str, Mapping[str, Any]] = {
    "agreed": {},
    "open": {"status": [PointStatus.OPEN]},
    "in_progress": {"status": [PointStatus.IN_PROGRESS]},
    "overdue": {"overdue": "true"},
    "done": {"status": [PointStatus.DONE]},
    "ended": {"status": [PointStatus.LAPSED, PointStatus.SUPERSEDED]},
}


@dataclass(frozen=True)
class Lists:
    """The addresses of the filtered lists that a subject's page leads to."""

    given: Mapping[str, str]
    """The parameters that say what the page is about: `{"topic": "right-to-health"}`."""

    def rounds(self, **further: Any) -> str:
        return self._list("round-list", further)

    def points(self, **further: Any) -> str:
        return self._list("agreed-point-list", further)

    def _list(self, name: str, further: Mapping[str, Any]) -> str:
        return f"{reverse(name)}?{urlencode({**self.given, **further}, doseq=True)}"


def told(subject: Subject, lists: Lists, user: Reader) -> dict[str, Any]:
    """Who raised it and who agreed on it: what both kinds of page begin with. Four queries, or
    one while nobody writes."""
    partners = kept_for(
        user, ("subject", *lists.given.items()), lambda: subjects.with_partners(subject)
    )
    counts = {name: sum(outcome(one, name) for one in partners) for name in OUTCOMES}
    return {
        "partner_count": len(partners),
        "times": sum_of(one.times for one in partners),
        "picture": by_year(partners[:DRAWN], lists),
        "raised": any(times.rounds for one in partners for times in one.raised.values()),
        "with_partners": [with_partner(one, lists) for one in partners[:PARTNERS]],
        "outcomes": [
            (one.name, outcome_cells(one, lists)) for one in partners if one.points["agreed"]
        ][:PARTNERS],
        "outcome_counts": counts,
        "rounds_url": lists.rounds(),
        "points_url": lists.points(),
    }


def statements_and_points(subject: Subject, *, staff: bool) -> dict[str, Any]:
    """What was said of it last, and the agreed points, those still owed first. Four queries, or
    three where nothing was agreed."""
    said = subjects.latest_statements(subject, STATEMENTS)
    points = points_by_id(subjects.points_still_owed_first(subject, POINTS))
    return {
        "statements": [statement_row(row) for row in said],
        "points": with_follow_ups(points, staff=staff),
    }


def sum_of(several: Any) -> Times:
    """Rounds with several partners together."""
    every = Times()
    for times in several:
        every.add(times.rounds, times.first, times.last)
    return every


def with_partner(one: WithPartner, lists: Lists) -> Row:
    """A partner's line: how many rounds, since when, and how often each side raised it."""
    return {
        "name": one.name,
        "url": lists.rounds(partner=one.code),
        "rounds": one.times.rounds,
        "first": date_of(one.times.first),
        "last": date_of(one.times.last),
        "raised": [(party, times.rounds, years_of(times)) for party, times in one.raised.items()],
    }


def by_year(partners: list[WithPartner], lists: Lists) -> Grid | None:
    """Partners by years; nothing where there is but one round to be seen, or none."""
    years = {year for one in partners for year in one.years}
    if sum(len(one.years) for one in partners) < 2:
        return None
    return grid(
        [Head(one.code, one.name, lists.rounds(partner=one.code)) for one in partners],
        [Head(year, f"{year:04}") for year in Axis.over(years).years],
        {(one.code, year): count for one in partners for year, count in one.years.items()},
        lambda code, year: lists.rounds(partner=code, year=f"{year:04}"),
        totals={one.code: one.times.rounds for one in partners},
        years=True,
        column_width=YEAR_WIDTH,
        tooltip=rounds_in_words,
        key="years",
    )


def outcome(one: WithPartner, name: str) -> int:
    """How many agreed points with a partner a column counts."""
    if name == "ended":
        return one.points[PointStatus.LAPSED] + one.points[PointStatus.SUPERSEDED]
    return one.points[name]


def outcome_cells(one: WithPartner, lists: Lists) -> list[tuple[str, int, str]]:
    """Column, count and the address of the same points, for each column."""
    return [
        (name, outcome(one, name), lists.points(partner=one.code, **further))
        for name, further in OUTCOMES.items()
    ]


def years_of(times: Times) -> str:
    """The years from the first to the last: "2009–2022"; nothing where no date is known."""
    if times.first is None or times.last is None:
        return ""
    first, last = times.first.earliest.year, times.last.latest.year
    return str(first) if first == last else f"{first}–{last}"


def statement_row(row: Row) -> Row:
    """A statement as words, with the round that it was made in."""
    partner = partner_of(row)
    return {
        "text": Truncator(row["text"]).chars(LONGEST_TEXT),
        "who": party_names(partner)[row["side"]],
        "both": row["side"] == Party.BOTH,
        **round_of(row),
    }


def partner_of(row: Row) -> str:
    """The partner of a row's round, in the reader's language."""
    return in_readers_language(
        row["round__series__partner__name"], row["round__series__partner__name_id"]
    )


def round_of(row: Row) -> Row:
    """Title, address, date and partner of a row's round."""
    return {
        "round": title_of(row["round__series__title"], row["round__edition"]),
        "round_url": reverse("round-detail", args=[row["round__slug"]]),
        "partner": partner_of(row),
        **date_of(row["round__date"]),
    }


def with_follow_ups(points: list[Row], *, staff: bool) -> list[Row]:
    """Agreed points as words, each with what was reported of it last."""
    last = subjects.last_follow_ups(row["pk"] for row in points) if points else {}
    told = point_rows(points, staff=staff)
    for row, words in zip(points, told, strict=True):
        words["follow_up"] = follow_up_row(last[row["pk"]]) if row["pk"] in last else None
    return told


def follow_up_row(row: Row) -> Row:
    """A follow-up as words."""
    date: PartialDate | None = row["date"]
    return {
        **date_of(date),
        "status_label": PointStatus(row["status"]).label,
        "note": Truncator(row["note"]).chars(LONGEST_TEXT),
    }
