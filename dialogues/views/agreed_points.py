"""Agreed points: the list, and a point by its lasting reference."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import DetailView

from dialogues.filters import AgreedPointFilter
from dialogues.models import AgreedPoint, clearance_of
from dialogues.queries.listings import points_by_id
from dialogues.workflow import may_change

from .listing import Column, ListingView
from .rows import partners_in_words, point_rows
from .sides import is_overdue, names_in

# One point has one address: no leading zeros.
REFERENCE = re.compile(r"([-a-z0-9_]+)\.([1-9][0-9]{0,4})")


class AgreedPointList(ListingView):
    """The agreed points that the reader may see, filtered and sorted."""

    template_name = "dialogues/agreedpoint_list.html"
    heading = _("Agreed points")
    section = "points"
    names = ("agreed-point-list", "agreed-point-filters")
    filters_class = AgreedPointFilter
    visible = ("status", "overdue", "responsible", "partner", "series", "topic")
    when = ("due_from", "due_to", "year", "date_from", "date_to", "date_match")
    columns = (
        Column(_("Agreed point")),
        Column(_("Status")),
        Column(_("Due")),
        Column(_("Responsible")),
        Column(_("Round"), "edition"),
        Column(_("Date"), "date"),
    )

    def everything(self) -> QuerySet[AgreedPoint]:
        return AgreedPoint.objects.visible_to(self.request.user)

    def rows(self, ids: list[int]) -> list[dict[str, Any]]:
        return point_rows(points_by_id(ids), staff=clearance_of(self.request.user).staff)

    def count_in_words(self, count: int) -> str:
        return partners_in_words(
            ngettext("%(count)s agreed point", "%(count)s agreed points", count),
            count,
            self.filters,
        )


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
