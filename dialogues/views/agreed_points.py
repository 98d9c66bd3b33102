"""Agreed points: the list."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialogues.filters import AgreedPointFilter
from dialogues.models import AgreedPoint, clearance_of
from dialogues.queries.listings import points_by_id

from .listing import Column, ListingView
from .rows import partners_in_words, point_rows


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
