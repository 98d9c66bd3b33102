"""The words of rounds and agreed points, as full-text search finds them.

Kept by triggers (migration 0003), whoever writes; nothing here is to be written by hand, and none
of it is recorded, as it says nothing that the record does not. An import that sets
``dialogues.words_later`` to ``on`` in its transaction keeps the triggers quiet, and calls
``dialogues_refresh_words(bigint[])`` with the ids of its rounds instead, once for many.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from .outcomes import AgreedPoint
from .rounds import Round


class WordsOf(models.Model):
    """The words that everybody who sees the owner may search, and those that only staff may."""

    public = SearchVectorField()
    #: Public words and internal notes together; null where there are no notes.
    staff = SearchVectorField(null=True)

    class Meta:
        abstract = True
        default_permissions = ()


class RoundWords(WordsOf):
    """All words of a round's document."""

    # Triggers delete the row with its round, also where the round is deleted in SQL.
    round = models.OneToOneField(
        Round, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="words"
    )

    class Meta(WordsOf.Meta):
        indexes = (
            GinIndex(fields=["public"], name="roundwords_public"),
            GinIndex(fields=["staff"], name="roundwords_staff"),
        )

    def __str__(self) -> str:
        return f"words of round {self.round_id}"


class PointWords(WordsOf):
    """The words of an agreed point, its topics, its issue and its follow-ups."""

    point = models.OneToOneField(
        AgreedPoint, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="words"
    )

    class Meta(WordsOf.Meta):
        indexes = (
            GinIndex(fields=["public"], name="pointwords_public"),
            GinIndex(fields=["staff"], name="pointwords_staff"),
        )

    def __str__(self) -> str:
        return f"words of agreed point {self.point_id}"
