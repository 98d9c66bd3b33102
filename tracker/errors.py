"""What a request gets that no view answers: a page, or for programs a problem document."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from dialogues.api.problems import problem
from dialogues.views import refused


def answered(status: int, page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer by `page`; below `/api/`, where programs ask, by a problem document."""

    def answer(request: HttpRequest, *given: Any, **more: Any) -> HttpResponse:
        if request.path.startswith("/api/"):
            return problem(request, status)
        return page(request, *given, **more)

    return answer


bad_request = answered(400, refused.unreadable)
permission_denied = answered(403, defaults.permission_denied)
page_not_found = answered(404, defaults.page_not_found)
server_error = answered(500, defaults.server_error)
