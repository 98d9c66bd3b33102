"""What the overview tells: what comes, what was, what is owed, and with whom one sits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from dialogues.models import AgreedPoint, Round, User
from dialogues.models.partners import in_readers_language
from dialogues.queries.owed import overdue, yesterday
from dialogues.vocabulary import UNFINISHED, PointStatus, RoundStatus

Reader = User | AnonymousUser
Row = dict[str, Any]
#: How many rounds or points each of the short lists shows.
SHORT = 5
#: What a round is before it is held.
AHEAD = (RoundStatus.PLANNED, RoundStatus.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Counted:
    """What takes counting: it changes only when somebody writes, or the day does."""

    owed: dict[str, int]
    overdue: list[int]
    waiting: list[int]
    partners: list[Row]


def counted(user: Reader) -> Counted:
    """All that is counted over the whole record. Four queries."""
    return Counted(owed(user), overdue_longest(user), open_longest(user), partners(user))


def coming(user: Reader) -> QuerySet[Round]:
    """The next rounds that `user` may see: planned or confirmed, and not over by their date."""
    return (
        Round.objects.visible_to(user)
        .filter(status__in=AHEAD)
        .filter(Q(date=None) | Q(date__may_fall=(timezone.localdate(), None)))
        .select_related("series__partner")
        .prefetch_related("venues__country")
        .order_by(F("date").asc(nulls_last=True), "pk")[:SHORT]
    )


def overtaken(user: Reader) -> QuerySet[Round]:
    """The latest rounds that are planned or confirmed still though their day has passed."""
    return (
        Round.objects.visible_to(user)
        .filter(status__in=AHEAD, date__must_fall=(None, yesterday()))
        .select_related("series__partner")
        .prefetch_related("venues__country")
        .order_by(F("date").desc(nulls_last=True), "-pk")[:SHORT]
    )


def latest(user: Reader) -> QuerySet[Round]:
    """The rounds held last that `user` may see."""
    return (
        Round.objects.visible_to(user)
        .filter(status=RoundStatus.HELD)
        .select_related("series__partner")
        .prefetch_related("venues__country")
        .order_by(F("date").desc(nulls_last=True), "-pk")[:SHORT]
    )


def owed(user: Reader) -> dict[str, int]:
    """How many points `user` may see are `open`, `in_progress`, and of these `overdue`."""
    return (
        AgreedPoint.objects.visible_to(user)
        .filter(status__in=UNFINISHED)
        .aggregate(
            open=Count("pk", filter=Q(status=PointStatus.OPEN)),
            in_progress=Count("pk", filter=Q(status=PointStatus.IN_PROGRESS)),
            overdue=Count("pk", filter=overdue()),
        )
    )


def overdue_longest(user: Reader) -> list[int]:
    """The ids of the points that are overdue for the longest time."""
    late = AgreedPoint.objects.visible_to(user).filter(overdue())
    return list(late.order_by("due", "pk").values_list("pk", flat=True)[:SHORT])


def open_longest(user: Reader) -> list[int]:
    """The ids of the points still owed, of the oldest rounds with a date, that are not overdue."""
    waiting = AgreedPoint.objects.visible_to(user).filter(~overdue(), status__in=UNFINISHED)
    # The order of the index by date, read from its end.
    oldest = (F("round__date").asc(nulls_first=True), "round", "number")
    found = waiting.filter(round__date__isnull=False).order_by(*oldest)
    return list(found.values_list("pk", flat=True)[:SHORT])


def partners(user: Reader) -> list[Row]:
    """The partners of rounds that `user` may see, by name.

    Each row has `code`, `name` in the reader's language, the `count` of rounds and the date of
    the `last` that was held.
    """
    rows = (
        Round.objects.visible_to(user)
        .order_by()
        .values(
            code=F("series__partner__code"),
            label=F("series__partner__name"),
            label_id=F("series__partner__name_id"),
        )
        .annotate(count=Count("pk"), last=Max("date", filter=Q(status=RoundStatus.HELD)))
    )
    named = ({**row, "name": in_readers_language(row["label"], row["label_id"])} for row in rows)
    return sorted(named, key=lambda row: row["name"])
