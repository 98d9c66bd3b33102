"""What was typed, put together with what somebody else has saved since the form was opened."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from django import forms

from .sent import WAS, Row, Sent
from .shown import Shown, Value, Values, as_meant, compared

#: By prefix a form of each formset's parts, which knows the kinds of their fields.
PartForms = Mapping[str, forms.ModelForm]
SEVERAL = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)


@dataclass(frozen=True)
class Place:
    """The record itself, or the stored part `key` of the formset `prefix`."""

    prefix: str = ""
    key: str = ""


@dataclass(frozen=True)
class Difference:
    """Something that they changed: the field `name`, or, where that is empty, a whole part.

    Values are None where they are not known, and a part's where there is no such part.
    """

    place: Place
    name: str
    base: Any
    theirs: Any
    mine: Any = None

    @property
    def key(self) -> str:
        """How the form calls it: `summary`, `statements:12:text`, `statements:12`."""
        return ":".join(filter(None, (self.place.prefix, self.place.key, self.name)))

    @property
    def stands(self) -> str:
        """Tells the present state of theirs from any other; a choice is made against it."""
        return sha256(json.dumps([self.key, self.theirs]).encode()).hexdigest()[:16]


@dataclass
class Meeting:
    """How two people's changes came together."""

    opened: Shown
    """What the form is to carry from now on: theirs, but for what is still to be chosen."""
    taken: list[Difference] = field(default_factory=list)
    """What they changed and the editor had not touched: it stands as theirs."""
    conflicts: list[Difference] = field(default_factory=list)
    """What both changed, and what the editor has yet to choose."""


def meet(
    base: Shown, theirs: Shown, sent: Sent, form: forms.ModelForm, part_forms: PartForms
) -> Meeting:
    """Put `sent` together with what stands, and write the outcome into `sent`.

    `base` is what the form showed when it was opened, `theirs` what it would show now.
    """
    parts = {prefix: dict(rows) for prefix, rows in theirs.parts.items()}
    merge = _Merge(sent, Meeting(Shown(dict(theirs.fields), parts)))
    opened = merge.meeting.opened
    merge.fields(Place(), form, base.fields, theirs.fields, sent.data, opened.fields)
    for prefix, part_form in part_forms.items():
        merge.parts(prefix, part_form, base.parts.get(prefix, {}), theirs.parts.get(prefix, {}))
    return merge.meeting


class _Merge:
    def __init__(self, sent: Sent, meeting: Meeting) -> None:
        self.sent, self.meeting = sent, meeting

    def parts(
        self,
        prefix: str,
        form: forms.ModelForm,
        base: dict[str, Values],
        theirs: dict[str, Values],
    ) -> None:
        """One formset's parts: theirs in their order, then what is new."""
        sent = self.sent.parts[prefix]
        mine = {row.key: row for row in sent if row.key}
        rows = [
            self.standing(Place(prefix, key), form, base.get(key), values, mine.get(key))
            for key, values in theirs.items()
        ]
        # What both entered alike is entered once.
        added = [values for key, values in theirs.items() if key not in base and key not in mine]
        rows += [row for row in sent if not row.key and _meant(form, row) not in added]
        rows += [
            row
            for key, row in mine.items()
            if key not in theirs and self.stays(Place(prefix, key), form, base.get(key), row)
        ]
        self.sent.parts[prefix] = rows

    def standing(
        self,
        place: Place,
        form: forms.ModelForm,
        base: Values | None,
        theirs: Values,
        row: Row | None,
    ) -> Row:
        """A part that is stored: as they have it, as the editor has it, or of both."""
        if row is None:  # added since; or left out of what was sent, which says nothing of it
            if base is None:
                self.meeting.taken.append(Difference(place, "", None, theirs))
            return _row(place, theirs)
        row.said["id"] = [place.key]
        if row.deleted:
            return self.unwanted(place, base, theirs, row)
        opened = self.meeting.opened.parts[place.prefix][place.key] = dict(theirs)
        self.fields(place, form, base or {}, theirs, row.said, opened)
        return row

    def unwanted(self, place: Place, base: Values | None, theirs: Values, row: Row) -> Row:
        """A part that the editor takes away: asked about, where they have changed it."""
        if base is None or _alike(base, theirs):
            return row
        conflict = Difference(place, "", base, theirs)
        choice = self.choice(conflict)
        if choice is None:
            self.meeting.opened.parts[place.prefix][place.key] = base
        return _row(place, theirs) if choice == "theirs" else row

    def stays(self, place: Place, form: forms.ModelForm, base: Values | None, row: Row) -> bool:
        """Whether a part that they took away is to be stored anew."""
        mine = _meant(form, row)
        row.said["id"], row.said[WAS] = [], [place.key]
        if row.deleted:
            return False
        if base is not None and _alike(base, mine):
            self.meeting.taken.append(Difference(place, "", base, None))
            return False
        choice = self.choice(Difference(place, "", base, None, mine))
        if choice is None:
            self.meeting.opened.parts[place.prefix][place.key] = base or {}
        return choice != "theirs"

    def fields(
        self,
        place: Place,
        form: forms.ModelForm,
        base: Values,
        theirs: Values,
        said: dict[str, list[str]],
        opened: Values,
    ) -> None:
        """Fields one by one; what comes of them is written into `said` and `opened`."""
        for name, stands in theirs.items():
            mine, was = as_meant(form.fields[name], said.get(name, [])), base.get(name)
            if _same(mine, stands) or (was is not None and _same(stands, was)):
                continue
            difference = Difference(place, name, was, stands, mine)
            several = isinstance(form.fields[name], SEVERAL)
            if was is not None and (several or _same(mine, was)):
                said[name] = _joined(was, stands, mine) if several else stands
                self.meeting.taken.append(difference)
                continue
            choice = self.choice(difference)
            if choice == "theirs":
                said[name] = stands
            elif choice is None:
                opened.pop(name)
                opened |= {} if was is None else {name: was}

    def choice(self, conflict: Difference) -> Literal["mine", "theirs"] | None:
        """What the editor chose having seen what stands now; else it is a conflict."""
        side, _, stood = self.sent.data.get(f"choice:{conflict.key}", [""])[-1].partition(".")
        if stood != conflict.stands or side not in {"mine", "theirs"}:
            self.meeting.conflicts.append(conflict)
            return None
        return "theirs" if side == "theirs" else "mine"


def _row(place: Place, values: Values) -> Row:
    return Row({"id": [place.key], **{name: list(value) for name, value in values.items()}})


def _meant(form: forms.ModelForm, row: Row) -> Values:
    return {name: as_meant(form.fields[name], row.said.get(name, [])) for name in compared(form)}


def _same(one: Value, other: Value) -> bool:
    """Whether two values say the same; several of them in whichever order."""
    return one == other or sorted(one) == sorted(other)


def _alike(one: Values, other: Values) -> bool:
    """Whether all that the one says of a part the other says too."""
    return all(_same(value, other.get(name, [])) for name, value in one.items())


def _joined(base: Value, theirs: Value, mine: Value) -> Value:
    """Of several: what either added is there, and what either took away is gone."""
    kept = [one for one in mine if one in theirs or one not in base]
    return kept + [one for one in theirs if one not in base and one not in kept]
