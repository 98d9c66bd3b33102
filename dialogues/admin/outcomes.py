"""Agreed points, with what became of them. They are entered on their round's page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogues import workflow
from dialogues.admin.alike import LookingAdmin, points
from dialogues.admin.amending import AmendingAdmin
from dialogues.admin.filters import OverdueFilter, SeenFilter, WhosePointFilter
from dialogues.admin.guarded import GuardedAdmin
from dialogues.admin.parts import FollowUpInline
from dialogues.admin.references import display_date
from dialogues.models import AgreedPoint


@admin.register(AgreedPoint)
class AgreedPointAdmin(AmendingAdmin, LookingAdmin, GuardedAdmin):
    ask = points
    locked_by = "round"
    fields = (
        "round",
        "number",
        "text",
        ("kind", "status"),
        "topics",
        ("responsible", "due"),
        "issue",
        ("original_language", "original_text"),
        "internal_note",
    )
    readonly_fields = ("round", "number")  # they are its lasting reference
    autocomplete_fields = ("topics", "issue")
    inlines = (FollowUpInline,)
    list_display = ("name", "text_shortened", "partner", "responsible", "due_in_words", "status")
    list_filter = (
        WhosePointFilter,
        OverdueFilter,
        "status",
        "kind",
        "responsible",
        ("round__series__partner", SeenFilter),
    )
    search_fields = ("text", "original_text", "round__series__title", "round__slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgreedPoint]:
        return super().get_queryset(request).select_related("round__series__partner", "issue")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AgreedPoint | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or workflow.may_change(request.user, obj.round))

    def has_delete_permission(self, request: HttpRequest, obj: AgreedPoint | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or workflow.may_change(request.user, obj.round))

    @admin.display(description=_("reference"), ordering="round__slug")
    def name(self, point: AgreedPoint) -> str:
        return point.reference

    @admin.display(description=_("text"), ordering="text")
    def text_shortened(self, point: AgreedPoint) -> str:
        return str(point).partition(" ")[2]

    @admin.display(description=_("partner"), ordering="round__series__partner__name")
    def partner(self, point: AgreedPoint) -> str:
        return point.round.series.partner.label

    @admin.display(description=_("due"), ordering="due")
    def due_in_words(self, point: AgreedPoint) -> Any:
        return display_date(point.due)
