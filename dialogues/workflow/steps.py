"""The steps of a round's publication as verbs, and who may take which."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from dialogues.models import ReviewStep, Round
from dialogues.queries.writers import writers
from dialogues.vocabulary import EDITORS_STEPS, PUBLISHERS_STEPS, Publication

from .readiness import Readiness, readiness
from .rounds import Asker, changed_by, locked, may_publish


class NoteMissing(PermissionDenied):
    """A round is sent back only with a word on what is to be done."""


class Overtaken(PermissionDenied):
    """The round was written after it was read; what was read would not be what is published."""


class Unready(PermissionDenied):
    """Something stands in the way of publishing, or is to be confirmed first.

    `readiness` says what: where its `wrong` is empty, the same with `confirmed=True` succeeds.
    """

    def __init__(self, found: Readiness) -> None:
        self.readiness = found
        super().__init__(" ".join(found.wrong or found.missing))


def steps(user: Asker, round: Round) -> tuple[Publication, ...]:  # noqa: A002
    """The publication states that the user may leave the round in, the present one first.

    Whether they have written it themselves is asked beside this: `may_not_publish`.
    """
    present = Publication(round.publication)
    if may_publish(user):
        return PUBLISHERS_STEPS[present]
    return EDITORS_STEPS[present]


def may_not_publish(user: Asker, round: Round) -> str:  # noqa: A002
    """Why the user may not publish this very round though they publish others; "" if they may.

    Four eyes: whoever has written it since it was last published leaves publishing it to somebody
    else, whatever their role, superusers among them. The setting FOUR_EYES switches it off.
    """
    if settings.FOUR_EYES and user.pk in writers(round):
        return _(
            "You have written in this round since it was last published, so somebody else has to "
            "publish it."
        )
    return ""


def submit(user: Asker, round: Round, *, note: str = "") -> None:  # noqa: A002
    """Hand a draft to the publishers. Raises PermissionDenied, as the other verbs do."""
    move(user, round, Publication.IN_REVIEW, note=note)


def publish(
    user: Asker,
    round: Round,  # noqa: A002
    *,
    note: str = "",
    confirmed: bool = False,
) -> None:
    """Let the round reach everyone whom its visibility allows. See `move`."""
    move(user, round, Publication.PUBLISHED, note=note, confirmed=confirmed)


def withdraw(user: Asker, round: Round, *, note: str = "") -> None:  # noqa: A002
    """Take a published round back from everyone but staff."""
    move(user, round, Publication.WITHDRAWN, note=note)


def return_to_draft(user: Asker, round: Round, *, note: str = "") -> None:  # noqa: A002
    """Give a round back to its editors; from review with a note on what is to be done."""
    move(user, round, Publication.DRAFT, note=note)


def move(
    user: Asker,
    round: Round,  # noqa: A002
    to: Publication,
    *,
    note: str = "",
    confirmed: bool = False,
    version: datetime | None = None,
) -> None:
    """Take one step with the round as it now stands in the database, not as it was once loaded.

    `note` is kept with the step and told in history. `confirmed` publishes though something is not
    recorded. `version` is the `updated` of the round that the user has read; where it was written
    since, nothing happens. `round` is brought up to date. Raises PermissionDenied (`NoteMissing`,
    `Unready`, `Overtaken` among them), with nothing changed.
    """
    with transaction.atomic(), changed_by(user, note):
        present = locked(user, round)
        if version is not None and present.updated != version:
            raise Overtaken(_("It was changed after you had opened it. Read it once more."))
        refuse(user, present, to)
        if sends_back(user, present, to) and not note.strip():
            raise NoteMissing(_("Say what is to be done before it comes back."))
        if to == Publication.PUBLISHED:
            refuse_publishing(user, present, confirmed=confirmed)
        record(user, present, to, note)
        present.publication = to
        present.save(update_fields=["publication"])
    round.refresh_from_db(fields=["publication", "updated"])


def confirm(user: Asker, round: Round, *, note: str = "", version: datetime | None = None) -> None:  # noqa: A002
    """Say of a published round, changed since, that it may stay published as it now stands.

    Raises PermissionDenied, as `move` does.
    """
    with transaction.atomic(), changed_by(user, note):
        present = locked(user, round)
        if version is not None and present.updated != version:
            raise Overtaken(_("It was changed after you had opened it. Read it once more."))
        if not may_publish(user) or present.publication != Publication.PUBLISHED:
            raise PermissionDenied(_("Only publishers confirm, and only what is published."))
        if kept_from := may_not_publish(user, present):
            raise PermissionDenied(kept_from)
        record(user, present, Publication.PUBLISHED, note)


def refuse(user: Asker, present: Round, to: Publication) -> None:
    """Refuse a step that does not lead from where the round stands, or not for this user."""
    if present.publication == to:
        raise PermissionDenied(_("It stands there already: %s.") % to.label)
    if to not in steps(user, present):
        raise PermissionDenied(refusal(user, Publication(present.publication), to))


def refuse_publishing(user: Asker, present: Round, *, confirmed: bool) -> None:
    """Refuse to publish one's own work, what makes no sense, and what lacks something unsaid."""
    if kept_from := may_not_publish(user, present):
        raise PermissionDenied(kept_from)
    found = readiness(present)
    if found.wrong or (found.missing and not confirmed):
        raise Unready(found)


def sends_back(user: Asker, round: Round, to: Publication) -> bool:  # noqa: A002
    """Whether the step gives the round back to somebody else, who has to be told why.

    Whoever submitted it may take it back without a word.
    """
    if (round.publication, to) != (Publication.IN_REVIEW, Publication.DRAFT):
        return False
    submitted = ReviewStep.objects.filter(round=round, went_to=Publication.IN_REVIEW).last()
    return submitted is None or submitted.by_id != user.pk


def record(user: Asker, present: Round, to: Publication, note: str) -> None:
    """Keep the step."""
    ReviewStep.objects.create(
        round=present,
        came_from=present.publication,
        went_to=to,
        by_id=user.pk or 0,
        note=note.strip(),
    )


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
