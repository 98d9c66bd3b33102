"""Errors as ``application/problem+json`` (RFC 9457), in the reader's language."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException

log = logging.getLogger("django.request")

#: What a problem is called and what it says, where nothing is to be told but the status.
SENTENCES = {
    400: (gettext_lazy("Bad request"), gettext_lazy("The request cannot be understood.")),
    401: (gettext_lazy("Not signed in"), gettext_lazy("Sign in to read this.")),
    403: (gettext_lazy("Forbidden"), gettext_lazy("You may not do this.")),
    404: (gettext_lazy("Not found"), gettext_lazy("There is nothing at this address.")),
    405: (
        gettext_lazy("Method not allowed"),
        gettext_lazy("This address can only be read: GET, HEAD or OPTIONS."),
    ),
    406: (gettext_lazy("Not acceptable"), gettext_lazy("Answers here are application/json.")),
    429: (
        gettext_lazy("Too many requests"),
        gettext_lazy("Wait as long as Retry-After says, in seconds, then go on."),
    ),
    500: (
        gettext_lazy("Server error"),
        gettext_lazy("Something went wrong here; it has been noted."),
    ),
}

#: The one type that says more than its status: `errors` names the parameters.
WRONG_PARAMETERS = "urn:dialogues:problem:parameters"


class QueryError(APIException):
    """Parameters of the address that are unknown or hold what is not known."""

    status_code = 400

    def __init__(self, errors: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.errors = [{"parameter": name, "detail": detail} for name, detail in errors]


def handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """Turn what a view raised into a problem document; what nobody expected is a bare 500."""
    request = context["request"]
    status = status_of(error)
    if status == 500:
        # As Django itself does it, so that logs, reports and tests hear of it.
        got_request_exception.send(sender=None, request=request._request)
        log.error("Internal Server Error: %s", request.path, exc_info=error)
    response = problem(request, status, getattr(error, "errors", None))
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(int(wait) + 1)
    return response


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
        case _:
            return 500


def problem(
    request: HttpRequest, status: int, errors: list[dict[str, str]] | None = None
) -> HttpResponse:
    """Write the problem document. A row that one may not see and one that is not read the same."""
    title, detail = SENTENCES[status]
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": str(title),
        "status": status,
        "detail": str(detail),
        "instance": request.path,
    }
    if errors:
        told |= {
            "type": WRONG_PARAMETERS,
            "title": _("Wrong parameters"),
            "detail": _("The address has parameters that are not known or hold what is not known."),
            "errors": errors,
        }
    return HttpResponse(
        orjson.dumps(told),
        status=status,
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store"},
    )
