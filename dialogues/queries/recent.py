"""What was written between two times, and up to when all that was written can be seen."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from dialogues.models import AgreedPoint, FollowUp, Round, User, visible
from dialogues.models.outcomes import AgreedPointTopic

from .history import events_of

Reader = User | AnonymousUser

# A row's time is that of its transaction's beginning, and it is seen from the end on. What began
# before this moment has ended by now; of what has not, nothing may be passed over later.
SETTLED = """
SELECT least(clock_timestamp(), min(xact_start)) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def settled() -> datetime:
    """The time before which nothing will appear any more: no transaction that is older still runs.

    As far as the database's user may look at others' transactions: those of its own sessions.
    """
    with connection.cursor() as cursor:
        cursor.execute(SETTLED)
        return cast("datetime", cursor.fetchone()[0])


def changed(rows: QuerySet[Any], user: Reader, since: datetime, until: datetime) -> QuerySet[Any]:
    """Those of `rows`, of any listing, that are new or changed from `since` to before `until`.

    A round with all that belongs to it; an agreed point with its follow-ups, or because of its
    round's own columns (which may have let it appear); anything else with the rounds that mention
    it, as far as `user` sees them. `rows` are what `user` sees.
    """
    if rows.model is Round:
        return rows.filter(updated__gte=since, updated__lt=until)
    if rows.model is AgreedPoint:
        # By the index on rounds first. A round may have been written again since then.
        return rows.filter(round__updated__gte=since).filter(_point_written(since, until))
    return rows.filter(
        _written(rows.model, OuterRef("pk"), since, until)
        | _mentioned(rows.model, user, since, until)
    )


def _written(
    model: type[Model], key: OuterRef, since: datetime, until: datetime, column: str = "pgh_obj_id"
) -> Q:
    """Whether history has an event of `model` whose `column` is `key`."""
    events = events_of(model).filter(pgh_created_at__gte=since, pgh_created_at__lt=until)
    return Q(Exists(events.filter(**{column: key})))


def _point_written(since: datetime, until: datetime) -> Q:
    point = OuterRef("pk")
    return (
        _written(AgreedPoint, point, since, until)
        | _written(AgreedPointTopic, point, since, until, "agreedpoint_id")
        | _written(FollowUp, point, since, until, "point_id")
        | _written(Round, OuterRef("round_id"), since, until)
    )


def _mentioned(model: type[Any], user: Reader, since: datetime, until: datetime) -> Q:
    """Whether a round that mentions it, and that `user` sees, was written."""
    found = Q()
    for path in model.mentioned_by:
        written = {f"{path}__updated__gte": since, f"{path}__updated__lt": until}
        found |= Q(
            pk__in=model._base_manager.filter(visible(user, f"{path}__"), **written)
            .order_by()
            .values("pk")
        )
    return found
