"""From a round's history: let the whole of it stand as it once did, or bring back a part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.admin.reasons import reason_of
from dialogues.models import Round
from dialogues.queries.changes import Change, Event
from dialogues.queries.history import history
from dialogues.records.document import AgreedPointDocument, RoundDocument
from dialogues.records.errors import RecordsRefused
from dialogues.records.restoring import bring_back_part, removal, restore
from dialogues.records.shape import Many, Part, keys_of

#: The kinds of parts, by the name that a change in the history calls them.
PARTS: dict[str, type[Part]] = {
    str(mark.document.model._meta.model_name): mark.document
    for document in (RoundDocument, AgreedPointDocument)
    for _key, mark in keys_of(document)
    if isinstance(mark, Many)
}


class RestoringAdmin(admin.ModelAdmin):
    """For rounds, whose history restores them."""

    def may_restore(self, request: HttpRequest, record: Round) -> bool:
        return workflow.may_change(request.user, record)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(restore_view(self))
        address = path("<int:round_id>/restore/", view, name="dialogues_round_restore")
        return [address, *super().get_urls()]


def restore_view(site: admin.ModelAdmin) -> Callable[..., HttpResponse]:
    """Shows what would change (GET), and does it (POST)."""

    def view(request: HttpRequest, round_id: int) -> HttpResponse:
        record = site.get_queryset(request).filter(pk=round_id).first()
        if record is None:
            return HttpResponseRedirect(reverse("admin:dialogues_round_changelist"))
        back = HttpResponseRedirect(reverse("admin:dialogues_round_history", args=[record.pk]))
        asked = wanted(request, record)
        if asked is None:
            return back
        try:
            if request.method == "POST":
                do(request, record, asked)
                messages.success(request, _("Restored: %s") % record)
                return back
            changes = foreseen(request, record, asked)
        except (PermissionDenied, RecordsRefused) as refusal:
            messages.error(request, f"{record}: {refusal}")
            return back
        return TemplateResponse(
            request,
            "admin/dialogues/round/restore.html",
            {
                **site.admin_site.each_context(request),
                "title": _("Restore: %s") % record,
                "opts": site.opts,
                "record": record,
                "at": request.GET.get("at", ""),
                "part": request.GET.get("part", ""),
                "moment": asked if isinstance(asked, datetime) else None,
                "changes": changes,
            },
        )

    return view


def wanted(request: HttpRequest, record: Round) -> datetime | Event | None:
    """What is to be restored: the moment, or the event by which a part was removed."""
    given = request.POST if request.method == "POST" else request.GET
    kind, _dash, number = given.get("part", "").partition("-")
    if kind in PARTS and number.isdecimal():
        return removal(record, PARTS[kind], int(number))
    try:
        moment = parse_datetime(given.get("at", ""))
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def do(request: HttpRequest, record: Round, asked: datetime | Event) -> None:
    """Restore it."""
    verb: Any = restore if isinstance(asked, datetime) else bring_back_part
    verb(request.user, record, asked, reason=reason_of(request))


@transaction.atomic
def foreseen(request: HttpRequest, record: Round, asked: datetime | Event) -> tuple[Change, ...]:
    """What would change, in words: the real thing done and taken back."""
    known = history(record, request.user)
    do(request, record, asked)
    told = history(record, request.user)
    transaction.set_rollback(True)
    return told[0].changes if len(told) > len(known) else ()
