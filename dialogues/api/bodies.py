"""What is sent: a JSON body of a bounded size, read strictly."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, UnreadablePostError
from django.utils.translation import gettext as _
from pydantic_core import from_json

from dialogues.records.errors import RecordError, pointer

from .problems import DocumentError, Refused

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"

#: So many rounds may be written at once, by a list.
MOST = 500
CHUNK = 64 * 1024
#: PostgreSQL's bigint; no number of the format comes near it.
LARGEST = 2**63 - 1
PLACE = re.compile(r"(?P<reason>.*) at line (?P<line>\d+) column (?P<column>\d+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it came, and the JSON value that it says."""

    raw: bytes
    value: Any


def read(request: HttpRequest, *accepted: str) -> Body:
    """Read a request's JSON body. Raises Refused with 400, 411, 413 or 415, and says why."""
    _check_type(request, accepted)
    raw = _bounded(request)
    return Body(raw, _parsed(raw))


def _check_type(request: HttpRequest, accepted: tuple[str, ...]) -> None:
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise Refused(
            415,
            _("The body is taken as it is, not as “%s”.") % encoding,
            headers={"Accept-Encoding": "identity"},
        )
    charset = (request.content_params or {}).get("charset", "utf-8").strip('"').lower()
    if request.content_type not in accepted or charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refused(
            415,
            _("A body here is %s, in UTF-8.") % ", ".join(accepted),
            headers={"Accept": ", ".join(accepted)},
        )


def _bounded(request: HttpRequest) -> bytes:
    """The body, as far as it is not too large: what says so itself is not even begun to be read."""
    most: int = settings.API_LARGEST_BODY
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length and "HTTP_TRANSFER_ENCODING" in request.META:
        raise Refused(411)
    if length.isdigit() and int(length) > most:
        raise _too_large(most)
    parts, size = [], 0
    try:
        while part := request.read(CHUNK):
            size += len(part)
            if size > most:
                raise _too_large(most)
            parts.append(part)
    except UnreadablePostError as error:
        raise Refused(400, _("The body broke off before its end.")) from error
    return b"".join(parts)


def _too_large(most: int) -> Refused:
    return Refused(413, _("The body is larger than %s bytes, which is the most here.") % most)


def _parsed(raw: bytes) -> Any:
    try:
        value = from_json(raw, allow_inf_nan=False, cache_strings=False)
    except ValueError as error:
        raise _no_json(str(error)) from error
    # It is JSON, and not too deep; once more for what that reader lets pass.
    pairs = json.loads(raw, object_pairs_hook=_Pairs, parse_int=_small, parse_float=_small)
    if wrong := list(_wrong(pairs)):
        raise DocumentError(wrong)
    return value


def _no_json(said: str) -> DocumentError:
    place = PLACE.match(said)
    if place is None:
        return DocumentError([RecordError(_("This is not JSON: %(error)s.") % {"error": said})])
    where = {"line": int(place["line"]), "column": int(place["column"])}
    message = _("This is not JSON from line %(line)s, column %(column)s on: %(reason)s.")
    return DocumentError([RecordError(message % {**where, "reason": place["reason"]})], **where)


class _Pairs(list[tuple[str, Any]]):
    """An object's keys and values as they stand, a key perhaps twice."""


class _TooLarge:
    """In place of a number that nothing here can keep."""


def _small(digits: str) -> float | _TooLarge:
    number = float(digits)
    return number if abs(number) <= LARGEST else _TooLarge()


def _wrong(value: Any, *steps: str | int) -> Iterator[RecordError]:
    """Keys that stand twice in an object, of which either could be meant; and huge numbers."""
    if isinstance(value, _TooLarge):
        yield RecordError(_("This number is larger than can be kept."), pointer(*steps))
    elif isinstance(value, _Pairs):
        seen: set[str] = set()
        for key, inner in value:
            if key in seen:
                message = _("The key “%(key)s” stands twice in this object.") % {"key": key}
                yield RecordError(message, pointer(*steps, key))
            seen.add(key)
            yield from _wrong(inner, *steps, key)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _wrong(inner, *steps, place)
