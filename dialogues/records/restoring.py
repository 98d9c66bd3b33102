"""A round, or a part of it, as it once stood: written anew through the one way in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.models import Round, Series, Source
from dialogues.models.files import File
from dialogues.queries.changes import Event
from dialogues.queries.history import events_of
from dialogues.queries.past import Rows, round_in, stood, was_visible
from dialogues.workflow import Asker

from .document import AgreedPointDocument, RoundDocument
from .errors import RecordError, RecordsRefused
from .parsing import parsed
from .past import Past, is_there
from .reading import documents
from .shape import Many, Part, keys_of
from .writing import take

Said = dict[str, Any]


def restore(user: Asker, round_: Round, moment: datetime, *, reason: str = "") -> None:
    """Let the round with all its parts stand again as it did at `moment`, as a new change.

    Slug, visibility and publication stay: who sees it is decided now. Raises PermissionDenied
    where the user may not change the round or could not have seen it then, and RecordsRefused
    where what it was is not permitted any more; nothing is changed then.
    """
    why = _("Restored as it stood on %(when)s.") % {"when": _in_words(moment)}
    with transaction.atomic(), workflow.changed_by(user, " ".join(filter(None, (why, reason)))):
        present = workflow.locked(user, round_)
        rows = stood(present.pk, moment)
        document = _told_then(user, rows)
        _keep_number(user, present, document)
        _write(document | {"slug": present.slug, "visibility": present.visibility})
        _attach(present.pk, rows)


def bring_back_part(user: Asker, round_: Round, gone: Event, *, reason: str = "") -> None:
    """Let a part that was removed stand in the round again, behind the others, as it last was.

    `gone` is the event of its removal. Raises as `restore` does.
    """
    why = _("Brought back what was removed on %(when)s.") % {"when": _in_words(gone.pgh_created_at)}
    with transaction.atomic(), workflow.changed_by(user, " ".join(filter(None, (why, reason)))):
        present = workflow.locked(user, round_)
        rows = stood(present.pk, gone.pgh_created_at, just_before=True)
        _told_then(user, rows)
        [text] = documents([present.pk], staff=True)
        document: Said = orjson.loads(text)
        _put_back(document, rows, gone)
        _write(document)
        _attach(present.pk, rows)


def bring_back_round(user: Asker, gone: Event, *, reason: str = "") -> Round:
    """Let a round that was deleted be there again, with its id, its slug and all its parts.

    It comes back as a draft. `gone` is the event of its deletion. Raises as `restore` does.
    """
    why = _("Brought back after it was deleted on %(when)s.") % {
        "when": _in_words(gone.pgh_created_at)
    }
    with transaction.atomic(), workflow.changed_by(user, " ".join(filter(None, (why, reason)))):
        series = Series.objects.visible_to(user).filter(pk=gone.series_id).first()
        if series is None or not may_bring_back(user, gone, series):
            raise PermissionDenied(_("This round is not yours to bring back."))
        rows = stood(gone.pgh_obj_id, gone.pgh_created_at, just_before=True)
        if Round.objects.filter(slug=gone.slug).exists():
            message = _("Another round has its address “%(slug)s” now.") % {"slug": gone.slug}
            raise RecordsRefused([RecordError(message)])
        if gone.edition and series.rounds.filter(edition=gone.edition).exists():
            raise RecordsRefused([RecordError(_("The series has another round of its edition."))])
        record = Round(
            pk=gone.pgh_obj_id,
            slug=gone.slug,
            series=series,
            edition=gone.edition,
            status=gone.status,
            visibility=gone.visibility,
        )
        record.save(force_insert=True)
        document = Past(rows, staff=True).document()
        document.pop("publication")
        _write(document | {"series": {"slug": series.slug}})
        _attach(record.pk, rows)
    record.refresh_from_db()
    return record


def may_bring_back(user: Asker, gone: Event, series: Series) -> bool:
    """Whether the user may bring back a deleted round of the series: one they may enter."""
    return workflow.may_create_in(user, series) and was_visible(gone, user)


def removal(round_: Round, part: type[Part], row: int) -> Event | None:
    """The event by which a part was removed from the round, None where it was not."""
    last = events_of(part.model).filter(pgh_obj_id=row).order_by("-pgh_id").first()
    if last is None or last.pgh_label != "delete" or round_of(last) != round_.pk:
        return None
    return last


def round_of(event: Event) -> int | None:
    """The round that a part's event belongs to; a follow-up's by its point's last event."""
    if hasattr(event, "round_id"):
        return int(event.round_id)
    point = events_of(AgreedPointDocument.model).filter(pgh_obj_id=event.point_id).last()
    return point and int(point.round_id)


def _told_then(user: Asker, rows: Rows) -> Said:
    """The document of the moment; refused where the user could not have read it then."""
    if not is_there(rows) or not was_visible(round_in(rows), user):
        raise PermissionDenied(_("Nothing is kept of that moment that you may restore."))
    document = Past(rows, staff=True).document()
    document.pop("publication")
    return document


def _keep_number(user: Asker, present: Round, document: Said) -> None:
    """Series and edition go back as well, where the user may give them at all."""
    series = Series.objects.filter(slug=document["series"]["slug"]).first()
    if workflow.may_renumber(user, present) and series and workflow.may_create_in(user, series):
        document["series"] = {"slug": series.slug}
    else:
        document |= {"series": {"slug": present.series.slug}, "edition": present.edition}


def _put_back(document: Said, rows: Rows, gone: Event) -> None:
    """Add the removed part to what the round's document holds today."""
    past = Past(rows, staff=True)
    for key, mark in keys_of(RoundDocument):
        if isinstance(mark, Many) and mark.document.model is gone.pgh_tracked_model:
            _append(document[key], _object(past, rows, mark.document, gone))
            return
    [point] = [row for row in rows[AgreedPointDocument.model] if row.id == gone.point_id]
    for stands in document["agreed_points"]:
        if stands["number"] == point.number:
            [(key, part)] = [
                (key, mark.document)
                for key, mark in keys_of(AgreedPointDocument)
                if isinstance(mark, Many)
            ]
            _append(stands[key], _object(past, rows, part, gone))
            return
    raise RecordsRefused([RecordError(_("Its agreed point is gone; bring that back first."))])


def _append(parts: list[Said], part: Said) -> None:
    if part in parts:
        raise RecordsRefused([RecordError(_("It stands in the round again already."))])
    parts.append(part)


def _object(past: Past, rows: Rows, part: type[Part], gone: Event) -> Said:
    [row] = [row for row in rows[part.model] if row.id == gone.pgh_obj_id]
    return past.object(row, part)


def _write(document: Said) -> None:
    take([parsed(orjson.dumps(document))])


def _attach(round_id: int, rows: Rows) -> None:
    """Let sources that are there anew carry their files again; documents say nothing of files."""
    for was in rows[Source]:
        if was.file_id and File.objects.filter(pk=was.file_id).exists():
            alike = Source.objects.filter(
                round=round_id, file=None, url=was.url, publisher=was.publisher, title=was.title
            )
            for source in alike[:1]:
                source.file_id, source.file_name = was.file_id, was.file_name
                source.save(update_fields=["file", "file_name"])


def _in_words(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y, H:i")
