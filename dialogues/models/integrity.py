"""What a check of the record found and somebody let stand."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .history import recorded


@recorded()
class AcceptedFinding(models.Model):
    """A finding that is no mistake, such as a side that really hosted twice in a row.

    As soon as anything of what was found changes, its identity does, and it is asked again. What
    was found is not kept beside it: whoever may see it, sees it found.
    """

    identity = models.CharField(_("finding"), max_length=1000, unique=True)
    note = models.CharField(_("why it stands"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("accepted by")
    )
    at = models.DateTimeField(_("accepted at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("accepted finding")
        # As the admin's index names the page on which they are made.
        verbose_name_plural = _("data checks")
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(name="acceptedfinding_says_why", condition=~Q(note="")),
        )

    def __str__(self) -> str:
        return self.identity
