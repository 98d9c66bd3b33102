"""Series, and the desks they belong to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from dialogues import workflow
from dialogues.admin.alike import AlikeAdmin, named
from dialogues.admin.deleted import BringingBackAdmin
from dialogues.admin.filters import SeenFilter
from dialogues.admin.forms import SluggedForm
from dialogues.admin.guarded import GuardedAdmin
from dialogues.models import Series


class SeriesForm(SluggedForm):
    slug_source: ClassVar[str] = "title"


@admin.register(Series)
class SeriesAdmin(AlikeAdmin, BringingBackAdmin, GuardedAdmin):
    form = SeriesForm
    ask = named(Series, "title")
    told_by = ("title",)
    fields = ("title", "partner", "kind", "desk", "note", "unrecorded_through", "slug")
    autocomplete_fields = ("partner", "desk")
    list_display = ("title", "partner", "kind", "desk")
    list_filter = ("kind", ("partner", SeenFilter), "desk")
    search_fields = ("title", "slug", "partner__name", "partner__name_id", "partner__code")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        return super().get_queryset(request).select_related("partner", "desk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if workflow.may_assign_desks(request.user) else ("desk",)

    def has_change_permission(self, request: HttpRequest, obj: Series | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or workflow.may_change_series(request.user, obj))
