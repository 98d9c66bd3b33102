"""Files that somebody has sent to be imported and has not confirmed yet."""

from __future__ import annotations

import uuid
import zlib
from datetime import timedelta
from typing import Any, ClassVar, Self

import orjson
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .accounts import User

#: How long a file waits for its sender's word.
WAITS = timedelta(hours=24)


class PendingImportQuerySet(models.QuerySet):
    def of(self, user: User) -> Self:
        """The user's own that have not waited too long; nobody else is shown them."""
        return self.filter(user=user, made__gt=timezone.now() - WAITS)

    def forget_expired(self) -> None:
        """Delete what has waited too long, whoever sent it."""
        self.filter(made__lte=timezone.now() - WAITS).delete()


class PendingImport(models.Model):
    """A file, and what would come of it, until its sender takes it over or lets it go."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("user"))
    name = models.CharField(_("name"), max_length=200)
    content = models.BinaryField(_("content"))
    #: The preview that its sender was shown: JSON, packed, as it may tell of thousands of rounds.
    packed = models.BinaryField(editable=False)
    #: What is to come of it; another digest would be something else than was shown.
    digest = models.CharField(max_length=64, blank=True, editable=False)
    made = models.DateTimeField(_("made"), db_default=Now(), editable=False)

    objects: ClassVar[PendingImportQuerySet] = PendingImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("pending import")
        verbose_name_plural = _("pending imports")
        default_permissions = ()
        indexes = (models.Index(fields=["made"], name="pendingimport_by_made"),)

    def __str__(self) -> str:
        return self.name

    @property
    def shown(self) -> dict[str, Any]:
        """The preview."""
        return orjson.loads(zlib.decompress(bytes(self.packed)))  # type: ignore[no-any-return]

    @shown.setter
    def shown(self, preview: dict[str, Any]) -> None:
        self.packed = zlib.compress(orjson.dumps(preview), 1)
