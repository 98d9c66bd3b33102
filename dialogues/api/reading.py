"""How lists and single documents are read; `views` declares which."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple

from django.db import models as db
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from dialogues.filters.listing import ListingFilter
from dialogues.models import clearance_of
from dialogues.queries import kept
from dialogues.records.choosing import EVERYTHING, Choice
from dialogues.records.reading import document_of, documents
from dialogues.records.shape import Document

from . import choosing, etags, examples, pagination, streams
from .base import ApiView
from .documents import ROOT, page_of
from .problems import QueryError


class DocumentView(ApiView):
    """A view of one model's documents."""

    #: What its addresses are called below the API's root, and by ``reverse``.
    name: ClassVar[str]
    model: ClassVar[type[db.Model]]
    document: ClassVar[type[Document]]
    parameters = choosing.PARAMETERS

    def rows(self) -> db.QuerySet[Any, Any]:
        return self.model._default_manager.visible_to(self.request.user)  # type: ignore[attr-defined,no-any-return]

    @property
    def staff(self) -> bool:
        return clearance_of(self.request.user).staff

    def choice(self) -> Choice:
        return choosing.choice_of(self.request.GET, self.document, staff=self.staff)

    def how(self, choice: Choice = EVERYTHING) -> dict[str, Any]:
        """What `records.reading` has to know of the documents that it builds for this reader."""
        return {
            "staff": self.staff,
            "document": self.document,
            "choice": choice,
            "given": {ROOT: self.root},
        }


class QuestionView(ApiView, ABC):
    """Answers a question about the record: 304, at the cost of one query, while that stands still.

    A subclass says which `filterset` reads the question, and answers it.
    """

    model: ClassVar[type[db.Model]]
    filterset: ClassVar[type[ListingFilter]]

    def get(self, request: Request, **given: str) -> HttpResponseBase:
        seen = kept.seen()
        etag = etags.of_question(request._request, seen)
        if etag and etags.is_had(request._request, etag):
            return self.not_modified(etag)
        filters = self.filters()
        if seen is not None:
            filters.stamp = seen.stamp
        return self.marked(self.answered(filters, **given), etag)

    def filters(self) -> ListingFilter:
        """The filters of the address over what the reader may see; raises QueryError."""
        rows = self.model._default_manager.visible_to(self.request.user)  # type: ignore[attr-defined]
        asked = self.filterset(
            self.request.GET, rows, request=self.request._request, allowed=self.parameters
        )
        if not asked.is_valid():
            raise QueryError(
                (name, str(detail)) for name, details in asked.errors.items() for detail in details
            )
        return asked

    @abstractmethod
    def answered(
        self, filters: ListingFilter, **given: str
    ) -> HttpResponse | StreamingHttpResponse:
        """The answer to a question that has no errors."""


class Listed(NamedTuple):
    """What a list is of."""

    rows: db.QuerySet[Any, Any]
    counted: Callable[[], int]
    more: Mapping[str, Any] = {}
    """Further keys of the answer."""


class ListView(QuestionView, DocumentView):
    """A page of documents in an envelope: the stamp, the page, its documents, and the count."""

    parameters = pagination.PARAMETERS | choosing.PARAMETERS
    renderer_classes = [JSONRenderer, streams.Lines, streams.Table]

    def answered(
        self, filters: ListingFilter, **given: str
    ) -> HttpResponse | StreamingHttpResponse:
        kind = self.request.accepted_renderer.format
        return self.page(filters) if kind == "json" else self.whole(filters, kind)

    def page(self, filters: ListingFilter) -> HttpResponse:
        choice, listed = self.choice(), self.listed(filters)
        page = pagination.page_of(
            listed.rows, self.request._request, self.name, count=listed.counted
        )
        found = documents(page.ids, **self.how(choice))
        response = self.json(page.envelope(found, **listed.more))
        if page.links:
            response.headers["Link"] = page.links
        return response

    def whole(self, filters: ListingFilter, kind: str) -> StreamingHttpResponse:
        """All rows from the cursor on, or as many as are asked for, one a line."""
        request = self.request._request
        part = streams.part_of(self.listed(filters).rows, request, self.name)
        if kind == "csv":
            columns = streams.columns_of(filters, self.name, request.GET)
            narrowed = bool(filters.given) or not request.GET.keys().isdisjoint(streams.NARROWING)
            body = streams.csv(part, columns, narrowed=narrowed)
        else:
            body = streams.ndjson(part, self.how(self.choice()))
        response = StreamingHttpResponse(
            () if request.method == "HEAD" else body, content_type=streams.TYPES[kind]
        )
        if part.links:
            response.headers["Link"] = part.links
        return response

    def listed(self, filters: ListingFilter) -> Listed:
        """The rows to page through."""
        return Listed(filters.qs, lambda: filters.count)

    @classmethod
    def answers(cls) -> Any:
        """What the schema says of the answer."""
        return page_of(cls.document)

    @classmethod
    def example(cls) -> Any:
        return examples.page_example(cls.document, cls.name)


class DetailView(DocumentView):
    """One document, by the key in its address: one query."""

    def get(self, request: Request, **key: str) -> HttpResponseBase:
        self.refuse_unknown_parameters()
        row = self.rows().filter(**self.lookup(**key))
        found = document_of(row, **self.how(self.choice()))
        if found is None:
            raise Http404
        return self.answer(found)

    def lookup(self, **key: str) -> dict[str, Any]:
        return key

    @classmethod
    def answers(cls) -> Any:
        """What the schema says of the answer."""
        return cls.document

    @classmethod
    def example(cls) -> Any:
        return examples.example(cls.document, cls.name)
