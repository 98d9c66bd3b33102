"""The way of a round through review: who took which step with it, when, and with what words."""

from __future__ import annotations

from typing import ClassVar, Self

import pgtrigger
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dialogues.vocabulary import Publication

from .accounts import User
from .history import never_emptied
from .publication import PartQuerySet, clearance_of
from .rounds import Round


class ReviewStepQuerySet(PartQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Staff's alone, of rounds that they see: how a round came about is told to nobody else."""
        return super().visible_to(user) if clearance_of(user).staff else self.none()


class ReviewStep(models.Model):
    """One step of a round's publication. Never changed and never deleted, so its own history.

    Round and account are named without a constraint: the step outlives both, and a draft that is
    brought back finds its steps again.
    """

    round = models.ForeignKey(
        Round,
        models.DO_NOTHING,
        db_constraint=False,
        related_name="review_steps",
        verbose_name=_("round"),
    )
    came_from = models.CharField(_("from"), max_length=12, choices=Publication)
    #: The same as `came_from` where a publisher confirms what was changed in a published round.
    went_to = models.CharField(_("to"), max_length=12, choices=Publication)
    by = models.ForeignKey(
        User,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)
    note = models.TextField(_("note"), blank=True)

    objects: ClassVar[models.Manager[ReviewStep]] = ReviewStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of review")
        verbose_name_plural = _("steps of review")
        ordering = ("pk",)
        constraints = tuple(
            models.CheckConstraint(
                name=f"reviewstep_{end}_known", condition=Q(**{f"{end}__in": Publication.values})
            )
            for end in ("came_from", "went_to")
        )
        triggers = (
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied(),
        )

    def __str__(self) -> str:
        return f"{self.get_came_from_display()} → {self.get_went_to_display()}"
