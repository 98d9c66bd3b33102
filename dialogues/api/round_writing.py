"""Rounds are created, replaced, patched and withdrawn, by documents of the record format.

A view that writes adds one of these classes to what it reads with.
"""

from __future__ import annotations

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request

from dialogues import workflow
from dialogues.models import Round
from dialogues.records.errors import RecordError
from dialogues.records.parsing import parsed
from dialogues.records.patching import patched
from dialogues.records.reading import document_of, documents
from dialogues.vocabulary import Publication

from . import bodies, etags, idempotency
from .documents import WrittenRound
from .problems import DocumentError, Refused
from .writing import Writing


class CreatesRounds(Writing):
    """``POST`` on the list: one document, or a list of them, all or none."""

    def post(self, request: Request) -> HttpResponse:
        """Create a round of a document; or as many as a list has, all or none."""
        self.admit("dialogues.add_round")
        body = bodies.read(request._request, bodies.JSON)
        with self.written():
            return idempotency.once(
                request._request, self.account, body.raw, lambda: self.created(body)
            )

    def created(self, body: bodies.Body) -> tuple[HttpResponse, list[int]]:
        """Write the documents; return the answer and the ids of the new rounds."""
        if not isinstance(body.value, list):
            (slug,) = self.take([parsed(body.raw, 1, WrittenRound, is_new=True)])
            round_ = Round.objects.get(slug=slug)
            return self.answer_with(round_, 201), [round_.pk]
        if not 0 < len(body.value) <= bodies.MOST:
            message = _("A list has 1 to %s documents here.") % bodies.MOST
            raise DocumentError([RecordError(message)])
        entries = [
            parsed(orjson.dumps(item), place, WrittenRound, is_new=True)
            for place, item in enumerate(body.value, 1)
        ]
        slugs = self.take(entries, many=True)
        ids = dict(Round.objects.filter(slug__in=slugs).values_list("slug", "pk"))
        made = [ids[slug] for slug in slugs]
        return self.answer_with_many(made, 201), made


class ChangesRounds(Writing):
    """``PUT``, ``PATCH`` and ``DELETE`` on a round."""

    def put(self, request: Request, slug: str) -> HttpResponse:
        """Replace a round by a document; with `If-None-Match: *`, create it at this address."""
        self.admit("dialogues.change_round")
        body = bodies.read(request._request, bodies.JSON)
        if request._request.headers.get("If-None-Match", "").strip() == "*":
            return self.put_new(body, slug)
        with self.written():
            round_ = self.matched(slug)
            return self.changed(round_, body.raw)

    def put_new(self, body: bodies.Body, slug: str) -> HttpResponse:
        """``If-None-Match: *``: a new round at this address, and never one that stands."""
        self.admit("dialogues.add_round")
        entry = parsed(body.raw, 1, WrittenRound, is_new=True)
        if entry.document is not None:
            if entry.document.slug not in (None, slug):
                message = _("The address is that of “%(slug)s”.") % {"slug": slug}
                raise DocumentError([RecordError(message, "/slug")])
            entry.document.slug = slug
        with self.written():
            if Round.objects.filter(slug=slug).exists():
                raise Refused(412)
            self.take([entry])
            return self.answer_with(Round.objects.get(slug=slug), 201)

    def patch(self, request: Request, slug: str) -> HttpResponse:
        """Change the keys that a merge patch (RFC 7396) names, and nothing else."""
        self.admit("dialogues.change_round")
        body = bodies.read(request._request, bodies.MERGE_PATCH, bodies.JSON)
        with self.written():
            round_ = self.matched(slug)
            if not isinstance(body.value, dict):
                raise DocumentError([RecordError(_("A merge patch is an object."))])
            (stored,) = documents([round_.pk], staff=True)
            return self.changed(round_, patched(stored, body.value))

    def delete(self, request: Request, slug: str) -> HttpResponse:
        """Withdraw what is published; delete a draft that never was. History keeps both."""
        self.admit("dialogues.change_round")
        with self.written():
            round_ = self.matched(slug)
            state = round_.get_publication_display()
            if round_.publication == Publication.PUBLISHED:
                workflow.withdraw(self.account, round_, note=self.reason)
            elif workflow.may_delete(self.account, round_):
                workflow.delete(self.account, round_, reason=self.reason)
            else:
                message = _("Only what is published is withdrawn; this round is “%s”.") % state
                raise Refused(409, message)
        return HttpResponse(status=204)

    def matched(self, slug: str) -> Round:
        """The round, locked, theirs, and as ``If-Match`` says."""
        round_ = self.locked(slug)
        body = document_of(Round.objects.filter(pk=round_.pk), **self.how())
        self.require_match(etags.of_document(body or b""))
        return round_

    def changed(self, round_: Round, text: bytes) -> HttpResponse:
        self.take([parsed(text, 1, WrittenRound, about=round_)])
        return self.answer_with(round_, 200)
