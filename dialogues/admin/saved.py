"""Saved views, for administrators to look after: people keep them on the site itself."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from dialogues.admin.base import SeenAdmin
from dialogues.models import SavedView


@admin.register(SavedView)
class SavedViewAdmin(SeenAdmin):
    """Whose views there are, and for whom. What they ask may name what an administrator may not
    see, and is not shown."""

    fields = ("name", "owner", "listing", "desk", "for_everyone")
    list_display = ("name", "owner", "listing", "desk", "for_everyone")
    list_filter = ("listing", "for_everyone", "desk")
    search_fields = ("name", "owner__username", "owner__last_name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return SavedView.objects.select_related("owner", "desk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
