"""Steps of publication with many rounds at once: what would happen, and what did."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from dialogues import workflow
from dialogues.admin.steps import VERBS, StepForm
from dialogues.models import Round
from dialogues.vocabulary import Publication

#: As many as somebody can be expected to have looked at.
MOST = 200
TAKEN = {
    Publication.IN_REVIEW: ngettext_lazy(
        "%(count)d round submitted for review.", "%(count)d rounds submitted for review.", "count"
    ),
    Publication.PUBLISHED: ngettext_lazy(
        "%(count)d round published.", "%(count)d rounds published.", "count"
    ),
    Publication.WITHDRAWN: ngettext_lazy(
        "%(count)d round withdrawn.", "%(count)d rounds withdrawn.", "count"
    ),
    Publication.DRAFT: ngettext_lazy(
        "%(count)d round back to draft.", "%(count)d rounds back to draft.", "count"
    ),
}


class ManyStepsForm(StepForm):
    confirmed = forms.BooleanField(
        label=gettext_lazy("Publish also those of which something is not recorded"), required=False
    )


def bulk(
    name: str, description: Any, to: Publication, permission: str
) -> Callable[[Any, HttpRequest, QuerySet[Round]], HttpResponse]:
    """An action on chosen rounds: first says of each what would happen, then does it."""

    @admin.action(description=description, permissions=[permission])
    def action(site: admin.ModelAdmin, request: HttpRequest, chosen: QuerySet[Round]) -> Any:
        if chosen.count() > MOST:
            said = _("Choose %(most)s rounds at most; here are %(count)s.")
            site.message_user(request, said % {"most": MOST, "count": chosen.count()}, "error")
            return None
        form = ManyStepsForm({"to": to})
        return answer(site, request, chosen, to, form)

    action.__name__ = name
    return action


def take_steps(site: admin.ModelAdmin) -> Callable[[HttpRequest], HttpResponse]:
    """The view that takes the step with the rounds that were chosen, and tells of each."""

    def view(request: HttpRequest) -> HttpResponse:
        form = ManyStepsForm(request.POST)
        ids = [pk for pk in request.POST.getlist("_selected_action") if pk.isdecimal()][:MOST]
        if request.method != "POST" or not ids or (not form.is_valid() and "to" in form.errors):
            return HttpResponseRedirect(reverse("admin:dialogues_round_changelist"))
        chosen = site.get_queryset(request).filter(pk__in=ids)
        return answer(
            site, request, chosen, Publication(form.data["to"]), form,
            go=form.is_valid() and "go" in request.POST,
        )  # fmt: skip

    return view


def answer(
    site: admin.ModelAdmin,
    request: HttpRequest,
    chosen: QuerySet[Round],
    to: Publication,
    form: ManyStepsForm,
    *,
    go: bool = False,
) -> HttpResponse:
    """A line for each round: what would happen to it, or, with `go`, what did."""
    rounds = chosen.select_related("series").order_by("pk")
    given = form.cleaned_data if form.is_valid() else {"note": "", "confirmed": False}
    outcomes = workflow.move_many(
        request.user,
        rounds,
        to,
        note=given["note"],
        confirmed=given["confirmed"],
        dry_run=not go,
    )
    context = {
        **site.admin_site.each_context(request),
        "title": _("%(verb)s: many at once") % {"verb": VERBS[to]},
        "opts": site.opts,
        "form": form,
        "verb": VERBS[to],
        "went": go,
        "outcomes": outcomes,
        "said": said(outcomes, to, went=go),
        "unconfirmed": any(one.unconfirmed for one in outcomes),
        "possible": any(one.done or one.unconfirmed for one in outcomes),
    }
    return TemplateResponse(request, "admin/dialogues/round/steps.html", context)


def said(outcomes: Iterable[workflow.Outcome], to: Publication, *, went: bool) -> list[str]:
    """What was done and what was refused, in numbers."""
    if not went:
        return []
    done = sum(one.done for one in outcomes)
    refused = sum(not one.done for one in outcomes)
    sentences = [str(TAKEN[to] % {"count": done})]
    if refused:
        sentences.append(ngettext("%d was refused.", "%d were refused.", refused) % refused)
    return sentences


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
