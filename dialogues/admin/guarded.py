"""Admins in which two people may work on one record: what both saved is put together.

The record is locked while it is saved, so that between comparing and saving nobody comes in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import connection
from django.db.models import Model
from django.forms import ModelForm
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dialogues.admin.base import SeenAdmin
from dialogues.admin.forms import GuardedForm
from dialogues.admin.together import Sent, Shown, Told, meet, tell
from dialogues.queries.history import last_change


@dataclass(frozen=True)
class Outcome:
    """What came of the two, for the request that saves."""

    data: QueryDict
    files: MultiValueDict[str, Any]
    opened: Shown
    conflicts: list[Told]
    taken: list[str]
    by: dict[str, str]
    """`who` saved last in the meantime, and `when`."""


class GuardedAdmin(SeenAdmin):
    """An admin whose form is a `GuardedForm`."""

    form: type[ModelForm] = GuardedForm
    change_form_template = "admin/dialogues/guarded_form.html"
    #: The relation from the record to what is locked in its stead.
    locked_by = ""

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        record = super().get_object(request, object_id, from_field)
        if record is None or request.method != "POST" or not connection.in_atomic_block:
            return record
        # Django saves and deletes within one transaction. The record is locked, then looked at.
        locked = getattr(record, self.locked_by) if self.locked_by else record
        type(locked)._base_manager.select_for_update().filter(pk=locked.pk).order_by().first()
        return super().get_object(request, object_id, from_field)

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> Any:
        if request.method == "POST" and object_id is not None:
            record = self.get_object(request, unquote(object_id))
            if record is not None and self.has_change_permission(request, record):
                request.POST = self.put_together(request, record, request.POST).data  # type: ignore[assignment]
        return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]

    def put_together(self, request: HttpRequest, record: Model, typed: QueryDict) -> Outcome:
        """Put what was typed together with what others saved since its form was opened.

        What comes of it is for the request's forms from then on.
        """
        form, formsets = self.as_it_stands(request, record)
        part_forms = {str(some.prefix): some.empty_form for some in formsets}
        sent = Sent(typed, request.FILES, list(part_forms))
        base, theirs = Shown.unsigned(typed.get("opened", "")), Shown.by(form, formsets)
        meeting = meet(base, theirs, sent, form, part_forms)
        conflicts, taken = tell(meeting, form, part_forms)
        by = saved_by(record) if conflicts or taken else {}
        outcome = Outcome(*sent.written(), meeting.opened, conflicts, taken, by)
        request.outcome = outcome  # type: ignore[attr-defined]
        return outcome

    def as_it_stands(
        self, request: HttpRequest, record: Model
    ) -> tuple[ModelForm, list[BaseInlineFormSet]]:
        """The forms of the record with nothing typed into them."""
        form = self.get_form(request, record, change=True)(instance=record)
        formsets = [
            formset(
                instance=record,
                prefix=formset.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            for formset, inline in self.get_formsets_with_inlines(request, record)
        ]
        return form, formsets

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = cast("type[GuardedForm]", super().get_form(request, obj, change, **kwargs))
        form.user = request.user
        outcome = outcome_of(request)
        form.undecided = undecided(outcome) if outcome and outcome.conflicts else ""
        return form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        outcome = outcome_of(request)
        return {**kwargs, "files": outcome.files} if outcome else kwargs

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        outcome = outcome_of(request)
        form = context["adminform"].form
        if outcome is None and not form.is_bound and form.instance.pk is not None:
            formsets = [some.formset for some in context["inline_admin_formsets"]]
            context["opened"] = Shown.by(form, formsets).signed()
        elif outcome is not None:
            context |= {"outcome": outcome, "opened": outcome.opened.signed()}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        outcome = outcome_of(request)
        if outcome and outcome.taken:
            said = _(
                "%(who)s saved this record at %(when)s, after you had opened it. What each of you "
                "changed is kept; theirs is: %(what)s."
            ) % {**outcome.by, "what": "; ".join(outcome.taken)}
            self.message_user(request, said, messages.WARNING)
        return super().response_change(request, obj)


def outcome_of(request: HttpRequest) -> Outcome | None:
    """What came of two people's changes, if this request saves some."""
    return getattr(request, "outcome", None)


def saved_by(record: Model) -> dict[str, str]:
    """Who wrote the record last, and when, in words."""
    change = last_change(record)
    return {
        "who": change.author.name if change else _("somebody"),
        "when": date_format(localtime(change.when), "j F Y, H:i") if change else "–",
    }


def undecided(outcome: Outcome) -> str:
    """Why a form that two people have changed is not saved yet."""
    return (
        _(
            "Not saved yet: %(who)s saved this record at %(when)s, after you had opened it, and "
            "changed what you changed too. Choose whose is to stand. All that you typed is still "
            "here."
        )
        % outcome.by
    )
