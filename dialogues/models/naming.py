"""What was named by somebody who does not see that it stands already."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class NamedAnew(models.Model):
    """A partner, topic, issue, person or venue that only hidden rounds mention, named by others.

    From then on it is staff's to find, as what no round mentions yet: just as if it were new. What
    was said of it is kept beside it, since what stands is not written over.
    """

    model = models.CharField(_("kind of record"), max_length=20)
    row = models.BigIntegerField(_("record"))
    said = models.JSONField(_("what was said of it"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("named by")
    )
    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("name given anew")
        verbose_name_plural = _("names given anew")
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("model", "row"), name="named_anew_once"),)

    def __str__(self) -> str:
        return f"{self.model} {self.row}"
