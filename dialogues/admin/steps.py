"""Where a round stands, and the steps that may be taken with it: one by one, or many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext_lazy

from dialogues import workflow
from dialogues.models import Round
from dialogues.queries.history import last_change
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
MANY_DONE = {
    Publication.IN_REVIEW: ngettext_lazy(
        "%(count)d round submitted for review.", "%(count)d rounds submitted for review.", "count"
    ),
    Publication.PUBLISHED: ngettext_lazy(
        "%(count)d round published.", "%(count)d rounds published.", "count"
    ),
    Publication.WITHDRAWN: ngettext_lazy(
        "%(count)d round withdrawn.", "%(count)d rounds withdrawn.", "count"
    ),
}


def standing(request: HttpRequest, record: Round | None) -> dict[str, Any]:
    """For the line at the top of a round's page: its state, its last change, what may follow."""
    if record is None or request.method != "GET":  # a form that came back has changed the record
        return {}
    return {
        "publication": Publication(record.publication),
        "last_change": last_change(record),
        "steps": [
            (step.value, VERBS[step])
            for step in workflow.steps(request.user, record)
            if step != record.publication and workflow.may_change(request.user, record)
        ],
    }


def take_step(site: admin.ModelAdmin) -> Callable[[HttpRequest, int], HttpResponse]:
    """The view behind the buttons of that line: takes the step, or says why not."""

    def view(request: HttpRequest, round_id: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        record = site.get_queryset(request).filter(pk=round_id).first()
        step = request.POST.get("to", "")
        if record is None or step not in Publication.values:
            return HttpResponseRedirect(reverse("admin:dialogues_round_changelist"))
        to = Publication(step)
        try:
            workflow.move(request.user, record, to)
        except PermissionDenied as refusal:
            messages.error(request, f"{record}: {refusal}")
        else:
            messages.success(request, DONE[to] % record)
        return HttpResponseRedirect(reverse("admin:dialogues_round_change", args=[record.pk]))

    return view


def bulk(
    name: str, description: Any, to: Publication, permission: str
) -> Callable[[Any, HttpRequest, QuerySet[Round]], None]:
    """An action on chosen rounds: takes the step where it may, and says of the others why not."""

    @admin.action(description=description, permissions=[permission])
    def action(site: admin.ModelAdmin, request: HttpRequest, chosen: QuerySet[Round]) -> None:
        count = 0
        for record in chosen.select_related("series"):
            try:
                workflow.move(request.user, record, to)
            except PermissionDenied as refusal:
                messages.warning(request, f"{record}: {refusal}")
            else:
                count += 1
        if count:
            messages.success(request, MANY_DONE[to] % {"count": count})

    action.__name__ = name
    return action


BULK_STEPS = (
    bulk(
        "submit",
        gettext_lazy("Submit the chosen rounds for review"),
        Publication.IN_REVIEW,
        "change",
    ),
    bulk("publish", gettext_lazy("Publish the chosen rounds"), Publication.PUBLISHED, "publish"),
    bulk("withdraw", gettext_lazy("Withdraw the chosen rounds"), Publication.WITHDRAWN, "publish"),
)
