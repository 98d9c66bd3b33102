"""The start page of the admin: what waits for whoever opens it."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from django import template
from django.db.models import QuerySet

from dialogues import workflow
from dialogues.models import UnsavedWork, User
from dialogues.queries import at_hand
from dialogues.queries.integrity import CHECKS, Check, Scope, findings
from dialogues.queries.review import waiting

register = template.Library()

#: How many of each are shown; the list behind has the others.
SHOWN = 5
#: How many series are offered to enter the next round of.
SERIES = 12


class Some(NamedTuple):
    """The first few of something, and how many there are."""

    rows: list[Any]
    number: int


def some(rows: QuerySet[Any]) -> Some:
    """The first few; counted only where there are more than are shown."""
    shown = list(rows[: SHOWN + 1])
    number = len(shown) if len(shown) <= SHOWN else rows.count()
    return Some(shown[:SHOWN], number)


@register.inclusion_tag("admin/dialogues/start.html")
def start_page(user: User) -> dict[str, Any]:
    """What waits for the user; nothing where they may enter no rounds."""
    if not user.has_perm("dialogues.view_round"):
        return {}
    writes = user.has_perm("dialogues.add_round")
    return {
        "writes": writes,
        "publishes": workflow.may_publish(user),
        "unsaved": list(
            UnsavedWork.objects.visible_to(user).select_related("round__series")[:SHOWN]
        ),
        "drafts": some(at_hand.my_drafts(user)),
        "sent_back": some(at_hand.sent_back_to(user)),
        "waiting": some(waiting(user)) if workflow.may_publish(user) else None,
        "overdue": some(at_hand.overdue_on_desk(user)),
        "ahead": some(at_hand.rounds_ahead(user)),
        "series": list(at_hand.series_of_desk(user)[:SERIES]) if writes else [],
        "checks": checks_of(user) if writes else [],
    }


def checks_of(user: User) -> list[tuple[Check, int]]:
    """What the data checks find in the series of the user's desks: how much of each."""
    series = frozenset(at_hand.series_of_desk(user).order_by().values_list("pk", flat=True))
    if not series:
        return []
    counts = Counter(finding.check for finding in findings(Scope(user, series)))
    return [(check, counts[check.name]) for check in CHECKS if counts[check.name]]
