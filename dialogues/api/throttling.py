"""How much anybody may ask in a minute: by address who has not signed in, by token who has one."""

from __future__ import annotations

import time
from math import ceil
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:
    from rest_framework.views import APIView

MINUTE = 60


def goes_beyond(name: str, most: int) -> int:
    """Count one more under ``name``; return 0 if it is within ``most`` a minute, else how many
    seconds of the minute are left. Without a bound (0) nothing is counted.

    One count a minute instead of DRF's list of every request's time: that list would be read and
    written anew with each request, and this API is meant to be read fast.
    """
    if not most:
        return 0
    minute, passed = divmod(time.time(), MINUTE)
    key = f"api:{name}:{int(minute)}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        counted = cache.incr(key)
    except ValueError:  # the cache was full and dropped it
        return 0
    return 0 if counted <= most else ceil(MINUTE - passed)


def address_of(request: Request) -> str:
    """Whence the request comes. The middleware has settled what the address is; headers that
    anybody can send have no say."""
    return str(request.META.get("REMOTE_ADDR", ""))


class Throttle(BaseThrottle):
    """``API_ANONYMOUS_RATE`` requests a minute from one address without an account, and
    ``API_TOKEN_RATE`` with one token. A browser that has signed in is not counted."""

    left: ClassVar[int | None] = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        if request.auth is not None:
            left = goes_beyond(f"token:{request.auth.pk}", settings.API_TOKEN_RATE)
        elif not request.user.is_authenticated:
            left = goes_beyond(f"address:{address_of(request)}", settings.API_ANONYMOUS_RATE)
        else:
            return True
        self.left = left or None  # type: ignore[misc]  # of this request's throttle alone
        return not left

    def wait(self) -> float | None:
        return self.left
