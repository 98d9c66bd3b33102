"""The feeds' own addresses, where the reader is whoever has signed in, or nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.http import require_safe

from .atom import atom
from .calendars import ics
from .kinds import KINDS
from .private import private_feed


@require_safe
def atom_feed(request: HttpRequest, key: str) -> HttpResponse:
    """`/rounds.atom?…`: what has changed in the listing `key`."""
    return atom(request, request.user, key, request.GET)


@require_safe
def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """`/rounds.ics?…`: the dates of the listing `key` as a calendar."""
    return ics(request, request.user, key, request.GET)


ADDRESSES = [
    *(
        path(f"{key}.{suffix}", feed, {"key": key}, name=f"{key}-{suffix}")
        for key in KINDS
        for suffix, feed in (("atom", atom_feed), ("ics", calendar_feed))
    ),
    # What a key is made of, as `secrets.token_urlsafe` gives it.
    re_path(r"^feeds/(?P<key>[-\w]+)\.(?P<suffix>atom|ics)$", private_feed, name="private-feed"),
]
