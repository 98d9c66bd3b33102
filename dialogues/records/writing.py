"""Rounds into the database: whole files or single documents, all or nothing.

The one way in for documents, whichever door they come through. A batch of rounds costs a fixed
number of statements; a million lines need the memory of one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .errors import TAKEN, RecordError, RecordsRefused, pointer
from .matching import Target, match
from .parsing import Entry
from .permitted import Writer
from .reading import documents, in_batches
from .references import References
from .shape import Document
from .storing import Change, Result, store

BATCH = 1000
MOST_ERRORS = 100


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


class Watch(Protocol):
    """Somebody who looks on, a batch at a time, while rounds are written."""

    def matched(self, targets: list[Target]) -> list[RecordError]:
        """Hear which stored rounds the documents are about; return what is wrong with that."""

    def written(self, targets: list[Target]) -> None:
        """Hear that these are written."""


def take(
    entries: Iterable[Entry],
    *,
    lines: Iterable[tuple[int, Document | None, list[RecordError]]] = (),
    references: References | None = None,
    writer: Writer | None = None,
    publish: bool = False,
    dry_run: bool = False,
    tell: Callable[[Change], Any] = lambda change: None,
    watch: Watch | None = None,
) -> Result:
    """Write rounds, and first the reference ``lines`` that come with them.

    ``writer`` is in whose name it is done: what they may not do is refused. Without one all is
    done that is asked, as commands do it. ``watch`` looks on.
    ``publish`` makes "published" of a publication that a document leaves out. ``dry_run`` does
    everything and takes it back, so that what ``tell`` hears is what would happen. Raises
    ``RecordsRefused``, with nothing written, if anything at all is wrong.
    """
    result, errors = Result(), Errors()
    references = references or References()
    references.writer = writer
    try:
        with transaction.atomic():
            _take_lines(lines, references, errors)
            seen: dict[int, int] = {}
            for batch in in_batches(entries, BATCH):
                errors.add(error for entry in batch for error in entry.errors)
                _take_batch(
                    batch, references, errors, seen, result,
                    writer=writer, publish=publish, tell=tell, watch=watch,
                )  # fmt: skip
            if errors:
                raise RecordsRefused(errors.listed, errors.more)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    except IntegrityError as error:
        message = _("Somebody else wrote the same records at the same time; try again.")
        raise RecordsRefused([RecordError(message, kind=TAKEN)]) from error
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
    writer: Writer | None,
    publish: bool,
    tell: Callable[[Change], Any],
    watch: Watch | None,
) -> None:
    read = [(entry, entry.document) for entry in batch if entry.document]
    series_changed, wrong = references.series_of([(entry.line, doc.series) for entry, doc in read])
    errors.add(wrong)
    targets = [
        Target(
            entry.line,
            document,
            references.series[document.series.slug].pk,
            about=entry.about,
            has_to_be_new=entry.is_new,
        )
        for entry, document in read
        if references.knows(document.series.slug)
    ]
    if writer is not None:
        series = {series.pk: series for series in references.series.values()}
        errors.add(writer.refusals(targets, series))
        if errors:
            return
    errors.add(match(targets, seen))
    if watch is not None:
        errors.add(watch.matched(targets))
    _complete(batch, targets, errors)
    errors.add(_seen_twice(targets, seen))
    if errors:
        # Nothing will be kept; what follows is read only for its own errors.
        return
    if writer is not None:
        writer.hold_back(targets)
    store(targets, series_changed, references, result, publish=publish, tell=tell, seen=seen)
    if writer is not None:
        errors.add(writer.take_steps(targets))
    if watch is not None:
        watch.written(targets)


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
            in_list = _("This is the round of %(pointer)s again.") % {
                "pointer": pointer(before - 1)
            }
            errors.append(RecordError(message, line=target.line, in_list=in_list))
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
