"""The rounds of a filtered list in pictures, each bar and cell a link into the list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from dialogues.filters import RoundFilter
from dialogues.models import Round
from dialogues.pictures import Axis, Bars, Grid, Head, bars, grid
from dialogues.queries import tables
from dialogues.queries.tables import Counted, Named

from .listing import Problem
from .rows import partners_in_words
from .ways_out import changed

#: So many rows or columns of a kind are drawn at a time.
TOP = 20
#: A year's least width in pixels, for bars and cells alike, so that they stand under one another.
YEAR_WIDTH = 26
#: Parameters of the page that are no filters: from which partner and topic on, by their number of
#: rounds, the grids are drawn. The list's own are taken and passed on.
PARTNERS, TOPICS = "partners_from", "topics_from"
OWN = {"page": "", PARTNERS: "", TOPICS: ""}
ALLOWED = frozenset({"columns", *OWN})
FROM = re.compile(r"[1-9][0-9]{0,5}")


class Window(NamedTuple):
    """Which of those that are ordered by their number of rounds are drawn."""

    ids: list[int]
    first: int
    last: int
    """Their places, counted from 1."""
    of: int
    before: str
    after: str
    """The query strings of the ones before and after; empty where there are none."""

    @property
    def is_cut(self) -> bool:
        return len(self.ids) < self.of


class RoundPictures(TemplateView):
    """`/rounds/pictures/?…`, with the parameters of `/rounds/?…`."""

    template_name = "dialogues/round_pictures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            section="pictures",
            problems=self.problems,
            chips=self.filters.describe(),
            list_url=self.listed(),
            **({} if self.problems else self.drawn()),
            **kwargs,
        )

    @cached_property
    def filters(self) -> RoundFilter:
        return RoundFilter(
            self.request.GET,
            Round.objects.visible_to(self.request.user),
            request=self.request,
            allowed=ALLOWED,
        )

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything wrong with the query string, in its order."""
        found = [
            Problem("", str(sentence))
            for sentences in self.filters.errors.values()
            for sentence in sentences
        ]
        found += [
            Problem("", _("“%(name)s” is a number from 1 on.") % {"name": name})
            for name in (PARTNERS, TOPICS)
            if not FROM.fullmatch(self.request.GET.get(name) or "1")
        ]
        return found

    def listed(self, *left_out: str) -> str:
        """The list's address with the page's filters, but for those left out."""
        query = changed(self.request.GET, **OWN, **dict.fromkeys(left_out, ""))
        return f"{reverse('round-list')}?{query}" if query else reverse("round-list")

    def linked(self, *names: str) -> Callable[..., str]:
        """What makes addresses of the list with other values for these parameters.

        Pages have a thousand of them; all are made of one beginning.
        """
        begin = self.listed(*names)
        begin += "&" if "?" in begin else "?"
        return lambda *values: (
            begin
            + "&".join(f"{name}={quote(value)}" for name, value in zip(names, values, strict=True))
        )

    def drawn(self) -> dict[str, Any]:
        """The pictures, as far as there is something to see. Up to seven queries."""
        filters = self.filters
        counted = filters.kept(("pictures",), lambda: tables.counted(filters.matching()))
        if asked := filters.given.get("year"):
            # A date that may fall in two years stands in those that are asked for.
            counted = tables.within(counted, {int(year) for year in asked})
        count = counted.partners.total()
        words = ngettext("%(count)s round", "%(count)s rounds", count)
        context = {
            "count": count,
            "count_in_words": partners_in_words(words, count, filters),
            "undated": counted.undated,
        }
        if not count:
            return context
        names = tables.partners_named(counted.partners)
        shown = self.window(PARTNERS, counted.partners, names)
        years = [year for counts in counted.formats.values() for year in counts]
        axis = Axis.over(years, year_width=YEAR_WIDTH) if years else None
        return {
            **context,
            "shown_partners": shown,
            "bars": axis and self.bars(counted, axis),
            "partners": axis and self.partners(counted, axis, shown, names),
            **self.topics(shown, names),
        }

    def bars(self, counted: Counted, axis: Axis) -> Bars:
        """Rounds a year by format."""
        link = self.linked("format", "year")
        return bars(axis, counted.formats, lambda value, year: link(value, f"{year:04}"))

    def partners(
        self, counted: Counted, axis: Axis, shown: Window, names: Mapping[int, Named]
    ) -> Grid:
        """Partners by years, those with most rounds first."""
        row, cell = self.linked("partner"), self.linked("partner", "year")
        return grid(
            [Head(pk, names[pk].label, row(names[pk].value)) for pk in shown.ids],
            [Head(year, f"{year:04}") for year in axis.years],
            {(pk, year): n for pk in shown.ids for year, n in counted.years.get(pk, {}).items()},
            lambda pk, year: cell(names[pk].value, f"{year:04}"),
            totals=counted.partners,
            years=True,
            column_width=YEAR_WIDTH,
            tooltip=told,
            key="partners",
        )

    def topics(self, partners: Window, partner_names: Mapping[int, Named]) -> dict[str, Any]:
        """Topics by partners, those of most rounds first; under a filter by topic, its branch."""
        filters = self.filters
        counts = filters.kept(("topics",), lambda: tables.topics_by_partner(filters.matching()))
        branch = tables.branches(filters.given["topic"]) if filters.given.get("topic") else None
        totals: Counter[int] = Counter()
        for (topic, _partner), number in counts.items():
            if branch is None or topic in branch:
                totals[topic] += number
        if not totals:
            return {}
        names = tables.topics_named(totals)
        shown = self.window(TOPICS, totals, names)
        row, column = self.linked("topic"), self.linked("partner")
        cell = self.linked("topic", "partner")
        picture = grid(
            [Head(pk, names[pk].label, row(names[pk].value)) for pk in shown.ids],
            [
                Head(pk, partner_names[pk].label, column(code := partner_names[pk].value), code)
                for pk in partners.ids
            ],
            counts,
            lambda topic, partner: cell(names[topic].value, partner_names[partner].value),
            totals=totals,
            tooltip=told,
            key="topics",
        )
        return {"topics": picture, "shown_topics": shown}

    def window(self, name: str, totals: Counter[int], names: Mapping[int, Named]) -> Window:
        """Those that are drawn, from the one that the parameter `name` says; of as many rounds,
        by name. From beyond the last, the last ones."""
        ordered = sorted(totals, key=lambda pk: (-totals[pk], names[pk].label))
        asked = int(self.request.GET.get(name) or 1)
        first = asked if asked <= len(ordered) else max(len(ordered) - TOP + 1, 1)
        return Window(
            ordered[first - 1 : first - 1 + TOP],
            first,
            min(first - 1 + TOP, len(ordered)),
            len(ordered),
            self.moved(name, max(first - TOP, 1)) if first > 1 else "",
            self.moved(name, first + TOP) if first - 1 + TOP < len(ordered) else "",
        )

    def moved(self, name: str, first: int) -> str:
        """The page's query string from another one on."""
        return changed(self.request.GET, page="", **{name: str(first)})


def told(row: Head, column: Head, count: str) -> str:
    """What a cell says: "Norway, 2019: 3 rounds"."""
    words = _("1 round") if count == "1" else _("%(count)s rounds") % {"count": count}
    return f"{row.label}, {column.label}: {words}"
