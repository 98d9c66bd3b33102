"""All views that one may see; opening one; keeping a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dialogues.listings import LISTINGS
from dialogues.models import Digest, PrivateFeed, SavedView, StartPage, User

from .asked import address, canonical, in_words, problems
from .forms import SavedViewForm


@login_required
@require_safe
def saved_views(request: HttpRequest) -> HttpResponse:
    """`/views/`: one's own views and those that others share, with what one makes of them."""
    user: User = request.user  # type: ignore[assignment]  # login_required
    visible = SavedView.objects.visible_to(user).select_related("owner", "desk")
    start = set(StartPage.objects.filter(user=user).values_list("view", flat=True))
    feeds = set(PrivateFeed.objects.filter(user=user).values_list("view", flat=True))
    mails = set(Digest.objects.filter(user=user).values_list("view", flat=True))
    rows = [
        {
            "view": view,
            "listing": LISTINGS[view.listing].heading,
            "own": view.owner_id == user.pk,
            "start": view.pk in start,
            "feed": view.pk in feeds,
            "mail": view.pk in mails,
        }
        for view in visible
    ]
    context = {
        "section": "views",
        "mine": [row for row in rows if row["own"]],
        "shared": [row for row in rows if not row["own"]],
        "start": next((row["view"] for row in rows if row["start"]), None),
        "listings": list(LISTINGS.values()),
    }
    return render(request, "dialogues/views/list.html", context)


@login_required
@require_safe
def open_view(request: HttpRequest, pk: int) -> HttpResponse:
    """`/views/ID/`: the listing as the view has it. It tells itself what it can no longer read."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    return HttpResponseRedirect(address(view.listing, view.query))


@login_required
def new_view(request: HttpRequest) -> HttpResponse:
    """`/views/new/?listing=rounds&query=…`: keeps what a listing asks, as a new view or an old."""
    given = request.POST if request.method == "POST" else request.GET
    listing_key, query = given.get("listing", ""), canonical(given.get("query", ""))
    if listing_key not in LISTINGS:
        raise Http404
    user: User = request.user  # type: ignore[assignment]  # login_required
    view = SavedView(owner=user, listing=listing_key, query=query)
    wrong = problems(request, listing_key, query)
    own = SavedView.objects.filter(owner=user, listing=listing_key)
    replacing = request.method == "POST" and "replace" in request.POST
    form = SavedViewForm(
        request.POST if request.method == "POST" and not replacing else None, view=view
    )
    if request.method == "POST" and not wrong:
        if replacing:
            return _replaced(request, own, query)
        if form.is_valid():
            form.save()
            messages.success(request, _("“%(name)s” is kept.") % {"name": view.name})
            return HttpResponseRedirect(f"{view.get_absolute_url()}settings/")
    context: dict[str, Any] = {
        "section": "views",
        "listing": LISTINGS[listing_key],
        "query": query,
        "address": address(listing_key, query),
        "problems": wrong,
        "words": [] if wrong else in_words(request, listing_key, query),
        "form": form,
        "replaceable": [] if wrong else list(own),
    }
    return render(request, "dialogues/views/new.html", context)


def _replaced(request: HttpRequest, own: Any, query: str) -> HttpResponse:
    """Let one of the reader's own views ask this from now on."""
    chosen = request.POST["replace"]
    view = get_object_or_404(own, pk=chosen if chosen.isdecimal() and len(chosen) < 19 else None)
    view.query = query
    view.save(update_fields=["query"])
    messages.success(request, _("“%(name)s” has these filters now.") % {"name": view.name})
    return HttpResponseRedirect(f"{view.get_absolute_url()}settings/")
