"""Errors as ``application/problem+json`` (RFC 9457), in the reader's language."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg import errors as postgres
from rest_framework.exceptions import APIException, AuthenticationFailed, NotAuthenticated

from dialogues.records.errors import RecordError

log = logging.getLogger("django.request")

#: What a problem is called and what it says, where nothing is to be told but the status.
SENTENCES = {
    400: (gettext_lazy("Bad request"), gettext_lazy("The request cannot be understood.")),
    401: (gettext_lazy("Not signed in"), gettext_lazy("This takes a token, or signing in.")),
    403: (gettext_lazy("Forbidden"), gettext_lazy("You may not do this.")),
    404: (gettext_lazy("Not found"), gettext_lazy("There is nothing at this address.")),
    405: (
        gettext_lazy("Method not allowed"),
        gettext_lazy("Allow says what can be done at this address."),
    ),
    406: (gettext_lazy("Not acceptable"), gettext_lazy("Accept names no kind of answer.")),
    409: (
        gettext_lazy("Conflict"),
        gettext_lazy("Somebody else wrote the same at the same time; read it and try again."),
    ),
    411: (
        gettext_lazy("Length required"),
        gettext_lazy("Send the body with its Content-Length, not in chunks."),
    ),
    412: (
        gettext_lazy("Precondition failed"),
        gettext_lazy("It is not as If-Match or If-None-Match says; ETag says how it stands."),
    ),
    413: (gettext_lazy("Content too large"), gettext_lazy("The body is larger than is taken.")),
    415: (
        gettext_lazy("Unsupported media type"),
        gettext_lazy("A body is taken as Accept says, in UTF-8."),
    ),
    422: (
        gettext_lazy("Unprocessable content"),
        gettext_lazy("This Idempotency-Key came with another request before."),
    ),
    428: (
        gettext_lazy("Precondition required"),
        gettext_lazy("Send in If-Match the ETag of what you read, so that nothing is lost."),
    ),
    429: (
        gettext_lazy("Too many requests"),
        gettext_lazy("Wait as long as Retry-After says, in seconds, then go on."),
    ),
    500: (
        gettext_lazy("Server error"),
        gettext_lazy("Something went wrong here; it has been noted."),
    ),
    503: (
        gettext_lazy("Service unavailable"),
        gettext_lazy("The database does not answer. Nothing was written; try again."),
    ),
}

#: The types that say more than their status: `errors` names parameters, or places in the body.
WRONG_PARAMETERS = "urn:dialogues:problem:parameters"
WRONG_DOCUMENT = "urn:dialogues:problem:document"

#: Two wrote the same, and the database let one of them in.
OVERTAKEN = (
    postgres.UniqueViolation,
    postgres.ForeignKeyViolation,
    postgres.DeadlockDetected,
    postgres.SerializationFailure,
)

#: After how many seconds to try again what failed for a reason that passes.
SOON = 5


class Refused(APIException):
    """An answer that is a problem, with a sentence and headers of its own if need be."""

    def __init__(
        self, status: int, detail: str | None = None, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status_code = status
        self.said: dict[str, Any] = {"detail": detail} if detail else {}
        self.headers = dict(headers or {})


class QueryError(Refused):
    """Parameters of the address that are unknown or hold what is not known."""

    def __init__(self, errors: Iterable[tuple[str, str]]) -> None:
        super().__init__(400)
        self.said |= {
            "type": WRONG_PARAMETERS,
            "title": _("Wrong parameters"),
            "detail": _("The address has parameters that are not known or hold what is not known."),
            "errors": [{"parameter": name, "detail": detail} for name, detail in errors],
        }


class DocumentError(Refused):
    """What is wrong with a body, an entry for each place; nothing of it was written.

    ``status`` is 400 for what can't be taken as it is, 403 for what is not the writer's to do, and
    409 for what does not go with what stands.
    """

    def __init__(
        self,
        errors: Iterable[RecordError],
        *,
        status: int = 400,
        more: int = 0,
        **members: Any,
    ) -> None:
        super().__init__(status)
        self.said |= {
            "type": WRONG_DOCUMENT,
            "title": _("Wrong document"),
            "detail": _("Nothing was written. Each entry of “errors” points at a place."),
            "errors": [{"pointer": error.pointer, "detail": error.message} for error in errors],
            **({"more": more} if more else {}),
            **members,
        }


def handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """Turn what a view raised into a problem document; what nobody expected is a bare 500."""
    request = context["request"]
    status = status_of(error)
    if status >= 500:
        # As Django itself does it, so that logs, reports and tests hear of it.
        got_request_exception.send(sender=None, request=request._request)
        log.error("%s: %s", SENTENCES[status][0], request.path, exc_info=error)
    said = getattr(error, "said", None) or {}
    if not said and (isinstance(error, AuthenticationFailed) or (status == 403 and str(error))):
        said = {"detail": str(error)}
    response = problem(request, status, said)
    for name, value in headers_of(error, status).items():
        response[name] = value
    return response


def headers_of(error: Exception, status: int) -> dict[str, str]:
    """What the answer says in its head: how to sign in, how long to wait."""
    headers = dict(getattr(error, "headers", {}))
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    elif status == 503:
        headers["Retry-After"] = str(SOON)
    if isinstance(error, AuthenticationFailed):
        headers["WWW-Authenticate"] = f'{error.auth_header}, error="invalid_token"'  # type: ignore[attr-defined]
    elif isinstance(error, NotAuthenticated):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    return headers


def status_of(error: Exception) -> int:
    match error:
        case Http404():
            return 404
        case PermissionDenied():
            return 403
        case APIException() if error.status_code in SENTENCES:
            return error.status_code
        case APIException() if error.status_code < 500:
            return 400
        case DatabaseError() if isinstance(error.__cause__, OVERTAKEN):
            return 409
        case OperationalError() | InterfaceError():
            return 503
        case _:
            return 500


def problem(
    request: HttpRequest, status: int, said: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Write the problem document. A row that one may not see and one that is not read the same."""
    title, detail = SENTENCES[status]
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": str(title),
        "status": status,
        "detail": str(detail),
        "instance": request.path,
        **(said or {}),
    }
    return HttpResponse(
        orjson.dumps(told),
        status=status,
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store"},
    )
