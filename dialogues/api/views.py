"""Lists and single documents, each a declaration: which rows, which document, which filters."""

from __future__ import annotations

from typing import Any, ClassVar

import orjson
from django.db import models as db
from django.http import Http404, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from rest_framework.request import Request

from dialogues import models
from dialogues.filters import AgreedPointFilter, RoundFilter
from dialogues.filters.listing import ListingFilter
from dialogues.models import clearance_of
from dialogues.records.reading import documents
from dialogues.records.shape import Document

from .base import ApiView
from .documents import (
    ROOT,
    ServedAgreedPoint,
    ServedIssue,
    ServedPartner,
    ServedPerson,
    ServedRound,
    ServedSeries,
    ServedTopic,
)
from .pagination import PARAMETERS, page_of
from .problems import QueryError


class DocumentView(ApiView):
    """A view of one model's documents."""

    #: What its addresses are called below the API's root, and by ``reverse``.
    name: ClassVar[str]
    model: ClassVar[type[db.Model]]
    document: ClassVar[type[Document]]

    def rows(self) -> db.QuerySet[Any, Any]:
        return self.model._default_manager.visible_to(self.request.user)  # type: ignore[attr-defined,no-any-return]

    def written(self, ids: list[int]) -> list[bytes]:
        return documents(
            ids,
            staff=clearance_of(self.request.user).staff,
            document=self.document,
            given={ROOT: self.root},
        )


class ListView(DocumentView):
    """A page of documents in an envelope: two queries, and one for the count."""

    parameters = PARAMETERS
    filterset: ClassVar[type[ListingFilter] | None] = None

    def get(self, request: Request) -> HttpResponseBase:
        page = page_of(self.chosen(), request._request, self.name)
        response = self.answer(page.envelope(self.written(page.ids)))
        if page.links:
            response["Link"] = page.links
        return response

    def chosen(self) -> db.QuerySet[Any, Any]:
        """The rows that the reader may see and the parameters ask for, in order."""
        if self.filterset is None:
            self.refuse_unknown_parameters()
            return self.rows().order_by(*(self.model._meta.ordering or ()))
        asked = self.filterset(
            self.request.GET, self.rows(), request=self.request._request, allowed=PARAMETERS
        )
        if not asked.is_valid():
            raise QueryError(
                (name, str(detail)) for name, details in asked.errors.items() for detail in details
            )
        return asked.qs


class DetailView(DocumentView):
    """One document, by the key in its address."""

    def get(self, request: Request, **key: str) -> HttpResponseBase:
        self.refuse_unknown_parameters()
        ids = self.rows().filter(**self.lookup(**key)).order_by().values_list("pk", flat=True)
        found = self.written(list(ids))
        if not found:
            raise Http404
        return self.answer(found[0])

    def lookup(self, **key: str) -> dict[str, Any]:
        return key


class RoundList(ListView):
    """Rounds with everything that belongs to them, the latest first."""

    name = "rounds"
    model = models.Round
    document = ServedRound
    filterset = RoundFilter


class RoundDetail(DetailView):
    """One round with everything that belongs to it."""

    name = "rounds"
    model = models.Round
    document = ServedRound


class AgreedPointList(ListView):
    """Agreed points, each with the round that it was agreed in."""

    name = "agreed-points"
    model = models.AgreedPoint
    document = ServedAgreedPoint
    filterset = AgreedPointFilter


class AgreedPointDetail(DetailView):
    """One agreed point, by its lasting reference."""

    name = "agreed-points"
    model = models.AgreedPoint
    document = ServedAgreedPoint

    def lookup(self, **key: str) -> dict[str, Any]:
        slug, _dot, number = key["reference"].rpartition(".")
        return {"round__slug": slug, "number": int(number)}


class SeriesList(ListView):
    """The lines of rounds."""

    name = "series"
    model = models.Series
    document = ServedSeries


class SeriesDetail(DetailView):
    """One line of rounds."""

    name = "series"
    model = models.Series
    document = ServedSeries


class PartnerList(ListView):
    """The countries and organisations that dialogues are held with."""

    name = "partners"
    model = models.Partner
    document = ServedPartner


class PartnerDetail(DetailView):
    """One country or organisation that dialogues are held with."""

    name = "partners"
    model = models.Partner
    document = ServedPartner


class TopicList(ListView):
    """The tree of topics."""

    name = "topics"
    model = models.Topic
    document = ServedTopic


class TopicDetail(DetailView):
    """One topic."""

    name = "topics"
    model = models.Topic
    document = ServedTopic


class IssueList(ListView):
    """Lifelong issues, which rounds come back to."""

    name = "issues"
    model = models.Issue
    document = ServedIssue


class IssueDetail(DetailView):
    """One lifelong issue."""

    name = "issues"
    model = models.Issue
    document = ServedIssue


class PersonList(ListView):
    """People who took part in rounds."""

    name = "people"
    model = models.Person
    document = ServedPerson


class PersonDetail(DetailView):
    """One person who took part in rounds."""

    name = "people"
    model = models.Person
    document = ServedPerson


class Index(ApiView):
    """Where everything is."""

    name = "index"

    def get(self, request: Request) -> HttpResponseBase:
        self.refuse_unknown_parameters()
        return self.answer(orjson.dumps({name: f"{self.root}{name}/" for name in INDEXED}))


INDEXED = (
    *(
        view.name
        for view in (
            RoundList, AgreedPointList, SeriesList, PartnerList, TopicList, IssueList, PersonList
        )
    ),
    "schema",
    "docs",
)  # fmt: skip


class Nothing(ApiView):
    """Any other address: a problem document, or the way to the same address with its slash."""

    schema = None

    def get(self, request: Request, rest: str) -> HttpResponseBase:
        if not rest.endswith("/") and _is_known(f"{request.path}/"):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/{'?' * bool(query)}{query}")
        raise Http404


def _is_known(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "view_class", None) is not Nothing
    except Resolver404:
        return False
