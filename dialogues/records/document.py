"""The record format, version 1: one document describes one round with all that belongs to it.

This is the only place where the format's shape is written. ``shape.py`` tells how the marks are
read, ``values.py`` what keys may hold; ``dialogues.vocabulary`` has the words of the enumerations.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from dialogues import models, vocabulary
from dialogues.countries import ISO_CODES

from .shape import Document, Linked, Many, One, Part, Spelled, Via
from .values import (
    Date,
    IssueSlug,
    Language,
    Number,
    RoundDate,
    RoundSlug,
    Said,
    Slug,
    Text,
    Topics,
    Url,
    country_code,
    line,
    named,
    problem,
)


class PartnerDocument(Document):
    """The other side. Of a partner that stands already, its code is enough."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{0,19}$")]
    name: named(200) | None = None  # type: ignore[valid-type]
    kind: vocabulary.PartnerKind | None = None

    @model_validator(mode="after")
    def code_fits_kind(self) -> Self:
        if self.kind and (self.code in ISO_CODES) != (self.kind == "country"):
            raise problem(
                "partner_code",
                _("A country has its ISO 3166-1 code; an organisation's code is no country's."),
            )
        return self


class SeriesDocument(Document):
    """A line of rounds. Of a series that stands already, its slug is enough."""

    slug: Slug
    title: named(300) | None = None  # type: ignore[valid-type]
    kind: vocabulary.SeriesKind | None = None
    partner: Annotated[PartnerDocument | None, One(PartnerDocument, "partner")] = None


def series_by_slug(given: Any) -> Any:
    return {"slug": given} if isinstance(given, str) else given


class VenueDocument(Document):
    """A place; its name is often unknown."""

    name: line(200) = ""  # type: ignore[valid-type]
    city: line(120) = ""  # type: ignore[valid-type]
    country: Annotated[
        str,
        AfterValidator(country_code),
        Field(json_schema_extra={"pattern": "^([A-Z]{2})?$"}),
        Via("country_id"),
    ] = ""

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if not (self.name or self.city or self.country):
            raise problem("venue", _("A venue has at least a name, a city or a country."))
        return self


class ParticipantDocument(Part):
    """A person's part in the round, with the title and institution of that day."""

    model: ClassVar = models.Participant
    known_by: ClassVar = ("side", "role", "person_id")

    side: vocabulary.Side
    role: vocabulary.Role = vocabulary.Role.MEMBER.value  # type: ignore[assignment]
    name: Annotated[named(200), Spelled()]  # type: ignore[valid-type]
    title: line(300) = ""  # type: ignore[valid-type]
    institution: line(300) = ""  # type: ignore[valid-type]


class StatementDocument(Part):
    """What one side, or both, put forward."""

    model: ClassVar = models.Statement
    known_by: ClassVar = ("side", "text")
    staff_only: ClassVar = frozenset({"internal_note"})

    side: vocabulary.Party
    text: Said
    topics: Topics = []
    issue: IssueSlug = None
    internal_note: Text = ""


class FollowUpDocument(Part):
    """What became of an agreed point, as reported on a day."""

    model: ClassVar = models.FollowUp
    owner: ClassVar = "point"
    known_by: ClassVar = ("date", "status", "note")

    date: Date | None = None
    status: vocabulary.PointStatus = vocabulary.PointStatus.IN_PROGRESS.value  # type: ignore[assignment]
    note: Text = ""
    source_url: Url = ""


class AgreedPointDocument(Part):
    """Something both sides agreed. Left out, the number is the next one in the round."""

    model: ClassVar = models.AgreedPoint
    numbered: ClassVar = True
    staff_only: ClassVar = frozenset({"internal_note"})

    number: Number | None = None
    text: Said
    original_text: Text = ""
    original_language: Language = ""
    kind: vocabulary.PointKind = vocabulary.PointKind.OTHER.value  # type: ignore[assignment]
    topics: Topics = []
    responsible: vocabulary.Party | None = None
    due: Date | None = None
    status: vocabulary.PointStatus = vocabulary.PointStatus.OPEN.value  # type: ignore[assignment]
    issue: IssueSlug = None
    internal_note: Text = ""
    follow_ups: Annotated[
        list[FollowUpDocument], Field(max_length=1000), Many(FollowUpDocument)
    ] = []


