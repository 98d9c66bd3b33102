"""What the keys of documents may hold: kinds of text, number and date, and their checks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from dialogues.countries import ISO_CODES
from dialogues.dates import PartialDate
from dialogues.vocabulary import RESERVED_SLUGS

from .shape import Linked, Via

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


@lru_cache(maxsize=20_000)  # files name the same days over and over
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


def not_reserved(slug: str) -> str:
    if slug in RESERVED_SLUGS:
        raise problem("reserved", _("This is the address of a page of the site."))
    return slug


def no_doubles(slugs: list[str]) -> list[str]:
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise problem("double", _("“%(slug)s” stands here twice.") % {"slug": slug})
    return slugs


Text = Annotated[str, AfterValidator(storable)]
Said = Annotated[str, AfterValidator(storable), StringConstraints(min_length=1, pattern=r"\S")]
Slug = Annotated[str, StringConstraints(pattern=r"^[-a-z0-9_]+$", max_length=100)]
RoundSlug = Annotated[
    str,
    StringConstraints(pattern=r"^[-a-z0-9_]+$", max_length=140),
    AfterValidator(not_reserved),
]
Url = Annotated[
    str,
    StringConstraints(max_length=1000),
    AfterValidator(storable),
    AfterValidator(address),
    Field(json_schema_extra={"pattern": r"^(https?://[^\s]+)?$"}),
]
Language = Annotated[
    str,
    StringConstraints(max_length=35),
    AfterValidator(language_tag),
    Field(json_schema_extra={"pattern": r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$"}),
]
#: The shape of a date, for programs that check it before they send it; the calendar decides.
DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
Date = Annotated[
    str,
    AfterValidator(partial_date),
    Field(
        description="EDTF level 0: YYYY, YYYY-MM, YYYY-MM-DD.",
        json_schema_extra={"pattern": f"^{DAY}$"},
    ),
]
RoundDate = Annotated[
    str,
    AfterValidator(round_date),
    Field(
        description="EDTF level 0: YYYY, YYYY-MM, YYYY-MM-DD, or start/end.",
        json_schema_extra={"pattern": f"^{DAY}(/{DAY})?$"},
    ),
]
Number = Annotated[int, Field(ge=1, le=LARGEST)]
Topics = Annotated[
    list[Slug],
    Field(max_length=200, json_schema_extra={"uniqueItems": True}),
    AfterValidator(no_doubles),
    Linked("topics"),
]
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
