"""Days that pass within one test, whose transaction has one time for all that it writes."""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from dialogues.models import ReviewStep, Round


def days_pass(days: int = 1) -> None:
    """Let everything that was written so far have been written that many days earlier."""
    tables: dict[str, tuple[str, ...]] = {
        model.pgh_event_model._meta.db_table: ("pgh_created_at",)
        for model in apps.get_models()
        if hasattr(model, "pgh_event_model")
    }
    tables |= {ReviewStep._meta.db_table: ("at",), Round._meta.db_table: ("created", "updated")}
    with connection.cursor() as cursor:
        # As a replica does: history's triggers would refuse it.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, columns in tables.items():
            earlier = ", ".join(f"{name} = {name} - interval '{days} days'" for name in columns)
            cursor.execute(f"UPDATE {table} SET {earlier}")
        cursor.execute("SET LOCAL session_replication_role = origin")