class RelatedEventDocument(Part):
    """Something that took place around the round."""

    model: ClassVar = models.RelatedEvent
    known_by: ClassVar = ("kind", "title")

    kind: line(60) = ""  # type: ignore[valid-type]
    title: named(500)  # type: ignore[valid-type]
    date: Date | None = None
    place: line(200) = ""  # type: ignore[valid-type]
    note: Text = ""


class SourceDocument(Part):
    """A text that the record rests on, and whose words it is."""

    model: ClassVar = models.Source
    known_by: ClassVar = ("url", "publisher", "title")
    attached: ClassVar = "file_id"
    same_by: ClassVar = ("url", "title")

    kind: vocabulary.SourceKind = vocabulary.SourceKind.OTHER.value  # type: ignore[assignment]
    publisher: line(300) = ""  # type: ignore[valid-type]
    title: line(500) = ""  # type: ignore[valid-type]
    url: Url = ""
    published_on: Date | None = None
    language: Language = ""
    side: vocabulary.Voice = vocabulary.Voice.UNKNOWN.value  # type: ignore[assignment]
    topics: Topics = []
    note: Text = ""

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if not (self.publisher or self.title or self.url):
            raise problem("source", _("A source has at least a publisher, a title or an address."))
        return self


class RoundDocument(Document):
    """One round of a bilateral dialogue with everything that belongs to it."""

    model: ClassVar = models.Round
    staff_only: ClassVar = frozenset({"internal_note"})

    slug: RoundSlug | None = None
    series: Annotated[
        SeriesDocument,
        BeforeValidator(series_by_slug, json_schema_input_type=Slug | SeriesDocument),
        One(SeriesDocument, "series"),
    ]
    edition: Number | None = None
    status: vocabulary.RoundStatus
    date: RoundDate | None = None
    format: vocabulary.Format = vocabulary.Format.UNKNOWN.value  # type: ignore[assignment]
    format_note: line(300) = ""  # type: ignore[valid-type]
    host: vocabulary.Host = vocabulary.Host.UNKNOWN.value  # type: ignore[assignment]
    venues: Annotated[
        list[VenueDocument],
        Field(max_length=200),
        Linked("venues", path=None, document=VenueDocument),
    ] = []
    participants: Annotated[
        list[ParticipantDocument], Field(max_length=1000), Many(ParticipantDocument)
    ] = []
    topics: Topics = []
    summary: Text = ""
    statements: Annotated[
        list[StatementDocument], Field(max_length=1000), Many(StatementDocument)
    ] = []
    agreed_points: Annotated[
        list[AgreedPointDocument], Field(max_length=1000), Many(AgreedPointDocument)
    ] = []
    next_round_note: Text = ""
    related_events: Annotated[
        list[RelatedEventDocument], Field(max_length=1000), Many(RelatedEventDocument)
    ] = []
    sources: Annotated[list[SourceDocument], Field(max_length=1000), Many(SourceDocument)] = []
    internal_note: Text = ""
    visibility: vocabulary.Visibility
    publication: vocabulary.Publication = vocabulary.Publication.DRAFT.value  # type: ignore[assignment]

    @model_validator(mode="after")
    def points_are_numbered_once(self) -> Self:
        """Give the points without a number the next free ones; refuse a number given twice."""
        taken: set[int] = set()
        for point in self.agreed_points:
            if point.number is not None and point.number in taken:
                raise problem(
                    "number",
                    _("Two agreed points have the number %(number)s.") % {"number": point.number},
                )
            taken.add(point.number or 0)
        last = max(taken, default=0)
        for point in self.agreed_points:
            if point.number is None:
                last = point.number = last + 1
        return self
