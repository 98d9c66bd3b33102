"""What falls into a month or a year, and where there is more before and after."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from dialogues.dates import PartialDate

#: The text of a date of which one end is known only by its year.
KNOWN_BY_ITS_YEAR = "^[0-9]{4}(/|$)|/[0-9]{4}$"


def on_a_calendar(rows: QuerySet[Any], path: str = "date") -> QuerySet[Any]:
    """Those whose date is known at least to the month."""
    dated = rows.filter(**{f"{path}__isnull": False})
    return dated.exclude(**{f"{path}__regex": KNOWN_BY_ITS_YEAR})


def falling_within(
    rows: QuerySet[Any], period: PartialDate, path: str = "date"
) -> list[tuple[int, PartialDate]]:
    """The ids and dates of all that may fall within the period, the earliest first."""
    found = rows.filter(**{f"{path}__may_fall": (period, period)})
    return list(found.order_by(path, "pk").values_list("pk", path))


def last_before(rows: QuerySet[Any], period: PartialDate) -> PartialDate | None:
    """The latest date that begins before the month or year `period`.

    Dates order as their text does: what begins earlier is less, and so is a year of its months.
    """
    return _first(_as_known(rows, period).filter(date__lt=period).order_by("-date"))


def first_after(rows: QuerySet[Any], following: PartialDate) -> PartialDate | None:
    """The earliest date that begins with the month or year `following`, or later."""
    return _first(_as_known(rows, following).filter(date__gte=following).order_by("date"))


def _as_known(rows: QuerySet[Any], period: PartialDate) -> QuerySet[Any]:
    """For months only what has one; a year would lead to a month in which nothing is."""
    return rows if period.precision == "year" else on_a_calendar(rows)


def _first(rows: QuerySet[Any]) -> PartialDate | None:
    date: PartialDate | None = rows.values_list("date", flat=True).first()
    return date
