"""How feeds are answered: who may keep them, what is new since the last time, what was wrong."""

from __future__ import annotations

from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _

from dialogues.filters.listing import ListingFilter
from dialogues.filters.values import Reader


def answer(request: HttpRequest, user: Reader, body: bytes, content_type: str) -> HttpResponse:
    """The feed, or 304 if the client has it already.

    Told by its bytes, not by the time of the last change: a round that is withdrawn, or no longer
    meets the filters, leaves the feed without any newer round in it.
    """
    etag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    response = HttpResponse(body, content_type=content_type, headers={"ETag": etag})
    fence(response, user)
    conditional: HttpResponse | None = get_conditional_response(
        request, etag=etag, response=response
    )
    return conditional or response


def refusal(user: Reader, filters: ListingFilter) -> HttpResponse:
    """400, with a sentence for everything that is wrong with the query string."""
    sentences = [
        f"{name}: {sentence}" for name, said in filters.errors.items() for sentence in said
    ]
    opening = _("There is no feed, as something in the filters is not right.")
    response = HttpResponse(
        "\n".join([opening, "", *sentences, ""]),
        status=400,
        content_type="text/plain; charset=utf-8",
    )
    fence(response, user)
    return response


def fence(response: HttpResponse, user: Reader) -> None:
    """Let nobody but the reader keep what was made for the reader."""
    response["Cache-Control"] = (
        "private, no-cache" if user.is_authenticated else "public, max-age=0, must-revalidate"
    )
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
