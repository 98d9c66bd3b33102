"""The feeds' own addresses, where the reader is whoever has signed in, or nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from .atom import atom
from .calendars import ics
from .kinds import KINDS


@require_safe
def atom_feed(request: HttpRequest, key: str) -> HttpResponse:
    """`/rounds.atom?…`: what has changed in the listing `key`."""
    return atom(request, request.user, key, request.GET)


@require_safe
def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """`/rounds.ics?…`: the dates of the listing `key` as a calendar."""
    return ics(request, request.user, key, request.GET)


ADDRESSES = [
    path(f"{key}.{suffix}", feed, {"key": key}, name=f"{key}-{suffix}")
    for key in KINDS
    for suffix, feed in (("atom", atom_feed), ("ics", calendar_feed))
]
