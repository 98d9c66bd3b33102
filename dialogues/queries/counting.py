"""Counting where an exact number would cost more than it tells."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet


def capped_count(queryset: QuerySet[Any], limit: int) -> tuple[int, bool]:
    """How many rows there are, at most `limit`, and whether there are more than that."""
    count = queryset.order_by()[: limit + 1].count()
    return min(count, limit), count > limit
