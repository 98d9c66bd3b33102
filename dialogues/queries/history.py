"""Who changed a record, when, from where, and what: read back from what the triggers keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Model, Q, QuerySet

from dialogues.models import (
    AgreedPoint,
    Desk,
    FollowUp,
    NamedAnew,
    Participant,
    RelatedEvent,
    ReviewStep,
    Round,
    Series,
    Source,
    Statement,
    User,
    clearance_of,
)
from dialogues.models.accounts import DeskMember, UserGroup
from dialogues.models.outcomes import AgreedPointTopic, StatementTopic
from dialogues.models.rounds import RoundTopic, RoundVenue
from dialogues.models.sources import SourceTopic
from dialogues.queries.authors import Author, authors_of
from dialogues.queries.changes import Change, Event, Telling
from dialogues.vocabulary import Visibility

#: What hangs on what, and by which relation: the rows of many-to-many relations among it.
PARTS: dict[type[Model], tuple[tuple[type[Model], str], ...]] = {
    Round: (
        (RoundVenue, "round"),
        (RoundTopic, "round"),
        (Participant, "round"),
        (Statement, "round"),
        (AgreedPoint, "round"),
        (RelatedEvent, "round"),
        (Source, "round"),
    ),
    Statement: ((StatementTopic, "statement"),),
    AgreedPoint: ((AgreedPointTopic, "agreedpoint"), (FollowUp, "point")),
    Source: ((SourceTopic, "source"),),
    Desk: ((DeskMember, "desk"),),
    User: ((UserGroup, "user"), (DeskMember, "user")),
}


Spell = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class Entry:
    """What one person, import or script changed at one time."""

    when: datetime
    author: Author
    changes: tuple[Change, ...] = ()
    reason: str = ""
    """Why, as far as somebody said so."""
    confirmed: bool = False
    """Whether a publisher confirmed what had been changed, and changed nothing."""


def history(record: Model, user: User | AnonymousUser) -> list[Entry]:
    """Everything that was done to a record and to what belongs to it, newest first.

    `user` has to see the record as it stands. What was done while its round was restricted to a
    desk is told only to those who see that desk's restricted rounds.
    """
    events = in_order(
        event for kept in threads(type(record), Q(pgh_obj_id=record.pk)) for event in kept
    )
    said = {str(e.pgh_context_id): e.pgh_context and e.pgh_context.metadata for e in events}
    confirmed = confirmations(record)
    said |= {f"step {step.pk}": {"user": step.by_id} for step in confirmed}
    authors = authors_of(said)
    telling = Telling(events, user)
    spells = hidden_spells(record, user)
    entries = []
    for (when, context), group in groupby(events, key=moment):
        changes = telling.changes(group)  # hidden or not: the next change is told against them
        if changes:
            entries.append(Entry(when, authors[context], changes, reason_in(said[context])))
    entries += [
        Entry(step.at, authors[f"step {step.pk}"], (), step.note, confirmed=True)
        for step in confirmed
    ]
    told = [entry for entry in entries if not is_within(entry.when, spells)]
    return sorted(told, key=lambda entry: entry.when)[::-1]


def is_within(when: datetime, spells: list[Spell]) -> bool:
    """Whether a moment lies in one of the spells."""
    return any(begin <= when and (not end or when <= end) for begin, end in spells)


def reason_in(metadata: dict[str, Any] | None) -> str:
    """Why somebody wrote, as far as they said so."""
    return str((metadata or {}).get("reason", ""))


def confirmations(record: Model) -> list[ReviewStep]:
    """The steps by which publishers confirmed a published round, which changed nothing in it."""
    if not isinstance(record, Round):
        return []
    return list(ReviewStep.objects.filter(round=record, came_from=F("went_to")))


def last_change(record: Model) -> Entry | None:
    """When a record, or anything of it, was last written and by whom; one query for all tables."""
    first, *others = (
        kept.order_by().values("pgh_created_at", "pgh_context_id", "pgh_context__metadata")
        for kept in threads(type(record), Q(pgh_obj_id=record.pk))
    )
    newest = (
        first.union(*others, all=True)
        .order_by(F("pgh_created_at").desc(), F("pgh_context_id"))
        .first()
    )
    if newest is None:
        return None
    context = str(newest["pgh_context_id"])
    metadata = newest["pgh_context__metadata"]
    return Entry(newest["pgh_created_at"], authors_of({context: metadata})[context])


def in_order(events: Iterable[Event]) -> list[Event]:
    """Sort by time; within a transaction by context, as contexts first appear."""
    found = list(events)
    contexts = {str(event.pgh_context_id): None for event in found}
    rank = {context: number for number, context in enumerate(contexts)}
    return sorted(found, key=lambda e: (e.pgh_created_at, rank[str(e.pgh_context_id)]))


def moment(event: Event) -> tuple[datetime, str]:
    """What is told together: written at one time, under one context."""
    return event.pgh_created_at, str(event.pgh_context_id)


def threads(model: type[Model], which: Q) -> Iterator[QuerySet[Event]]:
    """The events of a record and of all that hangs on it, a query for each kind of part."""
    kept = events_of(model).filter(which)
    yield kept.select_related("pgh_context").order_by("pgh_id")
    for part, relation in PARTS.get(model, ()):
        yield from threads(part, Q(**{f"{relation}__in": kept.values("pgh_obj_id")}))


def events_of(model: type[Model]) -> QuerySet[Event]:
    """All events of a model."""
    return cast("QuerySet[Event]", model.pgh_event_model.objects.all())  # type: ignore[attr-defined]


def hidden_spells(record: Model, user: User | AnonymousUser) -> list[Spell]:
    """From when to when the record's round was restricted to desks that `user` is no member of."""
    round_id = record.pk if isinstance(record, Round) else getattr(record, "round_id", None)
    if clearance_of(user).everything:
        return []
    if round_id is None:
        return before_it_was_named(record, user)
    seen = set(
        Series.objects.filter(desk__in=clearance_of(user).desks).values_list("pk", flat=True)
    )
    spells: list[Spell] = []
    events = events_of(Round).filter(pgh_obj_id=round_id).order_by("pgh_created_at", "pgh_id")
    begin = None
    for event in cast("Iterable[Event]", events):
        hidden = event.visibility == Visibility.RESTRICTED and event.series_id not in seen
        if hidden and begin is None:
            begin = event.pgh_created_at
        elif begin and not hidden:
            spells.append((begin, event.pgh_created_at))
            begin = None
    return [*spells, (begin, None)] if begin else spells


def before_it_was_named(record: Model, user: User | AnonymousUser) -> list[Spell]:
    """The time in which only hidden rounds had mentioned it, for whom they still are hidden."""
    named = NamedAnew.objects.filter(model=record._meta.model_name, row=record.pk).first()
    rows = type(record)._default_manager
    if named is None or rows.mentioned_to(user).filter(pk=record.pk).exists():  # type: ignore[attr-defined]
        return []
    return [(datetime.min.replace(tzinfo=UTC), named.at)]
