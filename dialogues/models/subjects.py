"""What rounds and agreed points are about: their topics, and all that stand above these.

Kept by triggers (migration 0004) together with the words that search finds, whoever writes; nothing
here is to be written by hand. To filter by a topic, or to count by topics, then asks one narrow
table and not three that lead to the round, and the tree.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from .outcomes import AgreedPoint
from .rounds import Round


class SubjectsOf(models.Model):
    """The ids of the topics; there is no row where there are none."""

    topics = ArrayField(models.BigIntegerField())

    class Meta:
        abstract = True
        default_permissions = ()


class RoundSubjects(SubjectsOf):
    """The round's own topics, and those of its statements and agreed points."""

    # Triggers delete the row with its round, also where the round is deleted in SQL.
    round = models.OneToOneField(
        Round, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="subjects"
    )

    class Meta(SubjectsOf.Meta):
        indexes = (GinIndex(fields=["topics"], name="roundsubjects_topics"),)

    def __str__(self) -> str:
        return f"subjects of round {self.round_id}"


class PointSubjects(SubjectsOf):
    """The agreed point's own topics."""

    point = models.OneToOneField(
        AgreedPoint, models.DO_NOTHING, primary_key=True, db_constraint=False,
        related_name="subjects",
    )  # fmt: skip

    class Meta(SubjectsOf.Meta):
        indexes = (GinIndex(fields=["topics"], name="pointsubjects_topics"),)

    def __str__(self) -> str:
        return f"subjects of agreed point {self.point_id}"
