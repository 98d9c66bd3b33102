"""Why something was changed: a line beside every button that saves, kept in history."""

from __future__ import annotations

import pghistory
from django.http import HttpRequest

#: What the line is called in forms; no field of a record has such a name.
REASON = "_reason"
LONGEST = 500


def reason_of(request: HttpRequest) -> str:
    """What was typed, on one line; "" where nothing was."""
    return " ".join(request.POST.get(REASON, "").split())[:LONGEST]


def say_why(request: HttpRequest) -> None:
    """Let history know why all that this request writes is written."""
    if reason := reason_of(request):
        pghistory.context(reason=reason)  # the request has a context already, which this adds to
