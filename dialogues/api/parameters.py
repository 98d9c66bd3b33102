"""Parameters of the address, as the schema tells of them: read off the filters' own declaration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter

from dialogues.filters import conditions, listing, values

from .pagination import MOST, USUAL

TEXT = {"type": "string"}
YES_OR_NO = {"type": "boolean"}


def own_parameters(names: Iterable[str]) -> list[OpenApiParameter]:
    """Those of ``names`` that are no filters: how much is answered of what fits, and what of it."""
    every = (
        OpenApiParameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
            description=_("How many documents a page has."),
        ),
        OpenApiParameter(
            "cursor",
            str,
            description=_("Where the page begins: from “next”, “previous” or a line."),
        ),
        OpenApiParameter(
            "count",
            {**YES_OR_NO, "default": True},
            description=_("Whether to count all that fit."),
        ),
        OpenApiParameter(
            "cursors",
            {**YES_OR_NO, "default": False},
            description=_(
                "Whether each line, or row of a table, has a cursor to read on behind it."
            ),
        ),
        OpenApiParameter(
            "modified_since",
            {**TEXT, "format": "date-time"},
            description=_("Only what was written, or has gone, since this time (RFC 3339)."),
        ),
        OpenApiParameter(
            "fields",
            str,
            description=_(
                "Only these keys of each document, with commas between them; "
                "agreed_points.text is a key inside."
            ),
        ),
        OpenApiParameter(
            "omit", str, description=_("Without these keys, with commas between them.")
        ),
    )
    return [parameter for parameter in every if parameter.name in names]


def filter_parameters(filterset: type[listing.ListingFilter] | None) -> list[OpenApiParameter]:
    """One parameter for each filter, with the values that it knows."""
    if filterset is None:
        return []
    staff = {
        name
        for dimension in filterset.staff_dimensions
        for name in conditions.of_dimension(dimension)
    }
    return [
        OpenApiParameter(
            name,
            _type_of(condition, filterset),
            description=_text_of(condition) + (" " + _("Staff only.") if name in staff else ""),
        )
        for name, condition in filterset.base_filters.items()
    ]


def _type_of(condition: Any, filterset: type[listing.ListingFilter]) -> dict[str, Any]:
    match condition:
        case conditions.Is():
            return {"type": "array", "items": _values_of(condition.dimension.values)}
        case conditions.Text():
            return {"type": "array", "items": TEXT}
        case conditions.IsEmpty() | conditions.Overdue():
            return YES_OR_NO
        case conditions.DateMatch():
            return {**TEXT, "enum": [value for value, _label in conditions.DATE_MATCHES]}
        case listing.Ordering():
            return {**TEXT, "enum": list(filterset.orders), "default": filterset.default_order}
        case _:
            return TEXT


def _values_of(known: values.Values) -> dict[str, Any]:
    match known:
        case values.Words():
            # The documents hold the same words, so that the schema has them under this name.
            return {"$ref": f"#/components/schemas/{known.choices.__name__}"}
        case values.Numbers():
            return {"type": "integer", "minimum": known.lowest, "maximum": known.highest}
        case _:
            return TEXT


def _text_of(condition: Any) -> str:
    label = {"label": condition.label}
    match condition:
        case conditions.IsNot():
            return _("%(label)s: none of these.") % label
        case conditions.Is():
            return _("%(label)s: any of these.") % label
        case conditions.IsEmpty():
            return _("%(label)s: is not recorded; with false, is recorded.") % label
        case conditions.Text():
            return _("%(label)s: words, “a phrase”, -not, or.") % label
        case conditions.From():
            return _("%(label)s: EDTF level 0, such as 2021, 2021-10 or 2021-10-15.") % label
        case _:
            return f"{condition.label}."
