"""Two of one kind that turn out to be the same topic, issue, person or venue become one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from dialogues.models import (
    AgreedPoint,
    Issue,
    Participant,
    Person,
    Round,
    Source,
    Statement,
    Topic,
    User,
    Venue,
)

Asker = User | AnonymousUser
Mergeable = Topic | Issue | Person | Venue


#: The rows of relations that name topics, and what each row hangs on.
TOPICS_OF: tuple[tuple[type[Model], str], ...] = (
    (Round.topics.through, "round"),
    (Statement.topics.through, "statement"),
    (AgreedPoint.topics.through, "agreedpoint"),
    (Source.topics.through, "source"),
)


def may_merge(user: Asker, model: type[Mergeable]) -> bool:
    """Whether the user merges such things: one of the two is changed, the other deleted."""
    name = model._meta.model_name
    return user.has_perms([f"dialogues.change_{name}", f"dialogues.delete_{name}"])


def merge(user: Asker, one: Mergeable, into: Mergeable) -> None:
    """Let everything that refers to `one` refer to `into`, and delete `one`.

    `into` keeps its own name and takes over the slug, which leads to it from now on: in addresses,
    filters, saved views, and in files that are imported. `unmerge` takes it back. Rounds that
    `user` may not see are changed as well. `into` is brought up to date. Raises PermissionDenied,
    with nothing changed, and ValueError for two that are not of one kind or are the same.
    """
    model = type(into)
    if type(one) is not model or one.pk == into.pk:
        raise ValueError(f"{one!r} cannot be merged into {into!r}.")
    if not may_merge(user, model):
        raise PermissionDenied(_("Merging is for those who may delete what is merged."))
    told = {merge_key(model, one.pk): {"into": into.pk}}
    with transaction.atomic(), pghistory.context(user=user.pk, **told):
        gone, kept = _locked(user, model, one.pk, into.pk)
        MOVING[model](gone, kept)
        if not isinstance(kept, Venue):  # no address names a venue
            former = [*kept.former_slugs, *gone.former_slugs, gone.slug]
            kept.former_slugs = list(dict.fromkeys(former))
        gone.delete()
        kept.save()
    into.refresh_from_db()


def merge_key(model: type[Mergeable], gone: int) -> str:
    """Under which the context of a merge says, in history, into which other the one went."""
    return f"merged:{model._meta.model_name}:{gone}"


def _locked(user: Asker, model: Any, one: int, into: int) -> tuple[Any, Any]:
    """Both as they now stand, and the rounds that name the one, all locked against others.

    The rounds come first, as they do for whoever writes a round; then nobody waits in a circle.
    """
    rounds = {
        pk
        for path in model.mentioned_by
        for pk in model._base_manager.filter(pk=one).values_list(path, flat=True)
    }
    list(Round.objects.select_for_update().filter(pk__in=rounds).order_by("pk").values("pk"))
    found = {
        row.pk: row
        for row in model.objects.visible_to(user)
        .filter(pk__in=(one, into))
        .order_by("pk")
        .select_for_update(of=("self",))
    }
    if len(found) < 2:
        raise PermissionDenied(_("One of the two is not there any more."))
    return found[one], found[into]


def _move_topic(gone: Topic, kept: Topic) -> None:
    if Topic.objects.under([gone.slug]).filter(pk=kept.pk).exists():
        # What is merged into something that lies under it leaves it its own place.
        kept.parent_id = gone.parent_id
        kept.save(update_fields=["parent"])
    gone.children.exclude(pk=kept.pk).update(parent=kept)
    for rows, owner in TOPICS_OF:
        _move_links(rows, owner, "topic", gone, kept)


def _move_issue(gone: Issue, kept: Issue) -> None:
    for part in (Statement, AgreedPoint):
        part._base_manager.filter(issue=gone).update(issue=kept)
    kept.note = "\n\n".join(filter(None, (kept.note, gone.note)))


def _move_person(gone: Person, kept: Person) -> None:
    # Each record keeps its own spelling of the name.
    Participant.objects.filter(person=gone, name="").update(name=gone.name)
    Participant.objects.filter(person=gone).update(person=kept)
    spellings = dict.fromkeys((*kept.also_written, gone.name, *gone.also_written))
    kept.also_written = [name for name in spellings if name != kept.name]


def _move_venue(gone: Venue, kept: Venue) -> None:
    _move_links(Round.venues.through, "round", "venue", gone, kept)


def _move_links(rows: type[Model], owner: str, names: str, gone: Any, kept: Any) -> None:
    """Let a relation's rows name the other; whatever names both keeps the row that it has."""
    naming = rows._base_manager.filter(**{names: gone})
    both = rows._base_manager.filter(**{names: kept}).values(owner)
    naming.filter(**{f"{owner}__in": both}).delete()
    naming.update(**{names: kept})


MOVING: dict[type[Mergeable], Callable[[Any, Any], None]] = {
    Topic: _move_topic,
    Issue: _move_issue,
    Person: _move_person,
    Venue: _move_venue,
}
