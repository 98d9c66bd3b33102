"""What is there already and may be the same: asked while somebody enters something new."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import FloatField, Func, Model, Q, QuerySet, Value
from django.utils.translation import gettext as _

from dialogues.dates import PartialDate
from dialogues.models import AgreedPoint, Round, Series, User, Venue
from dialogues.queries.search.asking import groups_of
from dialogues.queries.search.names import Letters, Listed, alike, spelled

Reader = User | AnonymousUser

#: How many are told at the most: more would not be read.
MOST = 5
#: Rounds of one series seldom meet twice within so many days.
NEAR = timedelta(days=31)
#: How much of two points' letters, three by three, are the same in points that may be one.
SAME_WORDS = 0.5
#: The same of venues, whose names are short.
SAME_PLACE = 0.45


class Alike(NamedTuple):
    """What may be the same, and in what it is."""

    record: Model
    why: str


Typed = Mapping[str, Any]
#: What is alike, as far as a reader sees it, by what is typed, besides a record with an id.
Ask = Callable[[Reader, Typed, int], list[Alike]]


class Similarity(Func):
    """How much of two texts' letters, three by three, they have in common."""

    function = "similarity"
    output_field = FloatField()


def rounds_like(
    reader: Reader, series: int, edition: int | None, date: PartialDate | None, besides: int
) -> list[Alike]:
    """Rounds of the series with the same edition, or about the same time. One query.

    `besides` is the id of the round that is edited; 0, which none has, of a new one. A date of
    which only the year is known is near to nothing.
    """
    near = Q()
    if edition:
        near |= Q(edition=edition)
    if date and date.known_to != "year":
        near |= Q(date__may_fall=(date.earliest - NEAR, date.latest + NEAR))
    if not near:
        return []
    rounds = Round.objects.visible_to(reader).filter(near, series=series).exclude(pk=besides)
    return [
        Alike(
            record,
            _("the same edition")
            if edition and record.edition == edition
            else _("about the same time: %s") % (record.date.display() if record.date else "–"),
        )
        for record in rounds.select_related("series").order_by("date", "pk")[:MOST]
        if record.edition == edition or (record.date and record.date.known_to != "year")
    ]


def names_like(reader: Reader, model: type[Model], text: str, besides: int = 0) -> list[Alike]:
    """What of `model` (one of `search.names.CALLED`) is called so, or nearly. One query."""
    if not text:
        return []
    groups = groups_of(text)
    rows: QuerySet[Any] = model._default_manager.visible_to(reader)  # type: ignore[attr-defined]
    found = rows.filter(Q(pk__in=spelled(model, groups)) | Q(pk__in=alike(model, groups)))
    name = "title" if model is Series else "name"
    nearest = found.exclude(pk=besides).order_by(TrigramSimilarity(name, text).desc(), "pk")
    return [Alike(row, _("a similar name")) for row in nearest[:MOST]]


def venues_like(reader: Reader, name: str, city: str, besides: int = 0) -> list[Alike]:
    """Venues of which name and city are written nearly so. One query."""
    asked = " ".join(filter(None, (name, city)))
    if not asked:
        return []
    likeness = Similarity(Letters(Listed(Value(asked))), Letters(Listed("name", "city")))
    venues = Venue.objects.visible_to(reader).alias(likeness=likeness).exclude(pk=besides)
    near = venues.filter(likeness__gte=SAME_PLACE).select_related("country")
    return [Alike(venue, _("a similar name")) for venue in near.order_by("-likeness", "pk")[:MOST]]


def points_like(reader: Reader, series: int, text: str, besides: int = 0) -> list[Alike]:
    """Agreed points of the series that say nearly the same. One query."""
    if not text:
        return []
    points = AgreedPoint.objects.visible_to(reader).filter(round__series=series)
    likeness = TrigramSimilarity("text", text)
    same = points.alias(likeness=likeness).filter(likeness__gte=SAME_WORDS).exclude(pk=besides)
    ordered = same.select_related("round__series").order_by("-likeness", "pk")
    return [Alike(point, _("nearly the same words")) for point in ordered[:MOST]]
