"""What all listings are: filters, chips, a count in words, sorted columns, numbered pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from dialogues.filters import Chip
from dialogues.filters.listing import DEFAULT_ORDER, ListingFilter

from .controls import DEFAULTS
from .filter_form import FilterForm

PAGE_SIZE = 50
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
#: Of an empty result's filters, how many are tried for what would come without them.
TRIED = 6


class Column(NamedTuple):
    """A column of the table, and what it is sorted by, if it can be."""

    label: str | Promise
    order: str = ""
    numeric: bool = False


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


class ListingView(TemplateView):
    """A listing's page. A subclass names its filters and columns and makes rows of ids."""

    filters_class: type[ListingFilter]
    columns: ClassVar[Sequence[Column]]
    visible: ClassVar[Sequence[str]]
    """The filters that stand in sight, beside the text and the dates."""
    when: ClassVar[Sequence[str]] = ("year", "date_from", "date_to", "date_match")
    section: ClassVar[str]
    names: ClassVar[tuple[str, str]]
    """The address names of the list, and of the form with all its filters."""
    whole: bool = False
    """Whether this is the form with all filters; it sends to the list."""
    heading: ClassVar[str | Promise]

    def everything(self) -> QuerySet[Any]:
        """All that the reader may see."""
        raise NotImplementedError

    def rows(self, ids: list[int]) -> list[dict[str, Any]]:
        """What the table shows of the rows with these ids, made ready."""
        raise NotImplementedError

    def count_in_words(self, count: int) -> str:
        """Such as "38 rounds"."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = None if self.whole else self._better_query()
        if query is not None:
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        return super().get(request, *args, **kwargs)

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
            idle = [name for name, value in DEFAULTS.items() if given.get(name) == value]
            return changed(given, **dict.fromkeys(idle, ""))
        return None

    def get_template_names(self) -> list[str]:
        return ["dialogues/filters.html"] if self.whole else super().get_template_names()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = {} if self.problems or self.whole else self._listed()
        list_name, form_name = self.names
        query = changed(self.request.GET, page="")
        return super().get_context_data(
            section=self.section,
            heading=self.heading,
            problems=self.problems,
            form=FilterForm(self.filters, self.visible, self.when, whole=self.whole),
            list_url=reverse(list_name),
            form_url=f"{reverse(form_name)}?{query}" if query else reverse(form_name),
            chips=self.chips,
            headings=list(self._headings()),
            **listed,
            **kwargs,
        )

    @cached_property
    def filters(self) -> ListingFilter:
        return self._filtered_by(self.request.GET)

    def _filtered_by(self, data: QueryDict) -> ListingFilter:
        return self.filters_class(
            data, self.everything(), request=self.request, allowed=frozenset({"page"})
        )

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
        return found

    @property
    def number(self) -> int:
        return int(self.request.GET.get("page", "1"))

    @cached_property
    def paginator(self) -> Paginator[Any]:
        # Ids alone are paged through; what is shown is then read for these few. Where all that fit
        # are few they are fetched at once: to count them would cost the same question again.
        ids = self.filters.qs.values_list("pk", flat=True)
        return Paginator(list(ids) if self.filters.narrowed else ids, PAGE_SIZE)

    def _listed(self) -> dict[str, Any]:
        page = self.paginator.page(self.number)
        return {
            "rows": self.rows(list(page.object_list)),
            "count": self.paginator.count,
            "count_in_words": self.count_in_words(self.paginator.count),
            "page": page,
            "pages": list(self._pages(page)) if page.has_other_pages() else [],
            "widenings": [] if self.paginator.count else list(self._widenings()),
        }

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
        current = self.request.GET.get("ordering") or DEFAULT_ORDER
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
            count = self._filtered_by(QueryDict(chip.without)).qs.count()
            if count:
                yield Widening(chip.words, chip.without, count)


def changed(data: QueryDict, **parameters: str) -> str:
    """The query string with these parameters instead; an empty value takes one out."""
    query = data.copy()
    for name, value in parameters.items():
        query.pop(name, None)
        if value:
            query[name] = value
    for name, values in list(query.lists()):
        query.setlist(name, [value for value in values if value])
    return query.urlencode()
