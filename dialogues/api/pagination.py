"""``limit``, ``cursor`` and ``count``; the envelope of a list, and the same links in a header."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

import orjson
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from . import keyset
from .problems import QueryError

#: What every list takes beside its filters.
PARAMETERS = frozenset({"limit", "cursor", "count", "cursors"})
#: So many documents a page has if nothing is said, and at most; and so many a part of a stream.
USUAL, MOST, MOST_STREAMED = 50, 500, 10_000
#: Parameters, and what is wrong with them.
Errors = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two rows: behind the row with these keys, or the list's end, and whither."""

    backward: bool
    keys: keyset.Keys | None

    def written(self, listing: str, ordering: str) -> str:
        """As an address carries it: opaque, and good for this listing and ordering alone."""
        keys = self.keys and [
            key if isinstance(key, int | str | None) else str(key) for key in self.keys
        ]
        return signer(listing).sign_object([ordering, self.backward, keys])

    @classmethod
    def read(cls, text: str, listing: str, ordering: str, length: int) -> Self | None:
        """Return the cursor, or None if it was not this listing that gave it."""
        try:
            given_ordering, backward, keys = signer(listing).unsign_object(text)
        except (signing.BadSignature, ValueError):
            return None
        if given_ordering != ordering or (keys is not None and len(keys) != length):
            return None
        return cls(backward, keys)


#: Back from the list's end.
END = Cursor(backward=True, keys=None)


def signer(listing: str) -> signing.Signer:
    return signing.Signer(salt=f"dialogues.api.{listing}", sep=".")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its rows' ids, and where the pages around it begin."""

    ids: list[int]
    count: int | None
    next: str | None
    previous: str | None
    last: str | None
    """The list's last rows; only where there are more than these."""

    @property
    def links(self) -> str:
        """The ``Link`` header's value (RFC 8288); empty on a list's only page."""
        return ", ".join(
            f'<{url}>; rel="{relation}"'
            for url, relation in ((self.next, "next"), (self.previous, "prev"), (self.last, "last"))
            if url
        )

    def envelope(self, documents: Iterable[bytes], **more: Any) -> bytes:
        """The whole answer, around documents that are JSON already; ``more`` are keys behind."""
        head = {"count": self.count, "next": self.next, "previous": self.previous}
        return enveloped(head, documents, more)


def enveloped(head: dict[str, Any], documents: Iterable[bytes], tail: dict[str, Any]) -> bytes:
    """The answer to a list: keys, ``results`` that are JSON already, and more keys."""
    end = b"]," + orjson.dumps(tail)[1:] if tail else b"]}"
    return orjson.dumps(head)[:-1] + b',"results":[' + b",".join(documents) + end


def page_of(
    rows: QuerySet,
    request: HttpRequest,
    listing: str,
    *,
    count: Callable[[], int],
    streamed: bool = False,
) -> Page:
    """Cut the page that a request asks for out of ordered rows; ``count`` counts them all,
    ``streamed`` says that it is a part of a stream.

    Raises QueryError, naming each of the four parameters that is wrong.
    """
    terms = keyset.terms_of(rows)
    asked = Asked(request.GET, listing, len(terms), streamed=streamed)
    cursor = asked.cursor
    backward = cursor is not None and cursor.backward
    found = keyset.fetch(
        rows,
        [term.reversed for term in terms] if backward else terms,
        cursor.keys if cursor else None,
        asked.limit + 1,
    )
    more, found = len(found) > asked.limit, found[: asked.limit]
    if backward:
        found.reverse()
    forward_to, back_to = _neighbours(found, cursor, more)
    return Page(
        ids=[row.pk for row in found],
        count=_count(count, asked, found, more),
        next=_address(request, asked, forward_to),
        previous=_address(request, asked, back_to),
        last=_address(request, asked, END if forward_to else None),
    )


def once(parameters: QueryDict, name: str, errors: Errors) -> str | None:
    """The value of a parameter, noting among the ``errors`` if it is given twice."""
    given = parameters.getlist(name)
    if len(given) > 1:
        errors.append((name, _("This stands here twice.")))
    return given[-1] if given else None


def limit_of(parameters: QueryDict, errors: Errors, most: int = MOST) -> int:
    """How many documents are asked for at once."""
    given = once(parameters, "limit", errors)
    if given is None:
        return USUAL
    if given.isascii() and given.isdigit() and len(given) < 10 and 1 <= int(given) <= most:
        return int(given)
    errors.append(("limit", _("Write a whole number from 1 to %(most)s.") % {"most": most}))
    return USUAL


class Asked:
    """The four parameters, read and checked."""

    def __init__(
        self, parameters: QueryDict, listing: str, keys: int, *, streamed: bool = False
    ) -> None:
        self.errors: Errors = []
        self.listing = listing
        self.ordering = parameters.get("ordering", "")
        self.limit = limit_of(parameters, self.errors, MOST_STREAMED if streamed else MOST)
        self.count = self._flag("count", parameters, default=True)
        self.cursors = self._flag("cursors", parameters, default=False)
        if self.cursors and not streamed:
            message = _("Only lines and tables have a cursor in each row: ask with Accept.")
            self.errors.append(("cursors", message))
        self.cursor = self._cursor(once(parameters, "cursor", self.errors), keys)
        if self.errors:
            raise QueryError(self.errors)

    def _flag(self, name: str, parameters: QueryDict, *, default: bool) -> bool:
        given = once(parameters, name, self.errors)
        if given not in {None, "true", "false"}:
            self.errors.append((name, _("Write true or false.")))
        return default if given is None else given == "true"

    def cursor_behind(self, keys: keyset.Keys) -> str:
        """The cursor that leads on behind the row with these keys."""
        return Cursor(backward=False, keys=keys).written(self.listing, self.ordering)

    def _cursor(self, given: str | None, keys: int) -> Cursor | None:
        if given is None:
            return None
        cursor = Cursor.read(given, self.listing, self.ordering, keys)
        if cursor is None:
            message = _("This is no cursor of this list; take it from “next” or “previous”.")
            self.errors.append(("cursor", message))
        return cursor


def _neighbours(
    found: list[keyset.Row], cursor: Cursor | None, more: bool
) -> tuple[Cursor | None, Cursor | None]:
    """Where to read on, forward and backward; None where the list ends.

    Behind a cursor there is always its own row to go back to. Where nothing is left on its far
    side, the way back begins at the list's end.
    """
    backward, behind = (cursor.backward, cursor.keys) if cursor else (False, None)
    on_forward, on_back = (behind, more) if backward else (more, behind)
    first, last = (found[0].keys, found[-1].keys) if found else (None, None)
    return (
        Cursor(False, last) if on_forward else None,
        Cursor(True, first) if on_back else None,
    )


def _count(
    count: Callable[[], int], asked: Asked, found: list[keyset.Row], more: bool
) -> int | None:
    if not asked.count:
        return None
    if asked.cursor is None and not more:
        return len(found)
    return count()


def _address(request: HttpRequest, asked: Asked, cursor: Cursor | None) -> str | None:
    if cursor is None:
        return None
    parameters = request.GET.copy()
    parameters["cursor"] = cursor.written(asked.listing, asked.ordering)
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")
