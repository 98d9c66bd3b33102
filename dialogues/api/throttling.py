"""How much anybody may ask who has not signed in."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

MINUTE = 60


class AnonymousThrottle(BaseThrottle):
    """Counts requests by address and minute; ``API_ANONYMOUS_RATE`` of them pass, 0 is no bound.

    One count a minute instead of DRF's list of every request's time: that list would be read and
    written anew with each request, and this API is meant to be read fast.
    """

    left: float = MINUTE

    def allow_request(self, request: Request, view: APIView) -> bool:
        most: int = settings.API_ANONYMOUS_RATE
        if not most or request.user.is_authenticated:
            return True
        minute, passed = divmod(time.time(), MINUTE)
        self.left = MINUTE - passed
        # The middleware has settled what the address is; headers that anybody can send have no say.
        key = f"api:{request.META.get('REMOTE_ADDR', '')}:{int(minute)}"
        cache.add(key, 0, timeout=2 * MINUTE)
        try:
            return cache.incr(key) <= most
        except ValueError:  # the cache was full and dropped it
            return True

    def wait(self) -> float:
        return self.left
