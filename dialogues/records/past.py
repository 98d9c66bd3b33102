"""A round's document as history kept it, in any shape that `shape.py` declares.

Columns are those of the moment. What a round only names (series, people, topics, venues …) is
called as it is today: it is the same thing, whatever it was called then.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import ForeignKey, Model

from dialogues.dates import PartialDate
from dialogues.models import Round, Series, User, Venue
from dialogues.models.former import merged_into
from dialogues.queries.changes import Event
from dialogues.queries.history import events_of
from dialogues.queries.past import Rows, round_in

from .document import RoundDocument
from .shape import Document, Linked, Made, Many, Mark, One, Part, Spelled, Via, default_of, keys_of

Row = Any  # an event, or what a round names: both have the columns as attributes
#: What is read along with a row that a round names.
WITH = {Series: ("partner",), Venue: ("country",)}


class Past:
    """The documents of one round's rows at one moment."""

    def __init__(
        self, rows: Rows, *, staff: bool, reader: User | AnonymousUser | None = None
    ) -> None:
        """`reader` is who is told: what they do not see today is left out. None is told all."""
        self.rows, self.staff, self.reader = rows, staff, reader
        self.named: dict[tuple[type[Model], Any], Row] = {}
        for model, keys in self._names().items():
            self._find(model, keys)

    def document(self, document: Any = RoundDocument) -> dict[str, Any]:
        """The round's document. The round has to have been there."""
        return self.object(round_in(self.rows), document)

    def object(self, row: Row, document: type[Document]) -> dict[str, Any]:
        """The document of one row; without a row, every key is null."""
        return {
            key: None if row is None else self._value(row, key, mark, document)
            for key, mark in keys_of(document, staff=self.staff)
        }

    def of_part(self, part: type[Part], owner: Any) -> list[Event]:
        """The rows of a part that hung on `owner`, in their order, as far as they may be told."""
        order = ("number",) if part.numbered else ("position", "id")
        mine = [row for row in self.rows[part.model] if getattr(row, f"{part.owner}_id") == owner]
        told = [row for row in mine if not hasattr(row, "person_id") or self._at(row, "person")]
        return sorted(told, key=lambda row: tuple(getattr(row, name) for name in order))

    def _value(self, row: Row, key: str, mark: Mark | None, document: type[Document]) -> Any:
        match mark:
            case One():
                return self.object(self._at(row, mark.path), mark.document)
            case Many():
                parts = self.of_part(mark.document, row.id)
                return [self.object(part, mark.document) for part in parts]
            case Linked():
                return list(self._linked(row, mark, document))
            case Spelled():
                return row.name or self._at(row, "person").name
            case Via():
                found = self._at(row, mark.path)
                return "" if found is None and default_of(document, key) == "" else found
            case Made():
                return None
            case _:
                found = getattr(row, key, None)
                return str(found) if isinstance(found, PartialDate) else found

    def _linked(self, row: Row, mark: Linked, document: Any) -> Any:
        relation = document.model._meta.get_field(mark.relation)
        source, target = relation.m2m_field_name(), relation.m2m_reverse_field_name()
        for link in sorted(self.rows[relation.remote_field.through], key=lambda link: link.id):
            if getattr(link, f"{source}_id") != row.id:
                continue
            thing = self.named.get((relation.related_model, getattr(link, f"{target}_id")))
            if thing is not None:
                of_it = mark.document
                yield self.object(thing, of_it) if of_it else getattr(thing, str(mark.path))

    def _at(self, row: Row, path: str) -> Any:
        """What stands at a path of relations from a row, None where one of them leads nowhere."""
        for name in path.split("__"):
            if row is None:
                return None
            model = getattr(row, "pgh_tracked_model", None)
            field = model and next((f for f in model._meta.fields if f.name == name), None)
            if isinstance(field, ForeignKey):
                other: Any = field.related_model
                row = self.named.get((other, getattr(row, field.attname)))
            else:
                row = getattr(row, name)
        return row

    # --- What is named ------------------------------------------------------------------------

    def _names(self) -> dict[type[Model], set[Any]]:
        """What the rows refer to, besides one another."""
        wanted: dict[type[Model], set[Any]] = {}
        for model, rows in self.rows.items():
            for field in model._meta.fields:
                other = field.related_model
                if isinstance(other, type) and other not in self.rows:
                    ids = {getattr(row, field.attname, None) for row in rows} - {None}
                    wanted.setdefault(other, set()).update(ids)
        return wanted

    def _find(self, model: Any, keys: set[Any]) -> None:
        if not keys:
            return
        rows = model._default_manager.filter(pk__in=keys)
        if self.reader is not None and hasattr(rows, "visible_to"):
            rows = rows.visible_to(self.reader)
        rows = rows.select_related(*WITH.get(model, ()))
        self.named |= {(model, row.pk): row for row in rows}
        self._find_gone(model, {key for key in keys if (model, key) not in self.named})

    def _find_gone(self, model: Any, keys: set[Any]) -> None:
        """What was deleted since: what it was merged into; else what it last was, for staff."""
        if not keys or not hasattr(model, "pgh_event_model"):
            return
        keys = keys.difference(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        last = {
            event.pgh_obj_id: event
            for event in events_of(model).filter(pgh_obj_id__in=keys).order_by("pgh_id")
        }
        slugs = {event.slug for event in last.values() if hasattr(event, "former_slugs")}
        merged = merged_into(model._base_manager.all(), slugs) if slugs else {}
        for key, event in last.items():
            thing = merged.get(getattr(event, "slug", ""), event)
            if self.reader is None or (self.staff if thing is event else self._may_see(thing)):
                self.named[(model, key)] = thing

    def _may_see(self, thing: Any) -> bool:
        rows = type(thing)._default_manager.filter(pk=thing.pk)
        return bool(rows.visible_to(self.reader).exists())


def is_there(rows: Rows) -> bool:
    """Whether the round itself is among the rows."""
    return bool(rows[Round])
