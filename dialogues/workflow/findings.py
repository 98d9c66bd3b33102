"""Who lets a finding of the checks stand as it is, and how that is taken back."""

from __future__ import annotations

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from dialogues.models import AcceptedFinding, Series, User
from dialogues.queries.integrity import Finding
from dialogues.workflow.rounds import Asker, keeps


def may_settle(user: Asker, finding: Finding) -> bool:
    """Whether the user says that a finding is no mistake: whoever may mend it. One query."""
    if finding.series is None:
        return user.has_perm(f"dialogues.change_{finding.model._meta.model_name}")
    if not user.has_perm("dialogues.change_round"):
        return False
    return keeps(user, Series.objects.get(pk=finding.series))


def accept(user: User, finding: Finding, note: str) -> None:
    """Let a finding stand, and say why: `note` is not empty. Accepting again changes the note.

    Raises PermissionDenied, with nothing changed.
    """
    _check(user, finding)
    with transaction.atomic(), pghistory.context(user=user.pk):
        AcceptedFinding.objects.update_or_create(
            identity=finding.identity, defaults={"note": note, "by": user}
        )


def reopen(user: User, finding: Finding) -> None:
    """Ask again about what was accepted. Raises PermissionDenied, with nothing changed."""
    _check(user, finding)
    with transaction.atomic(), pghistory.context(user=user.pk):
        AcceptedFinding.objects.filter(identity=finding.identity).delete()


def _check(user: Asker, finding: Finding) -> None:
    if not may_settle(user, finding):
        raise PermissionDenied(_("This record is not yours to change."))
