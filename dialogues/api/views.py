"""What is served: each list and each document a declaration of which rows, filters and keys."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import Http404, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from rest_framework.request import Request

from dialogues import models
from dialogues.filters import (
    AgreedPointFilter,
    IssueFilter,
    PartnerFilter,
    PersonFilter,
    RoundFilter,
    SeriesFilter,
    TopicFilter,
)
from dialogues.filters.listing import ListingFilter
from dialogues.queries.mirroring import gone, written

from . import since
from .base import ApiView
from .changes import ChangesView
from .documents import (
    ServedAgreedPoint,
    ServedIssue,
    ServedPartner,
    ServedPerson,
    ServedRound,
    ServedSeries,
    ServedTopic,
)
from .many_rounds import PatchesRounds
from .pagination import Errors
from .problems import QueryError
from .reading import DetailView, Listed, ListView
from .round_writing import ChangesRounds, CreatesRounds


class RoundList(CreatesRounds, PatchesRounds, ListView):
    """Rounds with everything that belongs to them, the latest first."""

    name = "rounds"
    model = models.Round
    document = ServedRound
    filterset = RoundFilter
    parameters = ListView.parameters | {since.PARAMETER}

    def listed(self, filters: ListingFilter) -> Listed:
        """With ``modified_since``, what was written from then on and what has gone."""
        errors: Errors = []
        moment = since.since_of(self.request.GET, errors)
        if errors:
            raise QueryError(errors)
        if moment is None:
            return super().listed(filters)
        rows = filters.qs.filter(pk__in=written(moment))
        if "cursor" in self.request.GET:
            return Listed(rows, rows.order_by().count, {})
        lost = [since.told(one, self.root) for one in gone(self.request.user, moment)]
        return Listed(rows, rows.order_by().count, {"gone": lost})


class RoundDetail(ChangesRounds, DetailView):
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
    filterset = SeriesFilter


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
    filterset = PartnerFilter


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
    filterset = TopicFilter


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
    filterset = IssueFilter


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
    filterset = PersonFilter


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
        return self.answer(
            orjson.dumps(
                {name: f"{self.root}{name}/" for name in INDEXED}
                | {"datapackage": f"{self.root}datapackage.json"}
            )
        )


LISTS: tuple[type[ListView], ...] = (
    RoundList, AgreedPointList, SeriesList, PartnerList, TopicList, IssueList, PersonList,
)  # fmt: skip
INDEXED = (*(view.name for view in LISTS), ChangesView.name, "schema", "docs")


class Nothing(ApiView):
    """Any other address: a problem document, or the way to the same address with its slash."""

    schema = None

    def get(self, request: Request, rest: str) -> HttpResponseBase:
        if not rest.endswith("/") and _is_known(f"{request.path}/"):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/{'?' * bool(query)}{query}")
        raise Http404

    def refuse(self, request: Request, rest: str) -> HttpResponseBase:
        raise Http404

    post = put = patch = delete = refuse


def _is_known(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "view_class", None) is not Nothing
    except Resolver404:
        return False
