"""``manage.py migrate``: Django's own, one at a time on a database."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

#: Any number will do that nothing else locks; PostgreSQL counts such locks by database.
ADVISORY_LOCK = 7_160_342_581


class Command(migrate.Command):
    """Where two start together, the second waits and then finds nothing left to do."""

    def handle(self, *args: Any, **options: Any) -> None:
        with connections[options["database"]].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        try:
            super().handle(*args, **options)
        finally:
            with connections[options["database"]].cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
