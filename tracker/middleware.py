"""Where a request comes from, and whether its way was safe."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase

LOOPBACK_ADDRESSES = {"127.0.0.1", "::1"}
# What Django's test client calls this machine; ALLOWED_HOSTS refuses it elsewhere.
TEST_CLIENT = "testserver"
PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_VIA")


class TransportMiddleware:
    """Outermost: believes a trusted proxy about the client, and sends plain http to https.

    A request that stays within the machine is let be, and its cookies too: the site can be tried,
    checked and measured where it runs, without a certificate. SecurityMiddleware's own redirect
    knows no such exception.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        within = stays_within(request)
        if settings.TRUSTED_PROXY:
            believe_proxy(request)
        if not settings.HTTPS_ONLY or request.is_secure():
            return self.get_response(request)
        if not within:
            return HttpResponsePermanentRedirect(
                f"https://{request.get_host()}{request.get_full_path()}"
            )
        response = self.get_response(request)
        for cookie in response.cookies.values():
            cookie["secure"] = ""
        return response


class PrivacyMiddleware:
    """What somebody signed in was shown is kept nowhere: neither by a browser, which would show it
    again after signing out, nor by anything between. Whatever says otherwise of itself is let be.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.setdefault("Cache-Control", "private, no-store")
        return response


def stays_within(request: HttpRequest) -> bool:
    """Return whether the request is the machine's own to itself, not passed on by anything."""
    host, _port = split_domain_port(request.get_host())
    return (
        host in [*settings.LOOPBACK_HOSTS, TEST_CLIENT]
        and request.META.get("REMOTE_ADDR") in LOOPBACK_ADDRESSES
        and not any(name in request.META for name in PASSED_ON)
    )


def believe_proxy(request: HttpRequest) -> None:
    """Take the client's address from the proxy, which writes it after what the client sent."""
    addresses = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    request.META["REMOTE_ADDR"] = addresses[-1].strip() or request.META.get("REMOTE_ADDR", "")
