"""The listings that have feeds: where their rows come from, what dates them, how they are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from dialogues.filters import AgreedPointFilter, RoundFilter
from dialogues.filters.listing import ListingFilter
from dialogues.filters.values import Reader
from dialogues.models import AgreedPoint, Round

from .told import Told, points_told, rounds_told

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: Parameters of a listing's page that mean nothing here.
OF_THE_PAGE = frozenset({"page", "columns"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One listing as feeds need it."""

    heading: _StrPromise
    list_name: str
    """The address name of its page."""
    filters: type[ListingFilter]
    everything: Callable[[Reader], QuerySet[Any]]
    """All that a reader may see."""
    date: str
    """The path to the date that makes a row an event."""
    updated: str
    """The path to the time of the last change."""
    told: Callable[[Sequence[int]], list[Told]]

    def filtered(self, request: HttpRequest, user: Reader, data: QueryDict) -> ListingFilter:
        """The rows that `user` may see and that meet `data`, whoever sent the request."""
        asking = copy(request)
        asking.user = user
        return self.filters(data, self.everything(user), request=asking, allowed=OF_THE_PAGE)

    def title(self, filters: ListingFilter) -> str:
        """What the feed holds: "Rounds · Partner: Norway"."""
        return " · ".join([str(self.heading), *(chip.words for chip in filters.describe())])


KINDS = {
    "rounds": Kind(
        _("Rounds"), "round-list", RoundFilter, Round.objects.visible_to, "date", "updated",
        rounds_told,
    ),
    "agreed-points": Kind(
        _("Agreed points"), "agreed-point-list", AgreedPointFilter,
        AgreedPoint.objects.visible_to, "due", "round__updated", points_told,
    ),
}  # fmt: skip
