"""What the API serves: the record format's documents, with what only a server knows of them.

Each class adds its keys to the format's own declaration, so that answers, which PostgreSQL builds
from these classes, and the schema, which is read off them, cannot drift apart.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Concat
from pydantic import BaseModel, Field, create_model

from dialogues import models, vocabulary
from dialogues.records.document import (
    AgreedPointDocument,
    PartnerDocument,
    RoundDocument,
)
from dialogues.records.lines import IssueLine, PartnerLine, PersonLine, SeriesLine, TopicLine
from dialogues.records.shape import Document, Made, One
from dialogues.records.values import Number, RoundDate, RoundSlug

#: Stands in SQL for the absolute address of the API's root, which differs from host to host.
ROOT = "given:root"


def joined(path: str, *parts: str) -> Any:
    """The SQL text of ``parts``, each a column below ``path`` or, beginning with =, itself."""
    return Concat(
        *(
            Value(part[1:]) if part.startswith("=") else Cast(F(f"{path}{part}"), TextField())
            for part in parts
        ),
        output_field=TextField(),
    )


def reference(path: str) -> Any:
    return joined(path, "round__slug", "=.", "number")


def address(*parts: str) -> Any:
    """The type of ``url``: the absolute address that ``parts`` (see ``joined``) make."""
    return Annotated[
        str,
        Made(lambda path: joined(path, f"={ROOT}", *parts, "=/")),
        Field(description="Where this document is served.", json_schema_extra={"format": "uri"}),
    ]


def said(text: str) -> Made:
    return Made(lambda path: Value(text, TextField()))


class ServedRound(RoundDocument):
    """A round as the API serves it: its document, where it stands and since when."""

    url: address("=rounds/", "slug")  # type: ignore[valid-type]
    created: datetime
    updated: Annotated[
        datetime,
        Field(description="The last write to the round or to anything that belongs to it."),
    ]


class WrittenRound(RoundDocument):
    """A round as it is sent. What only the server says may stand in it, as a document that was read
    has it, and is passed over."""

    url: Annotated[Any, Field(json_schema_extra={"readOnly": True})] = None
    created: Annotated[Any, Field(json_schema_extra={"readOnly": True})] = None
    updated: Annotated[Any, Field(json_schema_extra={"readOnly": True})] = None


class PointSeries(Document):
    """The series of an agreed point's round."""

    slug: str
    title: str
    kind: vocabulary.SeriesKind
    partner: Annotated[PartnerDocument, One(PartnerDocument, "partner")]


class PointRound(Document):
    """The round in which a point was agreed."""

    slug: RoundSlug
    url: address("=rounds/", "slug")  # type: ignore[valid-type]
    edition: Number | None
    date: RoundDate | None
    status: vocabulary.RoundStatus
    series: Annotated[PointSeries, One(PointSeries, "series")]


class ServedAgreedPoint(AgreedPointDocument):
    """An agreed point as the API serves it by itself, with the round that it belongs to."""

    reference: Annotated[
        str, Made(reference), Field(description="Lasting: the round's slug, a dot, the number.")
    ]
    round: Annotated[PointRound, One(PointRound, "round")]
    url: address("=agreed-points/", "round__slug", "=.", "number")  # type: ignore[valid-type]


class ServedSeries(SeriesLine):
    model: ClassVar = models.Series
    type: Annotated[Literal["series"], said("series")]
    url: address("=series/", "slug")  # type: ignore[valid-type]


class ServedPartner(PartnerLine):
    model: ClassVar = models.Partner
    type: Annotated[Literal["partner"], said("partner")]
    url: address("=partners/", "code")  # type: ignore[valid-type]


class ServedTopic(TopicLine):
    model: ClassVar = models.Topic
    type: Annotated[Literal["topic"], said("topic")]
    url: address("=topics/", "slug")  # type: ignore[valid-type]


class ServedIssue(IssueLine):
    model: ClassVar = models.Issue
    type: Annotated[Literal["issue"], said("issue")]
    url: address("=issues/", "slug")  # type: ignore[valid-type]


class ServedPerson(PersonLine):
    model: ClassVar = models.Person
    type: Annotated[Literal["person"], said("person")]
    url: address("=people/", "slug")  # type: ignore[valid-type]


class Gone(BaseModel):
    """A round that was there for this reader, and is not any more."""

    slug: RoundSlug
    url: str = Field(json_schema_extra={"format": "uri"})
    changed: Annotated[datetime, Field(description="When the write began that brought it about.")]


class Wrong(BaseModel):
    """What is wrong with one parameter of the address, or at one place in the body."""

    parameter: str | None = None
    pointer: Annotated[str | None, Field(description="A JSON pointer (RFC 6901).")] = None
    detail: str


class Problem(BaseModel):
    """An error, as RFC 9457 has it: `application/problem+json`."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Wrong] | None = None
    more: Annotated[int | None, Field(description="How many errors are not listed.")] = None
    line: Annotated[int | None, Field(description="Where a body stops being JSON.")] = None
    column: int | None = None


GONE: Any = Field(
    default=[],
    description="With `modified_since`, on the first page: what is not there any more.",
)


@cache
def page_of(document: type[Document]) -> type[BaseModel]:
    """Declare the answer to a list of ``document``, such as ``RoundPage``."""
    name = document.__name__.removeprefix("Served")
    further: dict[str, Any] = {"gone": (list[Gone], GONE)} if document is ServedRound else {}
    return create_model(
        f"{name}Page",
        __doc__="One page of a list. `next` and `previous` are whole addresses.",
        count=(int | None, Field(description="All that fit, on whatever page; null if not asked.")),
        next=(str | None, Field(json_schema_extra={"format": "uri"})),
        previous=(str | None, Field(json_schema_extra={"format": "uri"})),
        results=(list[document], ...),  # type: ignore[valid-type]
        **further,
    )
