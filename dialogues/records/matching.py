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
from .errors import RecordError

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

    @property
    def is_new(self) -> bool:
        return self.stored is None


def match(targets: list[Target], taken: Container[int]) -> list[RecordError]:
    """Find each document's round: by slug, else by series and edition, else by series and date.

    Sets ``pk`` and ``stored`` on what is found, and locks those rounds until the transaction
    ends. ``taken`` are the rounds of the file's earlier lines: with a slug of its own, a document
    is not one of them just because it has their date. Returns an error for a document that fits
    several rounds.
    """
    found = _candidates(targets)
    by_slug = {row["slug"]: row for row in found}
    by_edition = {(row["series_id"], row["edition"]): row for row in found}
    by_date: dict[tuple[int, str | None], list[Row]] = defaultdict(list)
    for candidate in found:
        by_date[(candidate["series_id"], candidate["date"])].append(candidate)
    errors = []
    for target in targets:
        document = target.document
        named = by_slug.get(document.slug or "")
        numbered = (
            by_edition.get((target.series_id, document.edition))
            if document.edition is not None
            else None
        )
        if named is not None and numbered is not None and named["id"] != numbered["id"]:
            message = _(
                "The slug is that of “%(slug)s”, but the series' edition %(edition)s is "
                "“%(other)s”."
            ) % {"slug": named["slug"], "edition": document.edition, "other": numbered["slug"]}
            errors.append(RecordError(message, "/slug", target.line))
            continue
        row: Row | None = named or numbered
        if row is None and document.edition is None:
            dated = [
                other
                for other in by_date[(target.series_id, document.date)]
                # A round that says neither number nor date is only like another such round.
                if (document.date is not None or other["edition"] is None)
                and not (document.slug and other["id"] in taken)
            ]
            if len(dated) > 1:
                message = _(
                    "The series has several rounds of this date: %(slugs)s. Give the slug of one."
                ) % {"slugs": ", ".join(sorted(other["slug"] for other in dated))}
                errors.append(RecordError(message, "/slug", target.line))
                continue
            row = dated[0] if dated else None
        if row is not None:
            target.pk, target.stored = row["id"], row
    return errors


def _candidates(targets: list[Target]) -> list[Row]:
    series = {target.series_id for target in targets}
    slugs = {target.document.slug for target in targets if target.document.slug}
    editions = {target.document.edition for target in targets} - {None}
    unnumbered = {target.document.date for target in targets if target.document.edition is None}
    wanted = Q(series__in=series, edition__in=editions)
    if slugs:
        wanted |= Q(slug__in=slugs)
    if unnumbered - {None}:
        wanted |= Q(series__in=series, date__in=unnumbered - {None})
    if None in unnumbered:
        wanted |= Q(series__in=series, date=None, edition=None)
    rows = Round.objects.filter(wanted).select_for_update().order_by("pk").values("id", *COLUMNS)
    return [{**row, "date": row["date"] and str(row["date"])} for row in rows]
