"""What was deleted and is not there any more, as history last knew it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from dialogues.models import Round, Series, User, clearance_of
from dialogues.queries.authors import Author, authors_of
from dialogues.queries.changes import Event
from dialogues.queries.history import events_of
from dialogues.vocabulary import Visibility

#: How the keys begin under which a merge tells history what it did (dialogues.workflow.merging).
MERGED = "merged:"


def deleted(model: type[Model], user: User | AnonymousUser) -> QuerySet[Event]:
    """The last event of each row of `model` that is gone, the latest first.

    As far as staff may know of it: of rounds those that `user` would see if they were there. Other
    things are deleted only once no round mentions them, and then nobody's secret; what was merged
    into another is not gone, but that other.
    """
    gone = events_of(model).filter(pgh_label="delete").select_related("pgh_context")
    gone = gone.exclude(pgh_obj_id__in=model._base_manager.values("pk"))
    if not clearance_of(user).staff:
        return gone.none()
    gone = gone.filter(_seen(user)) if model is Round else gone.exclude(pgh_id__in=_merged(gone))
    newest = gone.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id").values("pgh_id")
    return gone.filter(pgh_id__in=newest).order_by("-pgh_id")


def who_deleted(events: Sequence[Event]) -> dict[Any, Author]:
    """Who deleted each, by the event's id."""
    said = {str(e.pgh_id): e.pgh_context and e.pgh_context.metadata for e in events}
    authors = authors_of(said)
    return {event.pgh_id: authors[str(event.pgh_id)] for event in events}


def _seen(user: User | AnonymousUser) -> Q:
    clearance = clearance_of(user)
    if clearance.everything:
        return Q()
    own = Series.objects.filter(desk__in=clearance.desks).values("pk")
    return ~Q(visibility=Visibility.RESTRICTED) | Q(series_id__in=own)


def _merged(gone: QuerySet[Event]) -> list[int]:
    """Those that went because they were merged into another: what wrote so said it."""
    said = gone.values_list("pgh_id", "pgh_context__metadata")
    return [pk for pk, metadata in said if any(key.startswith(MERGED) for key in metadata or ())]
