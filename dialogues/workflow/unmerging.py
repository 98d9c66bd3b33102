"""A merge is taken back, from what history keeps of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from dialogues.models import (
    AgreedPoint,
    Issue,
    Participant,
    Person,
    Statement,
    Topic,
    Venue,
)
from dialogues.models.outcomes import AgreedPointTopic, StatementTopic
from dialogues.models.rounds import RoundTopic, RoundVenue
from dialogues.models.sources import SourceTopic
from dialogues.queries.authors import Author, authors_of
from dialogues.queries.history import events_of
from dialogues.workflow.merging import Asker, Mergeable, may_merge, merge_key

#: What refers to each: rows of relations, with what they hang on, and plain references.
LINKS: dict[type[Mergeable], tuple[tuple[type[Model], str, str], ...]] = {
    Topic: (
        (RoundTopic, "round", "topic"),
        (StatementTopic, "statement", "topic"),
        (AgreedPointTopic, "agreedpoint", "topic"),
        (SourceTopic, "source", "topic"),
    ),
    Venue: ((RoundVenue, "round", "venue"),),
}
REFERENCES: dict[type[Mergeable], tuple[tuple[type[Model], str], ...]] = {
    Topic: ((Topic, "parent"),),
    Issue: ((Statement, "issue"), (AgreedPoint, "issue")),
    Person: ((Participant, "person"),),
}


@dataclass(frozen=True)
class Merge:
    """A merge that can be taken back."""

    context: str
    gone: int
    name: str
    """What the one that went was called."""
    when: datetime
    author: Author


def merges_into(kept: Mergeable) -> list[Merge]:
    """What was merged into a record and has not come back, newest first. Three queries."""
    model = type(kept)
    # Few of these things are ever deleted, so all that were are looked through.
    deleted = events_of(model).filter(pgh_label="delete", pgh_context__isnull=False)
    ends = {
        event.pgh_obj_id: event
        for event in deleted.select_related("pgh_context").order_by("pgh_id")
        if _into(model, event) == kept.pk
    }
    back = set(model._base_manager.filter(pk__in=ends).values_list("pk", flat=True))
    authors = authors_of(
        {str(end.pgh_context_id): end.pgh_context.metadata for end in ends.values()}
    )
    return [
        Merge(
            context := str(end.pgh_context_id),
            pk,
            str(_from_history(model, end)),
            end.pgh_created_at,
            authors[context],
        )
        for pk, end in reversed(ends.items())
        if pk not in back
    ]


def unmerge(user: Asker, kept: Mergeable, context: str, gone: int) -> Mergeable:
    """Bring back what was merged into `kept` in that context, and what referred to it.

    Whatever has been given to something else since then stays there. Returns what came back.
    Raises PermissionDenied, with nothing changed, where the user may not, where there is no such
    merge, or where the name or the slug has been given to another meanwhile.
    """
    model = type(kept)
    if not may_merge(user, model):
        raise PermissionDenied(_("Merging is for those who may delete what is merged."))
    try:
        with transaction.atomic(), pghistory.context(user=user.pk):
            locked = model._base_manager.select_for_update().filter(pk=kept.pk).first()
            if locked is None or not any(
                merge.gone == gone and merge.context == context for merge in merges_into(locked)
            ):
                raise PermissionDenied(_("This merge cannot be taken back any more."))
            back: Mergeable = _taken_back(model, locked, context, gone)
            return back
    except IntegrityError as error:
        raise PermissionDenied(
            _("Its name or its slug has been given to another meanwhile.")
        ) from error


def _into(model: type[Mergeable], end: Any) -> int | None:
    """Into which other record the one went whose end history keeps, if it was merged."""
    told = end.pgh_context.metadata.get(merge_key(model, end.pgh_obj_id))
    return told and int(told["into"])


def _from_history(model: type[Mergeable], event: Any) -> Any:
    """The record that an event keeps, as it stood then; not saved."""
    return model(**{f.attname: getattr(event, f.attname) for f in model._meta.concrete_fields})


def _taken_back(model: type[Mergeable], kept: Any, context: str, pk: int) -> Any:
    [end] = events_of(model).filter(pgh_context=context, pgh_obj_id=pk, pgh_label="delete")
    gone = _from_history(model, end)
    above = gone.parent_id if isinstance(gone, Topic) else None
    if above and not Topic.objects.filter(pk=above).exists():
        gone.parent = None  # what it lay under is gone as well
    if not isinstance(gone, Venue):  # a venue that stays is not changed by it
        _restore_kept(kept, gone, *_before_and_after(kept, context))
    gone.save(force_insert=True)
    for rows, owner, names in LINKS.get(model, ()):
        _relink(rows, owner, names, gone, kept, context)
    for rows, names in REFERENCES.get(model, ()):
        _moved(rows, names, gone, kept, context).update(**{names: gone})
    if isinstance(kept, Topic):
        _restore_parent(kept, *_before_and_after(kept, context))
    if isinstance(gone, Person):
        _restore_spelling(gone)
    return gone


def _before_and_after(kept: Any, context: str) -> tuple[Any, Any]:
    """What history has of the record that stayed, from before the merge and from its end."""
    events = events_of(type(kept)).filter(pgh_obj_id=kept.pk).order_by("pgh_id")
    after = events.filter(pgh_context=context).last()
    first = events.filter(pgh_context=context).first()
    return events.filter(pgh_id__lt=first.pgh_id).last(), after  # type: ignore[union-attr]


def _restore_kept(kept: Any, gone: Any, before: Any, after: Any) -> None:
    """Take from the one that stayed what it had only from the one that went."""
    for name in ("former_slugs", "also_written"):
        if hasattr(kept, name):
            brought = set(getattr(after, name)) - set(getattr(before, name))
            setattr(kept, name, [one for one in getattr(kept, name) if one not in brought])
    if isinstance(kept, Issue):
        same = kept.note == after.note
        kept.note = before.note if same else kept.note.removesuffix(f"\n\n{gone.note}")
    kept.save()


def _restore_parent(kept: Topic, before: Any, after: Any) -> None:
    """A topic that had its place under the one that went goes back there."""
    if before.parent_id != after.parent_id == kept.parent_id:
        kept.parent_id = before.parent_id
        kept.save(update_fields=["parent"])


def _moved(rows: type[Model], names: str, gone: Any, kept: Any, context: str) -> QuerySet[Any, Any]:
    """The rows that the merge made to name the one that stayed, and that name it still."""
    events = events_of(rows)
    moved = events.filter(pgh_context=context, pgh_label="update", **{names: kept.pk})
    named = events.filter(**{names: gone.pk})
    return rows._base_manager.filter(
        pk__in=moved.filter(id__in=named.values("id")).values("id"), **{names: kept}
    )


def _relink(rows: type[Model], owner: str, names: str, gone: Any, kept: Any, context: str) -> None:
    _moved(rows, names, gone, kept, context).update(**{names: gone})
    # What named both had one row for each, and lost the one.
    lost = events_of(rows).filter(pgh_context=context, pgh_label="delete", **{names: gone.pk})
    still = rows._base_manager.filter(**{names: kept})
    owners = still.filter(**{f"{owner}__in": lost.values(owner)}).values_list(owner, flat=True)
    rows._base_manager.bulk_create(
        [rows(**{f"{owner}_id": pk, names: gone}) for pk in owners.order_by(owner)]
    )


def _restore_spelling(person: Person) -> None:
    """A record that called the person as the person was called needs no spelling of its own."""
    parts = Participant.objects.filter(person=person, name=person.name)
    before = events_of(Participant).filter(person=person.pk, name="")
    parts.filter(pk__in=before.values("pgh_obj_id")).update(name="")
