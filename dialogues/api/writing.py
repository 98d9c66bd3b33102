"""Writing rounds: who may, under which preconditions, in one transaction, and what is answered.

`round_writing`, `many_rounds` and `follow_ups` have the verbs. Each write asks, in this order:
may this account write at all, can the body be read, is the round there and theirs to change, does
`If-Match` name it as it stands; and only then what the document says. So nobody learns by an ETag,
or by what is wrong with a document, what they may not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import ClassVar, cast

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated

from dialogues import workflow
from dialogues.models import ApiToken, Round, User, clearance_of
from dialogues.records.errors import FORBIDDEN, TAKEN, RecordError, RecordsRefused
from dialogues.records.parsing import Entry
from dialogues.records.permitted import Writer
from dialogues.records.reading import document_of, documents
from dialogues.records.storing import Change
from dialogues.records.writing import take

from . import bodies, etags
from .authentication import REALM
from .problems import DocumentError, QueryError, Refused
from .reading import DocumentView
from .writing_schema import WritingSchema

#: What an administrator reads in a history has to fit a line or two.
LONGEST_REASON = 500


class Writing(DocumentView):
    """What all that write have in common."""

    writing_parameters: ClassVar = frozenset({"confirm"})
    schema = WritingSchema()

    # --- Who, and why ---------------------------------------------------------------------------

    @property
    def account(self) -> User:
        """Who writes; `admit` has let them in."""
        return cast("User", self.request.user)

    @property
    def token(self) -> ApiToken | None:
        return cast("ApiToken | None", self.request.auth)

    def admit(self, permission: str) -> None:
        """Let in who may write at all. Raises what makes 401, 403 or 400."""
        user, token = self.request.user, self.token
        if not user.is_authenticated:
            raise NotAuthenticated
        if token is not None and not token.may_write:
            raise Refused(
                403,
                _("This token only reads."),
                headers={"WWW-Authenticate": f'{REALM}, error="insufficient_scope"'},
            )
        if not (clearance_of(user).staff and user.has_perm(permission)):
            raise PermissionDenied(_("Your account does not write rounds."))
        unknown = [name for name in self.request.GET if name not in self.writing_parameters]
        if unknown:
            raise QueryError((name, _("There is no such parameter here.")) for name in unknown)

    def writer(self) -> Writer:
        return Writer(self.account, reason=self.reason, confirmed=self.confirmed)

    @property
    def reason(self) -> str:
        """Why, in the writer's words; programs send them as UTF-8, which WSGI reads as Latin-1."""
        given = str(self.request.META.get("HTTP_X_REASON", ""))
        with suppress(UnicodeError):  # it may be Latin-1 all the same
            given = given.encode("latin-1").decode()
        if len(given) > LONGEST_REASON or "\x00" in given:
            raise Refused(400, _("X-Reason has at most %s characters.") % LONGEST_REASON)
        return given.strip()

    @property
    def confirmed(self) -> bool:
        given = self.request.GET.getlist("confirm")
        if given not in ([], ["true"], ["false"]):
            raise QueryError([("confirm", _("Write true or false."))])
        return given == ["true"]

    @contextmanager
    def written(self) -> Iterator[None]:
        """One transaction, of which history is told who, by which token, and why."""
        token = {"token": self.token.name} if self.token else {}
        with (
            transaction.atomic(),
            workflow.changed_by(self.account, self.reason),
            pghistory.context(**token),
        ):
            yield

    # --- What -----------------------------------------------------------------------------------

    def lockable(self) -> QuerySet[Round]:
        """Rounds that the reader sees; each that is read is locked until the transaction ends."""
        rounds: QuerySet[Round] = Round.objects.visible_to(self.request.user)
        return rounds.select_related("series").select_for_update(of=("self",))

    def locked(self, slug: str) -> Round:
        """The round, locked until the transaction ends; 404 if not seen, 403 if not theirs."""
        found = self.lockable().filter(slug=slug).first()
        if found is None:
            raise Http404
        if not workflow.may_change(self.request.user, found):
            raise PermissionDenied(_("This round is not yours to change."))
        return found

    def require_match(self, etag: str, *, required: bool = True) -> None:
        """Refuse a write that was not made of what stands. Raises Refused with 428 or 412."""
        request: HttpRequest = self.request._request
        if "If-Match" not in request.headers:
            if required:
                raise Refused(428)
        elif not etags.is_current(request, etag):
            raise Refused(412, headers={"ETag": etag})

    def take(self, entries: list[Entry], *, many: bool = False) -> list[str]:
        """Write them all or none; return the slugs in order. Raises DocumentError."""
        slugs: dict[int, str] = {}

        def heard(change: Change) -> None:
            slugs[change.line] = change.slug

        try:
            take(entries, writer=self.writer(), tell=heard)
        except RecordsRefused as refused:
            raise problem_of(refused, many=many) from refused
        return [slugs[entry.line] for entry in entries if entry.line in slugs]

    def answer_with(self, round_: Round, status: int) -> HttpResponse:
        """The round as it stands now, with its ETag and, when it is new, its address."""
        body = document_of(Round.objects.filter(pk=round_.pk), **self.how())
        response = HttpResponse(body, status=status, content_type=bodies.JSON)
        response["ETag"] = etags.of_document(body or b"")
        if status == 201:
            response["Location"] = f"{self.root}rounds/{round_.slug}/"
        return response

    def answer_with_many(self, ids: list[int], status: int) -> HttpResponse:
        """These rounds as they stand now, as a list."""
        body = b"[" + b",".join(documents(ids, **self.how())) + b"]"
        return HttpResponse(body, status=status, content_type=bodies.JSON)


def problem_of(refused: RecordsRefused, *, many: bool) -> DocumentError:
    """A refusal as a problem. In a list, each pointer begins with its document's place."""
    kinds = {error.kind for error in refused.errors}
    status = 400 if "" in kinds else 403 if FORBIDDEN in kinds else 409 if TAKEN in kinds else 400
    errors = [
        RecordError(error.in_list or error.message, f"/{error.line - 1}{error.pointer}")
        if many and error.line is not None
        else error
        for error in refused.errors
    ]
    return DocumentError(errors, status=status, more=refused.more)
