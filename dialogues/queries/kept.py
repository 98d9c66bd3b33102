"""What was counted once stays true until somebody writes to the record; then it is counted anew.

Every transaction that writes leaves a mark (migration 0004). The sum of the marks that a reader
sees is its *stamp*: two readers with the same stamp see the same record. What is counted after the
stamp was read is at least as new as the stamp says, and is kept under it; so nobody is told what
was true before the last commit that they could see.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from dialogues.models import User, clearance_of

T = TypeVar("T")

#: For how long at most, in seconds; what nobody asks for any more has to go some time.
AN_HOUR = 60 * 60


def stamp() -> int | None:
    """The sum of all writes that are seen here; None within a transaction that has itself written,
    whose sight is its own until it commits. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT dialogues_written()")
        (seen,) = cursor.fetchone()
    return None if seen is None else int(seen)


class Seen(NamedTuple):
    """How the record looks from here."""

    stamp: int
    written: datetime | None
    """When a round was last written. A copy of the database that was put back in its place counts
    on from where it was, and might come to the same stamp with another record."""


def seen() -> Seen | None:
    """The stamp, and what tells a record from its restored copy; None as `stamp`. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stamp, written FROM dialogues_seen()")
        stamp, written = cursor.fetchone()
    return None if stamp is None else Seen(int(stamp), written)


def kept_for(user: User | AnonymousUser, key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """What ``make`` gives, made once for all who see the same, for this day and language; ``key``
    says what it is. One query for the stamp."""
    reader = (clearance_of(user), timezone.localdate(), get_language())
    return kept(stamp(), (*key, *reader), make)


def kept(seen: int | None, key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """What ``make`` gives, made once for this ``key`` and `stamp`; ``key`` has to say all that it
    depends on beside the record: the question, the reader's clearance, perhaps day and language.
    Without a stamp it is made each time."""
    if seen is None:
        return make()
    cache = caches["kept"]
    name = hashlib.sha256(repr((seen, key)).encode()).hexdigest()
    found = cache.get(name)
    if found is None:
        found = (make(),)
        cache.set(name, found, AN_HOUR)
    return found[0]  # type: ignore[no-any-return]
