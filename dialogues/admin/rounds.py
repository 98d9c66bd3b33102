"""Rounds, in the order in which a desk officer's notes have them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from dialogues import workflow
from dialogues.admin.alike import AlikeAdmin, rounds
from dialogues.admin.deleted import BringingBackAdmin
from dialogues.admin.entry import EntryAdmin
from dialogues.admin.exporting import EXPORTS
from dialogues.admin.filters import SeenFilter, WhoseFilter
from dialogues.admin.importing import ImportingAdmin
from dialogues.admin.intake import IntakeAdmin
from dialogues.admin.parts import (
    AHEAD,
    DISCUSSED,
    MEETING,
    AgreedPointInline,
    ParticipantInline,
    RelatedEventInline,
    SourceInline,
    StatementInline,
)
from dialogues.admin.references import display_date
from dialogues.admin.restoring import RestoringAdmin
from dialogues.admin.round_form import RoundForm
from dialogues.admin.stepping import SteppingAdmin
from dialogues.admin.unsaved import KeepingAdmin
from dialogues.models import Round, Venue

PUBLICATION = _("Who sees it")


@admin.register(Round)
class RoundAdmin(
    EntryAdmin,
    IntakeAdmin,
    AlikeAdmin,
    SteppingAdmin,
    ImportingAdmin,
    RestoringAdmin,
    BringingBackAdmin,
    KeepingAdmin,
):
    form = RoundForm
    ask = rounds
    told_by = ("series", "edition", "date")
    fieldsets = (
        (
            MEETING,
            {
                "fields": (
                    "series",
                    ("edition", "status"),
                    "date",
                    ("format", "format_note"),
                    ("host", "venues"),
                )
            },
        ),
        (DISCUSSED, {"fields": ("topics", "summary")}),
        (AHEAD, {"fields": ("next_round_note",)}),
        (PUBLICATION, {"fields": ("internal_note", "visibility")}),
        (_("Address"), {"fields": ("slug",), "classes": ("collapse",)}),
    )
    inlines = (
        ParticipantInline,
        StatementInline,
        AgreedPointInline,
        RelatedEventInline,
        SourceInline,
    )
    autocomplete_fields = ("series", "venues", "topics")
    list_display = (
        "name", "when", "partner", "status", "format", "visibility", "publication", "last_updated",
    )  # fmt: skip
    list_filter = (
        WhoseFilter,
        "publication",
        "visibility",
        "status",
        "format",
        "series__kind",
        ("series__partner", SeenFilter),
    )
    search_fields = (
        "series__title",
        "series__partner__name",
        "series__partner__name_id",
        "slug",
        "summary",
    )
    change_list_template = "admin/dialogues/round/change_list.html"
    actions = (*SteppingAdmin.actions, *EXPORTS)
    change_form_template = "admin/dialogues/round/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Round]:
        return super().get_queryset(request).select_related("series__partner")

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        record = super().get_object(request, object_id, from_field)
        if record:
            venues = Prefetch("venues", Venue.objects.select_related("country"))
            prefetch_related_objects([record], venues, "topics")
        return record

    def has_change_permission(self, request: HttpRequest, obj: Round | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or workflow.may_change(request.user, obj))

    @admin.display(description=_("round"), ordering="series__title")
    def name(self, record: Round) -> str:
        return str(record)

    @admin.display(description=_("date"), ordering="date")
    def when(self, record: Round) -> str:
        return display_date(record.date)

    @admin.display(description=_("partner"), ordering="series__partner__name")
    def partner(self, record: Round) -> str:
        return record.series.partner.label

    @admin.display(description=_("updated"), ordering="updated")
    def last_updated(self, record: Round) -> str:
        return date_format(localtime(record.updated), "j F Y, H:i")
