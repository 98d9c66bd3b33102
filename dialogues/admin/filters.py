"""Filters beside a list that offer only what the editor sees."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from dialogues.admin.base import seen_by


class SeenFilter(admin.RelatedFieldListFilter):
    """By a relation; what is hidden from the editor is not offered, as a name tells."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[str, Any]]:
        rows = seen_by(request, field.remote_field.model._default_manager.all())
        return [(row.pk, str(row)) for row in rows]
