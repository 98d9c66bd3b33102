"""Which stored round a document is about, if any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from dialogues.models import Round

from .document import RoundDocument
from .errors import TAKEN, RecordError

#: The columns that are compared with a document's keys.
COLUMNS = (
    "slug", "series_id", "edition", "status", "date", "format", "format_note", "host", "summary",
    "next_round_note", "internal_note", "visibility", "publication",
)  # fmt: skip


#: A stored round's id and columns.
Row = dict[str, Any]


@dataclass(slots=True)
class Target:
    """One document on its way in: the round it is about, new or stored."""

    line: int
    document: RoundDocument
    series_id: int
    pk: int | None = None
    """The stored round's id; None for a new round until it is given one."""
    stored: Row | None = None
    """The stored round's columns; None for a new round."""
    about: Round | None = None
    """The round that it is about, where that was known beforehand."""
    has_to_be_new: bool = False

    @property
    def is_new(self) -> bool:
        return self.stored is None


class _Unclear(Exception):
    """A document that cannot be said to be about one round."""

    def __init__(self, error: RecordError) -> None:
        self.error = error
        super().__init__(str(error))


class _Stored:
    """Stored rounds by all that documents may name them by."""

    def __init__(self, rows: list[Row]) -> None:
        self.by_id = {row["id"]: row for row in rows}
        self.by_slug = {row["slug"]: row for row in rows}
        self.by_edition = {(row["series_id"], row["edition"]): row for row in rows}
        self.by_date: dict[tuple[int, str | None], list[Row]] = defaultdict(list)
        for row in rows:
            self.by_date[(row["series_id"], row["date"])].append(row)

    def named(self, target: Target) -> Row | None:
        """The round of a document's slug, or of its series and edition."""
        document = target.document
        named = self.by_slug.get(document.slug or "")
        if document.edition is None:
            return named
        numbered = self.by_edition.get((target.series_id, document.edition))
        if named is not None and numbered is not None and named["id"] != numbered["id"]:
            message = _(
                "The slug is that of “%(slug)s”, but the series' edition %(edition)s is "
                "“%(other)s”."
            ) % {"slug": named["slug"], "edition": document.edition, "other": numbered["slug"]}
            raise _Unclear(RecordError(message, "/slug", target.line, TAKEN))
        return named or numbered

    def dated(self, target: Target, taken: Container[int]) -> Row | None:
        """The round of its series and date, for a document without an edition."""
        document = target.document
        if document.edition is not None:
            return None
        dated = [
            other
            for other in self.by_date[(target.series_id, document.date)]
            # A round that says neither number nor date is only like another such round.
            if (document.date is not None or other["edition"] is None)
            and not (document.slug and (target.has_to_be_new or other["id"] in taken))
        ]
        if len(dated) > 1:
            message = _(
                "The series has several rounds of this date: %(slugs)s. Give the slug of one."
            ) % {"slugs": ", ".join(sorted(other["slug"] for other in dated))}
            raise _Unclear(RecordError(message, "/slug", target.line, TAKEN))
        return dated[0] if dated else None


def match(targets: list[Target], taken: Container[int]) -> list[RecordError]:
    """Find each document's round: by slug, else by series and edition, else by series and date.

    Sets ``pk`` and ``stored`` on what is found, and locks those rounds until the transaction
    ends. ``taken`` are the rounds of the file's earlier lines: with a slug of its own, a document
    is not one of them just because it has their date; nor is one that has to be new. Returns an
    error for a document that fits several rounds, or one where it should be new.
    """
    stored = _Stored(_candidates(targets))
    errors: list[RecordError] = []
    for target in targets:
        if target.about is not None:
            errors += _match_known(target, stored.by_id[target.about.pk], stored.by_edition)
            continue
        try:
            row = stored.named(target) or stored.dated(target, taken)
        except _Unclear as unclear:
            errors.append(unclear.error)
            continue
        if row is not None and target.has_to_be_new:
            errors.append(_stands_already(target, row))
        elif row is not None:
            target.pk, target.stored = row["id"], row
    return errors


def _match_known(
    target: Target, row: Row, by_edition: dict[tuple[int, int | None], Row]
) -> list[RecordError]:
    """Match a document with the round that it is about, whatever it says itself."""
    target.pk, target.stored = row["id"], row
    document, errors = target.document, []
    if document.slug and document.slug != row["slug"]:
        message = _("A round's slug is lasting; this one's is “%(slug)s”.") % {"slug": row["slug"]}
        errors.append(RecordError(message, "/slug", target.line))
    edition = document.edition if document.says("edition") else row["edition"]
    numbered = by_edition.get((target.series_id, edition)) if edition is not None else None
    if numbered is not None and numbered["id"] != row["id"]:
        message = _("The series' edition %(edition)s is “%(other)s”.") % {
            "edition": edition,
            "other": numbered["slug"],
        }
        errors.append(RecordError(message, "/edition", target.line, TAKEN))
    return errors


def _stands_already(target: Target, row: Row) -> RecordError:
    """What is said of a round that should be new, and is one that stands."""
    if row["slug"] == target.document.slug:
        message, pointer = _("There is a round of this slug already."), "/slug"
    elif target.document.edition is not None:
        message, pointer = _("The series' edition is “%(slug)s” already."), "/edition"
    else:
        message = _("It may be “%(slug)s”, of the same date. Give it a slug if it is another.")
        pointer = "/date"
    return RecordError(message % {"slug": row["slug"]}, pointer, target.line, TAKEN)


def _candidates(targets: list[Target]) -> list[Row]:
    series = {target.series_id for target in targets}
    slugs = {target.document.slug for target in targets if target.document.slug}
    known = {target.about.pk: target.about for target in targets if target.about}
    # A document that leaves its edition out leaves it as it stands, even in another series.
    editions = {target.document.edition for target in targets} - {None}
    editions |= {about.edition for about in known.values()} - {None}
    unnumbered = {target.document.date for target in targets if target.document.edition is None}
    wanted = Q(series__in=series, edition__in=editions)
    if known:
        wanted |= Q(pk__in=known)
    if slugs:
        wanted |= Q(slug__in=slugs)
    if unnumbered - {None}:
        wanted |= Q(series__in=series, date__in=unnumbered - {None})
    if None in unnumbered:
        wanted |= Q(series__in=series, date=None, edition=None)
    rows = Round.objects.filter(wanted).select_for_update().order_by("pk").values("id", *COLUMNS)
    return [{**row, "date": row["date"] and str(row["date"])} for row in rows]
