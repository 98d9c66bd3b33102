"""What all listings are: filters, chips, a count in words, sorted columns, numbered pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from dialogues.filters import Chip, ListingFilter, counts
from dialogues.listings import LISTINGS, Column, Listing, UnknownColumn
from dialogues.models import clearance_of

from .cells import Table
from .controls import DEFAULTS
from .filter_form import FilterForm
from .rows import partners_in_words
from .ways_out import changed, ways_out

PAGE_SIZE = 50
YEAR = 365 * 24 * 60 * 60
#: The sections of the masthead that are not called as their listing.
SECTIONS = {"agreed-points": "points"}
#: The address names of the forms that hold every filter.
WHOLE_FORMS = {
    key: listing.url_name.replace("-list", "-filters") for key, listing in LISTINGS.items()
}
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
#: Of an empty result's filters, how many are tried for what would come without them.
TRIED = 6


class Heading(NamedTuple):
    """A column's heading as the table shows it; `query` sorts by it, or the other way round."""

    label: str | Promise
    numeric: bool
    query: str
    direction: str
    """ascending, descending, or empty."""


class Problem(NamedTuple):
    """Something wrong with the query string; `anchor` is the field's id where there is a field."""

    anchor: str
    sentence: str


class Widening(NamedTuple):
    """A filter without which there would be something."""

    words: str
    query: str
    rows: int


class CountedPages(Paginator):
    """Pages of what has been counted already."""

    def __init__(self, rows: Any, per_page: int, rows_counted: int) -> None:
        super().__init__(rows, per_page)
        self.count = rows_counted


