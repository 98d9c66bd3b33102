"""Feeds of saved views, for programs that cannot sign in: the address itself is the key."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from dialogues.models import PrivateFeed, SavedView
from dialogues.models.keys import hashed

from .atom import atom
from .calendars import ics

MAKERS = {"atom": atom, "ics": ics}


@require_safe
def private_feed(request: HttpRequest, key: str, suffix: str) -> HttpResponse:
    """`/feeds/KEY.atom` and `.ics`: what the key's owner would see of the view at this moment.

    404 once the key is revoked, the view is no more or no longer shared with them, or they may
    not sign in any more: a wrong key and a spent one are told alike.
    """
    feed = (
        PrivateFeed.objects.select_related("user", "view")
        .filter(key_hash=hashed(key), user__is_active=True)
        .first()
    )
    if feed is None or not SavedView.objects.visible_to(feed.user).filter(pk=feed.view_id).exists():
        raise Http404
    view = feed.view
    response = MAKERS[suffix](
        request, feed.user, view.listing, QueryDict(view.query), title=view.name
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
