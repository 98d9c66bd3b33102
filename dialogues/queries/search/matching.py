"""Which rounds and agreed points have the words; their words stand in tables of their own."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.postgres.search import SearchQueryCombinable
from django.db.models import Model, Q, QuerySet

from .asking import groups_of, query_of

Rows = TypeVar("Rows", bound=Model)


def matching_rounds(queryset: QuerySet[Rows], text: str, *, staff: bool) -> QuerySet[Rows]:
    """The rounds of ``queryset`` whose document has the words; for ``staff`` with internal notes.

    Words in a text without any to look for (only stop words, only signs) match nothing. Nothing is
    an error: a quotation left open ends with the text.
    """
    return queryset.filter(_matches(text, staff=staff))


def matching_points(queryset: QuerySet[Rows], text: str, *, staff: bool) -> QuerySet[Rows]:
    """The agreed points of ``queryset`` whose own words match; else as ``matching_rounds``.

    A point's own are its texts, follow-ups, topics and issue; what else its round says is not.
    """
    return queryset.filter(_matches(text, staff=staff))


def of_words(query: SearchQueryCombinable, *, staff: bool, path: str = "words__") -> Q:
    """When kept words, at the end of ``path``, match; for ``staff`` those of notes as well."""
    public = Q(**{f"{path}public": query})
    if not staff:
        return public
    return Q(**{f"{path}staff": query}) | (Q(**{f"{path}staff": None}) & public)


def _matches(text: str, *, staff: bool) -> Q:
    query = query_of(groups_of(text))
    return Q(pk__in=()) if query is None else of_words(query, staff=staff)
