"""``POST`` on an agreed point's follow-ups: what became of it, added to what is there."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from pydantic import ValidationError
from rest_framework.request import Request

from dialogues import models
from dialogues.records.document import FollowUpDocument
from dialogues.records.errors import RecordError, errors_of
from dialogues.records.parsing import parsed
from dialogues.records.patching import with_follow_up
from dialogues.records.reading import document_of, documents

from . import bodies, etags, idempotency
from .documents import ServedAgreedPoint
from .problems import DocumentError
from .writing import Writing


class FollowUps(Writing):
    """Adds one follow-up to an agreed point, and answers with the point.

    Nothing can be lost by adding, so `If-Match` may be left out; given, it names the point's ETag.
    """

    name = "agreed-points"
    model = models.AgreedPoint
    document = ServedAgreedPoint
    writing_parameters = frozenset()

    def post(self, request: Request, reference: str) -> HttpResponse:
        """Add a follow-up to an agreed point; the answer is the point."""
        self.admit("dialogues.change_round")
        body = bodies.read(request._request, bodies.JSON)
        with self.written():
            return idempotency.once(
                request._request, self.account, body.raw, lambda: self.added(reference, body)
            )

    def added(self, reference: str, body: bodies.Body) -> tuple[HttpResponse, list[int]]:
        slug, _dot, number = reference.rpartition(".")
        round_ = self.locked(slug)
        point = models.AgreedPoint.objects.filter(round=round_, number=int(number))
        before = document_of(point, **self.how())
        if before is None:
            raise Http404
        self.require_match(etags.of_document(before), required=False)
        self._check(body)
        (stored,) = documents([round_.pk], staff=True)
        whole = with_follow_up(stored, int(number), body.value)
        self.take([parsed(whole, 1, about=round_)])
        after = document_of(point, **self.how()) or b""
        response = HttpResponse(after, status=201, content_type=bodies.JSON)
        response["ETag"] = etags.of_document(after)
        response["Location"] = f"{self.root}agreed-points/{reference}/"
        return response, [round_.pk]

    def _check(self, body: bodies.Body) -> None:
        """The follow-up by itself, so that what is wrong points into what was sent."""
        try:
            follow_up = FollowUpDocument.model_validate_json(body.raw)
        except ValidationError as failure:
            raise DocumentError(errors_of(failure, FollowUpDocument)) from failure
        if not (follow_up.date or follow_up.note or follow_up.source_url):
            message = _("A follow-up has at least a date, a note or an address.")
            raise DocumentError([RecordError(message)])
