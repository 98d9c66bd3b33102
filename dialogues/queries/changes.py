"""What an event changed, in words: each field's value before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Field, ForeignKey, Model
from django.db.models.base import ModelBase
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.dates import PartialDate
from dialogues.models import User, Venue
from dialogues.models.accounts import DeskMember, UserGroup
from dialogues.models.outcomes import AgreedPointTopic, StatementTopic
from dialogues.models.rounds import RoundTopic, RoundVenue
from dialogues.models.sources import SourceTopic
from dialogues.queries.differences import Piece, marked

#: An event is an instance of a class that pghistory makes; its fields are the tracked model's.
Event = Any
Key = tuple[ModelBase, Any]

ACTIONS = {
    "insert": gettext_lazy("added"),
    "update": gettext_lazy("changed"),
    "delete": gettext_lazy("removed"),
}
#: Told by what calls it something, the first that says anything.
NAMING = ("number", "name", "title", "publisher", "text", "note", "username")
#: The rows of relations have no words of their own; they are told as what they link.
LINKS = (
    RoundTopic,
    RoundVenue,
    StatementTopic,
    AgreedPointTopic,
    SourceTopic,
    DeskMember,
    UserGroup,
)
#: Relations that lead up, to what a row is a part of.
HANGING_ON = {"round", "point", "statement", "agreedpoint", "source"}


class FieldChange(NamedTuple):
    """A field's label, and its value before and after in words; "" is nothing."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """The differences by word, where the two have enough in common; else nothing."""
        return marked(self.before, self.after)


@dataclass(frozen=True)
class Change:
    """One row written: what it is ("Agreed point 2"), what was done, and its fields that differ."""

    what: str
    action: str
    fields: tuple[FieldChange, ...]
    is_link: bool = False
    """Whether it only names more of what the row is linked with, or less."""
    removed: str = ""
    """Of a part that was removed: which one (`agreedpoint-12`), so that it can be brought back."""

    def takes(self, other: Change) -> bool:
        """Whether the other tells of more links of the same row."""
        return self.is_link and other.is_link and self.what == other.what

    def with_links_of(self, other: Change) -> Change:
        """Both in one: each relation with all that it gained and lost, side by side."""
        fields = {field.label: field for field in self.fields}
        for field in other.fields:
            known = fields.get(field.label, FieldChange(field.label, "", ""))
            before = "; ".join(filter(None, (known.before, field.before)))
            after = "; ".join(filter(None, (known.after, field.after)))
            fields[field.label] = FieldChange(field.label, before, after)
        return replace(self, fields=tuple(fields.values()))

    @property
    def has_before(self) -> bool:
        """Whether there was anything before, of any field."""
        return any(field.before for field in self.fields)

    @property
    def has_after(self) -> bool:
        """Whether there is anything after, of any field."""
        return any(field.after for field in self.fields)


class Telling:
    """Tells events in the order they are given, each against the one before of the same row."""

    def __init__(self, events: Iterable[Event], user: User | AnonymousUser) -> None:
        """`user` is who is told: what they don't see is not named."""
        self.before: dict[Key, Event] = {}
        self.labels = Labels(events, user)

    def changes(self, events: Iterable[Event]) -> tuple[Change, ...]:
        """Tell what these events changed; nothing where they changed no field that people see."""
        told: list[Change] = []
        for change in map(self.change, events):
            if told and told[-1].takes(change):
                told[-1] = told[-1].with_links_of(change)
            elif change.fields:
                told.append(change)
        return tuple(told)

    def change(self, event: Event) -> Change:
        model = event.pgh_tracked_model
        key = (model, event.id if hasattr(event, "id") else event.pgh_obj_id)
        deleted = event.pgh_label == "delete"
        before = event if deleted else self.before.get(key)
        after = None if deleted else event
        self.before[key] = event
        fields = tuple(
            FieldChange(heading(model, field), *values)
            for field in fields_of(model)
            if len(set(values := (self.words(before, field), self.words(after, field)))) > 1
        )
        action = "update" if model in LINKS else event.pgh_label
        is_part = model not in LINKS and not HANGING_ON.isdisjoint(
            f.name for f in model._meta.fields
        )
        removed = f"{model._meta.model_name}-{event.pgh_obj_id}" if deleted and is_part else ""
        what, is_link = self.what(event), model in LINKS
        return Change(what, str(ACTIONS[action]), fields, is_link, removed)

    def words(self, event: Event | None, field: Field[Any, Any]) -> str:
        """A field's value in words, "" where there is none."""
        value = None if event is None else getattr(event, field.attname)
        if value is None or value in ("", []):
            return ""
        if isinstance(field, ForeignKey):
            return self.labels.of(field, value)
        if isinstance(value, PartialDate):
            return value.display()
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return str(dict(field.flatchoices).get(value, value))

    def what(self, event: Event) -> str:
        """Name the row that was written: "Statement", "Participant Achsanul Habib"."""
        model = event.pgh_tracked_model
        if model in LINKS:
            return self.link(event)
        if hasattr(event, "person_id"):
            name = event.name or self.labels.of(model._meta.get_field("person"), event.person_id)
        else:
            name = next((str(said) for n in NAMING if (said := getattr(event, n, None))), "")
        return f"{capfirst(model._meta.verbose_name)} {Truncator(name).chars(60)}".strip()

    def link(self, event: Event) -> str:
        """Name what a relation's row hangs on, as the row itself was last named."""
        owner = event.pgh_tracked_model._meta.concrete_fields[1]
        kept = self.before.get((owner.related_model, getattr(event, owner.attname)))
        return self.what(kept) if kept else capfirst(str(owner.related_model._meta.verbose_name))


def heading(model: type[Model], field: Field[Any, Any]) -> str:
    """What a field is called. A relation's rows are Django's, whose fields have English names."""
    named = field.related_model._meta if model in LINKS else field  # type: ignore[union-attr]
    return capfirst(str(named.verbose_name))


def fields_of(model: type[Model]) -> Iterator[Field[Any, Any]]:
    """The fields that are told of a model: not keys and positions, nor what a part hangs on."""
    kept = {field.name for field in model.pgh_event_model._meta.get_fields()}  # type: ignore[attr-defined]
    for field in model._meta.concrete_fields:
        if field.name in kept - HANGING_ON and field.editable and not field.auto_created:
            yield field


class Labels:
    """The names of what events refer to, asked for once a model and only as far as one sees it."""

    def __init__(self, events: Iterable[Event], user: User | AnonymousUser) -> None:
        wanted: dict[Any, set[Any]] = defaultdict(set)
        for event in events:
            for field in fields_of(event.pgh_tracked_model):
                if isinstance(field, ForeignKey) and getattr(event, field.attname) is not None:
                    wanted[field.related_model].add(getattr(event, field.attname))
        self.names: dict[tuple[Any, Any], str] = {
            (model, thing.pk): str(thing)
            for model, keys in wanted.items()
            for thing in seen_by(user, model).filter(pk__in=keys)
        }

    def of(self, field: ForeignKey[Any, Any], key: Any) -> str:
        """The name of what `field` refers to, or its bare number where it is gone or not seen."""
        return self.names.get((field.related_model, key)) or _("no. %s") % key


def seen_by(user: User | AnonymousUser, model: type[Model]) -> Any:
    """The rows of a model that `user` sees, with what their names need."""
    rows = model._default_manager.all()
    if hasattr(rows, "visible_to"):
        rows = rows.visible_to(user)
    return rows.select_related("country") if model is Venue else rows
