"""How a round and all that belongs to it stood at a moment: rows as history kept them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q

from dialogues.models import Round, Series, User, clearance_of
from dialogues.queries.changes import Event
from dialogues.queries.history import events_of, threads
from dialogues.vocabulary import Publication, Visibility

#: The rows of each table, by the model that Django stores them as.
Rows = dict[type[Model], list[Event]]


def stood(round_id: int, moment: datetime, *, just_before: bool = False) -> Rows:
    """Every row of the round and its parts as it stood once all of that moment was written.

    `just_before`: before anything of that moment was. A row is its newest event; of those that
    were gone there is none. A query a table.
    """
    until = Q(**{"pgh_created_at__lt" if just_before else "pgh_created_at__lte": moment})
    rows: Rows = {}
    for kept in threads(Round, Q(pgh_obj_id=round_id)):
        model = cast("Any", kept.model).pgh_tracked_model._meta.concrete_model
        newest = {event.id: event for event in kept.filter(until)}  # in the order of writing
        rows[model] = [event for event in newest.values() if event.pgh_label != "delete"]
    return rows


def round_in(rows: Rows) -> Event | None:
    """The round itself, or nothing where it was not there."""
    return next(iter(rows[Round]), None)


def was_visible(event: Event, user: User | AnonymousUser, moment: datetime | None = None) -> bool:
    """Whether the clearance that `user` has today would have covered the round as it then stood.

    `moment` is when it stood so; left out, when the event was written.

    What was restricted was so to the desk that the series had then. Who has come to see what is
    restricted by a later change of desks does not see what another desk had kept to itself.
    """
    clearance = clearance_of(user)
    if clearance.everything:
        return True
    if not clearance.staff and event.publication != Publication.PUBLISHED:
        return False
    if event.visibility == Visibility.RESTRICTED:
        return desks_of(event.series_id, moment or event.pgh_created_at) <= clearance.desks
    return clearance.internal or event.visibility == Visibility.PUBLIC


def desks_of(series_id: int, moment: datetime) -> set[int | None]:
    """The desk that a series has, and the one that it had at a moment."""
    then = events_of(Series).filter(pgh_obj_id=series_id, pgh_created_at__lte=moment)
    kept = then.order_by("-pgh_id").values_list("desk_id", flat=True)[:1]
    now = Series.objects.filter(pk=series_id).values_list("desk_id", flat=True)
    return {*kept, *now}
