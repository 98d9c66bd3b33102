"""“Change the chosen points…”: one change to many agreed points, after a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialogues import workflow
from dialogues.admin.base import seen_by
from dialogues.admin.widgets import KnowingSelect, KnowingSelectMultiple
from dialogues.dates import PartialDateFormField
from dialogues.models import AgreedPoint, Issue, Topic
from dialogues.vocabulary import Party, PointStatus

LEAVE, NOBODY = "", "nobody"
AS_IT_IS = [(LEAVE, gettext_lazy("Leave as it is"))]


class AmendForm(forms.Form):
    """What is left empty is left as it is in each point."""

    status = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Status"),
        choices=[*AS_IT_IS, *PointStatus.choices],
    )
    responsible = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Responsible"),
        choices=[*AS_IT_IS, *Party.choices, (NOBODY, gettext_lazy("Nobody is named"))],
    )
    due = PartialDateFormField(required=False, label=gettext_lazy("Due"))
    no_due = forms.BooleanField(required=False, label=gettext_lazy("Take the due date away"))
    no_issue = forms.BooleanField(required=False, label=gettext_lazy("Take the issue away"))

    def __init__(self, data: Any, request: HttpRequest, site: AdminSite) -> None:
        super().__init__(data)
        meta = AgreedPoint._meta
        self.fields["due"].widget.attrs["data-understand-url"] = reverse("understand-date")
        topics = seen_by(request, Topic.objects.all())
        for name, label in (("add", _("Add topics")), ("remove", _("Take topics away"))):
            self.fields[name] = forms.ModelMultipleChoiceField(
                topics,
                required=False,
                label=label,
                widget=KnowingSelectMultiple(meta.get_field("topics"), site),
            )
        self.fields["issue"] = forms.ModelChoiceField(
            seen_by(request, Issue.objects.all()),
            required=False,
            label=_("Lifelong issue"),
            widget=KnowingSelect(meta.get_field("issue"), site),
        )
        self.order_fields(
            ("add", "remove", "status", "responsible", "due", "no_due", "issue", "no_issue")
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name, away in (("due", "no_due"), ("issue", "no_issue")):
            if given.get(name) and given.get(away):
                self.add_error(name, _("Either give one or take it away."))
        both = set(given.get("add") or ()) & set(given.get("remove") or ())
        if both:
            names = ", ".join(sorted(map(str, both)))
            self.add_error("remove", _("Both to be added and taken away: %s.") % names)
        if not self.errors and not any(given.values()):
            self.add_error(None, _("Choose at least one change."))
        return given

    def amendment(self) -> workflow.Amendment:
        """What is to be changed, once the form is valid."""
        given = self.cleaned_data
        values = {name: given[name] for name in ("status", "due", "issue") if given[name]}
        if given["responsible"]:
            values["responsible"] = None if given["responsible"] == NOBODY else given["responsible"]
        values |= {name: None for name in ("due", "issue") if given[f"no_{name}"]}
        return workflow.Amendment(values, tuple(given["add"]), tuple(given["remove"]))


class AmendingAdmin(admin.ModelAdmin):
    """The admin of agreed points, with the action; mixed in before the admin of records."""

    actions = ("amend",)

    @admin.action(description=gettext_lazy("Change the chosen points…"), permissions=["change"])
    def amend(self, request: HttpRequest, chosen: QuerySet[AgreedPoint]) -> HttpResponse:
        """Ask what is to be changed, do it, and say what was done and what was refused."""
        asked = "amend" in request.POST
        form = AmendForm(request.POST if asked else None, request, self.admin_site)
        if asked and form.is_valid():
            tell(request, workflow.amend(request.user, chosen, form.amendment()))
            return HttpResponseRedirect(request.get_full_path())
        count = chosen.count()
        context = {
            **self.admin_site.each_context(request),
            "title": ngettext(
                "Change %(count)d agreed point", "Change %(count)d agreed points", count
            )
            % {"count": count},
            "opts": self.opts,
            "form": form,
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/dialogues/amend.html", context)


def tell(request: HttpRequest, done: workflow.Amended) -> None:
    """Say what became of the points."""
    if done.changed:
        count = len(done.changed)
        said = ngettext("%(count)d point changed.", "%(count)d points changed.", count)
        messages.success(request, said % {"count": count})
    if done.same:
        count = len(done.same)
        said = ngettext(
            "%(count)d point had all of that already.",
            "%(count)d points had all of that already.",
            count,
        )
        messages.info(request, said % {"count": count})
    for point, why in done.refused:
        # Django writes a message's first letter large, which a reference has not.
        said = _("Left as it was: %(reference)s. %(why)s")
        messages.warning(request, said % {"reference": point.reference, "why": why})
