"""What is wrong with given records, in the user's words: line, path, given, expected."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .shape import Linked, Many, One, mark_of

#: What kind of error it is that is not simply wrong: not the writer's to do; or good by itself, but
#: it does not go with what stands.
FORBIDDEN, TAKEN = "forbidden", "taken"


@dataclass(frozen=True, slots=True)
class RecordError:
    """One thing that is wrong. ``pointer`` is a JSON pointer (RFC 6901) into the document."""

    message: str
    pointer: str = ""
    line: int | None = None
    kind: str = ""
    in_list: str = ""
    """The message where it is not of a file but of a list of documents, if that reads otherwise:
    what a file counts by lines from 1, a list has under pointers from 0."""

    def __str__(self) -> str:
        place = [_("line %(line)s") % {"line": self.line}] if self.line is not None else []
        if self.pointer:
            place.append(self.pointer)
        return f"{', '.join(place)}: {self.message}" if place else self.message


class RecordsRefused(Exception):
    """Nothing was taken, for these reasons. ``more`` counts those beyond the listed ones."""

    def __init__(self, errors: Sequence[RecordError], more: int = 0) -> None:
        self.errors = list(errors)
        self.more = more
        super().__init__("\n".join(str(error) for error in self.errors))


def errors_of(
    failure: ValidationError, document: type[BaseModel], line: int | None = None
) -> list[RecordError]:
    """Say a pydantic failure in the user's words, an entry for each key that is wrong."""
    # pydantic puts a reference line's type in front of the path.
    outer = 1 if "type" in document.model_fields else 0
    return [
        RecordError(_message(detail, document), _pointer(detail["loc"][outer:]), line)
        for detail in failure.errors(include_url=False)
    ]


def pointer(*steps: str | int) -> str:
    """A JSON pointer of keys and places."""
    return _pointer(steps)


def _pointer(steps: Sequence[str | int]) -> str:
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def _message(detail: ErrorDetails, document: type[BaseModel]) -> str:
    context: dict[str, Any] = detail.get("ctx") or {}
    if detail["type"] == "extra_forbidden":
        return _unknown_key(str(detail["loc"][-1]), _keys_at(document, detail["loc"][:-1]))
    if detail["type"] == "string_pattern_mismatch" and context.get("pattern") == r"\S":
        return _sentences()["string_too_short"]
    # The checks of ``document.py`` say it in the user's words themselves.
    sentence = _sentences().get(detail["type"], "%(said)s")
    return sentence % {**context, "given": _shown(detail.get("input")), "said": detail["msg"]}


def _sentences() -> dict[str, str]:
    """pydantic's kinds of error, in the reader's language."""
    text = _("Expected text, not %(given)s.")
    number = _("Expected a whole number, not %(given)s.")
    an_object = _("Expected an object, not %(given)s.")
    word = _("%(given)s is not known here; expected %(expected)s.")
    a_type = _("A line's type is one of: issue, partner, person, series, topic.")
    return {
        "missing": _("This key is required."),
        "enum": word,
        "literal_error": word,
        "union_tag_invalid": a_type,
        "union_tag_not_found": a_type,
        "string_type": text,
        "int_type": number,
        "int_from_float": number,
        "int_parsing": number,
        "list_type": _("Expected a list, not %(given)s."),
        "model_type": an_object,
        "model_attributes_type": an_object,
        "dict_type": an_object,
        "string_too_long": _("Expected at most %(max_length)s characters."),
        "string_too_short": _("Expected some text, but it is empty."),
        "string_pattern_mismatch": _("%(given)s does not have the shape %(pattern)s."),
        "greater_than_equal": _("Expected %(ge)s or more, not %(given)s."),
        "less_than_equal": _("Expected %(le)s or less, not %(given)s."),
        "too_long": _("Expected at most %(max_length)s entries."),
        "json_invalid": _("This is not JSON: %(error)s."),
    }


def _unknown_key(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    if near:
        return _("The record format has no key “%(key)s” here; did you mean “%(near)s”?") % {
            "key": key,
            "near": near[0],
        }
    return _("The record format has no key “%(key)s” here; it has %(known)s.") % {
        "key": key,
        "known": ", ".join(known),
    }


def _keys_at(document: type[BaseModel], steps: Sequence[str | int]) -> list[str]:
    """The keys that a document has at a path."""
    for step in steps:
        if isinstance(step, str) and step in document.model_fields:
            mark = mark_of(document, step)
            if isinstance(mark, One | Many | Linked) and mark.document:
                document = mark.document
    return list(document.model_fields)


def _shown(value: Any, limit: int = 60) -> str:
    text = f"“{value}”" if isinstance(value, str) else _as_json(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _as_json(value: Any) -> str:
    """As the file has it: null and true, not None and True."""
    return json.dumps(value, ensure_ascii=False, default=str)
