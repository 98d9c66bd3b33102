"""Who may see, change, enter and delete which round."""

from __future__ import annotations

from typing import Any

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dialogues.models import Desk, Round, Series, User, clearance_of
from dialogues.queries.review import was_published
from dialogues.vocabulary import Publication, Visibility

Asker = User | AnonymousUser


def may_publish(user: Asker) -> bool:
    """Whether the user publishes and withdraws rounds, whichever desk they belong to."""
    return user.has_perm("dialogues.publish_round")


def keeps(user: Asker, series: Series) -> bool:
    """Whether records of the series are the user's to keep.

    A desk's series are its members'; those without a desk are every desk officer's. Publishers and
    administrators keep them all. Whether the user sees a round is asked beside this.
    """
    if series.desk_id is None or may_publish(user):
        return True
    return series.desk_id in clearance_of(user).desks


def may_see(user: Asker, round: Round) -> bool:  # noqa: A002 - the word of the field
    """Whether staff see the round as it stands; `visible_to`, asked of one that is loaded."""
    clearance = clearance_of(user)
    if clearance.everything or round.visibility != Visibility.RESTRICTED:
        return clearance.staff
    return clearance.staff and round.series.desk_id in clearance.desks


def may_change(user: Asker, round: Round) -> bool:  # noqa: A002
    """Whether the user may change the round and what belongs to it. Asks for `round.series`."""
    return (
        user.has_perm("dialogues.change_round")
        and may_see(user, round)
        and keeps(user, round.series)
    )


def sees_all_of(user: Asker, series: Series) -> bool:
    """Whether no round of the series can be hidden from the user.

    Only such a user gives rounds of the series their numbers: anybody else would learn from a
    refusal that a round which is hidden from them has the number already.
    """
    clearance = clearance_of(user)
    return clearance.everything or series.desk_id is None or series.desk_id in clearance.desks


def may_create_in(user: Asker, series: Series) -> bool:
    """Whether the user may enter a new round of the series, or move one there."""
    return (
        user.has_perm("dialogues.add_round") and keeps(user, series) and sees_all_of(user, series)
    )


def may_renumber(user: Asker, round: Round) -> bool:  # noqa: A002
    """Whether the user may give the round another edition or series."""
    return may_change(user, round) and sees_all_of(user, round.series)


def may_delete(user: Asker, round: Round) -> bool:  # noqa: A002
    """Whether the user may delete the round: only a draft that was never published.

    Everything else is withdrawn instead. Superusers, who hold the database anyway, delete anything.
    """
    if clearance_of(user).everything:
        return True
    return (
        round.publication == Publication.DRAFT
        and may_change(user, round)
        and not was_published(round)
    )


def delete(user: Asker, round: Round, *, reason: str = "") -> None:  # noqa: A002
    """Delete a draft that was never published; history keeps it, and it can be brought back.

    Raises PermissionDenied, with nothing changed.
    """
    with transaction.atomic(), changed_by(user, reason):
        present = locked(user, round)
        if not may_delete(user, present):
            raise PermissionDenied(
                _("Only a draft that was never published is deleted; this one is withdrawn.")
            )
        present.delete()


def may_change_series(user: Asker, series: Series) -> bool:
    """Whether the user may change what is said of the series as a whole, its desk apart."""
    return user.has_perm("dialogues.change_series") and keeps(user, series)


def may_assign_desks(user: Asker) -> bool:
    """Whether the user says which desk a series belongs to, and so who sees what is restricted."""
    return user.has_perm("dialogues.change_desk")


def desks_for_new(user: Asker) -> QuerySet[Desk]:
    """The desks that the user may give a new series to: their own, or any for who assigns them."""
    if may_assign_desks(user):
        return Desk.objects.all()
    return Desk.objects.filter(pk__in=clearance_of(user).desks)


def desk_for_new(user: Asker) -> Desk | None:
    """The desk that a new series is its maker's by itself: theirs, where they have just one."""
    own = Desk.objects.filter(pk__in=clearance_of(user).desks)[:2]
    return own[0] if len(own) == 1 else None


def may_restrict(user: Asker, series: Series) -> bool:
    """Whether the user may restrict a round of the series: not one they would lose sight of."""
    clearance = clearance_of(user)
    return clearance.everything or series.desk_id in clearance.desks


def locked(user: Asker, round: Round) -> Round:  # noqa: A002
    """The round as it now stands, locked until the transaction ends.

    Raises PermissionDenied where the user may not change it, in one sentence whether they see it
    or not.
    """
    present: Round | None = (
        Round.objects.visible_to(user)
        .select_related("series")
        .select_for_update(of=("self",))
        .filter(pk=round.pk)
        .first()
    )
    if present is None or not may_change(user, present):
        raise PermissionDenied(_("This round is not yours to change."))
    return present


def changed_by(user: Asker, reason: str = "") -> Any:
    """What history is told of the writes within: who, and why if that was said.

    One request has one reason: what history was told of it once is not changed any more.
    """
    said = {"reason": reason.strip()} if reason.strip() else {}
    return pghistory.context(user=user.pk, **said)
