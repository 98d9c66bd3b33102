"""People who sign in, and the desks that own series."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .history import recorded

ANALYSTS = "Analysts"
DESK_OFFICERS = "Desk officers"
PUBLISHERS = "Publishers"
ADMINISTRATORS = "Administrators"


#: Who is switched off is let in by none of their tokens, even when they are switched on again.
END_TOKENS = """
UPDATE dialogues_apitoken SET revoked = now() WHERE owner_id = NEW.id AND revoked IS NULL;
RETURN NULL;
"""


@recorded(exclude=("password", "last_login"))
class User(AbstractUser):
    """An account. Staff may enter the admin; what they see there is decided by groups and desks."""

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        triggers = (
            pgtrigger.Trigger(
                name="end_tokens",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_active=True, new__is_active=False),
                func=END_TOKENS,
            ),
        )

    @cached_property
    def is_analyst(self) -> bool:
        """Whether the account reads what is internal, though it need not be staff."""
        return self.groups.filter(name=ANALYSTS).exists()

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.__dict__.pop("is_analyst", None)
        self.__dict__.pop("_clearance", None)


@recorded()
class Desk(models.Model):
    """A unit of the ministry. It owns series; only its members see what is restricted in them."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    members: models.ManyToManyField[User, models.Model] = models.ManyToManyField(
        User,
        verbose_name=_("members"),
        related_name="desks",
        blank=True,
        help_text=_("They edit this desk's series and see its restricted rounds."),
    )

    objects: ClassVar[models.Manager[Desk]]

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


@recorded(identified=False)
class DeskMember(Desk.members.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True


@recorded(identified=False)
class UserGroup(User.groups.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