class ListingView(TemplateView):
    """A listing's page, `/rounds/` and its likes."""

    template_name = "dialogues/listing.html"
    listing: Listing = LISTINGS["rounds"]
    whole: bool = False
    """Whether this is the form with all filters; it sends to the list."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "column" in request.GET:
            # The ticks of the form; in addresses they are one parameter.
            asked = ",".join(request.GET.getlist("column"))
            chosen = changed(request.GET, column="", columns=asked)
            return HttpResponseRedirect(f"{request.path}?{chosen}")
        query = None if self.whole else self._better_query()
        if query is not None:
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        response = super().get(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request", "Cookie"])
        if request.headers.get("HX-Request"):
            # Where the form was sent on from, to the shorter address.
            response["HX-Push-Url"] = request.get_full_path()
        if self.problems and request.headers.get("HX-Request"):
            # What is wrong is told, also at its field; the list and its count stay as they are.
            response["HX-Reselect"] = "#filters"
            response["HX-Push-Url"] = "false"
        if not self.problems and "columns" in request.GET:
            response.set_cookie(
                self._cookie, request.GET["columns"], max_age=YEAR, samesite="Lax", httponly=True
            )
        return response

    def _better_query(self) -> str | None:
        """The query string to go to instead, if there is one: short, and of a page that exists.

        The form sends every field, most of them empty; what is then cited should say only what
        was asked.
        """
        if self.problems:
            return None
        given, pages = self.request.GET, self.paginator.num_pages
        if self.number > pages:
            return changed(given, page="" if pages == 1 else str(pages))
        if any(not value for _name, values in given.lists() for value in values):
            usual = {**DEFAULTS, "ordering": self.filters.default_order}
            idle = [name for name, value in usual.items() if given.get(name) == value]
            return changed(given, **dict.fromkeys(idle, ""))
        return None

    def get_template_names(self) -> list[str]:
        return ["dialogues/filters.html"] if self.whole else super().get_template_names()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # With something wrong, the list stays what it is without that.
        shown = self.filters.rest() if self.problems else self.filters
        listed = {} if self.whole or shown is None else self._listed(shown)
        key = self.listing.key
        untouched = bool(self.problems and self.request.headers.get("HX-Request"))
        query = changed(self.request.GET, page="")
        kept = changed(self.request.GET, page="", columns="")
        return super().get_context_data(
            section=SECTIONS.get(key, key),
            listing=self.listing,
            heading=self.listing.heading,
            problems=self.problems,
            untouched=untouched,
            still_listed=untouched or bool(listed.get("body")),
            form=self._form(shown),
            list_url=reverse(self.listing.url_name),
            form_url=self._form_url(query),
            query=query,
            chips=self.chips,
            headings=list(self._headings()),
            columns=self._choices(),
            sent_along=[("columns", text) for text in self.request.GET.getlist("columns")[:1]],
            **ways_out(key, self.request.GET, self.columns),
            hidden=[(name, value) for name, values in QueryDict(kept).lists() for value in values],
            **listed,
            **kwargs,
        )

    def _form(self, shown: ListingFilter | None) -> FilterForm:
        counted = {} if self.whole else counts(shown or self.filters, self.listing.facets)
        return FilterForm(
            self.filters,
            self.listing.facets,
            self.listing.when,
            whole=self.whole,
            counted=counted,
            whole_facet=None if self.whole else self._facet_url,
        )

    def _facet_url(self, name: str) -> str:
        """Where all values of one filter are, under the others that are set."""
        address = reverse(f"{self.listing.key}-facet", args=[name])
        query = changed(self.request.GET, page="")
        return f"{address}?{query}" if query else address

    def _form_url(self, query: str) -> str:
        address = reverse(WHOLE_FORMS[self.listing.key])
        return f"{address}?{query}" if query else address

    @property
    def _cookie(self) -> str:
        return f"columns-{self.listing.key}"

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that are asked for; else those chosen on the last visit; else the usual."""
        user = self.request.user
        try:
            asked = self.request.GET.get("columns") or self.request.COOKIES.get(self._cookie, "")
            return self.listing.chosen(asked, user)
        except UnknownColumn:
            # What is wrong in the address is told among the problems; an old choice is forgotten.
            return self.listing.chosen("", user)

    def _choices(self) -> list[tuple[str, str, bool]]:
        chosen = {one.key for one in self.columns}
        every = self.listing.columns(self.request.user)
        return [(key, str(one.label), key in chosen) for key, one in every.items()]

    @cached_property
    def filters(self) -> ListingFilter:
        return self._filtered_by(self.request.GET)

    def _filtered_by(self, data: QueryDict) -> ListingFilter:
        return self.listing.filtered(self.request, data)

    @cached_property
    def chips(self) -> list[Chip]:
        return self.filters.describe()

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything wrong with the query string, in its order."""
        fields = self.filters.filters
        found = [
            Problem(f"f-{name}" if name in fields else "", str(sentence))
            for name, sentences in self.filters.errors.items()
            for sentence in sentences
        ]
        page = self.request.GET.get("page", "1")
        if not PAGE_NUMBER.fullmatch(page):
            found.append(Problem("", _("“%(page)s” is not a page number.") % {"page": page[:60]}))
        try:
            self.listing.chosen(self.request.GET.get("columns", ""), self.request.user)
        except UnknownColumn as error:
            found.append(Problem("", str(error)))
        return found

    @property
    def number(self) -> int:
        return int(self.request.GET.get("page", "1"))

    @cached_property
    def paginator(self) -> Paginator[Any]:
        return self._paginated(self.filters)

    def _paginated(self, filters: ListingFilter) -> Paginator[Any]:
        # Ids alone are paged through; what is shown is then read for these few. Where all that fit
        # are few they are fetched at once: to count them would cost the same question again.
        ids = filters.qs.values_list("pk", flat=True)
        if filters.narrowed:
            return Paginator(list(ids), PAGE_SIZE)
        return CountedPages(ids, PAGE_SIZE, filters.count)

    def _listed(self, shown: ListingFilter) -> dict[str, Any]:
        wrong = shown is not self.filters
        paginator = self._paginated(shown) if wrong else self.paginator
        page = paginator.page(1 if wrong else self.number)
        staff = clearance_of(self.request.user).staff
        rows = self.listing.read(shown, self.columns, list(page.object_list))
        return {
            "body": Table(self.columns, staff).body(rows),
            "count": paginator.count,
            "count_in_words": self._in_words(shown, paginator.count),
            "page": page,
            "pages": list(self._pages(page)) if page.has_other_pages() and not wrong else [],
            "widenings": [] if paginator.count or wrong else list(self._widenings()),
        }

    def _in_words(self, shown: ListingFilter, count: int) -> str:
        words = self.listing.in_words(count)
        return partners_in_words(words, count, shown)

    def _pages(self, page: Page[Any]) -> Iterator[dict[str, Any]]:
        """The numbered links, with gaps as None."""
        numbers = self.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        for number in numbers:
            if not isinstance(number, int):
                yield {}
            else:
                query = changed(self.request.GET, page="" if number == 1 else str(number))
                rel = {page.number - 1: "prev", page.number + 1: "next"}.get(number, "")
                yield {"number": number, "query": query, "rel": rel}

    def _headings(self) -> Iterator[Heading]:
        current = self.request.GET.get("ordering") or self.filters.default_order
        for column in self.columns:
            query = direction = ""
            if column.order:
                descending = current == f"-{column.order}"
                direction = {
                    column.order: "ascending", f"-{column.order}": "descending",
                }.get(current, "")  # fmt: skip
                turned = column.order if descending or not direction else f"-{column.order}"
                query = changed(self.request.GET, page="", ordering=turned)
            yield Heading(column.label, column.numeric, query, direction)

    def _widenings(self) -> Iterator[Widening]:
        for chip in self.chips[:TRIED]:
            count = self._filtered_by(QueryDict(chip.without)).count
            if count:
                yield Widening(chip.words, chip.without, count)
