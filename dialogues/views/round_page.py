"""A round with everything it holds."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.views.generic import DetailView

from dialogues.models import AgreedPoint, Round, clearance_of
from dialogues.queries.editions import place_of
from dialogues.queries.history import last_change
from dialogues.workflow import may_change

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
