"""Filters beside a list that offer only what the editor sees."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogues.admin.base import seen_by
from dialogues.models import User
from dialogues.queries.at_hand import of_desk, written_by
from dialogues.queries.owed import overdue


class SeenFilter(admin.RelatedFieldListFilter):
    """By a relation: what the listed rows refer to, and not what is hidden, as a name tells."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[str, Any]]:
        rows = seen_by(request, field.remote_field.model._default_manager.all())
        listed = model_admin.get_queryset(request).order_by().values(self.field_path)
        return [(row.pk, str(row)) for row in rows.filter(pk__in=listed)]


class WhoseFilter(admin.SimpleListFilter):
    """One's desk's, or what one has written oneself; `series_path` leads to the series."""

    title = _("whose")
    parameter_name = "whose"
    series_path = "series__"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("desk", _("My desk's")), ("written", _("Written by me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        user = cast("User", request.user)
        if self.value() == "desk":
            return queryset.filter(of_desk(user, self.series_path))
        return queryset.filter(written_by(user)) if self.value() == "written" else queryset


class WhosePointFilter(WhoseFilter):
    """One's desk's points."""

    series_path = "round__series__"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return super().lookups(request, model_admin)[:1]


class OverdueFilter(admin.SimpleListFilter):
    """Points that are still owed though their day has passed."""

    title = _("overdue")
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(overdue()) if self.value() == "yes" else queryset
