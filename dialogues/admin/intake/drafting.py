"""The draft itself: through the one way in, under the rules that hold for every new round."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.forms import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.models import File, Round, Series, User
from dialogues.records.errors import RecordError, RecordsRefused
from dialogues.records.intake import draft_of
from dialogues.records.names import slug_of
from dialogues.records.permitted import Writer
from dialogues.records.sheet_names import SheetNames
from dialogues.records.storing import Change
from dialogues.records.writing import take
from dialogues.texts import Reading as FileReading
from dialogues.vocabulary import FileKind, Visibility

from .filling import points_of, row_of
from .forms import Points, ReviewForm


def make_draft(user: User, form: ReviewForm, points: Points) -> Round | None:
    """The new round of a valid form; None where it cannot be, and the form says why.

    Nothing is written then.
    """
    if not _permitted(user, form) or _stands(user, form):
        return None
    entry = draft_of(row_of(form), SheetNames(user), points_of(points), _source(form))
    if entry.errors:
        _tell(form, entry.errors)
        return None
    try:
        with transaction.atomic(), workflow.changed_by(user):
            told: list[Change] = []
            if take([entry], writer=Writer(user), tell=told.append).created != 1:
                # Somebody was quicker, since it was looked for.
                raise RecordsRefused([RecordError(_already(), "edition")])
            record = Round.objects.get(slug=told[0].slug)
            if form.cleaned_data["keep_text"]:
                _keep(record, form)
    except RecordsRefused as refusal:
        _tell(form, tuple(refusal.errors))
        return None
    return record


def _permitted(user: User, form: ReviewForm) -> bool:
    """Whether the user may enter this round; what they may not is told at its field."""
    series: Series | None = form.cleaned_data["series"]
    if series is None:
        title = form.cleaned_data["new_series"]
        series = standing = Series.objects.filter(slug=slug_of(title)).first()
        if standing is not None and not workflow.may_create_in(user, standing):
            form.add_error(
                "new_series", _("This series is another desk's; its rounds are theirs to enter.")
            )
            return False
        if not user.has_perm("dialogues.add_series"):
            form.add_error("series", _("You may not make a new series; choose one that stands."))
            return False
    restricted = form.cleaned_data["visibility"] == Visibility.RESTRICTED
    of = series or Series(desk=workflow.desk_for_new(user))
    if restricted and not workflow.may_restrict(user, of):
        form.add_error(
            "visibility",
            _("Only members of the desk that owns the series restrict its rounds to it."),
        )
        return False
    return True


def _stands(user: User, form: ReviewForm) -> bool:
    """Whether the round stands already; the form then offers to open it."""
    said = form.cleaned_data
    title = said.get("new_series") or ""
    series = said["series"] or Series.objects.filter(slug=slug_of(title)).first()
    if series is None:
        return False
    rounds = Round.objects.filter(series=series)
    if said["edition"] is not None:
        field, standing = "edition", rounds.filter(edition=said["edition"]).first()
    else:
        field, standing = "date", rounds.filter(date=said["date"] or None).first()
    if standing is None:
        return False
    error: Any = _already()
    if Round.objects.visible_to(user).filter(pk=standing.pk).exists():
        error = format_html(
            '{} <a href="{}">{}</a>',
            _already(),
            reverse("admin:dialogues_round_change", args=[standing.pk]),
            _("Open it: %s") % standing,
        )
    form.add_error(field, ValidationError(error, code="stands"))
    return True


def _already() -> str:
    return _("This round stands already; no second one is made. What you typed is still here.")


def _source(form: ReviewForm) -> dict[str, str]:
    said = form.cleaned_data
    return {"kind": said["source_kind"], "language": said["language"]}


def _tell(form: ReviewForm, errors: tuple[RecordError, ...]) -> None:
    """Each error at the field that it is about."""
    for error in errors:
        column = error.pointer.strip("/").split("/")[0]
        if column == "series" and not form.cleaned_data.get("series"):
            column = "new_series"
        form.add_error(column if column in form.fields else None, error.message)


def _keep(record: Round, form: ReviewForm) -> None:
    """Let the round's one source carry what it was read from: the uploaded file, or the text."""
    source = record.sources.first()
    if source is None:
        return
    if form.waiting:
        source.file, source.file_name = form.waiting.file(), form.waiting.name
    else:
        text = form.cleaned_data["text"]
        source.file = File.objects.keep(text.encode(), FileReading(FileKind.TEXT, text.strip()))
        source.file_name = f"{record.slug}.txt"
    source.save(update_fields=["file", "file_name"])
