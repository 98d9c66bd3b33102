"""A batch of matched rounds into their tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from dialogues.models import Round
from dialogues.vocabulary import Publication

from .document import RoundDocument
from .matching import COLUMNS, Target
from .names import free_slug, round_slug
from .references import References
from .syncing import sync
from .tables import Changes, Owner, copy_rows, new_ids

#: The columns that a document fills by a key of the same name.
SAID = tuple(key for key in COLUMNS if key in RoundDocument.model_fields)


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


def store(
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
        wanted = ((target.pk, _columns(target, slugs, publish=publish)) for target in new)
        copy_rows(
            Round._meta.db_table,
            ("id", *COLUMNS),
            ((pk, *(columns[key] for key in COLUMNS)) for pk, columns in wanted),
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
    columns: dict[str, Any] = {key: getattr(document, key) for key in SAID}
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
