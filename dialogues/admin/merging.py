"""“Merge into…”: two rows of a table that turn out to be the same become one, after a question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues import workflow
from dialogues.models import (
    AgreedPoint,
    Issue,
    Participant,
    Person,
    Round,
    Source,
    Statement,
    Topic,
    Venue,
)

#: What refers to such a thing, and by which relation; the first finds the others by their names.
REFERRING: dict[type[Model], tuple[tuple[type[Model], str], ...]] = {
    Topic: (
        (Topic, "parent"), (Round, "topics"), (Statement, "topics"), (AgreedPoint, "topics"),
        (Source, "topics"),
    ),
    Issue: ((Statement, "issue"), (AgreedPoint, "issue")),
    Person: ((Participant, "person"),),
    Venue: ((Round, "venues"),),
}  # fmt: skip


class IntoForm(forms.Form):
    """Which of the others stays. `one` is what goes."""

    def __init__(self, data: Any, *, one: Model, rows: QuerySet[Any], site: AdminSite) -> None:
        super().__init__(data)
        model, relation = REFERRING[type(one)][0]
        self.fields["into"] = forms.ModelChoiceField(
            rows.exclude(pk=one.pk),
            label=_("Merge into"),
            widget=AutocompleteSelect(model._meta.get_field(relation), site),
        )


class MergingAdmin(admin.ModelAdmin):
    """An admin with the action; mixed in before the admin of the records."""

    actions = ("merge_into",)
    change_form_template = "admin/dialogues/merged_form.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"dialogues_{self.opts.model_name}_unmerge"
        view = self.admin_site.admin_view(self.unmerge)
        return [path("<int:pk>/unmerge/", view, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = context["original"]
        if record and self.has_merge_permission(request):
            context["merges"] = workflow.merges_into(record)
            name = f"admin:dialogues_{self.opts.model_name}_unmerge"
            context["unmerge"] = reverse(name, args=[record.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def unmerge(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take one merge back; the button names it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        kept = self.get_queryset(request).filter(pk=pk).first()
        context, _space, gone = request.POST.get("merge", "").partition(" ")
        if kept is None or not gone.isdecimal():
            return HttpResponseRedirect(
                reverse(f"admin:dialogues_{self.opts.model_name}_changelist")
            )
        try:
            back = workflow.unmerge(request.user, kept, context, int(gone))
        except PermissionDenied as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            said = _("“%(name)s” stands for itself again.") % {"name": back}
            self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(
            reverse(f"admin:dialogues_{self.opts.model_name}_change", args=[pk])
        )

    @admin.action(description=gettext_lazy("Merge into…"), permissions=["merge"])
    def merge_into(self, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        """Ask into which other one, tell what will move, and then do it."""
        if chosen.count() != 1:
            self.message_user(
                request, _("Choose the one that is to go; then you are asked for the other."),
                messages.WARNING,
            )  # fmt: skip
            return None
        one = chosen.get()
        rows = self.get_queryset(request)
        form = IntoForm(request.POST, one=one, rows=rows, site=self.admin_site)
        if form.is_valid():
            return self._merge(request, one, form.cleaned_data["into"])
        if "into" in request.POST:
            self.message_user(request, str(form.errors["into"][0]), messages.ERROR)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge “%(name)s” into…") % {"name": one},
            "opts": self.opts,
            "one": one,
            # Asked anew: Django's widget cannot show what is no id.
            "form": IntoForm(None, one=one, rows=rows, site=self.admin_site),
            "moving": list(moving(one, request)),
        }
        return TemplateResponse(request, "admin/dialogues/merge.html", context)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Asked by Django before it offers the action, and before it runs it."""
        return workflow.may_merge(request.user, self.model)

    def _merge(self, request: HttpRequest, one: Any, into: Any) -> HttpResponse:
        try:
            name = str(one)
            workflow.merge(request.user, one, into)
        except PermissionDenied as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            said = _("“%(name)s” is now “%(into)s”.") % {"name": name, "into": into}
            self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())


def moving(one: Model, request: HttpRequest) -> Iterator[str]:
    """How many of each kind refer to `one`, as far as the editor sees them, in words."""
    for model, relation in REFERRING[type(one)]:
        rows: Any = model._default_manager
        count = rows.visible_to(request.user).filter(**{relation: one}).distinct().count()
        if count:
            meta = model._meta
            yield f"{count} {meta.verbose_name if count == 1 else meta.verbose_name_plural}"
