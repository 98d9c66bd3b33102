"""The calendar: rounds by month and by year, each date as wide as it is known."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from dialogues.dates import DateError, PartialDate, understand
from dialogues.filters import RoundFilter
from dialogues.filters.values import cut
from dialogues.listings import LISTINGS
from dialogues.models import AgreedPoint, Round, clearance_of
from dialogues.queries import calendar as queries

from .controls import Control
from .entries import Entry, Found, entries_of
from .filter_form import FilterForm
from .listing import Problem
from .month import weekdays, weeks_of
from .period import following, month_of, months_of, year_of
from .ways_out import changed

#: Parameters of this page that are no filters, and of the list's that mean nothing here.
OWN = ("show", "due")
ALLOWED = frozenset({*OWN, "page", "columns"})
#: How much a month shows; and each month of a year, which leads to the month.
MOST = 200
MOST_OF_A_YEARS_MONTH = 20


class CalendarPage(TemplateView):
    """`/calendar/?show=2021-10`, or a year; with the filters of `/rounds/`."""

    template_name = "dialogues/calendar.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # A form sends every field, most of them empty; the address should say only what was asked.
        if any(not value for _name, values in request.GET.lists() for value in values):
            query = changed(request.GET)
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = changed(self.request.GET, page="", columns="", show="", due="")
        rounds, ics, whole = (
            f"{reverse(name)}?{query}" if query else reverse(name)
            for name in ("round-list", "rounds-ics", "round-filters")
        )
        form = FilterForm(self.filters, LISTINGS["rounds"].facets, LISTINGS["rounds"].when)
        return super().get_context_data(
            section="calendar",
            problems=self.problems,
            form=form,
            form_url=whole,
            kept=self._kept(own=True),
            kept_filters=self._kept(own=False),
            chips=self.filters.describe(),
            clear=changed(self.request.GET, **dict.fromkeys(self.filters.filters, "")),
            show=self.show,
            due=self.due,
            list_url=rounds,
            ics_url=ics,
            **({} if self.problems else self._shown()),
            **kwargs,
        )

    def _kept(self, *, own: bool) -> list[tuple[str, str]]:
        """What one of the page's two forms has to send along of the other."""
        return [
            (name, value)
            for name, values in self.request.GET.lists()
            for value in values
            if (name in OWN) is own and name not in ALLOWED - {*OWN}
        ]

    @cached_property
    def filters(self) -> RoundFilter:
        everything = Round.objects.visible_to(self.request.user)
        return RoundFilter(self.request.GET, everything, request=self.request, allowed=ALLOWED)

    @cached_property
    def show(self) -> Control:
        """The field for the month or year to show."""
        given = self.request.GET.get("show", "")
        control = Control("show", _("Month or year"))
        control.write(forms.TextInput(), given)
        control.hint = _("October 2021 or 2021")
        if given and not isinstance(self.asked, PartialDate):
            control.errors = [self.asked]
        return control

    @cached_property
    def asked(self) -> PartialDate | str:
        """The month or year asked for, this month where none is; or what is wrong with it."""
        given = self.request.GET.get("show", "")
        try:
            date = understand(given) or PartialDate(f"{timezone.localdate():%Y-%m}")
        except DateError as error:
            return str(error)
        if date.is_interval:
            return _("“%(given)s” is more than one month or year.") % {"given": cut(given)}
        return PartialDate(date.edtf[:7])

    @cached_property
    def due(self) -> Control:
        """The tick for what is due."""
        given = self.request.GET.get("due", "")
        control = Control("due", _("With what is due"), chosen=int(given == "true"))
        if given not in ("", "true"):
            control.errors = [_("“%(given)s” is not “true”.") % {"given": cut(given)}]
        return control

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything wrong with the query string."""
        known = self.filters.filters
        found = [
            Problem(f"f-{name}" if name in known else "", str(sentence))
            for name, sentences in self.filters.errors.items()
            for sentence in sentences
        ]
        own = [
            Problem(f"f-{one.name}", sentence)
            for one in (self.show, self.due)
            for sentence in one.errors
        ]
        return found + own

    @property
    def period(self) -> PartialDate:
        """The month or year that is shown, where nothing is wrong."""
        assert isinstance(self.asked, PartialDate)  # noqa: S101 - problems are looked at first
        return self.asked

    def _shown(self) -> dict[str, Any]:
        period, found = self.period, self._found()
        of_month = period.precision == "month"
        known = [one for one in found if one.date.known_to != "year"]
        rounds = sum(one.kind == "round" for one in found)
        return {
            "period": period,
            "of_month": of_month,
            "year": year_of(period),
            "count_in_words": ngettext("%(count)s round", "%(count)s rounds", rounds)
            % {"count": number_format(rounds, force_grouping=True)},
            "anything": bool(found),
            "sometime": self._entries([one for one in found if one.date.known_to == "year"][:MOST]),
            **(self._month(known) if of_month else self._year(known)),
            **self._ways(),
        }

    def _month(self, known: list[Found]) -> dict[str, Any]:
        entries = self._entries(known[:MOST])
        days = [one for one in entries if one.date.known_to == "day"]
        return {
            "entries": entries,
            "month_wide": [one for one in entries if one.date.known_to == "month"],
            "weekdays": weekdays(),
            "weeks": weeks_of(self.period, days),
            "left_out": len(known) - len(entries),
        }

    def _year(self, known: list[Found]) -> dict[str, Any]:
        by_month: dict[PartialDate, list[Found]] = defaultdict(list)
        for one in known:
            # What began in an earlier year is in this year from its first month on.
            by_month[month_of(max(one.date.earliest, self.period.earliest))].append(one)
        shown = [one for found in by_month.values() for one in found[:MOST_OF_A_YEARS_MONTH]]
        entries: dict[PartialDate, list[Entry]] = defaultdict(list)
        for entry in self._entries(shown):
            entries[month_of(max(entry.date.earliest, self.period.earliest))].append(entry)
        return {
            "months": [
                {
                    "date": month,
                    "query": self._query(month),
                    "entries": entries[month],
                    "more": len(by_month[month]) - len(entries[month]),
                }
                for month in months_of(self.period)
            ]
        }

    def _ways(self) -> dict[str, Any]:
        """Where else one can go: to the nearest periods with something, and to today."""
        before = queries.last_before(self.filters.qs, self.period)
        after = (later := following(self.period)) and queries.first_after(self.filters.qs, later)
        of = month_of if self.period.precision == "month" else year_of
        today = of(timezone.localdate())
        steps = {"previous": before and of(before.earliest), "next": after and of(after.earliest)}
        return {
            **{
                name: {"date": date, "query": self._query(date)}
                for name, date in steps.items()
                if date
            },
            "today": None if today == self.period else {"query": self._query(today)},
            "year_query": self._query(year_of(self.period)),
        }

    def _query(self, period: PartialDate) -> str:
        return changed(self.request.GET, page="", columns="", show=period.edtf)

    def _found(self) -> list[Found]:
        """All in the period, the earliest first."""
        rounds: QuerySet[Round] = self.filters.qs
        found = [Found(*one, "round") for one in queries.falling_within(rounds, self.period)]
        if self.due.chosen:
            points = AgreedPoint.objects.visible_to(self.request.user).filter(
                round__in=rounds.order_by().values("pk")
            )
            due = queries.falling_within(points, self.period, "due")
            found += [Found(*one, "due") for one in due]
            found.sort(key=lambda one: one.date)
        return found

    def _entries(self, found: list[Found]) -> list[Entry]:
        return entries_of(found, staff=clearance_of(self.request.user).staff)
