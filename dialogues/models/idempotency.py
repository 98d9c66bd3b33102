"""What was answered to a request that may come again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .accounts import User


class IdempotencyKey(models.Model):
    """What was answered to a request that carried an ``Idempotency-Key``, for when it comes again.

    The row is written in the transaction of what the request wrote: there is either both or none.
    """

    KEPT: ClassVar = timedelta(hours=24)

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("account"))
    key = models.CharField(_("key of the request"), max_length=255)
    #: Of its method, address, media type and body.
    request = models.CharField(_("hash of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status of the answer"))
    headers = models.JSONField(_("head of the answer"))
    body = models.BinaryField(_("body of the answer"))
    #: The rounds that the answer tells of; it is told again only to who may still see them.
    rounds = ArrayField(models.BigIntegerField(), verbose_name=_("rounds of the answer"))
    made = models.DateTimeField(_("made"), db_default=Now())

    objects: ClassVar[models.Manager[IdempotencyKey]]

    class Meta:
        verbose_name = _("answer kept for an idempotency key")
        verbose_name_plural = _("answers kept for idempotency keys")
        indexes = (models.Index("made", name="idempotencykey_by_age"),)
        constraints = (models.UniqueConstraint(fields=("user", "key"), name="idempotency_once"),)

    def __str__(self) -> str:
        return self.key

    @classmethod
    def kept_since(cls) -> datetime:
        """Answers that are older are forgotten."""
        return timezone.now() - cls.KEPT
