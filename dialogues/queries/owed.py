"""What is still owed, and whether its day has passed."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from dialogues.vocabulary import UNFINISHED


def yesterday() -> date:
    """The last day that is over, in the ministry's time zone."""
    return timezone.localdate() - timedelta(days=1)


def overdue() -> Q:
    """Agreed points still owed though every day that their due date may mean has passed."""
    return Q(status__in=UNFINISHED, due__must_fall=(None, yesterday()))
