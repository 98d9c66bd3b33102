"""One step with many rounds: what was done with each, and what was refused and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from dialogues.models import Round
from dialogues.vocabulary import Publication

from .rounds import Asker
from .steps import Unready, move


@dataclass(frozen=True)
class Outcome:
    """What became of one round, or would: done, or refused with a sentence."""

    round: Round
    refusal: str = ""
    unconfirmed: bool = False
    """Whether it lacks no more than a confirmation of what is not recorded."""

    @property
    def done(self) -> bool:
        return not self.refusal


def move_many(
    user: Asker,
    rounds: Iterable[Round],
    to: Publication,
    *,
    note: str = "",
    confirmed: bool = False,
    dry_run: bool = False,
) -> list[Outcome]:
    """Take the step with each round where it may be taken, each in a transaction of its own.

    A dry run is the real run, taken back.
    """
    outcomes = []
    for round_ in rounds:
        stood = round_.publication, round_.updated
        try:
            with transaction.atomic():
                move(user, round_, to, note=note, confirmed=confirmed)
                transaction.set_rollback(dry_run)
        except Unready as unready:
            found = unready.readiness
            outcomes.append(Outcome(round_, str(unready), unconfirmed=not found.wrong))
        except PermissionDenied as refusal:
            outcomes.append(Outcome(round_, str(refusal)))
        else:
            outcomes.append(Outcome(round_))
        if dry_run:
            round_.publication, round_.updated = stood
    return outcomes
