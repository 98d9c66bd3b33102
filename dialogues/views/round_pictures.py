"""The rounds of a filtered list in pictures, each bar and cell a link into the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from dialogues.filters import RoundFilter
from dialogues.models import Round
from dialogues.pictures import Axis, Bars, Grid, Head, bars, grid
from dialogues.queries import tables
from dialogues.queries.tables import Counted, Named

from .listing import Problem, changed
from .rows import partners_in_words

#: The rows and columns that grids show until all are asked for.
TOP = 20
#: A year's least width in pixels, for bars and cells alike, so that they stand under one another.
YEAR_WIDTH = 26
#: Parameters of the page that are no filters; the list's own are taken and passed on.
WHOLE = "rows"
ALLOWED = frozenset({"page", "columns", WHOLE})


class Drawn(NamedTuple):
    """A grid, and how many of how many rows and columns it shows."""

    picture: Grid
    rows: int
    of_rows: int
    columns: int
    of_columns: int

    @property
    def is_cut(self) -> bool:
        return self.rows < self.of_rows or self.columns < self.of_columns


class RoundPictures(TemplateView):
    """`/rounds/pictures/?…`, with the parameters of `/rounds/?…`; `rows=all` draws every row."""

    template_name = "dialogues/round_pictures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = changed(self.request.GET, page="", **{WHOLE: ""})
        return super().get_context_data(
            section="rounds",
            problems=self.problems,
            chips=self.filters.describe(),
            query=query,
            list_url=self.listed(),
            whole=self.whole,
            whole_query=changed(self.request.GET, page="", **{WHOLE: "all"}),
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
        given = self.request.GET.getlist(WHOLE)
        if given not in ([], [""], ["all"]):
            found.append(Problem("", _("“rows” can only be “all”.")))
        return found

    @property
    def whole(self) -> bool:
        return self.request.GET.get(WHOLE) == "all"

    def listed(self, **parameters: str) -> str:
        """The list's address with the page's filters, and these in place of its own."""
        query = changed(self.request.GET, **{"page": "", WHOLE: "", **parameters})
        return f"{reverse('round-list')}?{query}" if query else reverse("round-list")

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
        years = [year for counts in counted.formats.values() for year in counts]
        axis = Axis.over(years, year_width=YEAR_WIDTH) if years else None
        return {
            **context,
            "bars": axis and self.bars(counted, axis),
            "partners": axis and self.partners(counted, axis, names),
            "topics": self.topics(counted, names),
        }

    def bars(self, counted: Counted, axis: Axis) -> Bars:
        """Rounds a year by format."""
        return bars(
            axis,
            counted.formats,
            lambda value, year: self.listed(format=value, year=f"{year:04}"),
        )

    def partners(self, counted: Counted, axis: Axis, names: Mapping[int, Named]) -> Drawn:
        """Partners by years, those with most rounds first."""
        shown = self.top(counted.partners, names)
        picture = grid(
            [Head(pk, names[pk].label, self.listed(partner=names[pk].value)) for pk in shown],
            [Head(year, f"{year:04}") for year in axis.years],
            {(pk, year): n for pk in shown for year, n in counted.years.get(pk, {}).items()},
            lambda pk, year: self.listed(partner=names[pk].value, year=f"{year:04}"),
            totals=counted.partners,
            years=True,
            column_width=YEAR_WIDTH,
            tooltip=told,
            key="partners",
        )
        return Drawn(picture, len(shown), len(counted.partners), axis.count, axis.count)

    def topics(self, counted: Counted, partners: Mapping[int, Named]) -> Drawn | None:
        """Topics by partners, those of most rounds first; under a filter by topic, its branch."""
        filters = self.filters
        counts = filters.kept(("topics",), lambda: tables.topics_by_partner(filters.matching()))
        branch = tables.branches(filters.given["topic"]) if filters.given.get("topic") else None
        totals: Counter[int] = Counter()
        for (topic, _partner), number in counts.items():
            if branch is None or topic in branch:
                totals[topic] += number
        if not totals:
            return None
        names = tables.topics_named(totals)
        rows, columns = self.top(totals, names), self.top(counted.partners, partners)
        picture = grid(
            [Head(pk, names[pk].label, self.listed(topic=names[pk].value)) for pk in rows],
            [
                Head(
                    pk,
                    partners[pk].label,
                    self.listed(partner=partners[pk].value),
                    partners[pk].value,
                )
                for pk in columns
            ],
            counts,
            lambda topic, partner: self.listed(
                topic=names[topic].value, partner=partners[partner].value
            ),
            totals=totals,
            tooltip=told,
            key="topics",
        )
        return Drawn(picture, len(rows), len(totals), len(columns), len(counted.partners))

    def top(self, totals: Counter[int], names: Mapping[int, Named]) -> list[int]:
        """Those of most rounds, by name where they have as many; all, where all are asked for."""
        ordered = sorted(totals, key=lambda pk: (-totals[pk], names[pk].label))
        return ordered if self.whole else ordered[:TOP]


def told(row: Head, column: Head, count: str) -> str:
    """What a cell says: "Norway, 2019: 3 rounds"."""
    words = _("1 round") if count == "1" else _("%(count)s rounds") % {"count": count}
    return f"{row.label}, {column.label}: {words}"
