"""What the CSV files hold, as a Frictionless data package: columns, types, enumerations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from django.contrib.postgres.fields import ArrayField
from django.db.models import DateTimeField, IntegerField
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.request import Request

from dialogues.dates import PartialDateField
from dialogues.listings import LISTINGS, Listing

from .base import ApiView
from .streams import every_column

#: What tells the rows of each file apart.
KEYS = {"rounds": ["round"], "agreed-points": ["round", "number"]}
OTHERS_KEY = ["address"]
EDTF = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?"
PACKAGE = {"type": "object", "additionalProperties": True}


class DataPackage(ApiView):
    """A description of the CSV of every list, as of the Frictionless standards."""

    name = "datapackage"
    operation = "get_datapackage"

    def get(self, request: Request) -> HttpResponseBase:
        self.refuse_unknown_parameters()
        return self.answer(
            orjson.dumps(
                {
                    "profile": "tabular-data-package",
                    "name": "dialogues",
                    "title": _("Dialogue tracker"),
                    "resources": [self._resource(listing) for listing in LISTINGS.values()],
                }
            )
        )

    def _resource(self, listing: Listing) -> dict[str, Any]:
        return {
            "profile": "tabular-data-resource",
            "name": listing.key,
            "title": str(listing.heading),
            "path": f"{self.root}{listing.key}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": list(self._fields(listing)),
                "missingValues": [""],
                "primaryKey": KEYS.get(listing.key, OTHERS_KEY),
            },
        }

    def _fields(self, listing: Listing) -> Iterator[dict[str, Any]]:
        filters = listing.filtered(self.request._request, QueryDict())
        told = every_column(filters, listing.key)
        query = filters.qs.values_list(*told.values()).query
        labels = {key: str(one.label) for key, one in listing.columns(filters.reader).items()}
        for name, expression in zip(told, query.annotation_select.values(), strict=True):
            title = {"title": labels[name]} if name in labels else {}
            yield {"name": name, **title, **type_of(expression.output_field)}

    @classmethod
    def answers(cls) -> Any:
        """What the schema says of the answer."""
        return PACKAGE


def type_of(field: Any) -> dict[str, Any]:
    """How Table Schema calls what a column holds; partial dates are no dates to it, but texts."""
    match field:
        case ArrayField():
            return {"type": "string", "description": _("Several, with semicolons between them.")}
        case PartialDateField():
            return {
                "type": "string",
                "description": _("EDTF level 0: YYYY, YYYY-MM, YYYY-MM-DD, or start/end."),
                "constraints": {"pattern": EDTF},
            }
        case DateTimeField():
            return {"type": "datetime", "format": "any"}
        case IntegerField():
            return {"type": "integer"}
        case _ if field.choices:
            words = [value for value, _label in field.choices]
            return {"type": "string", "constraints": {"enum": words}}
        case _:
            return {"type": "string"}
