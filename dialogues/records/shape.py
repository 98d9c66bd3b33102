"""How a document says where its keys are stored.

Each class of ``document.py`` declares its keys once, as pydantic fields. A key whose name is a
column's is stored there; any other carries one of the marks below in its ``Annotated`` type.
Reading (SQL), writing (rows), the JSON schema and the checks all follow that one declaration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.db.models import Expression
from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True, slots=True)
class Via:
    """A key that is read from a related row, at ``path`` (an issue is given by its slug)."""

    path: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """A person's name: as this record spells it, else as the person is called."""


@dataclass(frozen=True, slots=True)
class One:
    """A key that holds the document of one related row."""

    document: type[Document]
    path: str


@dataclass(frozen=True, slots=True)
class Many:
    """A key that holds a list of documents, one for each row of the part's own table."""

    document: type[Part]


@dataclass(frozen=True, slots=True)
class Linked:
    """A key that holds, in the order in which they were added, what a many-to-many relation links.

    ``path`` leads from the linked row to the value; None means that row's own document.
    """

    relation: str
    path: str | None = "slug"
    document: type[Document] | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A key that is only read: ``expression`` makes it, given the path to the document's row."""

    expression: Callable[[str], Expression]


Mark = Via | Spelled | One | Many | Linked | Made


class Document(BaseModel):
    """A JSON object of the record format. Unknown keys and values of other types are errors."""

    model_config = ConfigDict(
        extra="forbid", strict=True, use_enum_values=True, validate_default=False, frozen=False
    )

    #: Keys that only staff see and write; left out of a document, what is stored stands.
    staff_only: ClassVar[frozenset[str]] = frozenset()

    def says(self, key: str) -> bool:
        """Whether the document itself gives ``key``, rather than leaving it to its default."""
        return key in self.model_fields_set


class Part(Document):
    """A document inside a round's, stored as a row of its own table."""

    model: ClassVar[type[models.Model]]
    #: The foreign key to what it is a part of.
    owner: ClassVar[str] = "round"
    #: Whether a number tells a part from its siblings for good; otherwise its place does.
    numbered: ClassVar[bool] = False
    #: Columns by which a part is recognised at another place than before.
    known_by: ClassVar[tuple[str, ...]] = ()
    #: A column that the format has no key for; what stands there stays with what it belongs to.
    attached: ClassVar[str | None] = None
    #: Columns of which one, being the same, shows that it is the same thing with other words.
    same_by: ClassVar[tuple[str, ...]] = ()


@cache
def mark_of(document: type[Document], key: str) -> Mark | None:
    """Return how ``key`` is stored, or None if in the column of its own name."""
    for mark in document.model_fields[key].metadata:
        if isinstance(mark, Mark):
            return mark
    return None


@cache  # asked for every part of every document; the declaration stays as it is
def keys_of(document: type[Document], *, staff: bool = True) -> tuple[tuple[str, Mark | None], ...]:
    """Each key of a document and its mark, in order; staff's own only if ``staff``."""
    return tuple(
        (key, mark_of(document, key))
        for key in document.model_fields
        if staff or key not in document.staff_only
    )


def default_of(document: type[Document], key: str) -> Any:
    """What a key means that a document leaves out."""
    return document.model_fields[key].get_default(call_default_factory=True)
