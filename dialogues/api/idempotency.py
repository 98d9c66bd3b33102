"""``Idempotency-Key``: a request that comes twice is done once, and answered the same."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dialogues.models import IdempotencyKey, Round, User

from .problems import Refused

#: Headers of an answer that are given again with it.
KEPT_HEADERS = ("Content-Type", "ETag", "Location")
LONGEST_KEY = 255
#: How many forgotten answers one request clears away.
CLEARED = 1000


def key_of(request: HttpRequest) -> str:
    """The request's key; "" without one. Raises Refused for what cannot be one."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if "Idempotency-Key" in request.headers and not (
        0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()
    ):
        raise Refused(400, _("An Idempotency-Key is 1 to 255 printable ASCII characters."))
    return key


def once(
    request: HttpRequest,
    user: User,
    body: bytes,
    make: Callable[[], tuple[HttpResponse, list[int]]],
) -> HttpResponse:
    """Answer by ``make``, which tells the rounds that its answer is of, or as was answered before.

    Called within the transaction of what ``make`` writes. An error is not kept: it wrote nothing,
    so that the same request may be tried again. Raises Refused with 409 while the first is still
    under way, 422 for another request with this key, 404 where the reader may no longer see all
    that was answered.
    """
    key = key_of(request)
    if not key:
        return make()[0]
    digest = _digest(request, body)
    if not _locked(user, key):
        raise Refused(
            409,
            _("A request with this Idempotency-Key is still under way."),
            headers={"Retry-After": "1"},
        )
    _forget()
    kept = IdempotencyKey.objects.filter(user=user, key=key).first()
    if kept is not None and kept.made < IdempotencyKey.kept_since():
        kept.delete()  # another request was clearing away others
        kept = None
    if kept is not None:
        return _again(kept, user, digest)
    response, rounds = make()
    IdempotencyKey.objects.create(
        user=user,
        key=key,
        request=digest,
        status=response.status_code,
        headers={name: response[name] for name in KEPT_HEADERS if response.has_header(name)},
        body=response.content,
        rounds=rounds,
    )
    return response


def _again(kept: IdempotencyKey, user: User, digest: str) -> HttpResponse:
    if kept.request != digest:
        raise Refused(422)
    if Round.objects.visible_to(user).filter(pk__in=kept.rounds).count() < len(kept.rounds):
        raise Refused(404)
    return HttpResponse(
        bytes(kept.body),
        status=kept.status,
        headers={**kept.headers, "Idempotency-Replayed": "true"},
    )


def _digest(request: HttpRequest, body: bytes) -> str:
    told = "\n".join((str(request.method), request.get_full_path(), str(request.content_type)))
    return blake2b(told.encode() + b"\n" + body, digest_size=32).hexdigest()


def _locked(user: User, key: str) -> bool:
    """Whether this request is the only one with its key, until its transaction ends."""
    name = blake2b(f"{user.pk} {key}".encode(), digest_size=8).digest()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s)", [int.from_bytes(name, "big", signed=True)]
        )
        return bool(cursor.fetchone()[0])


def _forget() -> None:
    """Clear away what is older than a day, but for what another request is clearing away."""
    old = IdempotencyKey.objects.filter(made__lt=IdempotencyKey.kept_since())
    gone = old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:CLEARED]
    IdempotencyKey.objects.filter(pk__in=list(gone)).delete()
