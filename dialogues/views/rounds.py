"""Rounds: the list, and a round with everything it holds."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import DetailView

from dialogues.filters import RoundFilter
from dialogues.models import AgreedPoint, Round, clearance_of
from dialogues.queries.editions import place_of
from dialogues.queries.history import last_change
from dialogues.queries.listings import rounds_by_id
from dialogues.workflow import may_change

from .listing import Column, ListingView
from .rows import partners_in_words, round_rows
from .sides import delegations, host_in_words, is_overdue, names_in, not_recorded, raised

PARTS = (
    "participants__person",
    "venues__country",
    "topics",
    "statements__topics",
    "statements__issue",
    Prefetch(
        "agreed_points",
        AgreedPoint.objects.select_related("issue").prefetch_related("topics", "follow_ups"),
    ),
    "sources__topics",
    "related_events",
)


class RoundList(ListingView):
    """The rounds that the reader may see, filtered and sorted."""

    template_name = "dialogues/round_list.html"
    heading = _("Rounds")
    section = "rounds"
    names = ("round-list", "round-filters")
    filters_class = RoundFilter
    visible = ("partner", "series", "kind", "status", "topic")
    columns = (
        Column(_("Date"), "date"),
        Column(_("Round"), "edition"),
        Column(_("Partner"), "partner"),
        Column(_("Format")),
        Column(_("Where")),
        Column(_("Agreed points"), numeric=True),
    )

    def everything(self) -> QuerySet[Round]:
        return Round.objects.visible_to(self.request.user)

    def rows(self, ids: list[int]) -> list[dict[str, Any]]:
        staff = clearance_of(self.request.user).staff
        return round_rows(rounds_by_id(ids), reverse("round-list"), staff=staff)

    def count_in_words(self, count: int) -> str:
        return partners_in_words(
            ngettext("%(count)s round", "%(count)s rounds", count), count, self.filters
        )


class RoundDetail(DetailView):
    """A round's page."""

    context_object_name = "round"
    template_name = "dialogues/round_detail.html"

    def get_queryset(self) -> QuerySet[Round]:
        return (
            Round.objects.visible_to(self.request.user)
            .select_related("series__partner")
            .prefetch_related(*PARTS)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        round_: Round = self.object
        names = names_in(round_.series)
        staff = clearance_of(self.request.user).staff
        return super().get_context_data(
            section="rounds",
            delegations=delegations(round_, names),
            raised=raised(round_, names),
            points=[
                (point, names.get(point.responsible, ""), is_overdue(point.status, point.due))
                for point in round_.agreed_points.all()
            ],
            sources=[(source, names.get(source.side, "")) for source in round_.sources.all()],
            host=host_in_words(round_, names),
            missing=not_recorded(round_),
            place=place_of(round_, self.request.user),
            staff=staff,
            may_change=staff and may_change(self.request.user, round_),
            last_change=last_change(round_) if staff else None,
            **kwargs,
        )
