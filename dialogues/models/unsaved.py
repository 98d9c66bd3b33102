"""What somebody has typed into a round's form and not saved yet: theirs alone, for some days."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .accounts import User
from .publication import visible
from .rounds import Round

#: How long unsaved work is kept after the last word was typed.
KEPT_FOR = timedelta(days=14)


class UnsavedWorkQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, on rounds that one may still see; on a new round, which nobody sees yet."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(
            Q(round=None) | visible(user, "round__"),
            user=user,
            kept_at__gt=timezone.now() - KEPT_FOR,
        ).exclude(sent="")


class UnsavedWork(models.Model):
    """The fields of one form as they were last typed. No history, no export.

    Emptied once it is saved or dropped: what the form sent just before, and comes after, finds so.
    """

    user = models.ForeignKey(
        User, models.CASCADE, related_name="unsaved_work", verbose_name=_("user")
    )
    round = models.ForeignKey(
        Round,
        models.CASCADE,
        null=True,
        related_name="unsaved_work",
        verbose_name=_("round"),
    )
    #: Given to a form when it is opened, so that two windows do not overwrite each other.
    key = models.UUIDField(_("key"), unique=True)
    sent = models.TextField(_("what was typed"))
    kept_at = models.DateTimeField(_("kept at"), db_index=True)

    objects: ClassVar[models.Manager[UnsavedWork]] = UnsavedWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("unsaved work")
        verbose_name_plural = _("unsaved work")
        ordering = ("-kept_at", "-pk")
        # Nobody is given a right to it: it is its author's, and has no page of its own.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.round_id or '–'} · {self.user_id}"

    @property
    def settled(self) -> bool:
        """Whether it was saved or dropped."""
        return not self.sent
