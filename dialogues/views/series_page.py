"""A series' page: the chain of its rounds, how it goes on, what is open, who led, what about."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from dialogues.models import Round, Series, clearance_of
from dialogues.pictures import Lane, timeline
from dialogues.queries.chains import Chain, chains_of
from dialogues.queries.listings import counts_of, places_of

from . import talk_words
from .chain_words import chain_rows, mark_of, standing_of
from .rows import points_in_words
from .sides import names_in

#: How many rounds the chain shows, and how many the picture; the rest is a click away.
ROUNDS, MARKS = 40, 100
SUFFIXES = ("csv", "xlsx", "ndjson", "ics", "atom")


class SeriesDetail(DetailView):
    """`/series/SLUG/`."""

    context_object_name = "series"
    template_name = "dialogues/series_detail.html"

    def get_queryset(self) -> QuerySet[Series]:
        return Series.objects.visible_to(self.request.user).select_related("partner")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        series: Series = self.object
        user = self.request.user
        chain = chains_of(user, series=series).get(series.pk) or Chain([])
        rounds = Round.objects.visible_to(user).filter(series=series)
        names, given = names_in(series), {"series": series.slug}
        staff = clearance_of(user).staff
        return super().get_context_data(
            section="series",
            count=len(chain.rows),
            rows=self.rows(chain),
            standing=standing_of(chain, names, timezone.localdate()),
            rounds_url=talk_words.listed("round-list", given),
            pictures_url=talk_words.listed("round-pictures", given),
            downloads=[
                (suffix, f"{reverse('round-list')[:-1]}.{suffix}?series={series.slug}")
                for suffix in SUFFIXES
            ],
            heads=talk_words.heads(rounds, names),
            **self.picture(chain),
            **talk_words.owed(rounds, given, staff=staff),
            **talk_words.topics(rounds, given, user),
            **kwargs,
        )

    def rows(self, chain: Chain) -> list[dict[str, Any]]:
        """The newest rounds, with where they met and what was agreed. Two queries."""
        newest = chain.rows[-ROUNDS:]
        ids = [row["pk"] for row in newest]
        places, counts = places_of(ids), counts_of(ids)
        nothing = {"points": 0, "open_points": 0}
        series: Series = self.object
        rows = chain_rows(newest, names_in(series), series.unrecorded_through)
        for row in rows:
            count = counts.get(row["pk"], nothing)
            row["places"] = "; ".join(places[row["pk"]])
            row["points"] = points_in_words(count["points"], count["open_points"])
        return rows

    def picture(self, chain: Chain) -> dict[str, Any]:
        """The timeline of the newest rounds."""
        marks = [mark_of(row) for row in chain.rows[-MARKS:]]
        return {
            "timeline": timeline([Lane("", "", marks)], today=timezone.localdate()),
            "timeline_shows": _("Rounds of this series, each as wide as its date is known.")
            if len(marks) == len(chain.rows)
            else _("The newest %(count)s rounds of this series, each as wide as its date is known.")
            % {"count": len(marks)},
        }
