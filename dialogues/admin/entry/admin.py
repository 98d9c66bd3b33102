"""The admin of rounds, as far as it helps with entering them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from .proposing import copied, people_asked, prefilled, proposal_view, series_asked
from .splitting import split_view


class EntryAdmin(admin.ModelAdmin):
    """Mixed in before the admin that shows the form."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("proposal/", wrap(proposal_view(self)), name="dialogues_round_proposal"),
            path("split/", wrap(split_view(self)), name="dialogues_round_split"),
            *super().get_urls(),
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """`?series=` makes it the form of that series' next round."""
        given = super().get_changeform_initial_data(request)
        series = series_asked(request.GET.get("series", ""), request.user)
        return {**given, **prefilled(series, request.user)} if series else given

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if prefix == "participants" and (people := people_asked(request)):
            kwargs["initial"] = [copied(one) for one in people]
        return kwargs

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context["original"] is None and request.method == "GET":
            context["next_of"] = series_asked(request.GET.get("series", ""), request.user)
        return super().render_change_form(request, context, *args, **kwargs)
