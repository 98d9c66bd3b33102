"""Reference lines: what rounds refer to and that holds more than they say of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .document import PartnerDocument, SeriesDocument
from .shape import Document, Via
from .values import LARGEST, Slug, Text, line, named


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
