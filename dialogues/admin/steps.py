"""Where a round stands, and the steps that may be taken with it, one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dialogues import workflow
from dialogues.models import ReviewStep, Round
from dialogues.queries.history import last_change
from dialogues.queries.review import steps_of
from dialogues.vocabulary import Publication

VERBS = {
    Publication.IN_REVIEW: gettext_lazy("Submit for review"),
    Publication.PUBLISHED: gettext_lazy("Publish"),
    Publication.WITHDRAWN: gettext_lazy("Withdraw"),
    Publication.DRAFT: gettext_lazy("Back to draft"),
}
DONE = {
    Publication.IN_REVIEW: gettext_lazy("Submitted for review: %s"),
    Publication.PUBLISHED: gettext_lazy("Published: %s"),
    Publication.WITHDRAWN: gettext_lazy("Withdrawn: %s"),
    Publication.DRAFT: gettext_lazy("Back to draft: %s"),
}
SEND_BACK = gettext_lazy("Send back")
CONFIRM = gettext_lazy("Confirm as it stands")
CONFIRMED = gettext_lazy("Confirmed as it stands: %s")


def verb(user: Any, record: Round, to: Publication) -> Any:
    """What a step is called from where the round stands."""
    if record.publication == to == Publication.PUBLISHED:
        return CONFIRM
    return SEND_BACK if workflow.sends_back(user, record, to) else VERBS[to]


def standing(request: HttpRequest, record: Round | None) -> dict[str, Any]:
    """For the line at the top of a round's page: its state, its last change, what may follow.

    `sent_back` is the step whose note the editors are to follow; `kept_from` says why the reader
    does not publish this round though they publish others.
    """
    if record is None or request.method != "GET":  # a form that came back has changed the record
        return {}
    taken = list(steps_of(record, request.user))
    last = taken[-1] if taken else None
    offered, kept_from = steps_offered(request, record, last)
    return {
        "publication": Publication(record.publication),
        "version": record.updated.isoformat(),
        "last_change": last_change(record),
        "sent_back": last if was_sent_back(record, taken) else None,
        "kept_from": kept_from,
        "steps": [(step.value, verb(request.user, record, step)) for step in offered],
    }


def steps_offered(
    request: HttpRequest, record: Round, last: ReviewStep | None
) -> tuple[list[Publication], str]:
    """The steps for which there are buttons, and why there is none to publish with."""
    if not workflow.may_change(request.user, record):
        return [], ""
    present = Publication(record.publication)
    offered = [step for step in workflow.steps(request.user, record) if step != present]
    if workflow.may_publish(request.user) and is_changed_since(record, last):
        offered.append(Publication.PUBLISHED)
    if Publication.PUBLISHED not in offered:
        return offered, ""
    if kept_from := workflow.may_not_publish(request.user, record):
        offered.remove(Publication.PUBLISHED)
    return offered, kept_from


def is_changed_since(record: Round, last: ReviewStep | None) -> bool:
    """Whether a published round was written after a publisher last looked at it."""
    return (
        record.publication == Publication.PUBLISHED
        and last is not None
        and record.updated > last.at
    )


def was_sent_back(record: Round, taken: list[ReviewStep]) -> bool:
    """Whether the round is a draft again because somebody else than its submitter sent it back."""
    if record.publication != Publication.DRAFT or not taken:
        return False
    last = taken[-1]
    submitters = [step.by_id for step in taken if step.went_to == Publication.IN_REVIEW]
    return last.came_from == Publication.IN_REVIEW and submitters[-1:] != [last.by_id]


class StepForm(forms.Form):
    """What a step may ask besides: a note, and a word that what is missing is known to be."""

    to = forms.ChoiceField(choices=Publication.choices, widget=forms.HiddenInput)
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(label=gettext_lazy("Publish it all the same"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        max_length=10_000,
        required=False,
        help_text=gettext_lazy("It is kept in history, and shown to staff only."),
    )


def take_step(site: admin.ModelAdmin) -> Callable[..., HttpResponse]:
    """The view behind the buttons: takes the step, asks what it needs, or says why not."""

    @require_POST
    def view(request: HttpRequest, round_id: int) -> HttpResponse:
        record = site.get_queryset(request).filter(pk=round_id).first()
        form = StepForm(request.POST)
        valid = form.is_valid()
        if record is None or "to" in form.errors:
            return HttpResponseRedirect(reverse("admin:dialogues_round_changelist"))
        asked = attempt(request, record, form) if valid else workflow.Readiness()
        if asked is not None:
            return step_page(site, request, record, form, asked)
        return HttpResponseRedirect(reverse("admin:dialogues_round_change", args=[record.pk]))

    return view


def attempt(request: HttpRequest, record: Round, form: StepForm) -> workflow.Readiness | None:
    """Take the step, or say why it is refused; what there is to ask first is returned."""
    try:
        done = move(request, record, form.cleaned_data)
    except workflow.Unready as unready:
        return unready.readiness
    except workflow.NoteMissing as missing:
        if "note" in request.POST:  # asked for, and not given
            form.add_error("note", str(missing))
        return workflow.Readiness()
    except PermissionDenied as refusal:
        messages.error(request, f"{record}: {refusal}")
    else:
        messages.success(request, done % record)
    return None


def move(request: HttpRequest, record: Round, given: dict[str, Any]) -> Any:
    """Take the step that was asked for; returns the sentence that says so."""
    to, note = Publication(given["to"]), given["note"]
    version = parse_datetime(given["version"]) if given["version"] else None
    if record.publication == to == Publication.PUBLISHED:
        workflow.confirm(request.user, record, note=note, version=version)
        return CONFIRMED
    workflow.move(
        request.user, record, to, note=note, confirmed=given["confirmed"], version=version
    )
    return DONE[to]


def step_page(
    site: admin.ModelAdmin,
    request: HttpRequest,
    record: Round,
    form: StepForm,
    readiness: workflow.Readiness,
) -> HttpResponse:
    """The page that asks what a step needs: a note, or a confirmation of what is not recorded."""
    to = Publication(form.data["to"])
    said = verb(request.user, record, to)
    context = {
        **site.admin_site.each_context(request),
        "title": f"{said}: {record}",
        "opts": site.opts,
        "record": record,
        "form": form,
        "verb": said,
        "note_label": _("What is to be done") if said == SEND_BACK else _("Note"),
        "note_required": said == SEND_BACK,
        "readiness": readiness,
    }
    return TemplateResponse(request, "admin/dialogues/round/step.html", context)
