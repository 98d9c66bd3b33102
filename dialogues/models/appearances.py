"""How rounds have appeared, and until when: so that a copy elsewhere can be kept exact.

An appearance is a round under one slug, in one state of publication, to those whom its visibility
lets see it. The present one moves on with each write that its readers would see; a former one stays
where the round left it, and tells just those who saw it that it is gone. Triggers keep them (the
migration that made the table tells how), whoever writes; nothing here is to be written by hand.
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from .accounts import Desk, User
from .publication import visible
from .rounds import Round


class AppearanceQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What ``user`` sees, or saw while it appeared so, with the rights of today."""
        return self.filter(visible(user, desk="desk"))


class Appearance(models.Model):
    """A round as it stands or stood under one address, for some readers."""

    # No round, and no desk, has to be there any more for what was seen of it.
    round = models.ForeignKey(
        Round, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="appearances"
    )
    slug = models.CharField(max_length=140)
    visibility = models.CharField(max_length=12)
    publication = models.CharField(max_length=12)
    #: Of a restricted round, the desk that sees it.
    desk = models.ForeignKey(
        Desk, models.DO_NOTHING, db_constraint=False, db_index=False, null=True, related_name="+"
    )
    #: The transaction in which it first appeared so.
    entered = models.BigIntegerField()
    #: The transaction of the last write, or of the one that ended it. Transactions are numbered as
    #: they begin to write; `queries.mirroring` tells how they are read in an order that loses none.
    writer = models.BigIntegerField()
    at = models.DateTimeField()
    """When that transaction began."""
    present = models.BooleanField()

    objects: ClassVar[models.Manager[Appearance]] = AppearanceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("writer", "pk")
        indexes = (models.Index("writer", "id", name="appearance_by_writer"),)
        constraints = (
            models.UniqueConstraint(
                fields=("round", "slug", "visibility", "publication", "desk"),
                name="appearance_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.slug}, {self.visibility} and {self.publication}"
