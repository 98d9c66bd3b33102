"""Who asks: the owner of a token or, in a browser, who has signed in there."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.request import Request

from dialogues.models import ApiToken, User

from .throttling import address_of, goes_beyond

REALM = 'Bearer realm="dialogues"'


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer TOKEN``. What does not let in is 401, and never read as nobody's."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        given = request.META.get("HTTP_AUTHORIZATION")
        if given is None:
            return None
        try:
            token = self.token_of(given, address_of(request))
        except AuthenticationFailed:
            wait = goes_beyond(f"failed:{address_of(request)}", settings.API_FAILED_RATE)
            if wait:
                raise Throttled(wait) from None
            raise
        token.note_use(address_of(request))
        return token.owner, token

    def token_of(self, given: str, address: str) -> ApiToken:
        """The token in a header. Only who holds all of it is told why it lets nobody in."""
        scheme, _space, secret = given.partition(" ")
        if scheme.lower() != "bearer":
            raise AuthenticationFailed(_("Write “Authorization: Bearer” and a token."))
        token = ApiToken.objects.of_secret(secret.strip())
        if token is None:
            raise AuthenticationFailed(_("This token is not known here."))
        if not token.owner.is_active:
            raise AuthenticationFailed(_("The account of this token is switched off."))
        if token.revoked:
            raise AuthenticationFailed(_("This token has been revoked."))
        if not token.works:
            raise AuthenticationFailed(_("This token has expired."))
        if not token.is_good_from(address):
            raise AuthenticationFailed(_("This token is not good from %s.") % address)
        return token

    def authenticate_header(self, request: Request) -> str:
        return REALM


class SignedIn(SessionAuthentication):
    """A browser that has signed in, guarded against other sites as the pages' forms are."""

    def enforce_csrf(self, request: Request) -> None:
        try:
            # Of Django's own request: DRF's would parse the body in search of a form's token.
            super().enforce_csrf(cast("Request", request._request))
        except PermissionDenied:
            raise PermissionDenied(
                _("A browser that has signed in sends the CSRF token; a program sends a token.")
            ) from None
