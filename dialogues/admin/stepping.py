"""What the admin of rounds has for their way through review."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from dialogues import workflow
from dialogues.admin.bulk_steps import BULK_STEPS, take_steps
from dialogues.admin.queue import queue
from dialogues.admin.steps import DONE, standing, take_step
from dialogues.models import Round
from dialogues.vocabulary import Publication


class SteppingAdmin(admin.ModelAdmin):
    """Steps one by one and many at once, the queue, and deletion of what never got anywhere."""

    actions: Any = BULK_STEPS

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Asked by Django before it offers the steps that are publishers'."""
        return workflow.may_publish(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Round | None = None) -> bool:
        if obj is None:
            return request.user.has_perm("dialogues.change_round")
        return workflow.may_delete(request.user, obj)

    def delete_model(self, request: HttpRequest, obj: Round) -> None:
        workflow.delete(request.user, obj)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:round_id>/step/", wrap(take_step(self)), name="dialogues_round_step"),
            path("steps/", wrap(take_steps(self)), name="dialogues_round_steps"),
            path("waiting/", wrap(queue(self)), name="dialogues_round_waiting"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= standing(request, context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    # --- Save and submit ------------------------------------------------------------------------

    def response_add(
        self, request: HttpRequest, obj: Round, post_url_continue: str | None = None
    ) -> HttpResponse:
        saved = super().response_add(request, obj, post_url_continue)
        return self.submit(request, obj) if "_submit" in request.POST else saved

    def response_change(self, request: HttpRequest, obj: Round) -> HttpResponse:
        saved = super().response_change(request, obj)
        return self.submit(request, obj) if "_submit" in request.POST else saved

    def submit(self, request: HttpRequest, record: Round) -> HttpResponse:
        """Submit what has just been saved; saved it is in any case."""
        try:
            workflow.submit(request.user, record)
        except PermissionDenied as refusal:
            messages.error(request, f"{record}: {refusal}")
        else:
            messages.success(request, DONE[Publication.IN_REVIEW] % record)
        return HttpResponseRedirect(reverse("admin:dialogues_round_change", args=[record.pk]))
