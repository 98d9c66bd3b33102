"""Rounds: the list."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialogues.filters import RoundFilter
from dialogues.models import Round, clearance_of
from dialogues.queries.listings import rounds_by_id

from .listing import Column, ListingView
from .rows import partners_in_words, round_rows


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
