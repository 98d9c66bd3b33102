"""``modified_since``: what was written from a time on, and what has gone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from dialogues.models import Appearance

from .pagination import Errors, once

PARAMETER = "modified_since"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def since_of(parameters: QueryDict, errors: Errors) -> datetime | None:
    """Read the parameter. A plus sign that the address turned into a space is taken as one."""
    given = once(parameters, PARAMETER, errors)
    if given is None:
        return None
    moment = moment_of(re.sub(r" (?=\d\d:\d\d\Z)", "+", given))
    if moment is None:
        message = _("Write one time as of RFC 3339, such as 2021-10-15T09:00:00+07:00.")
        errors.append((PARAMETER, message))
    return moment


def moment_of(given: Any) -> datetime | None:
    """The time that a text of RFC 3339 says; None for anything else."""
    if not isinstance(given, str) or not RFC3339.fullmatch(given):
        return None
    try:
        return parse_datetime(given.upper())
    except ValueError:  # no such day, or hour
        return None


def told(one: Appearance, root: str) -> dict[str, Any]:
    """What is told of a round that is gone; see `documents.Gone`."""
    return {
        "slug": one.slug,
        "url": f"{root}rounds/{one.slug}/",
        "changed": one.at.astimezone(UTC),
    }
