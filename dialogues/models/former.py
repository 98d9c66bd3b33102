"""Slugs that led to something else once, which was then merged into this."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


def former_slugs_field() -> ArrayField:
    """The column `former_slugs`: the slugs of what was merged into the row, oldest first."""
    return ArrayField(
        models.CharField(max_length=100),
        verbose_name=_("formerly"),
        default=list,
        db_default=[],
        blank=True,
    )


def merged_into(rows: models.QuerySet[Any], slugs: Iterable[str]) -> dict[str, Any]:
    """For each of `slugs` that was merged into one of `rows`: that row."""
    asked = set(slugs)
    return {
        slug: row
        for row in rows.filter(former_slugs__overlap=sorted(asked)).order_by("-pk")
        for slug in asked.intersection(row.former_slugs)
    }
