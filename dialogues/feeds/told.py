"""Rounds and agreed points in the words of feeds.

Only called with the ids of rows that the reader may see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.dates import PartialDate
from dialogues.models import AgreedPoint, Round
from dialogues.queries.listings import counts_of, places_of
from dialogues.vocabulary import (
    UNFINISHED,
    Format,
    Party,
    PointStatus,
    Publication,
    RoundStatus,
    Visibility,
)

Row = TypeVar("Row", bound=Model)

#: As much of a point's text as a title holds.
LONGEST_TITLE = 120
#: Neither XML nor iCalendar has these in a text.
UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Told:
    """One round or agreed point."""

    uid: str
    """A UUID that is the same at every address of the site, and after every change."""
    path: str
    title: str
    happening: str
    """The title as a calendar shows it, which has to say by itself what has become of it."""
    facts: list[str]
    text: str
    partner: str
    date: PartialDate | None
    state: str
    """TENTATIVE, CONFIRMED or CANCELLED; how exactly the date is known is not in it."""
    place: str
    visibility: str
    updated: datetime


def rounds_told(ids: Sequence[int]) -> list[Told]:
    """The rounds of these ids, in their order. Three queries."""
    rounds = Round.objects.select_related("series__partner").defer(
        "internal_note", "next_round_note"
    )
    places, counts = places_of(ids), counts_of(ids)
    return [
        _round_told(one, "; ".join(places[one.pk]), counts.get(one.pk, {}))
        for one in in_order(rounds, ids)
    ]


def points_told(ids: Sequence[int]) -> list[Told]:
    """The agreed points of these ids, in their order. One query."""
    points = AgreedPoint.objects.select_related("round__series__partner").defer(
        "internal_note", "original_text", "round__internal_note", "round__next_round_note"
    )
    return [_point_told(point) for point in in_order(points, ids)]


def in_order(rows: QuerySet[Row], ids: Sequence[int]) -> Iterator[Row]:
    """The rows of these ids, in their order."""
    by_id = rows.order_by().in_bulk(ids)
    return (by_id[pk] for pk in ids if pk in by_id)


def lasting_id(path: str) -> str:
    """The UUID of a lasting address. Not of the host: one site can have an outer and an inner."""
    return str(uuid5(NAMESPACE_URL, f"dialogues:{settings.OWN_CODE}{path}"))


def spoken(text: str) -> str:
    """The text without what feeds cannot hold, each of its lines ending alike."""
    return UNSPEAKABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _round_told(round_: Round, place: str, counts: dict[str, int]) -> Told:
    path = round_.get_absolute_url()
    title = spoken(str(round_))
    facts = (
        round_.date.display() if round_.date else _("No date is recorded"),
        RoundStatus(round_.status).label,
        "" if round_.format == Format.UNKNOWN else Format(round_.format).label,
        place,
        points_counted(counts.get("points", 0), counts.get("open_points", 0)),
        standing(round_),
    )
    return Told(
        uid=lasting_id(path),
        path=path,
        title=title,
        happening=_round_happening(round_, title),
        facts=[spoken(str(fact)) for fact in facts if fact],
        text=spoken(round_.summary),
        partner=spoken(round_.series.partner.label),
        date=round_.date,
        state=ROUND_STATES[round_.status],
        place=spoken(place),
        visibility=round_.visibility,
        updated=round_.updated,
    )


#: A postponed round's date is the one that it was put off from, or the next that was thought of.
ROUND_STATES: dict[str, str] = {
    RoundStatus.PLANNED: "TENTATIVE",
    RoundStatus.CONFIRMED: "CONFIRMED",
    RoundStatus.HELD: "CONFIRMED",
    RoundStatus.POSTPONED: "TENTATIVE",
    RoundStatus.CANCELLED: "CANCELLED",
}


def _round_happening(round_: Round, title: str) -> str:
    # Many calendars show nothing of an event's status.
    if round_.status in (RoundStatus.HELD, RoundStatus.CONFIRMED):
        return title
    status = RoundStatus(round_.status).label
    return _("%(status)s: %(title)s") % {"status": status, "title": title}


def points_counted(points: int, still_open: int) -> str:
    """ "3 agreed points, 2 open"; nothing where nothing was agreed."""
    if not points:
        return ""
    counted = ngettext("%(count)s agreed point", "%(count)s agreed points", points)
    words = counted % {"count": points}
    if not still_open:
        return words
    return _("%(points)s, %(open)s open") % {"points": words, "open": still_open}


def standing(round_: Round) -> str:
    """That it is not published, or not public: what leaves the site says so itself."""
    words = []
    if round_.publication != Publication.PUBLISHED:
        words.append(str(Publication(round_.publication).label))
    if round_.visibility != Visibility.PUBLIC:
        words.append(str(Visibility(round_.visibility).label))
    return ", ".join(words)


def _point_told(point: AgreedPoint) -> Told:
    path, partner = point.get_absolute_url(), point.round.series.partner.label
    status = str(PointStatus(point.status).label)
    title = spoken(" ".join(Truncator(point.text).chars(LONGEST_TITLE).split()))
    owed = point.status in UNFINISHED
    facts = (
        _("Due: %(date)s") % {"date": point.due.display()} if point.due else "",
        status,
        _("Responsible: %(party)s") % {"party": party(point.responsible, partner)}
        if point.responsible
        else "",
        str(point.round),
        standing(point.round),
    )
    return Told(
        uid=lasting_id(path),
        path=path,
        title=title,
        happening=_("%(status)s: %(title)s")
        % {"status": _("Due") if owed else status, "title": title},
        facts=[spoken(fact) for fact in facts if fact],
        text=spoken(point.text),
        partner=spoken(partner),
        date=point.due,
        state="CONFIRMED" if owed or point.status == PointStatus.DONE else "CANCELLED",
        place="",
        visibility=point.round.visibility,
        updated=point.round.updated,
    )


def party(responsible: str, partner: str) -> str:
    """Who owes a point, when the other side is called `partner`."""
    return {
        Party.OWN: str(settings.OWN_NAME),
        Party.PARTNER: partner,
        Party.BOTH: str(Party.BOTH.label),
    }[Party(responsible)]
