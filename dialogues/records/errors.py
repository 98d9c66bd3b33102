"""What is wrong with given records, in the user's words: line, path, given, expected."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .shape import Linked, Many, One, mark_of


@dataclass(frozen=True, slots=True)
class RecordError:
    """One thing that is wrong. ``pointer`` is a JSON pointer (RFC 6901) into the document."""

    message: str
    pointer: str = ""
    line: int | None = None

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


LINE_TYPES = frozenset({"topic", "issue", "person", "partner", "series"})


def _message(detail: ErrorDetails, document: type[BaseModel]) -> str:
    context: dict[str, Any] = detail.get("ctx") or {}
    given = _shown(detail.get("input"))
    match detail["type"]:
        case "missing":
            return _("This key is required.")
        case "extra_forbidden":
            return _unknown_key(str(detail["loc"][-1]), _keys_at(document, detail["loc"][:-1]))
        case "enum" | "literal_error":
            return _("%(given)s is not known here; expected %(expected)s.") % {
                "given": given,
                "expected": context.get("expected", ""),
            }
        case "union_tag_invalid" | "union_tag_not_found":
            return _("A line's type is one of %(expected)s.") % {
                "expected": ", ".join(sorted(LINE_TYPES))
            }
        case "string_type":
            return _("Expected text, not %(given)s.") % {"given": given}
        case "int_type" | "int_from_float" | "int_parsing":
            return _("Expected a whole number, not %(given)s.") % {"given": given}
        case "list_type":
            return _("Expected a list, not %(given)s.") % {"given": given}
        case "model_type" | "model_attributes_type" | "dict_type":
            return _("Expected an object, not %(given)s.") % {"given": given}
        case "string_too_long":
            limit = context.get("max_length", 0)
            return ngettext(
                "Expected at most %(limit)s character.",
                "Expected at most %(limit)s characters.",
                limit,
            ) % {"limit": limit}
        case "string_too_short":
            return _("Expected some text, but it is empty.")
        case "string_pattern_mismatch" if context.get("pattern") == r"\S":
            return _("Expected some text, but it is empty.")
        case "string_pattern_mismatch":
            return _("%(given)s does not have the shape %(pattern)s.") % {
                "given": given,
                "pattern": context.get("pattern", ""),
            }
        case "greater_than_equal":
            return _("Expected %(least)s or more, not %(given)s.") % {
                "least": context.get("ge"),
                "given": given,
            }
        case "less_than_equal":
            return _("Expected %(most)s or less, not %(given)s.") % {
                "most": context.get("le"),
                "given": given,
            }
        case "too_long":
            return _("Expected at most %(limit)s entries.") % {"limit": context.get("max_length")}
        case "json_invalid":
            return _("This is not JSON: %(reason)s.") % {"reason": context.get("error", "")}
        case _:
            # The checks of ``document.py`` say it in the user's words themselves.
            return detail["msg"]


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
            mark = mark_of(document, step)  # type: ignore[arg-type]
            if isinstance(mark, One | Many | Linked) and mark.document:
                document = mark.document
    return list(document.model_fields)


def _shown(value: Any, limit: int = 60) -> str:
    text = repr(value) if not isinstance(value, str) else f"“{value}”"
    return text if len(text) <= limit else text[: limit - 1] + "…"
