"""Series, and the desks they belong to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.admin.alike import AlikeAdmin, named
from dialogues.admin.deleted import BringingBackAdmin
from dialogues.admin.filters import SeenFilter
from dialogues.admin.guarded import GuardedAdmin
from dialogues.admin.new_series import CreatableSeries, SeriesForm
from dialogues.models import Series


@admin.register(Series)
class SeriesAdmin(CreatableSeries, AlikeAdmin, BringingBackAdmin, GuardedAdmin):
    form = SeriesForm
    ask = named(Series, "title")
    told_by = ("title",)
    fields = ("title", "partner", "kind", "desk", "note", "unrecorded_through", "slug")
    autocomplete_fields = ("partner",)
    list_display = ("title", "partner", "kind", "desk")
    list_filter = ("kind", ("partner", SeenFilter), "desk")
    search_fields = ("title", "slug", "partner__name", "partner__name_id", "partner__code")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        return super().get_queryset(request).select_related("partner", "desk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A new series may be given to a desk of one's own; whose an old one is, is settled."""
        return () if obj is None or workflow.may_assign_desks(request.user) else ("desk",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "desk":
            kwargs |= {
                "queryset": workflow.desks_for_new(request.user),
                "initial": workflow.desk_for_new(request.user),
                "empty_label": _("No desk: every desk officer's"),
            }
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Series | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or workflow.may_change_series(request.user, obj))
