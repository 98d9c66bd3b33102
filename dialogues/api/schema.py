"""The OpenAPI 3.1 description, read off what the views declare."""

from __future__ import annotations

from typing import Any

import uritemplate
from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from . import security  # noqa: F401 - drf-spectacular learns of it by its being imported
from .documents import Problem
from .parameters import TEXT, filter_parameters, own_parameters
from .problems import SENTENCES

PROBLEM = "application/problem+json"
ADDRESSES = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}


class ReadingSchema(AutoSchema):
    """Describes an operation by what its view declares: document, filters, key."""

    @property
    def declared(self) -> Any:
        """The view, of which DRF knows only that it is one."""
        return self.view

    @property
    def filterset(self) -> Any:
        return getattr(self.view, "filterset", None)

    @property
    def keys(self) -> list[str]:
        """The parts of the address that name one document."""
        return list(uritemplate.variables(self.path))

    def get_operation_id(self) -> str:
        if given := getattr(self.view, "operation", None):
            return str(given)
        name = self.declared.name.replace("-", "_")
        return f"get_{name}" if self.keys else f"list_{name}"

    def get_tags(self) -> list[str]:
        return [self.declared.name]

    def get_override_parameters(self) -> list[Any]:
        return [
            *(OpenApiParameter(key, str, "path") for key in self.keys),
            *filter_parameters(self.filterset),
            *own_parameters(self.declared.parameters),
            OpenApiParameter(
                "If-None-Match", str, "header", description=_("The ETag of what you have already.")
            ),
        ]

    def get_response_serializers(self) -> Any:
        problems = (400, 401, *((404,) if self.keys else ()), 405, 406, 429, 500, 503)
        return {
            (200, "application/json"): OpenApiResponse(
                self._answer(), _("Found."), examples=self._examples()
            ),
            **{
                (200, kind.media_type): OpenApiResponse(TEXT, _("Found."))
                for kind in self.view.renderer_classes
                if kind.format != "json"
            },
            304: OpenApiResponse(None, _("You have it already.")),
            **{
                (status, PROBLEM): OpenApiResponse(Problem, str(SENTENCES[status][0]))
                for status in problems
            },
        }

    def _examples(self) -> list[OpenApiExample]:
        made = getattr(self.view, "example", None)
        return [OpenApiExample("Sample", made())] if made else []

    def _answer(self) -> Any:
        described = getattr(self.view, "answers", None)
        return described() if described else ADDRESSES
