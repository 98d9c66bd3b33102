"""Rows of the listings as words: made ready here, so that a template only writes them down.

A page has fifty rows, and each tag in a row costs fifty times.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from dialogues.dates import PartialDate
from dialogues.filters.listing import ListingFilter
from dialogues.models.partners import in_readers_language
from dialogues.vocabulary import (
    Format,
    PointStatus,
    Publication,
    RoundStatus,
    Visibility,
)

from .sides import is_overdue, party_names

Row = dict[str, Any]
#: As much of an agreed point's text as a row shows.
LONGEST_TEXT = 220


def round_rows(rows: list[Row], base: str, *, staff: bool) -> list[Row]:
    """Rounds as words; `base` is the address under which they stand."""
    formats = {value: str(label) for value, label in Format.choices}
    formats[Format.UNKNOWN] = ""
    return [
        {
            "url": f"{base}{row['slug']}/",
            "title": title_of(row["series__title"], row["edition"]),
            **date_of(row["date"]),
            "partner": in_readers_language(
                row["series__partner__name"], row["series__partner__name_id"]
            ),
            "format": formats[row["format"]],
            "where": "; ".join(row["places"]),
            "points": points_in_words(row["points"], row["open_points"]),
            "status": row["status"],
            "status_label": ""
            if row["status"] == RoundStatus.HELD
            else RoundStatus(row["status"]).label,
            "standing": standing(row["publication"], row["visibility"]) if staff else "",
        }
        for row in rows
    ]


def point_rows(rows: list[Row], *, staff: bool) -> list[Row]:
    """Agreed points as words."""
    rounds, points = reverse("round-list"), reverse("agreed-point-list")
    statuses = {value: str(label) for value, label in PointStatus.choices}
    return [
        {
            "url": f"{points}{row['round__slug']}.{row['number']}/",
            "text": Truncator(row["text"]).chars(LONGEST_TEXT),
            "status": row["status"],
            "status_label": statuses[row["status"]],
            "due": date_of(row["due"]),
            "overdue": is_overdue(row["status"], row["due"]),
            "responsible": party_names(
                in_readers_language(
                    row["round__series__partner__name"], row["round__series__partner__name_id"]
                )
            ).get(row["responsible"], ""),
            "round_url": f"{rounds}{row['round__slug']}/",
            "round": title_of(row["round__series__title"], row["round__edition"]),
            **date_of(row["round__date"]),
            "standing": standing(row["round__publication"], row["round__visibility"])
            if staff
            else "",
        }
        for row in rows
    ]


def title_of(series: str, edition: int | None) -> str:
    """Series and edition in one."""
    if edition is None:
        return series
    return _("%(series)s, edition %(edition)s") % {"series": series, "edition": edition}


def date_of(date: PartialDate | None) -> Row:
    """A date's words, and what a machine reads if it can."""
    if date is None:
        return {"date": "", "machine": None}
    return {"date": date.display(), "machine": date.html_datetime}


def points_in_words(count: int, still_open: int) -> str:
    """ "3, 2 open", or "3, all open"; nothing where nothing was agreed."""
    if not still_open:
        return str(count) if count else ""
    if count == still_open:
        return _("1, open") if count == 1 else _("%(count)s, all open") % {"count": count}
    return _("%(count)s, %(open)s open") % {"count": count, "open": still_open}


def standing(publication: str, visibility: str) -> str:
    """What staff have to mind: that it is not published, or not public."""
    words = []
    if publication != Publication.PUBLISHED:
        words.append(str(Publication(publication).label))
    if visibility != Visibility.PUBLIC:
        words.append(str(Visibility(visibility).label))
    return ", ".join(words)


def partners_in_words(phrase: str, count: int, filters: ListingFilter) -> str:
    """`phrase` with its `count`, and with the partner where one alone is asked for."""
    words = phrase % {"count": number_format(count, force_grouping=True)}
    partners = list((filters.given.get("partner") or {}).values())
    if len(partners) == 1:
        return _("%(count)s with %(partner)s") % {"count": words, "partner": partners[0]}
    return words
