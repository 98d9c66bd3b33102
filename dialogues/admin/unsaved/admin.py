"""The admin of rounds, as far as it keeps what is typed and lets its author go on with it."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.forms import BaseForm
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path

from dialogues.admin.chosen import keep_uploads
from dialogues.admin.guarded import GuardedAdmin, Outcome
from dialogues.models import UnsavedWork, User

from .doors import drop, keep, kept_for_its_author
from .slips import Slip


class KeepingAdmin(GuardedAdmin):
    """For rounds."""

    def get_urls(self) -> list[URLPattern]:
        urls = super().get_urls()
        for url in urls:
            if url.name in {"dialogues_round_add", "dialogues_round_change"}:
                url.callback = kept_for_its_author(self.admin_site, url.callback)
        return [
            path("keep/", keep, name="dialogues_round_keep"),
            path("drop/", self.admin_site.admin_view(drop), name="dialogues_round_drop"),
            *urls,
        ]

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> Any:
        wanted = request.GET.get("take-up", "") if request.method == "GET" else ""
        if wanted:
            found = (work for work in unsaved(request, object_id) if str(work.key) == wanted)
            if work := next(found, None):
                self.take_up(request, object_id, work)
        if request.method == "POST" and object_id is None and self.has_add_permission(request):
            request.POST = self.with_files(request, request.POST)  # type: ignore[assignment]
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def put_together(self, request: HttpRequest, record: Any, typed: QueryDict) -> Outcome:
        return super().put_together(request, record, self.with_files(request, typed))

    def with_files(self, request: HttpRequest, typed: QueryDict) -> QueryDict:
        """What was typed, with the files that were chosen: kept, though the form may be refused."""
        typed = typed.copy()
        keep_uploads(cast("User", request.user).pk, typed, request.FILES)
        return typed

    def take_up(self, request: HttpRequest, object_id: str | None, work: UnsavedWork) -> None:
        """Let the page show what was typed, put together with what others saved since."""
        typed: QueryDict = QueryDict(work.sent, mutable=True)
        record = object_id and self.get_object(request, object_id)
        if record and self.has_change_permission(request, record):
            typed = self.put_together(request, record, typed).data
        request.taken_up = work  # type: ignore[attr-defined]
        request.typed = typed  # type: ignore[attr-defined]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        typed = getattr(request, "typed", None)
        if typed is None:
            return form
        return type(form.__name__, (_Typed, form), {"typed": typed})

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        typed = getattr(request, "typed", None)
        return kwargs if typed is None else {**kwargs, "data": typed}

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        if getattr(request, "typed", None) is not None:
            for formset in formsets:
                unchecked(formset)
        return formsets, inlines

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if slip := Slip.unsigned(request.POST.get("slip", "")):
            slip.settle()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = context["original"]
        allowed = (
            self.has_change_permission(request, record)
            if record
            else self.has_add_permission(request)
        )
        if allowed:
            context |= self.keeping(request, record and record.pk)
        return super().render_change_form(request, context, *args, **kwargs)

    def keeping(self, request: HttpRequest, round_id: int | None) -> dict[str, Any]:
        """For the page: its slip, and what its reader has left unsaved there."""
        taken_up, user = getattr(request, "taken_up", None), cast("User", request.user)
        slip = Slip.unsigned(request.POST.get("slip", ""))
        if slip is None or slip.user != user.pk:
            slip = Slip.new(user.pk, round_id)
        if taken_up:
            slip = Slip(user.pk, round_id, str(taken_up.key))
        left = (
            unsaved(request, str(round_id) if round_id else None) if request.method == "GET" else []
        )
        return {
            "slip": slip.signed(),
            "taken_up": taken_up,
            "left_unsaved": [work for work in left if work != taken_up],
        }


class _Typed(BaseForm):
    """A form that shows what was typed, and finds no fault with it before it is sent."""

    typed: QueryDict

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(self.typed, *args, **kwargs)
        self._errors = ErrorDict()


def unchecked(formset: Any) -> None:
    """The same for a formset and its forms."""
    formset._errors, formset._non_form_errors = [], ErrorList()
    for form in formset.forms:
        form._errors = ErrorDict()


def unsaved(request: HttpRequest, object_id: str | None) -> QuerySet[UnsavedWork]:
    """What the editor has left unsaved in the round's form, or in that of a new one."""
    own = UnsavedWork.objects.visible_to(request.user)
    if object_id is None:
        return own.filter(round=None)
    return own.filter(round=object_id) if object_id.isdecimal() else own.none()
