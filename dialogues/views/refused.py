"""What a request gets that could not be read."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import bad_request


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of status 400; of 413 where more was sent than is taken."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return bad_request(request, exception)
