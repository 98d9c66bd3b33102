"""Who has written a round: asked before somebody publishes it."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Q

from dialogues.models import ReviewStep, Round
from dialogues.queries.changes import Event
from dialogues.queries.history import events_of, threads
from dialogues.vocabulary import Publication

#: A step of publication is not writing: whoever submits, sends back or publishes says nothing new.
STEPS_ONLY = {"publication"}


def writers(round_: Round) -> set[int]:
    """The accounts that have written the round, or a part of it, since it was last published.

    As last published counts when it became so, or when a publisher confirmed what was changed in
    it since. Imports and psql have no account, and so name nobody. Two queries.
    """
    events = list(
        events_of(Round)
        .filter(pgh_obj_id=round_.pk)
        .select_related("pgh_context")
        .order_by("pgh_created_at", "pgh_id")
    )
    since = last_published(round_, events)
    written = [
        account(event.pgh_context and event.pgh_context.metadata)
        for before, event in pairwise([None, *events])
        if (since is None or event.pgh_created_at > since) and is_written(before, event)
    ]
    written += map(account, contexts_of_parts(round_, since))
    return {pk for pk in written if pk is not None}


def last_published(round_: Round, events: list[Event]) -> datetime | None:
    """When the round last became published, or was confirmed as it then stood."""
    became = [
        event.pgh_created_at
        for before, event in pairwise([None, *events])
        if event.publication == Publication.PUBLISHED
        and (before is None or before.publication != Publication.PUBLISHED)
    ]
    confirmed = ReviewStep.objects.filter(round=round_, went_to=Publication.PUBLISHED).last()
    return max([*became, *([confirmed.at] if confirmed else [])], default=None)


def is_written(before: Event | None, event: Event) -> bool:
    """Whether the event changed more of the round than how far it has come."""
    if before is None:
        return True
    return any(
        getattr(before, field.attname) != getattr(event, field.attname)
        for field in event.pgh_tracked_model._meta.concrete_fields
        if field.name not in STEPS_ONLY and hasattr(event, field.attname)
    )


def contexts_of_parts(round_: Round, since: datetime | None) -> list[Any]:
    """What was said of the writing of the round's parts since then; one query for all tables."""
    later = Q() if since is None else Q(pgh_created_at__gt=since)
    _round, first, *others = (
        kept.filter(later).order_by().values_list("pgh_context__metadata")
        for kept in threads(Round, Q(pgh_obj_id=round_.pk))
    )
    return [metadata for (metadata,) in first.union(*others)]


def account(metadata: dict[str, Any] | None) -> int | None:
    """The account that a context names, if it names one."""
    user = (metadata or {}).get("user")
    return int(user) if user else None
