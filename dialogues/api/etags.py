"""What tells a client whether it has the latest: ETags of documents and of lists.

A document's is made of its bytes as this reader is served them, whole. It changes with anything
that they would see otherwise and with nothing else; a write's ``If-Match`` is held against it. A
list's is made of the question and of the record's stamp (`queries.kept`), so that nothing has to be
listed to know that it is still the same.

Nobody may be told by an ETag what they may not read: both are made after permission was judged, and
keyed, so that nobody can make one up.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import get_language

from dialogues.models import User, clearance_of


def of_document(body: bytes) -> str:
    """The strong ETag of a document, or of any other answer, by its bytes."""
    return f'"{digest(body)}"'


def of_question(request: HttpRequest, seen: tuple[Any, ...] | None) -> str | None:
    """The weak ETag of what a request asks, as long as the record is as ``seen`` tells.

    None where it cannot be told (``seen`` is None). Whoever may see as much is told the same.
    """
    if seen is None:
        return None
    asked = (
        request.get_host(), request.scheme, request.get_full_path(),
        request.headers.get("Accept", ""), get_language(), timezone.localdate(),
        sight_of(request.user),
    )  # fmt: skip
    return f'W/"{digest(repr((seen, asked)).encode())}"'


def is_had(request: HttpRequest, etag: str) -> bool:
    """Whether the client names this very ETag as its own; ``*`` names none."""
    return _bare(etag) in _given(request, "If-None-Match")


def is_current(request: HttpRequest, etag: str) -> bool:
    """Whether ``If-Match`` names this ETag, or is ``*``.

    Compression on the way makes an ETag weak (RFC 9110 8.8.1), though it still names the document
    that was compressed. So a weak one is taken here too: else nobody who reads compressed answers
    could write.
    """
    given = _given(request, "If-Match")
    return _bare(etag) in given or given == {"*"}


def _given(request: HttpRequest, header: str) -> set[str]:
    return {_bare(etag) for etag in parse_etags(request.headers.get(header, ""))}


def _bare(etag: str) -> str:
    return etag.removeprefix("W/")


def sight_of(user: User | AnonymousUser) -> tuple[Any, ...]:
    """What a reader may see, the same for all who see the same."""
    clearance = clearance_of(user)
    desks = sorted(clearance.desks)
    return clearance.internal, clearance.staff, clearance.everything, desks


def digest(said: bytes) -> str:
    """A short text that is the same for the same bytes, and that nobody else can make."""
    return blake2b(said, digest_size=16, key=settings.SECRET_KEY.encode()[:64]).hexdigest()
