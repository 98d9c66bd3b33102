"""The slip that an opened form carries: whose typing it is, and into which round's form."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.core import signing
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from dialogues import workflow
from dialogues.admin.chosen import Refused, keep_uploads
from dialogues.models import Round, UnsavedWork, User
from dialogues.models.unsaved import KEPT_FOR

SALT = "dialogues.admin.unsaved"
#: How long an opened form may go on keeping what is typed into it, in seconds.
GOOD_FOR = 24 * 60 * 60
#: What a form carries for us, and nobody typed.
NOT_TYPED = ("csrfmiddlewaretoken", "slip")


@dataclass(frozen=True)
class Slip:
    """Signed, so that what is typed is kept though its author's session has ended meanwhile: it
    lets this one form's words be put aside for this one person, and nothing be read."""

    user: int
    round: int | None
    key: str

    @classmethod
    def new(cls, user: int, round_id: int | None) -> Slip:
        """A slip for a form that is being opened."""
        return cls(user, round_id, str(uuid.uuid4()))

    @classmethod
    def unsigned(cls, text: str) -> Slip | None:
        """What a form carried; None where that is missing, too old or not ours."""
        try:
            return cls(*signing.loads(text, salt=SALT, max_age=GOOD_FOR))
        except signing.BadSignature:
            return None

    def signed(self) -> str:
        """For the form to carry."""
        return signing.dumps([self.user, self.round, self.key], salt=SALT)

    def keep(
        self, data: QueryDict, files: MultiValueDict[str, Any] | None = None
    ) -> UnsavedWork | None:
        """Put what was typed aside for its author, and what files were sent with it; None if they
        may not write there any more, or it was saved or dropped meanwhile."""
        user = User.objects.filter(pk=self.user, is_active=True, is_staff=True).first()
        if user is None or not may_write(user, self.round):
            return None
        typed = data.copy()
        for name in NOT_TYPED:
            typed.pop(name, None)
        now = timezone.now()
        work: UnsavedWork
        UnsavedWork.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
        try:
            with transaction.atomic():
                work, new = UnsavedWork.objects.select_for_update().get_or_create(
                    key=self.key, user=user, defaults={"round_id": self.round, "kept_at": now}
                )
                if work.settled and not new:
                    return None
                if files:
                    keep_uploads(self.user, typed, files)
                    left = cast("Iterable[tuple[str, Refused]]", files.items())
                    typed.update({name: refused.name for name, refused in left})
                work.sent, work.kept_at = typed.urlencode(), now
                work.save()
        except IntegrityError:
            return None  # the round or its editor has gone since
        return work

    def settle(self) -> None:
        """What was typed is saved, or not wanted any more; and what is still under way to be kept
        comes too late."""
        UnsavedWork.objects.update_or_create(
            key=self.key,
            user_id=self.user,
            defaults={"round_id": self.round, "sent": "", "kept_at": timezone.now()},
        )


def may_write(user: User, round_id: int | None) -> bool:
    """Whether the user may save the form of the round, or that of a new one."""
    if round_id is None:
        return user.has_perm("dialogues.add_round")
    found = Round.objects.visible_to(user).select_related("series").filter(pk=round_id).first()
    return found is not None and workflow.may_change(user, found)
