"""An agreed point by its lasting reference."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import DetailView

from dialogues.models import AgreedPoint, clearance_of
from dialogues.workflow import may_change

from .sides import is_overdue, names_in

# One point has one address: no leading zeros.
REFERENCE = re.compile(r"([-a-z0-9_]+)\.([1-9][0-9]{0,4})")


class AgreedPointDetail(DetailView):
    """An agreed point's page; its address ends in its lasting reference."""

    context_object_name = "point"
    template_name = "dialogues/agreedpoint_detail.html"

    def get_queryset(self) -> QuerySet[AgreedPoint]:
        return (
            AgreedPoint.objects.visible_to(self.request.user)
            .select_related("round__series__partner", "issue")
            .prefetch_related("topics", "follow_ups")
        )

    def get_object(self, queryset: QuerySet[AgreedPoint] | None = None) -> AgreedPoint:
        reference = REFERENCE.fullmatch(self.kwargs["reference"])
        if reference is None:
            raise Http404
        slug, number = reference.groups()
        points = self.get_queryset() if queryset is None else queryset
        return get_object_or_404(points, round__slug=slug, number=int(number))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        point: AgreedPoint = self.object
        staff = clearance_of(self.request.user).staff
        return super().get_context_data(
            section="points",
            responsible=names_in(point.round.series).get(point.responsible, ""),
            overdue=is_overdue(point.status, point.due),
            staff=staff,
            may_change=staff and may_change(self.request.user, point.round),
            **kwargs,
        )
