"""From what was read to what the form shows at first, and from the form to the sheet's row."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Prefetch, QuerySet

from dialogues import workflow
from dialogues.dates import PartialDate
from dialogues.models import Round, Series, User
from dialogues.records.intake import PointTaken, Reading
from dialogues.vocabulary import RoundStatus, SourceKind, Visibility

from .forms import Points, ReviewForm

#: So many days apart two rounds of a series may well be one.
NEAR_DAYS = 60
_ISSUED_BY_A_SIDE = re.compile(
    r"ministry|kementerian|kemlu|embassy|kedutaan|kbri|minist|amt\b|eeas|department", re.IGNORECASE
)
#: Columns that the form has under their own name and the row takes as they are typed.
PLAIN = (
    "edition", "status", "date", "format", "host", "venue", "city", "country", "head_own",
    "head_own_title", "head_partner", "head_partner_title", "next_round_note",
    "source_publisher", "source_title", "source_date", "source_url", "visibility",
)  # fmt: skip
#: A source has at least one of these.
OF_A_SOURCE = ("source_publisher", "source_title", "source_url")


def series_for(user: User) -> QuerySet[Series]:
    """The series that the user may enter rounds of."""
    seen = Series.objects.visible_to(user).select_related("partner")
    allowed = [series.pk for series in seen if workflow.may_create_in(user, series)]
    return Series.objects.filter(pk__in=allowed)


def initial_of(reading: Reading, series: QuerySet[Series], published: str) -> dict[str, Any]:
    """What the review shows before anybody corrects it."""
    said: dict[str, Any] = {name: one.value for name, one in reading.single.items()}
    known = reading.single.get("series")
    standing = series.filter(slug=known.slug).first() if known and known.slug else None
    new_series = "" if standing or not known else known.value
    publisher = str(said.get("source_publisher", ""))
    is_news = publisher and not _ISSUED_BY_A_SIDE.search(publisher)
    return {
        "status": RoundStatus.HELD,
        "visibility": Visibility.INTERNAL,
        "source_date": published,
        "source_kind": SourceKind.NEWS if is_news else SourceKind.PRESS_RELEASE,
        **said,
        "series": standing.pk if standing else None,
        "new_series": new_series,
        "topics": [one.value for one in reading.many.get("topics", ())],
    }


def initial_points(reading: Reading) -> list[dict[str, str]]:
    return [
        {"text": str(one.value), "original": str(one.value)}
        for one in reading.many.get("agreed_points", ())
    ]


def row_of(form: ReviewForm) -> dict[str, str]:
    """The flat sheet's row that a valid form says."""
    said = form.cleaned_data
    row = {column: _cell(said.get(column)) for column in PLAIN}
    row["topics"] = ";".join(said["topics"])
    if form.waiting and said["keep_text"] and not any(row[column] for column in OF_A_SOURCE):
        row["source_title"] = form.waiting.name  # something has to carry the file
    series: Series | None = said["series"]
    if series is not None:
        return row | {"series": series.slug, "partner": series.partner.code}
    return row | {
        "series": said["new_series"],
        **{column: said[column] for column in ("kind", "partner", "partner_kind")},
    }


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def points_of(points: Points) -> list[PointTaken]:
    """The points that were not emptied or left out."""
    return [
        PointTaken(said["text"], said["original"])
        for said in points.cleaned_data
        if said.get("text") and not said["drop"]
    ]


def standing_rounds(
    user: User, series: Series | None, edition: int | None, date: PartialDate | None
) -> list[Round]:
    """Rounds of the series that may be this one: of its number, or near its date."""
    if series is None:
        return []
    rounds = Round.objects.visible_to(user).filter(series=series)
    rounds = rounds.prefetch_related(Prefetch("series", Series.objects.all()))
    return [one for one in rounds if _alike(one, edition, date)]


def _alike(one: Round, edition: int | None, date: PartialDate | None) -> bool:
    if edition is not None and one.edition == edition:
        return True
    if date is None or one.date is None or date.precision in ("year", "month"):
        return False
    apart = (one.date.earliest - date.earliest).days
    return one.date.known_to == "day" and abs(apart) <= NEAR_DAYS
