"""Who may change which round, and the steps of its publication as verbs."""

from __future__ import annotations

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from dialogues.models import Round, Series, User, clearance_of
from dialogues.vocabulary import EDITORS_STEPS, PUBLISHERS_STEPS, Publication, Visibility

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


def may_create_in(user: Asker, series: Series) -> bool:
    """Whether the user may enter a new round of the series, or move one there."""
    return user.has_perm("dialogues.add_round") and keeps(user, series)


def may_change_series(user: Asker, series: Series) -> bool:
    """Whether the user may change what is said of the series as a whole, its desk apart."""
    return user.has_perm("dialogues.change_series") and keeps(user, series)


def may_assign_desks(user: Asker) -> bool:
    """Whether the user says which desk a series belongs to, and so who sees what is restricted."""
    return user.has_perm("dialogues.change_desk")


def may_restrict(user: Asker, series: Series) -> bool:
    """Whether the user may restrict a round of the series: not one they would lose sight of."""
    clearance = clearance_of(user)
    return clearance.everything or series.desk_id in clearance.desks


def steps(user: Asker, round: Round) -> tuple[Publication, ...]:  # noqa: A002
    """The publication states that the user may leave the round in, the present one first."""
    present = Publication(round.publication)
    if may_publish(user):
        return PUBLISHERS_STEPS[present]
    return EDITORS_STEPS[present]


def submit(user: Asker, round: Round) -> None:  # noqa: A002
    """Hand a draft to the publishers. Raises PermissionDenied, as the other verbs do."""
    move(user, round, Publication.IN_REVIEW)


def publish(user: Asker, round: Round) -> None:  # noqa: A002
    """Let the round reach everyone whom its visibility allows."""
    move(user, round, Publication.PUBLISHED)


def withdraw(user: Asker, round: Round) -> None:  # noqa: A002
    """Take a published round back from everyone but staff."""
    move(user, round, Publication.WITHDRAWN)


def return_to_draft(user: Asker, round: Round) -> None:  # noqa: A002
    """Give a round back to its editors."""
    move(user, round, Publication.DRAFT)


def move(user: Asker, round: Round, to: Publication) -> None:  # noqa: A002
    """Take one step with the round as it now stands in the database, not as it was once loaded.

    `round` is brought up to date. Raises PermissionDenied, with nothing changed.
    """
    with transaction.atomic(), pghistory.context(user=user.pk):
        present = (
            Round.objects.visible_to(user)
            .select_related("series")
            .select_for_update(of=("self",))
            .filter(pk=round.pk)
            .first()
        )
        if present is None or not may_change(user, present):
            raise PermissionDenied(_("This round is not yours to change."))
        if present.publication == to:
            raise PermissionDenied(_("It stands there already: %s.") % to.label)
        if to not in steps(user, present):
            raise PermissionDenied(refusal(user, Publication(present.publication), to))
        present.publication = to
        present.save(update_fields=["publication"])
    round.refresh_from_db(fields=["publication", "updated"])


def refusal(user: Asker, present: Publication, to: Publication) -> str:
    """The sentence that says why a round may not go where somebody wants it."""
    if to in PUBLISHERS_STEPS[present] and not may_publish(user):
        return _("Only publishers take a round from “%(present)s” to “%(to)s”.") % {
            "present": present.label,
            "to": to.label,
        }
    return _("No step leads from “%(present)s” to “%(to)s”.") % {
        "present": present.label,
        "to": to.label,
    }
