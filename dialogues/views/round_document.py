"""What a round's page reads: the record format's document, with what its links and names need.

PostgreSQL builds it in the one query that asks whether the reader may see the round.
"""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from dialogues.models import Round, clearance_of
from dialogues.queries.planned import Given, Reader, planned
from dialogues.records.choosing import Sight
from dialogues.records.document import (
    AgreedPointDocument,
    ParticipantDocument,
    PartnerDocument,
    RoundDocument,
    SeriesDocument,
    SourceDocument,
    StatementDocument,
    VenueDocument,
)
from dialogues.records.reading import object_of
from dialogues.records.shape import Document, Linked, Many, One, Via

Row = dict[str, Any]


class Named(Document):
    """A topic or an issue: its slug, and its name in both languages."""

    slug: str
    name: str
    name_id: str


Topics = Annotated[list[Named], Linked("topics", path=None, document=Named)]
Issue = Annotated[Named, One(Named, "issue")]  # without one its keys are null


class Partner(PartnerDocument):
    name_id: str


class Series(SeriesDocument):
    partner: Annotated[Partner, One(Partner, "partner")]
    note: str
    unrecorded_through: int | None


class Venue(VenueDocument):
    country_name: Annotated[str, Via("country__name")] = ""
    country_name_id: Annotated[str, Via("country__name_id")] = ""


class Participant(ParticipantDocument):
    slug: Annotated[str, Via("person__slug")]


class Statement(StatementDocument):
    topics: Topics  # type: ignore[assignment]
    issue: Issue  # type: ignore[assignment]


class Point(AgreedPointDocument):
    topics: Topics  # type: ignore[assignment]
    issue: Issue  # type: ignore[assignment]


class Source(SourceDocument):
    id: int
    topics: Topics  # type: ignore[assignment]
    file_name: str = ""
    file_kind: Annotated[str, Via("file__kind")] = ""
    file_size: Annotated[int | None, Via("file__size")] = None


class RoundPage(RoundDocument):
    """A round's document as its page reads it."""

    id: int
    series_id: int
    updated: str
    series: Annotated[Series, One(Series, "series")]
    venues: Annotated[list[Venue], Linked("venues", path=None, document=Venue)]  # type: ignore[assignment]
    participants: Annotated[list[Participant], Many(Participant)]  # type: ignore[assignment]
    topics: Topics  # type: ignore[assignment]
    statements: Annotated[list[Statement], Many(Statement)]  # type: ignore[assignment]
    agreed_points: Annotated[list[Point], Many(Point)]  # type: ignore[assignment]
    sources: Annotated[list[Source], Many(Source)]  # type: ignore[assignment]


@planned
def _page(reader: Reader) -> QuerySet[Any, Any]:
    document = object_of(RoundPage, sight=Sight(clearance_of(reader).staff))
    found: QuerySet[Any, Any] = (
        Round.objects.visible_to(reader)
        .filter(slug=Given("slug"))
        .order_by()
        .annotate(_document=Cast(document, TextField()))
        .values_list("_document")
    )
    return found


def round_document(slug: str, reader: Reader) -> Row | None:
    """The round's document, with staff's notes for staff; None where `reader` may not see it."""
    for (document,) in _page.ask(reader, slug=slug):
        return orjson.loads(document)  # type: ignore[no-any-return]
    return None
