"""The record format, version 1: one document describes one round with all that belongs to it.

This is the only place where the format's shape is written. ``shape.py`` tells how the marks are
read; ``dialogues.vocabulary`` holds the words that the enumerations allow.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal, Self

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from dialogues import models, vocabulary
from dialogues.countries import ISO_CODES
from dialogues.dates import PartialDate

from .shape import Document, Linked, Many, One, Part, Spelled, Via

ADDRESS = re.compile(r"https?://[^\s]+\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
LARGEST = 32_767  # PostgreSQL's smallint, which editions and numbers are kept in


def problem(kind: str, sentence: str, **given: Any) -> PydanticCustomError:
    """An error in the user's words; ``kind`` is its name for programs."""
    return PydanticCustomError(kind, "{sentence}", {"sentence": sentence, **given})


def storable(text: str) -> str:
    if "\x00" in text:
        raise problem("nul", _("The text holds a NUL character, which cannot be kept."))
    return text


def partial_date(text: str, *, interval: bool = False) -> str:
    try:
        date = PartialDate.from_edtf(text)
    except ValueError as error:
        raise problem("date", str(error)) from error
    if date.is_interval and not interval:
        raise problem("date", _("Here one date is meant, not a beginning and an end."))
    return str(date)


def round_date(text: str) -> str:
    return partial_date(text, interval=True)


def address(text: str) -> str:
    if text and not ADDRESS.match(text):
        raise problem("url", _("An address begins with https:// or http:// and has no spaces."))
    return text


def language_tag(text: str) -> str:
    if text and not LANGUAGE.match(text):
        raise problem("language", _("Write a language tag (BCP 47), such as id or en."))
    return text


def country_code(code: str) -> str:
    if code and code not in ISO_CODES:
        raise problem("country", _("Write a country's ISO 3166-1 code of two letters, such as RU."))
    return code


def no_doubles(slugs: list[str]) -> list[str]:
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise problem("double", _("“%(slug)s” stands here twice.") % {"slug": slug})
    return slugs


Text = Annotated[str, AfterValidator(storable)]
Said = Annotated[str, AfterValidator(storable), StringConstraints(min_length=1, pattern=r"\S")]
Slug = Annotated[str, StringConstraints(pattern=r"^[-a-z0-9_]+$", max_length=100)]
RoundSlug = Annotated[str, StringConstraints(pattern=r"^[-a-z0-9_]+$", max_length=140)]
Url = Annotated[
    str, StringConstraints(max_length=1000), AfterValidator(storable), AfterValidator(address)
]
Language = Annotated[str, StringConstraints(max_length=35), AfterValidator(language_tag)]
Date = Annotated[
    str, AfterValidator(partial_date), Field(description="EDTF level 0: YYYY, YYYY-MM, YYYY-MM-DD.")
]
RoundDate = Annotated[
    str,
    AfterValidator(round_date),
    Field(description="EDTF level 0: YYYY, YYYY-MM, YYYY-MM-DD, or start/end."),
]
Number = Annotated[int, Field(ge=1, le=LARGEST)]
Topics = Annotated[list[Slug], Field(max_length=200), AfterValidator(no_doubles), Linked("topics")]
IssueSlug = Annotated[Slug | None, Via("issue__slug")]


def line(length: int) -> Any:
    """A text of at most ``length`` characters, as many as its column holds."""
    return Annotated[str, StringConstraints(max_length=length), AfterValidator(storable)]


def named(length: int) -> Any:
    """A text that must not be empty."""
    return Annotated[
        str,
        StringConstraints(min_length=1, max_length=length, pattern=r"\S"),
        AfterValidator(storable),
    ]


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
    country: Annotated[str, AfterValidator(country_code), Via("country_id")] = ""

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
        SeriesDocument, BeforeValidator(series_by_slug), One(SeriesDocument, "series")
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


class TopicLine(Document):
    """A topic that holds more than the documents that mention it say."""

    type: Literal["topic"]
    slug: Slug
    name: named(200) | None = None  # type: ignore[valid-type]
    name_id: line(200) = ""  # type: ignore[valid-type]
    parent: Annotated[Slug | None, Via("parent__slug")] = None


class IssueLine(Document):
    """A lifelong issue that holds more than the documents that mention it say."""

    type: Literal["issue"]
    slug: Slug
    name: named(200) | None = None  # type: ignore[valid-type]
    name_id: line(200) = ""  # type: ignore[valid-type]
    note: Text = ""


class PersonLine(Document):
    """A person who is spelled in several ways, or whose slug is not made of the name."""

    type: Literal["person"]
    slug: Slug
    name: named(200)  # type: ignore[valid-type]
    also_written: list[named(200)] = []  # type: ignore[valid-type]


class PartnerLine(PartnerDocument):
    """A partner with a wording of its own in Indonesian."""

    type: Literal["partner"]
    name_id: line(200) = ""  # type: ignore[valid-type]


class SeriesLine(SeriesDocument):
    """A series with what is known of it as a whole."""

    type: Literal["series"]
    note: Text = ""
    unrecorded_through: Annotated[int, Field(ge=1, le=LARGEST)] | None = None


ReferenceLine = Annotated[
    TopicLine | IssueLine | PersonLine | PartnerLine | SeriesLine, Field(discriminator="type")
]
