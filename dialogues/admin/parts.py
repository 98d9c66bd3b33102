"""What belongs to a round, edited on the round's own page."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogues import workflow
from dialogues.admin.alike import asking
from dialogues.admin.base import Seen
from dialogues.admin.entry.proposing import people_asked
from dialogues.admin.forms import PartForm
from dialogues.admin.source_form import SourceForm, file_link
from dialogues.models import (
    AgreedPoint,
    FollowUp,
    Participant,
    RelatedEvent,
    Round,
    Source,
    Statement,
)
from dialogues.queries.history import events_of

# The desk officer's notes come in this order; each inline names the section that it follows.
MEETING = _("The meeting")
DISCUSSED = _("What was discussed")
AHEAD = _("What comes next")


class PartFormSet(BaseInlineFormSet):
    """New parts stand behind those that are there."""

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Any:
        if not hasattr(self, "last"):
            self.last = max((part.instance.position for part in self.initial_forms), default=-1)
        self.last += 1
        form.instance.position = self.last
        return super().save_new(form, commit)


class PointForm(PartForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = False
        self.fields["number"].help_text = _("Left empty, the next free one.")
        if self.instance.pk:
            self.fields["text"].widget.attrs["data-alike-besides"] = str(self.instance.pk)


class PointFormSet(BaseInlineFormSet):
    """Agreed points without a number get the next one that the round never had."""

    def clean(self) -> None:
        gone = self.deleted_forms
        new = [form for form in self.forms if form.has_changed() and form not in gone]
        unnumbered = [f for f in new if "number" in f.cleaned_data and not f.cleaned_data["number"]]
        if unnumbered:
            number = self.highest()
            for form in unnumbered:
                number += 1
                form.cleaned_data["number"] = form.instance.number = number
        super().clean()

    def highest(self) -> int:
        """The highest number of the round's points, even of one that is gone: references last."""
        given = [form.cleaned_data.get("number") or 0 for form in self.forms if form.is_valid()]
        kept = events_of(AgreedPoint).filter(round_id=self.instance.pk)
        ever = kept.aggregate(Max("number"))["number__max"] if self.instance.pk else None
        return max([*given, ever or 0])


class PartInline(Seen, admin.StackedInline):
    """Parts may be changed by whoever may change the round that they belong to."""

    form: type[forms.ModelForm] = PartForm
    extra = 0
    formset: type[BaseInlineFormSet] = PartFormSet
    template = "admin/dialogues/round/part.html"
    follows: Any = None
    #: Whether its rows may be pasted as one list.
    pasted = False

    def round_of(self, parent: Any) -> Round:
        return cast("Round", parent)

    def may_change(self, request: HttpRequest, parent: Any) -> bool:
        if parent is None or parent.pk is None:
            return request.user.has_perm("dialogues.add_round")
        return workflow.may_change(request.user, self.round_of(parent))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and self.may_change(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self.may_change(request, obj)


class ParticipantInline(PartInline):
    model = Participant
    follows = MEETING
    fields = (("side", "role"), ("person", "name"), ("title", "institution"))
    autocomplete_fields = ("person",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("person")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return len(people_asked(request))


class StatementInline(PartInline):
    model = Statement
    follows = DISCUSSED
    fields = ("side", "text", "topics", "issue", "internal_note")
    autocomplete_fields = ("topics", "issue")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("issue").prefetch_related("topics")


class AgreedPointInline(PartInline):
    model = AgreedPoint
    form = PointForm
    formset = PointFormSet
    pasted = True
    follows = DISCUSSED
    show_change_link = True
    fieldsets = (
        (
            None,
            {"fields": ("text", ("kind", "status"), "topics", ("responsible", "due"), "issue")},
        ),
        (
            _("Number, original text, note"),
            {
                "fields": ("number", ("original_language", "original_text"), "internal_note"),
                "classes": ("collapse",),
            },
        ),
    )
    autocomplete_fields = ("topics", "issue")

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "text":
            address = reverse("admin:dialogues_agreedpoint_alike")
            field.widget.attrs |= asking(address, ("series", "text"))
        return field

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("issue", "round")
        return rows.prefetch_related("topics")


class RelatedEventInline(PartInline):
    model = RelatedEvent
    follows = AHEAD
    fields = ("kind", "title", ("date", "place"), "note")


class SourceInline(PartInline):
    model = Source
    form = SourceForm
    follows = AHEAD
    fields = (
        ("kind", "side"),
        "publisher",
        "title",
        "url",
        ("published_on", "language"),
        "file",
        "topics",
        "note",
    )
    readonly_fields = ("carried",)
    autocomplete_fields = ("topics",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Those who only read are offered the file and no field for one."""
        if self.may_change(request, obj):
            return self.fields
        return tuple("carried" if row == "file" else row for row in self.fields)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user = request.user  # type: ignore[attr-defined]
        return formset

    @admin.display(description=_("file"))
    def carried(self, source: Source) -> str:
        return file_link(source)

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("file", "round")
        return rows.defer("file__words").prefetch_related("topics")


class FollowUpInline(PartInline):
    model = FollowUp
    fields = (("date", "status"), "note", "source_url")

    def round_of(self, parent: Any) -> Round:
        return cast("Round", parent.round)
