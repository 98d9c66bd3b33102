"""Addresses of what was merged into something else lead there for good."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.generic import DetailView

from dialogues.models.former import merged_into


class FollowsMerges(DetailView):
    """A page whose slug is that of a topic, an issue or a person, or was until it was merged.

    301 to the one it was merged into, with the same query string, if the reader may see that one.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            slug = self.kwargs["slug"]
            found = merged_into(self.get_queryset(), [slug]).get(slug)
            if found is None:
                raise
        query = request.META["QUERY_STRING"]
        address = found.get_absolute_url()
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
