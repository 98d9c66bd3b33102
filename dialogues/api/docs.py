"""Where the description of the API is served, for programs and for people."""

from __future__ import annotations

from functools import lru_cache

import orjson
from csp.decorators import csp_update
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request

from .base import ApiView


@lru_cache(maxsize=8)
def written(language: str) -> bytes:
    """The schema as JSON, made once a language; it says the same to everybody."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    return orjson.dumps(generator.get_schema(request=None, public=True))  # type: ignore[no-untyped-call]


class SchemaView(ApiView):
    """This API's description in OpenAPI 3.1."""

    name = "schema"
    schema = None

    def get(self, request: Request) -> HttpResponseBase:
        self.refuse_unknown_parameters()
        return self.answer(written(get_language()))


# Swagger's own sheet draws its arrows from addresses that hold the picture.
@method_decorator(csp_update({"img-src": ["data:"]}), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    """The schema for people to read and try: page, script and style each by itself."""

    name = "docs"
    url_name = "api:schema"
    template_name = "api/docs.html"
