"""What all of the API's views do alike: who may ask, and how answers and errors look."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.exceptions import MethodNotAllowed, NotAcceptable
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from . import etags
from .problems import QueryError, Refused
from .throttling import Throttle


class ApiView(APIView):
    """Reads and answers JSON that is already written; nothing passes through a serializer."""

    renderer_classes = [JSONRenderer]
    #: What is sent is read by `bodies`, which bounds it first.
    parser_classes = []
    throttle_classes = [Throttle]
    #: Parameters of the address; any other is an error.
    parameters: frozenset[str] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before anything is asked about who asks: nobody does such a thing here.
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(str(request.method))
        super().initial(request, *args, **kwargs)

    def options(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say in ``Allow`` what can be done here; the schema says the rest."""
        return HttpResponse(status=204)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """As DRF does it, but for saying what is not answered here and what is."""
        try:
            return super().perform_content_negotiation(request, force)
        except NotAcceptable:
            said = _("“%(given)s” is not answered here; there is: %(kinds)s.")
            kinds = ", ".join(str(one.media_type) for one in self.renderer_classes)
            given = request.headers.get("Accept", "")[:200]
            raise Refused(406, said % {"given": given, "kinds": kinds}) from None

    def refuse_unknown_parameters(self) -> None:
        unknown = [name for name in self.request.GET if name not in self.parameters]
        if unknown:
            raise QueryError((name, _("There is no such parameter here.")) for name in unknown)

    @property
    def root(self) -> str:
        """The absolute address of the API, by the host that this request asked."""
        return self.request.build_absolute_uri(reverse("api:index"))

    def answer(self, body: bytes) -> HttpResponseBase:
        """Answer with JSON, or 304 if the client has it. Permission has been judged by now."""
        return self.marked(self.json(body))

    def marked(
        self, response: HttpResponse | StreamingHttpResponse, etag: str | None = None
    ) -> HttpResponseBase:
        """The response with its ETag, made of its bytes where none is given; 304 if that is had.

        What is streamed has no bytes yet, and without a given ETag gets none.
        """
        if isinstance(response, StreamingHttpResponse):
            if etag:
                response.headers["ETag"] = etag
            return response
        etag = etag or etags.of_document(response.content)
        response.headers["ETag"] = etag
        request: HttpRequest = self.request._request
        return get_conditional_response(request, etag=etag, response=response) or response

    @staticmethod
    def json(body: bytes) -> HttpResponse:
        return HttpResponse(body, content_type="application/json")

    @staticmethod
    def not_modified(etag: str) -> HttpResponse:
        return HttpResponseNotModified(headers={"ETag": etag})

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        answer: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(answer, ("Accept", "Accept-Language", "Authorization", "Cookie"))
        if not answer.has_header("Cache-Control"):
            signed_in = request.user.is_authenticated
            answer["Cache-Control"] = (
                "private, no-store" if signed_in else "public, max-age=0, must-revalidate"
            )
        return answer
