"""Rounds into the database: whole files or single documents, all or nothing.

The one way in for documents, whichever door they come through. A batch of rounds costs a fixed
number of statements; a million lines need the memory of one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from dialogues.models import Round
from dialogues.vocabulary import Publication

from .document import RoundDocument
from .errors import RecordError, RecordsRefused
from .matching import COLUMNS, Target, match
from .names import free_slug, round_slug
from .parsing import Entry
from .reading import documents, in_batches
from .resolving import References
from .shape import Document
from .syncing import Changes, Owner, copy_rows, new_ids, sync

BATCH = 1000
MOST_ERRORS = 100


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one round: ``keys`` of its document differ from before; none if it is new."""

    line: int
    slug: str
    created: bool
    keys: tuple[str, ...] = ()


@dataclass(slots=True)
class Result:
    """How many rounds were created, updated and found unchanged."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class Errors:
    """What is wrong so far: the first hundred in full, the rest as a number."""

    listed: list[RecordError] = field(default_factory=list)
    more: int = 0

    def add(self, errors: Iterable[RecordError]) -> None:
        for error in errors:
            if len(self.listed) < MOST_ERRORS:
                self.listed.append(error)
            else:
                self.more += 1

    def __bool__(self) -> bool:
        return bool(self.listed)


class _DryRun(Exception):
    pass


def take(
    entries: Iterable[Entry],
    *,
    lines: Iterable[tuple[int, Document | None, list[RecordError]]] = (),
    references: References | None = None,
    publish: bool = False,
    dry_run: bool = False,
    tell: Callable[[Change], Any] = lambda change: None,
) -> Result:
    """Write rounds, and first the reference ``lines`` that come with them.

    ``publish`` makes "published" of a publication that a document leaves out. ``dry_run`` does
    everything and takes it back, so that what ``tell`` hears is what would happen. Raises
    ``RecordsRefused``, with nothing written, if anything at all is wrong.
    """
    result, errors, references = Result(), Errors(), references or References()
    try:
        with transaction.atomic():
            _take_lines(lines, references, errors)
            seen: dict[int, int] = {}
            for batch in in_batches(entries, BATCH):
                errors.add(error for entry in batch for error in entry.errors)
                _take_batch(batch, references, errors, seen, result, publish=publish, tell=tell)
            if errors:
                raise RecordsRefused(errors.listed, errors.more)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    except IntegrityError as error:
        message = _("Somebody else wrote the same records at the same time; try again.")
        raise RecordsRefused([RecordError(message)]) from error
    return result


def _take_lines(
    lines: Iterable[tuple[int, Document | None, list[RecordError]]],
    references: References,
    errors: Errors,
) -> None:
    taken: list[tuple[int, Document]] = []
    for number, line, wrong in lines:
        errors.add(wrong)
        if line is not None:
            taken.append((number, line))
    errors.add(references.take_lines(taken))


def _take_batch(
    batch: list[Entry],
    references: References,
    errors: Errors,
    seen: dict[int, int],
    result: Result,
    *,
    publish: bool,
    tell: Callable[[Change], Any],
) -> None:
    read = [(entry.line, entry.document) for entry in batch if entry.document]
    series_changed, wrong = references.series_of([(line, doc.series) for line, doc in read])
    errors.add(wrong)
    targets = [
        Target(line, document, references.series[document.series.slug].pk)
        for line, document in read
        if document.series.slug in references.series
    ]
    errors.add(match(targets, seen))
    _complete(batch, targets, errors)
    errors.add(_seen_twice(targets, seen))
    if errors:
        # Nothing will be kept; what follows is read only for its own errors.
        return
    _write(targets, series_changed, references, result, publish=publish, tell=tell, seen=seen)


def _complete(batch: list[Entry], targets: list[Target], errors: Errors) -> None:
    """Where a line says less than a document, add what stands of the round it is about."""
    partial = {entry.line: entry for entry in batch if entry.onto}
    stored = [target for target in targets if target.line in partial and target.pk is not None]
    texts = documents([target.pk for target in stored if target.pk], staff=True)
    for target, text in zip(stored, texts, strict=True):
        onto = partial[target.line].onto
        assert onto is not None  # noqa: S101 (chosen so above)
        completed = onto(text)
        errors.add(completed.errors)
        if completed.document is not None:
            target.document = completed.document


def _seen_twice(targets: list[Target], seen: dict[int, int]) -> list[RecordError]:
    """Refuse a second line about a round that the file has had: either could win."""
    errors = []
    batch: dict[tuple[Any, ...], int] = {}
    for target in targets:
        names = _names(target)
        lines = [seen.get(target.pk or 0), *(batch.get(name) for name in names)]
        before = next((line for line in lines if line is not None), None)
        if before is not None:
            message = _("This is the round of line %(line)s again.") % {"line": before}
            errors.append(RecordError(message, line=target.line))
        batch.update(dict.fromkeys(names, target.line))
    return errors


def _names(target: Target) -> list[tuple[Any, ...]]:
    """By what another line of the same batch would name the same round."""
    document = target.document
    if target.pk is not None:
        return [("round", target.pk)]
    names: list[tuple[Any, ...]] = []
    if document.slug:
        names.append(("slug", document.slug))
    if document.edition is not None:
        names.append((target.series_id, "edition", document.edition))
    elif not document.slug:
        names.append((target.series_id, "date", document.date))
    return names


def _write(
    targets: list[Target],
    series_changed: set[int],
    references: References,
    result: Result,
    *,
    publish: bool,
    tell: Callable[[Change], Any],
    seen: dict[int, int],
) -> None:
    references.resolve([target.document for target in targets])
    _words_later("on")
    changes = Changes()
    new = [target for target in targets if target.is_new]
    slugs = _slugs(new)
    for target, pk in zip(new, new_ids(Round, len(new)), strict=True):
        target.pk = pk
    if new:
        copy_rows(
            Round._meta.db_table,
            ("id", *COLUMNS),
            (
                (target.pk, *(_columns(target, slugs, publish=publish)[key] for key in COLUMNS))
                for target in new
            ),
        )
    for target in targets:
        if target.stored is not None:
            _update(target, changes, publish=publish)
    owners = [
        Owner(target.pk, target.is_new, target.pk, target.document)
        for target in targets
        if target.pk is not None
    ]
    sync(RoundDocument, owners, references, changes)
    for target in targets:
        seen[target.pk or 0] = target.line
        _count(target, slugs, changes, series_changed, result, tell)
    _words_later("off")
    _refresh_words([owner.pk for owner in owners if owner.is_new or owner.pk in changes.rounds])


def _count(
    target: Target,
    slugs: dict[int, str],
    changes: Changes,
    series_changed: set[int],
    result: Result,
    tell: Callable[[Change], Any],
) -> None:
    """Count one round as created, updated or unchanged, and tell what was done to it."""
    keys = set(changes.rounds.get(target.pk or 0, ()))
    if target.line in series_changed:
        keys.add("series")
    if target.stored is None:
        result.created += 1
        tell(Change(target.line, slugs[target.line], created=True))
    elif keys:
        result.updated += 1
        tell(Change(target.line, target.stored["slug"], False, tuple(sorted(keys))))
    else:
        result.unchanged += 1


def _slugs(new: list[Target]) -> dict[int, str]:
    """A slug for each new round, by line: the one it was given, else one that is free."""
    wanted = {
        target.line: target.document.slug
        or round_slug(target.document.series.slug, target.document.edition, target.document.date)
        for target in new
    }
    taken = set(Round.objects.filter(slug__in=wanted.values()).values_list("slug", flat=True))
    taken |= {target.document.slug for target in new if target.document.slug}
    for target in new:
        if not target.document.slug:
            if wanted[target.line] in taken:
                alike = Round.objects.filter(slug__startswith=wanted[target.line])
                taken |= set(alike.values_list("slug", flat=True))
            wanted[target.line] = free_slug(wanted[target.line], taken, limit=140)
            taken.add(wanted[target.line])
    return wanted


def _columns(target: Target, slugs: dict[int, str], *, publish: bool) -> dict[str, Any]:
    """The columns of the round itself, as the document wants them."""
    document, stored = target.document, target.stored
    columns: dict[str, Any] = {
        key: getattr(document, key) for key in COLUMNS if key in RoundDocument.model_fields
    }
    columns["series_id"] = target.series_id
    if not document.says("publication"):
        columns["publication"] = (
            Publication.PUBLISHED if publish else (stored or columns)["publication"]
        )
    if stored is None:
        columns["slug"] = slugs[target.line]
        return columns
    columns["slug"] = stored["slug"]  # lasting, whatever the document calls it
    for key in ("edition", "internal_note"):
        if not document.says(key):
            columns[key] = stored[key]
    return columns


def _update(target: Target, changes: Changes, *, publish: bool) -> None:
    stored = target.stored or {}
    wanted = _columns(target, {}, publish=publish)
    differing = {key: value for key, value in wanted.items() if stored[key] != value}
    if differing and target.pk is not None:
        Round.objects.filter(pk=target.pk).update(**differing)
        changes.rounds[target.pk] |= {key.removesuffix("_id") for key in differing}


def _words_later(switch: str) -> None:
    """Hold back the search index's triggers while a batch is written; it is refreshed at the end.

    An ordinary statement, and the first of each batch: with it pghistory sends along who is
    writing and from where, which COPY by itself would not carry.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL dialogues.words_later = '{switch}'")


def _refresh_words(rounds: list[int]) -> None:
    if rounds:
        with connection.cursor() as cursor:
            cursor.execute("SELECT dialogues_refresh_words(%s::bigint[])", [rounds])
