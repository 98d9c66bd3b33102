"""iCalendar: rounds, and what is due, on the days they are known to fall on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from datetime import date as day

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from dialogues.dates import PartialDate
from dialogues.filters.values import Reader
from dialogues.queries.calendar import on_a_calendar
from dialogues.vocabulary import Visibility

from .answers import answer, refusal
from .kinds import KINDS
from .told import Told, spoken

#: How many events a calendar has; beyond that it holds those whose dates are the latest.
EVENTS = 5000
#: As much of a summary as an event describes.
LONGEST_TEXT = 500
#: SEQUENCE has to fit 31 bits: seconds since then do until 2088.
SEQUENCE_BEGINS = datetime(2020, 1, 1, tzinfo=UTC)
CLASSES = {
    Visibility.PUBLIC: "PUBLIC",
    Visibility.INTERNAL: "PRIVATE",
    Visibility.RESTRICTED: "CONFIDENTIAL",
}


def ics(
    request: HttpRequest, user: Reader, listing_key: str, data: QueryDict, title: str = ""
) -> HttpResponse:
    """The listing's dates as `user` sees them, filtered by `data`; 400 if that is wrong.

    The request says only by which host and in which language: its own user is not asked. `title`
    stands in place of the filters' words.
    """
    kind = KINDS[listing_key]
    filters = kind.filtered(request, user, data)
    if not filters.is_valid():
        return refusal(user, filters)
    latest = on_a_calendar(filters.qs, kind.date).order_by(f"-{kind.date}", "-pk")
    ids = list(latest.values_list("pk", flat=True)[: EVENTS + 1])
    calendar = opened(spoken(title or kind.title(filters)), cut=len(ids) > EVENTS)
    for told in kind.told(ids[:EVENTS]):
        if told.date is not None:
            calendar.add_component(event(told, told.date, request))
    return answer(request, user, calendar.to_ical(), "text/calendar; charset=utf-8")


def opened(title: str, *, cut: bool) -> Calendar:
    """A calendar without events yet; `cut` says that there are more than it will hold."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Dialogue tracker//{(get_language() or 'en').upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-caldesc", described(cut=cut))
    # Once a day is enough for most; some programs know only the older name.
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    return calendar


def described(*, cut: bool) -> str:
    """What the calendar leaves out."""
    words = [_("What is known only by its year is in no calendar.")]
    if cut:
        words.append(_("Of more than %(count)s dates these are the latest.") % {"count": EVENTS})
    return " ".join(words)


def event(told: Told, date: PartialDate, request: HttpRequest) -> Event:
    """All of the days that `date` may mean, so that a month's width can be seen."""
    address = request.build_absolute_uri(told.path)
    found = Event()
    found.add("uid", told.uid)
    found.add("dtstart", date.earliest)
    if date.latest < day.max:
        found.add("dtend", date.latest + timedelta(days=1))
    found.add("summary", told.happening)
    found.add("description", description(told, address))
    if told.place:
        found.add("location", told.place)
    found.add("url", address)
    found.add("categories", [told.partner])
    found.add("status", status(told, date))
    found.add("class", CLASSES[Visibility(told.visibility)])
    # Nobody is busy because of it who only reads of it.
    found.add("transp", "TRANSPARENT")
    found.add("dtstamp", told.updated)
    found.add("last-modified", told.updated)
    found.add("sequence", max(0, int((told.updated - SEQUENCE_BEGINS).total_seconds())))
    return found


def status(told: Told, date: PartialDate) -> str:
    """What is known only by its month may be on any of its days, even if it was held."""
    if told.state == "CONFIRMED" and date.known_to != "day":
        return "TENTATIVE"
    return told.state


def description(told: Told, address: str) -> str:
    """The facts, a line each, the beginning of the text, and where there is more."""
    text = Truncator(told.text).chars(LONGEST_TEXT)
    return "\n\n".join(part for part in ("\n".join(told.facts), text, address) if part)
