"""What the overview tells: what comes, what was, what is owed, and the series."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from dialogues.models import AgreedPoint, Round, Series, User
from dialogues.vocabulary import UNFINISHED, PointStatus, RoundStatus

Reader = User | AnonymousUser
#: How many rounds each of the two short lists shows.
SHORT = 5


#: What a round is before it is held.
AHEAD = (RoundStatus.PLANNED, RoundStatus.CONFIRMED)


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


def overtaken(user: Reader) -> int:
    """How many rounds are planned or confirmed still though their day has passed."""
    return (
        Round.objects.visible_to(user)
        .filter(status__in=AHEAD, date__must_fall=(None, yesterday()))
        .count()
    )


def yesterday() -> date:
    """The last day that is over, in the ministry's time zone."""
    return timezone.localdate() - timedelta(days=1)


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
            overdue=Count("pk", filter=Q(due__must_fall=(None, yesterday()))),
        )
    )


def series_with_counts(user: Reader) -> list[tuple[Series, dict[str, Any]]]:
    """Each series that `user` may see, its visible rounds' `count` and when the `last` was held."""
    counts = {
        row["series"]: row
        for row in Round.objects.visible_to(user)
        .order_by()
        .values("series")
        .annotate(count=Count("pk"), last=Max("date", filter=Q(status=RoundStatus.HELD)))
    }
    nothing = {"count": 0, "last": None}
    return [
        (series, counts.get(series.pk, nothing))
        for series in Series.objects.visible_to(user).select_related("partner")
    ]
