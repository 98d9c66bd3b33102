"""What would come of a file: the real import, looked at and then taken back, or let be.

Each round's document is read before and after it is written. A digest of all of them says whether
a second run would do just the same as the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.models import Round, Series, User
from dialogues.vocabulary import Publication

from .besides import made_since, marks_now
from .differing import differences
from .errors import FORBIDDEN, RecordError, RecordsRefused
from .files import open_file
from .matching import Target
from .parsing import Entry
from .permitted import Writer
from .reading import documents
from .storing import Result
from .writing import take

#: As many rounds as somebody looks at before taking them over; a command takes any number.
MOST_ROUNDS = 20_000
#: So many steps of publication are tried; each asks the workflow anew.
MOST_STEPS = 200
#: So often a file is read again without the lines that are wrong, to tell of the others.
MOST_READINGS = 3


@dataclass(slots=True)
class Preview:
    """What would come of a file, or what came of it."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    """Each round that is created or changed: line, slug, title, new, changes (path, before,
    after) and notes. As JSON has it."""
    references: list[dict[str, Any]] = field(default_factory=list)
    """What else: topics, people, series … that are made or changed, in words."""
    errors: list[RecordError] = field(default_factory=list)
    more_errors: int = 0
    result: Result = field(default_factory=Result)
    encoding: str = ""
    digest: str = ""

    def count(self, before: bytes, after: bytes) -> None:
        """Count a round by what is told of it; that its parts are numbered anew is not."""
        result = self.result
        result.created += not before
        result.updated += bool(before) and before != after
        result.unchanged += before == after


@dataclass(slots=True)
class Importer(Writer):
    """Somebody who imports a file: a step that is not theirs to take is noted, and not an error."""

    notes: dict[int, list[str]] = field(default_factory=dict)
    tried: int = 0

    def refusals(self, targets: Iterable[Target], series: dict[int, Series]) -> list[RecordError]:
        """As for any writer. A document with the slug of a round that they see is about it."""
        wanted = {target.document.slug: target for target in targets if target.document.slug}
        seen = Round.objects.visible_to(self.user).filter(slug__in=wanted)
        for about in seen.select_related("series"):
            wanted[about.slug].about = about
        return super(Importer, self).refusals(targets, series)

    def take_steps(self, targets: Iterable[Target]) -> list[RecordError]:
        for target in targets:
            if (wanted := self._wanted.pop(target.line, None)) is not None:
                stands = Publication((target.stored or {}).get("publication", Publication.DRAFT))
                for sentence in self._try(target, stands, Publication(wanted)):
                    self.notes.setdefault(target.line, []).append(
                        _("The file says “%(wanted)s”; it stays “%(stands)s”. %(why)s")
                        % {
                            "wanted": Publication(wanted).label,
                            "stands": stands.label,
                            "why": sentence,
                        }
                    )
        return []

    def _try(self, target: Target, stands: Publication, to: Publication) -> Iterator[str]:
        round_ = Round(pk=target.pk, publication=stands)
        if to not in workflow.steps(self.user, round_):
            yield workflow.refusal(self.user, stands, to)
            return
        self.tried += 1
        if self.tried > MOST_STEPS:
            yield _("Of so many rounds, take the step in their list.")
            return
        for sentence, _kind in self._step(Round.objects.get(pk=target.pk or 0), to):
            yield sentence


@dataclass(slots=True)
class Looking:
    """Reads every round before and after it is written."""

    importer: Importer
    preview: Preview = field(default_factory=Preview)
    _before: dict[int, bytes] = field(default_factory=dict)
    _digest: Any = field(default_factory=sha256)

    def matched(self, targets: list[Target]) -> list[RecordError]:
        """Refuse what is about a round that the importer does not see or may not change."""
        found = {target.pk: target for target in targets if target.pk is not None}
        seen = Round.objects.visible_to(self.importer.user).filter(pk__in=found)
        theirs = {
            round_.pk
            for round_ in seen.select_related("series")
            if workflow.may_change(self.importer.user, round_)
        }
        ids = sorted(theirs)
        self._before = dict(zip(ids, documents(ids, staff=True), strict=True))
        return [
            RecordError(
                _("A round of this slug stands already, and is not yours to change."),
                "/slug",
                target.line,
                FORBIDDEN,
            )
            for pk, target in found.items()
            if pk not in theirs
        ]

    def written(self, targets: list[Target]) -> None:
        """Tell of each round what is new and what is otherwise."""
        ids = [target.pk for target in targets if target.pk is not None]
        for target, text in zip(targets, documents(ids, staff=True), strict=True):
            before = self._before.get(target.pk or 0, b"")
            self.note(str(target.line).encode(), before, text)
            notes = self.importer.notes.pop(target.line, [])
            self.preview.count(before, text)
            if text != before or notes:
                self.preview.rows.append(_row(target.line, before, text, notes))
        if len(self.preview.rows) > MOST_ROUNDS:
            message = _("More than %(most)s rounds; import so many by the command import_rounds.")
            raise RecordsRefused([RecordError(message % {"most": MOST_ROUNDS})])

    def note(self, *said: bytes) -> None:
        """Let the digest know."""
        for part in said:
            self._digest.update(b"%d:" % len(part) + part)

    @property
    def digest(self) -> str:
        return str(self._digest.hexdigest())


class _TakenBack(Exception):
    pass


def run(path: Path, user: User, *, expected: str = "", reason: str = "") -> Preview:
    """Import a file in somebody's name, if just that comes of it which was ``expected``.

    ``expected`` is the digest of an earlier run; where it is another one now, or was not given,
    nothing is written and what would come of it is told. Errors are in the answer.
    """
    bad: set[int] = set()
    first: Preview | None = None
    for _reading in range(MOST_READINGS):
        told = _once(path, user, bad, expected="" if bad else expected, reason=reason)
        if first is None:
            first = told
        if not told.errors:
            first.rows, first.references, first.result = told.rows, told.references, told.result
            first.digest = told.digest
            return first
        lines = {error.line for error in told.errors}
        if told is not first and not lines <= bad:
            first.errors += told.errors
        if told.more_errors or None in lines or lines <= bad:
            break
        bad |= {line for line in lines if line is not None}
    return first or Preview()


def _once(path: Path, user: User, bad: set[int], *, expected: str, reason: str) -> Preview:
    looking = Looking(Importer(user, reason=reason))
    told = looking.preview
    try:
        with (
            transaction.atomic(),
            workflow.changed_by(user, reason),
            pghistory.context(via="import"),
        ):
            opened = open_file(path, sender=user, guess=True)
            told.encoding = opened.encoding
            marks = marks_now()
            take(
                _without(opened.entries, bad),
                lines=(line for line in opened.lines if line[0] not in bad),
                references=opened.references,
                writer=looking.importer,
                watch=looking,
            )
            for saying, thing in made_since(marks, user):
                looking.note(saying)
                told.references.append(thing)
            told.digest = looking.digest
            if told.digest != expected:
                raise _TakenBack
    except _TakenBack:
        pass
    except RecordsRefused as refused:
        return Preview(errors=refused.errors, more_errors=refused.more, encoding=told.encoding)
    except PermissionDenied as refused:
        return Preview(errors=[RecordError(str(refused))])
    return told


def _without(entries: Iterable[Entry], bad: set[int]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.line not in bad)


def _row(line: int, before: bytes, after: bytes, notes: list[str]) -> dict[str, Any]:
    document = orjson.loads(after)
    return {
        "line": line,
        "slug": document["slug"],
        "series": document["series"]["title"],
        "edition": document["edition"],
        "date": document["date"],
        "new": not before,
        "changes": [list(each) for each in differences(orjson.loads(before or b"{}"), document)],
        "notes": notes,
    }
