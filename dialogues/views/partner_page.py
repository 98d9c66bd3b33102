"""A partner's page: all series on one line of time, what is open, who led, what about."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from dialogues.models import Partner, Round, Series, clearance_of
from dialogues.pictures import Axis, Bars, Lane, bars, timeline, years_of
from dialogues.queries.chains import Chain, chains_of
from dialogues.queries.years import rounds_by_year
from dialogues.vocabulary import RoundStatus

from . import talk_words
from .chain_words import mark_of, standing_of
from .sides import party_names

Chains = list[tuple[Series, Chain]]
#: How many marks the picture of all series has together.
MARKS = 120


class PartnerDetail(DetailView):
    """`/partners/CODE/`."""

    context_object_name = "partner"
    slug_field = slug_url_kwarg = "code"
    template_name = "dialogues/partner_detail.html"

    def get_queryset(self) -> QuerySet[Partner]:
        return Partner.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        partner: Partner = self.object
        user = self.request.user
        rounds = Round.objects.visible_to(user).filter(series__partner=partner)
        names, given = party_names(partner.label), {"partner": partner.code}
        every = self.series()
        return super().get_context_data(
            section="partners",
            count=sum(len(chain.rows) for _series, chain in every),
            series=[self.line(series, chain) for series, chain in every],
            rounds_url=talk_words.listed("round-list", given),
            pictures_url=talk_words.listed("round-pictures", given),
            heads=talk_words.heads(rounds, names),
            **self.pictures(every, rounds),
            **talk_words.owed(rounds, given, staff=clearance_of(user).staff),
            **talk_words.topics(rounds, given, user),
            **kwargs,
        )

    def series(self) -> Chains:
        """The partner's series, each with its chain; the one that met last first. Two queries."""
        user = self.request.user
        chains = chains_of(user, series__partner=self.object)
        found = [
            (series, chains.get(series.pk) or Chain([]))
            for series in Series.objects.visible_to(user).filter(partner=self.object)
        ]
        return sorted(found, key=lambda one: _last(one[1]), reverse=True)

    def line(self, series: Series, chain: Chain) -> dict[str, Any]:
        """A series' line: how many rounds, when last, when next, and who hosts that."""
        names = party_names(self.object.label)
        return {
            "title": series.title,
            "url": series.get_absolute_url(),
            "count": len(chain.rows),
            **standing_of(chain, names, timezone.localdate()),
        }

    def pictures(self, every: Chains, rounds: QuerySet[Round]) -> dict[str, Any]:
        """The timeline, and the rounds a year, over the same years. One query."""
        today = timezone.localdate()
        held = rounds.filter(status=RoundStatus.HELD)
        stacks = rounds_by_year(held, "format")
        each = max(MARKS // max(len(every), 1), 5)
        shown = [(series, chain.rows[-each:]) for series, chain in every if chain.rows]
        lanes = [
            Lane(series.title, series.get_absolute_url(), [mark_of(row) for row in rows])
            for series, rows in shown
        ]
        years = {year for counts in stacks.values() for year in counts}
        axis = Axis.over(years_of(lanes) | years, today)
        whole = all(len(chain.rows) <= each for _series, chain in every)
        return {
            "timeline": timeline(lanes, today=today, axis=axis),
            "timeline_shows": _("All rounds of every series, each as wide as its date is known.")
            if whole
            else _("The newest %(count)s rounds of each series, each as wide as its date is known.")
            % {"count": each},
            "bars": self.bars(axis, stacks),
        }

    def bars(self, axis: Axis, stacks: dict[Any, Counter[int]]) -> Bars | None:
        """The rounds held a year by format, each bar a link to the list of them."""
        if not stacks:
            return None
        given = {"partner": self.object.code, "status": RoundStatus.HELD.value}
        return bars(
            axis,
            stacks,
            lambda value, year: talk_words.listed(
                "round-list", given, format=value, year=f"{year:04}"
            ),
        )


def _last(chain: Chain) -> str:
    """What series are put in order by: the text of the date when they last met."""
    last = chain.last_held
    return last["date"].edtf if last and last["date"] else ""
