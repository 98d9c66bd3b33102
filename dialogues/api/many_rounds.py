"""``PATCH`` on the list: many rounds are changed at once, all or none.

A header names one ETag, and lists have none for each of their documents. So what `If-Match` does
for one round, `updated` does for each of these: it stands in every document that was read, and
moves with every write to the round or to anything that belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request

from dialogues import workflow
from dialogues.models import Round
from dialogues.records.errors import RecordError, pointer
from dialogues.records.parsing import parsed
from dialogues.records.patching import patched
from dialogues.records.reading import documents

from . import bodies
from .documents import WrittenRound
from .problems import DocumentError
from .since import moment_of
from .writing import Writing

SLUG = re.compile(r"[-a-z0-9_]+")
#: One of a list: a merge patch that names its round, and when that was last written.
Item = dict[str, Any]


class PatchesRounds(Writing):
    """``PATCH`` on the list of rounds."""

    def patch(self, request: Request) -> HttpResponse:
        """Change many rounds by a list of merge patches, all or none. Each has the `slug` of its
        round and, instead of `If-Match`, `updated` as it was read."""
        self.admit("dialogues.change_round")
        items = items_of(bodies.read(request._request, bodies.JSON).value)
        with self.written():
            rounds = self.matched(items)
            ids = [round_.pk for round_ in rounds]
            stored = documents(ids, staff=True)
            told = enumerate(zip(items, rounds, stored, strict=True), 1)
            self.take(
                [
                    parsed(patched(text, item), place, WrittenRound, about=round_)
                    for place, (item, round_, text) in told
                ],
                many=True,
            )
            return self.answer_with_many(ids, 200)

    def matched(self, items: list[Item]) -> list[Round]:
        """The rounds, locked, theirs, and as they were read. Raises DocumentError with 404, 403,
        428 or 412, in this order, as each is answered for one round."""
        slugs = [item["slug"] for item in items if SLUG.fullmatch(item["slug"])]
        seen = self.lockable().filter(slug__in=slugs).order_by("pk")  # everybody in one order
        rounds = {round_.slug: round_ for round_ in seen}
        refuse(
            404, items, lambda item: item["slug"] in rounds, _("There is no round of this slug.")
        )
        refuse(
            403,
            items,
            lambda item: workflow.may_change(self.account, rounds[item["slug"]]),
            _("This round is not yours to change."),
        )
        refuse(
            428,
            items,
            lambda item: item.get("updated") is not None,
            _("Send the “updated” of what you read, so that nothing is lost."),
            "updated",
        )
        refuse(
            412,
            items,
            lambda item: moment_of(item["updated"]) == rounds[item["slug"]].updated,
            _("The round has been written since; read it anew."),
            "updated",
        )
        return [rounds[item["slug"]] for item in items]


def items_of(value: Any) -> list[Item]:
    """A body's items. Raises DocumentError where it is no list of objects, each with a slug of its
    own and a time that is one."""
    if not isinstance(value, list) or not 0 < len(value) <= bodies.MOST:
        raise DocumentError(
            [RecordError(_("A list has 1 to %s merge patches here.") % bodies.MOST)]
        )
    if errors := list(_wrong(value)):
        raise DocumentError(errors)
    return value


def _wrong(items: list[Any]) -> Iterable[RecordError]:
    before: dict[str, int] = {}
    for place, item in enumerate(items):
        if not isinstance(item, dict):
            yield RecordError(_("A merge patch is an object."), pointer(place))
            continue
        slug, updated = item.get("slug"), item.get("updated")
        if not isinstance(slug, str):
            yield RecordError(_("Name the round by its slug."), pointer(place, "slug"))
        elif slug in before:
            message = _("This is the round of %(pointer)s again.")
            told = {"pointer": pointer(before[slug])}
            yield RecordError(message % told, pointer(place, "slug"))
        else:
            before[slug] = place
        if updated is not None and moment_of(updated) is None:
            message = _("Write one time as of RFC 3339, such as 2021-10-15T09:00:00+07:00.")
            yield RecordError(message, pointer(place, "updated"))


def refuse(
    status: int, items: list[Item], is_right: Callable[[Item], bool], why: str, key: str = "slug"
) -> None:
    """Raise DocumentError, pointing at each item that is not right."""
    errors = [
        RecordError(why, pointer(place, key))
        for place, item in enumerate(items)
        if not is_right(item)
    ]
    if errors:
        raise DocumentError(errors, status=status)
