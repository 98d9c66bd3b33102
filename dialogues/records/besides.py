"""What an import makes or changes besides rounds, read from what history kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from django.contrib.postgres.functions import TransactionNow
from django.db.models import Max, Q

from dialogues.models import Issue, Partner, Person, Series, Topic, User, Venue
from dialogues.queries.changes import Change, Telling
from dialogues.queries.history import events_of

#: What rounds refer to.
REFERENCES = (Partner, Series, Topic, Issue, Person, Venue)
#: What tells such a thing from another, whatever number it has.
NATURAL = ("code", "slug", "name", "name_id", "title", "city", "note", "kind", "also_written")

Marks = dict[Any, int]


def marks_now() -> Marks:
    """How far history has come with each kind of thing."""
    return {
        model: events_of(model).aggregate(last=Max("pgh_id"))["last"] or 0 for model in REFERENCES
    }


def made_since(marks: Marks, user: User) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """What this transaction has made or changed since then, in words for `user`.

    Yields what is always the same of it with ``what`` it is, whether it is ``new``, and its
    ``fields`` with their values before and after.
    """
    for model, mark in marks.items():
        fresh = Q(pgh_id__gt=mark, pgh_created_at=TransactionNow())
        touched = events_of(model).filter(fresh).values("pgh_obj_id")
        events = list(events_of(model).filter(pgh_obj_id__in=touched).order_by("pgh_id"))
        telling = Telling(events, user)
        for event in events:
            changes = telling.changes([event])
            if event.pgh_id > mark:
                yield from (
                    (_natural(event), _told(one, made=event.pgh_label == "insert"))
                    for one in changes
                )


def _natural(event: Any) -> bytes:
    model = event.pgh_tracked_model.__name__
    return orjson.dumps([model, *(getattr(event, name, None) for name in NATURAL)])


def _told(change: Change, *, made: bool) -> dict[str, Any]:
    return {"what": change.what, "new": made, "fields": [list(each) for each in change.fields]}
