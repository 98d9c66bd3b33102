"""Rows of parts and links: what documents say against what is stored, written as the difference.

New rows go in by COPY, a table at a time for a whole batch of rounds; what stands already is
updated in place, so that history shows what changed and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from dialogues.dates import PartialDate

from .document import VenueDocument
from .pairing import Slot, pair, place
from .references import References
from .resolving import venue_key
from .shape import Document, Linked, Many, Part, Spelled, Via, default_of, keys_of
from .tables import Changes, Owner, copy_rows, new_ids


def sync(
    document: type[Document], owners: list[Owner], references: References, changes: Changes
) -> None:
    """Bring all parts and links of these rows in line with their documents."""
    for key, mark in keys_of(document):
        if isinstance(mark, Many):
            _sync_parts(key, mark.document, owners, references, changes)
        elif isinstance(mark, Linked):
            _sync_links(key, mark, document, owners, references, changes)


# --- Links: many-to-many relations, in the order in which they were added ----------------------


def _sync_links(
    key: str,
    mark: Linked,
    document: Any,
    owners: list[Owner],
    references: References,
    changes: Changes,
) -> None:
    relation = document.model._meta.get_field(mark.relation)
    through = relation.remote_field.through
    source = through._meta.get_field(relation.m2m_field_name()).attname
    target = through._meta.get_field(relation.m2m_reverse_field_name()).attname
    stored: dict[int, list[int]] = defaultdict(list)
    old = [owner.pk for owner in owners if not owner.is_new]
    if old:
        rows = through._base_manager.filter(**{f"{source}__in": old}).order_by("pk")
        for owner_id, linked in rows.values_list(source, target):
            stored[owner_id].append(linked)
    rows_to_add: list[tuple[int, int]] = []
    rewritten: list[int] = []
    for owner in owners:
        wanted = _linked_ids(getattr(owner.document, key), references)
        if wanted == stored[owner.pk]:
            continue
        if stored[owner.pk]:
            rewritten.append(owner.pk)
        changes.note(owner, key)
        rows_to_add += ((owner.pk, linked) for linked in wanted)
    if rewritten:
        through._base_manager.filter(**{f"{source}__in": rewritten}).delete()
    if rows_to_add:
        copy_rows(through._meta.db_table, (source, target), rows_to_add)


def _linked_ids(values: list[Any], references: References) -> list[int]:
    ids = (
        references.venues[venue_key(value)]
        if isinstance(value, VenueDocument)
        else references.topics[value]
        for value in values
    )
    # Two wordings may mean one thing; it is linked once.
    return list(dict.fromkeys(ids))


# --- Parts: rows of their own ------------------------------------------------------------------


def _sync_parts(
    key: str,
    part: type[Part],
    owners: list[Owner],
    references: References,
    changes: Changes,
) -> None:
    columns = _columns(part)
    order = "number" if part.numbered else "position"
    stored = _stored(part, owners, columns, order)
    slots: list[Slot] = []
    for owner in owners:
        before = stored.get(owner.pk, [])
        mine = [
            Slot(owner, document, _values(document, references))
            for document in getattr(owner.document, key)
        ]
        left = pair(part, mine, before)
        if not part.numbered:
            place(mine, before)
        if left:
            part.model._base_manager.filter(pk__in=[row["id"] for row in left]).delete()
            changes.note(owner, key)
        slots += mine
    _insert(part, slots, columns, order, key, changes)
    _update(part, slots, key, changes)
    sync(
        part,
        [Owner(slot.pk, slot.stored is None, slot.owner.round_id, slot.document) for slot in slots],
        references,
        _Under(changes, key, {slot.pk: slot.owner for slot in slots}),
    )


class _Under(Changes):
    """Notes of what hangs on a part: for the round it is the part's key that has changed."""

    def __init__(self, changes: Changes, key: str, owners: dict[int, Owner]) -> None:
        super().__init__(changes.rounds)
        self.changes, self.key, self.owners = changes, key, owners

    def note(self, owner: Owner, key: str) -> None:
        self.changes.note(self.owners[owner.pk], self.key)


def _columns(part: type[Part]) -> list[str]:
    """The columns that a part's document fills, besides its owner and its place."""
    columns: list[str] = []
    for key, mark in keys_of(part):
        match mark:
            case None if key != "number" or not part.numbered:
                columns.append(key)
            case Via():
                columns.append(mark.path.replace("__slug", "_id"))
            case Spelled():
                columns += ("person_id", "name")
    return columns


def _values(document: Part, references: References) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, mark in keys_of(type(document)):
        said = getattr(document, key)
        match mark:
            case None if key in document.staff_only and not document.says(key):
                pass  # what staff noted stands
            case None:
                values[key] = said
            case Via():
                values[mark.path.replace("__slug", "_id")] = said and references.issues[said]
            case Spelled():
                values["person_id"], values["name"] = references.people[said]
    return values


def _stored(
    part: type[Part], owners: list[Owner], columns: list[str], order: str
) -> dict[int, list[dict[str, Any]]]:
    old = [owner.pk for owner in owners if not owner.is_new]
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    if old:
        rows = part.model._base_manager.filter(**{f"{part.owner}__in": old})
        read = ["id", f"{part.owner}_id", order, *columns, *filter(None, [part.attached])]
        for row in rows.order_by(order, "pk").values(*read):
            found[row[f"{part.owner}_id"]].append(
                {
                    column: str(value) if isinstance(value, PartialDate) else value
                    for column, value in row.items()
                }
            )
    return found


def _insert(
    part: type[Part],
    slots: list[Slot],
    columns: list[str],
    order: str,
    key: str,
    changes: Changes,
) -> None:
    new = [slot for slot in slots if slot.stored is None]
    if not new:
        return
    for slot, pk in zip(new, new_ids(part.model, len(new)), strict=True):
        slot.pk = pk
        changes.note(slot.owner, key)
    filled = [order, *columns]
    defaults = {key: default_of(part, key) for key in part.staff_only}
    copy_rows(
        part.model._meta.db_table,
        ("id", f"{part.owner}_id", *filled),
        (
            (
                slot.pk,
                slot.owner.pk,
                *(
                    slot.values[column] if column in slot.values else defaults[column]
                    for column in filled
                ),
            )
            for slot in new
        ),
    )


def _update(part: type[Part], slots: list[Slot], key: str, changes: Changes) -> None:
    for slot in slots:
        if slot.stored is None:
            continue
        slot.pk = slot.stored["id"]
        differing = {
            column: value for column, value in slot.values.items() if slot.stored[column] != value
        }
        if differing:
            part.model._base_manager.filter(pk=slot.pk).update(**differing)
            changes.note(slot.owner, key)
