"""All values of one filter, with how many rows each would leave: to find one by typing.

A page by itself, for those without JavaScript and for whoever wants to read the whole list; and
what `static/js/finder.js` asks while somebody types beside a list.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from dialogues.filters import Counted, as_tree, counts, found
from dialogues.filters.conditions import Is
from dialogues.filters.listing import ListingFilter
from dialogues.listings import LISTINGS, Listing

from .controls import counted_ticks
from .listing import SECTIONS, Problem
from .ways_out import changed

#: So many values make a page.
PAGE_SIZE = 200
#: As much as is looked at of what somebody types.
LONGEST = 200


class FacetPage(TemplateView):
    """`/filters/rounds/person/?partner=NO&find=alya`: sends what is ticked to the list."""

    template_name = "dialogues/facet.html"
    listing: Listing = LISTINGS["rounds"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.name: str = kwargs["name"]
        condition = self.filters.filters.get(self.name)
        if type(condition) is not Is:
            raise Http404(_("There is no such filter."))
        self.label = str(condition.label)

    @cached_property
    def filters(self) -> ListingFilter:
        return self.listing.filtered(self.request, self.request.GET, allowed=["find"])

    @cached_property
    def typed(self) -> str:
        return self.request.GET.get("find", "").replace("\0", "")[:LONGEST]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.GET
        others, missing = self._others()
        page = Paginator(others, PAGE_SIZE).get_page(given.get("page"))
        total = len(others) + len(self._known)
        return super().get_context_data(
            section=SECTIONS.get(self.listing.key, self.listing.key),
            heading=self.listing.heading,
            label=self.label,
            typed=self.typed,
            problems=self._problems(),
            list_url=reverse(self.listing.url_name),
            back=changed(given, find="", page=""),
            count_in_words=ngettext("%(count)s value", "%(count)s values", total)
            % {"count": number_format(total, force_grouping=True)},
            ticks=self._ticks(page, missing),
            earlier=changed(given, page=str(page.number - 1)) if page.has_previous() else "",
            later=changed(given, page=str(page.number + 1)) if page.has_next() else "",
            kept_finding=self._kept("find", "page"),
            kept_choosing=self._kept("find", "page", self.name, f"{self.name}__empty"),
            **kwargs,
        )

    @cached_property
    def _known(self) -> dict[str, str]:
        """What is chosen already."""
        return self.filters.given.get(self.name) or {}

    @cached_property
    def _counted(self) -> list[Counted]:
        return counts(self.filters, [self.name])[self.name]

    def _others(self) -> tuple[list[Counted], int]:
        """What could be chosen besides and is called as somebody types; how many rows have no
        value."""
        missing = sum(one.count for one in self._counted if one.value is None)
        others = [
            one for one in self._counted if one.value is not None and one.value not in self._known
        ]
        return found(others, self.typed), missing

    def _ticks(self, page: Page[Counted], missing: int) -> str:
        own = {one.value: one.count for one in self._counted}
        unset = bool(self.filters.given.get(f"{self.name}__empty"))
        first = page.number == 1
        return counted_ticks(
            self.name,
            [(value, label, own.get(value, 0)) for value, label in self._known.items()],
            as_tree(list(page.object_list)),
            missing=missing if first and not self.typed else 0,
            unset=unset,
        )

    def _kept(self, *without: str) -> list[tuple[str, str]]:
        """What a form of this page has to send along."""
        return [
            (name, value)
            for name, values in self.request.GET.lists()
            for value in values
            if name not in without and value
        ]

    def _problems(self) -> list[Problem]:
        sentences = (one for several in self.filters.errors.values() for one in several)
        return [Problem("", str(sentence)) for sentence in sentences]
