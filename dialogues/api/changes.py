"""``changes/``: what a copy elsewhere has to take over to stay exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import orjson
from django.core.signing import BadSignature
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field
from rest_framework.request import Request

from dialogues.models import Appearance, Round
from dialogues.queries.mirroring import Place, changes, server
from dialogues.records.reading import documents_of

from . import choosing, etags
from .documents import Gone, ServedRound
from .examples import changes_example
from .pagination import Errors, enveloped, limit_of, once, signer
from .problems import QueryError
from .reading import DocumentView
from .since import since_of, told


class Change(Gone):
    """What became of one round: to be stored under its slug, or, if it is gone, dropped."""

    changed: datetime = Field(description="When the write began that brought it about.")
    gone: bool = Field(description="True: the reader has no round of this slug any more.")
    round: ServedRound | None = Field(description="The round as it is now; null if it is gone.")


class ChangePage(BaseModel):
    """Changes in the order to take them over. `next` is null where there is none yet."""

    count: int | None = Field(description="Always null: changes are not counted.")
    next: str | None = Field(json_schema_extra={"format": "uri"})
    previous: str | None = Field(description="Always null.")
    results: list[Change]
    resume: str = Field(
        description="Where to ask for what will have changed after these results.",
        json_schema_extra={"format": "uri"},
    )


class ChangesView(DocumentView):
    """What has changed, the oldest first; from the beginning, everything that there is."""

    name = "changes"
    operation = "list_changes"
    model = Round
    document = ServedRound
    parameters = frozenset({"limit", "cursor", "modified_since"}) | choosing.PARAMETERS

    def get(self, request: Request) -> HttpResponseBase:
        self.refuse_unknown_parameters()
        errors: Errors = []
        reader = reader_of(request.user)
        limit, since = limit_of(request.GET, errors), since_of(request.GET, errors)
        behind = read_place(once(request.GET, "cursor", errors), reader, errors)
        if errors:
            raise QueryError(errors)
        choice = self.choice()
        found = list(changes(request.user, behind, since)[: limit + 1])
        told, more = found[:limit], len(found) > limit
        last = Place(told[-1].writer, told[-1].pk) if told else behind
        onward = self._address(last, reader) if more else None
        body = enveloped(
            {"count": None, "next": onward, "previous": None},
            self._entries(told, choice),
            {"resume": self._address(last, reader, "modified_since")},
        )
        response = self.json(body)
        if onward:
            response.headers["Link"] = f'<{onward}>; rel="next"'
        return self.marked(response)

    def _entries(self, told: Sequence[Appearance], choice: Any) -> Iterable[bytes]:
        present = [one.round_id for one in told if one.present]
        found = documents_of(self.rows().filter(pk__in=present), **self.how(choice))
        for one in told:
            document = found.get(one.round_id) if one.present else None
            # What vanished since the list was made is told by the next one.
            if not one.present or document is not None:
                yield entry(one, self.root, document)

    def _address(self, place: Place, reader: str, without: str = "") -> str:
        parameters = self.request.GET.copy()
        parameters.pop(without, None)
        parameters["cursor"] = signer(self.name).sign_object([reader, *place])
        return self.request.build_absolute_uri(f"{self.request.path}?{parameters.urlencode()}")

    @classmethod
    def answers(cls) -> Any:
        """What the schema says of the answer."""
        return ChangePage

    @classmethod
    def example(cls) -> Any:
        return changes_example()


def entry(one: Appearance, root: str, document: bytes | None) -> bytes:
    """One change as JSON, around the round's document."""
    head = orjson.dumps({**told(one, root), "gone": document is None})[:-1]
    return head + b',"round":' + (document or b"null") + b"}"


def reader_of(user: Any) -> str:
    """What a cursor is good for: the server whose numbers it holds, and what the reader may see.

    With other rights one starts anew: nothing was written that would tell what they show or hide.
    """
    return etags.digest(repr((server(), etags.sight_of(user))).encode())


def read_place(given: str | None, reader: str, errors: Errors) -> Place:
    """Where the cursor says that the reader has come to; the beginning without one."""
    if given is None:
        return Place()
    try:
        whose, writer, pk = signer(ChangesView.name).unsign_object(given)
    except (BadSignature, ValueError):
        message = _("This is no cursor of this list; take it from “next” or “resume”.")
        errors.append(("cursor", message))
        return Place()
    if whose != reader:
        message = _(
            "Since this cursor was given, your rights have changed or the database was restored. "
            "Read everything anew, without a cursor."
        )
        errors.append(("cursor", message))
    return Place(writer, pk)
