"""What an import makes or changes besides rounds, read from what history kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from django.contrib.postgres.functions import TransactionNow
from django.db.models import Max, Q

from dialogues.models import Issue, NamedAnew, Partner, Person, Series, Topic, User, Venue
from dialogues.queries.changes import Change, Telling
from dialogues.queries.history import events_of

#: What rounds refer to.
REFERENCES = (Partner, Series, Topic, Issue, Person, Venue)
#: What tells such a thing from another, whatever number it has.
NATURAL = ("code", "slug", "name", "name_id", "title", "city", "note", "kind", "also_written")

Marks = dict[Any, int]


def marks_now() -> Marks:
    """How far history has come with each kind of thing."""
    marks: Marks = {
        model: events_of(model).aggregate(last=Max("pgh_id"))["last"] or 0 for model in REFERENCES
    }
    return {**marks, NamedAnew: NamedAnew.objects.aggregate(last=Max("pk"))["last"] or 0}


def made_since(marks: Marks, user: User) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """What this transaction has made or changed since then, in words for `user`.

    Yields what is always the same of it with ``what`` it is, whether it is ``new``, and its
    ``fields`` with their values before and after.
    """
    named = NamedAnew.objects.filter(by=user, pk__gt=marks[NamedAnew]).order_by("pk")
    for model in REFERENCES:
        mark = marks[model]
        # What stood, hidden, is told as what it is to its importer: new, and just as they said.
        anew = {one.row: one.said for one in named if one.model == model._meta.model_name}
        for row, said in anew.items():
            event = as_if_made(model, row, said)
            for one in Telling([event], user).changes([event]):
                yield _natural(event), _told(one, made=True)
        fresh = Q(pgh_id__gt=mark, pgh_created_at=TransactionNow()) & ~Q(pgh_obj_id__in=anew)
        touched = events_of(model).filter(fresh).values("pgh_obj_id")
        events = list(events_of(model).filter(pgh_obj_id__in=touched).order_by("pgh_id"))
        telling = Telling(events, user)
        made = {event.pgh_obj_id for event in events if is_made(event, mark)}
        last = {event.pgh_obj_id: event for event in events}
        for event in events:
            is_new = event.pgh_obj_id in made
            if is_new and event is not last[event.pgh_obj_id]:
                continue  # what is new is told once, as it stands in the end
            changes = telling.changes([event])
            if event.pgh_id > mark:
                yield from ((_natural(event), _told(one, made=is_new)) for one in changes)


def is_made(event: Any, mark: int) -> bool:
    """Whether the row of this event was made since the mark."""
    return bool(event.pgh_id > mark and event.pgh_label == "insert")


def as_if_made(model: Any, row: int, said: dict[str, Any]) -> Any:
    """What history would have kept, had it been made of what was said."""
    event = model.pgh_event_model(pgh_obj_id=row, pgh_label="insert", id=row)
    for name, value in said.items():
        setattr(event, event._meta.get_field(name).attname, value)
    return event


def _natural(event: Any) -> bytes:
    model = event.pgh_tracked_model.__name__
    return orjson.dumps([model, *(getattr(event, name, None) for name in NATURAL)])


def _told(change: Change, *, made: bool) -> dict[str, Any]:
    return {"what": change.what, "new": made, "fields": [list(each) for each in change.fields]}
