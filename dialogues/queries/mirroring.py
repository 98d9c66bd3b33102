"""What has changed for one reader, in an order in which a copy elsewhere misses nothing.

Transactions are numbered as they begin to write, and are seen as they commit, which may be in
another order. So a change is told only when every transaction with a lower number has ended:
whatever commits later has a higher number than all that was told, and comes behind it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import BigIntegerField, Exists, F, Func, OuterRef, Q, QuerySet

from dialogues.models import Appearance, Round, User

Reader = User | AnonymousUser


class Place(NamedTuple):
    """Behind the change with this number, among those of all; see `Appearance`."""

    writer: int = 0
    pk: int = 0


class Settled(Func):
    """The number of the oldest transaction that has not ended, or of the next."""

    function = "dialogues_settled"
    output_field = BigIntegerField()
    arity = 0


def server() -> str:
    """Which server the numbers of `Place` are of: another one, or a copy that was put back, has
    others. Where the table itself was brought from elsewhere, its rows are numbered anew first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT dialogues_server(), server FROM dialogues_place")
        this, stored = cursor.fetchone()
        if this != stored:
            cursor.execute("SELECT dialogues_take_place()")
    return str(this)


def changes(user: Reader, behind: Place, since: datetime | None = None) -> QuerySet[Appearance]:
    """What a copy that has all up to `behind` has to take over, in order; `since` a time.

    Of what is present, the round as it is now; of what is not, that nothing that `user` sees has
    this slug any more. Where something has, that is told by itself, perhaps already.
    """
    told = appeared(user, since).filter(
        Q(writer__gt=behind.writer) | Q(writer=behind.writer, pk__gt=behind.pk),
        writer__gte=behind.writer,
        writer__lt=Settled(),
    )
    return told.order_by(F("writer"), F("pk"))


def gone(user: Reader, since: datetime) -> QuerySet[Appearance]:
    """What `user` saw and does not see any more, if that came about since then."""
    return appeared(user, since).filter(present=False).order_by("writer", "pk")


def written(since: datetime) -> QuerySet[Appearance, dict[str, Any]]:
    """Rounds written since then, by their ids; whoever may see them."""
    return Appearance.objects.filter(present=True, at__gte=since).values("round")


def appeared(user: Reader, since: datetime | None) -> QuerySet[Appearance]:
    """Present appearances, and those former ones whose slug names nothing for `user` now."""
    taken = Round.objects.visible_to(user).filter(slug=OuterRef("slug"))
    rows = Appearance.objects.visible_to(user).filter(Q(present=True) | ~Exists(taken))
    return rows if since is None else rows.filter(at__gte=since)
