"""What one makes of a view: its name and audience, one's start page, a feed, a daily mail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dialogues.listings import LISTINGS
from dialogues.models import Digest, PrivateFeed, SavedView, StartPage, User
from dialogues.models.keys import hashed, new_key
from dialogues.queries.recent import settled

from .asked import address, in_words, problems
from .forms import SavedViewForm

#: The listings that have feeds; `dialogues.feeds`, a room beside this one, makes them.
WITH_FEEDS = ("rounds", "agreed-points")


@login_required
@never_cache
def view_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """`/views/ID/settings/`: shows all of it; a POST with `do` does one thing of it."""
    user: User = request.user  # type: ignore[assignment]  # login_required
    view = get_object_or_404(
        SavedView.objects.visible_to(user).select_related("owner", "desk"), pk=pk
    )
    if request.method != "POST":
        return page(request, view)
    done = ACTIONS.get(request.POST.get("do", ""))
    if done is None or (done in OWNERS and view.owner_id != user.pk):
        return HttpResponseBadRequest(_("This cannot be done with the view."))
    return done(request, user, view)


def page(request: HttpRequest, view: SavedView, **further: Any) -> HttpResponse:
    """The settings as they stand; `further` are a form that came back, or a new feed's key."""
    user: User = request.user  # type: ignore[assignment]
    mine = view.owner_id == user.pk
    wrong = problems(request, view.listing, view.query)
    context = {
        "section": "views",
        "view": view,
        "mine": mine,
        "listing": LISTINGS[view.listing],
        "address": address(view.listing, view.query),
        "problems": wrong,
        "words": [] if wrong else in_words(request, view.listing, view.query),
        "is_start": StartPage.objects.filter(user=user, view=view).exists(),
        "has_feeds": view.listing in WITH_FEEDS,
        "feed": PrivateFeed.objects.filter(user=user, view=view).first(),
        "digest": Digest.objects.filter(user=user, view=view).first(),
        "form": SavedViewForm(None, view=view) if mine else None,
        **further,
    }
    return render(request, "dialogues/views/settings.html", context)


def back(request: HttpRequest, view: SavedView, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("saved-view-settings", args=[view.pk]))


def rename(request: HttpRequest, user: User, view: SavedView) -> HttpResponse:
    form = SavedViewForm(request.POST, view=view)
    if form.is_valid():
        form.save()
        return back(request, view, _("The changes are kept."))
    view.refresh_from_db()
    return page(request, view, form=form)


def delete(request: HttpRequest, user: User, view: SavedView) -> HttpResponse:
    view.delete()
    messages.success(request, _("“%(name)s” is deleted.") % {"name": view.name})
    return HttpResponseRedirect(reverse("saved-view-list"))


def start_here(request: HttpRequest, user: User, view: SavedView) -> HttpResponse:
    StartPage.objects.update_or_create(user=user, defaults={"view": view})
    return back(request, view, _("After signing in you see this view first."))


def start_elsewhere(request: HttpRequest, user: User, view: SavedView) -> HttpResponse:
    StartPage.objects.filter(user=user, view=view).delete()
    return back(request, view, _("After signing in you see the overview first."))


def make_feed(request: HttpRequest, user: User, view: SavedView) -> HttpResponse:
    """Show a new key's addresses, in this answer only; one that was there before is revoked."""
    if view.listing not in WITH_FEEDS:
        return HttpResponseBadRequest(_("This cannot be done with the view."))
    key = new_key()
    PrivateFeed.objects.filter(user=user, view=view).delete()
    PrivateFeed.objects.create(user=user, view=view, key_hash=hashed(key))
    addresses = [
        (label, request.build_absolute_uri(reverse("private-feed", args=[key, suffix])))
        for label, suffix in ((_("News feed (Atom)"), "atom"), (_("Calendar (iCalendar)"), "ics"))
    ]
    return page(request, view, feed_addresses=addresses)


def revoke_feed(request: HttpRequest, user: User, view: SavedView) -> HttpResponse:
    PrivateFeed.objects.filter(user=user, view=view).delete()
    return back(request, view, _("The feed's address leads nowhere any more."))


def start_mails(request: HttpRequest, user: User, view: SavedView) -> HttpResponse:
    if not user.email:
        return page(request, view)
    Digest.objects.get_or_create(
        user=user, view=view, defaults={"language": get_language(), "since": settled()}
    )
    return back(request, view, _("From now on a mail tells you what is new in this view."))


def stop_mails(request: HttpRequest, user: User, view: SavedView) -> HttpResponse:
    Digest.objects.filter(user=user, view=view).delete()
    return back(request, view, _("You get no more mails about this view."))


ACTIONS: dict[str, Callable[[HttpRequest, User, SavedView], HttpResponse]] = {
    "rename": rename,
    "delete": delete,
    "start": start_here,
    "start-elsewhere": start_elsewhere,
    "feed": make_feed,
    "revoke-feed": revoke_feed,
    "mails": start_mails,
    "no-mails": stop_mails,
}
#: What only the view's owner does.
OWNERS = (rename, delete)
