"""What came together, in words: each difference with its three versions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django import forms
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from dialogues.admin.chosen import CarriedField
from dialogues.dates import DateError, PartialDate, PartialDateFormField
from dialogues.queries.differences import Piece, marked

from .merging import Difference, Meeting, PartForms
from .shown import Value, Values

#: The fields that say which part it is, the best first; a number stands before any of them.
NAMING = ("person", "title", "publisher", "text", "note", "url")


class Line(NamedTuple):
    """A field's label, or "" where only one is told of; its value; and where that differs."""

    label: str
    text: str
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True)
class Version:
    """One of three versions: a field's value or a part's fields, line by line."""

    lines: list[Line]
    missing: str = ""
    """What is said where there is nothing to show."""

    def against(self, base: Version) -> Version:
        """The same, with what differs from `base` marked by word."""
        was = {line.label: line.text for line in base.lines}
        lines = [
            line._replace(pieces=marked(was.get(line.label, ""), line.text)) for line in self.lines
        ]
        return replace(self, lines=lines)


@dataclass(frozen=True)
class Told:
    """A difference in words. `key` and `stands` are what a choice is sent with."""

    key: str
    stands: str
    what: str
    base: Version
    theirs: Version
    mine: Version


def tell(
    meeting: Meeting, form: forms.ModelForm, part_forms: PartForms
) -> tuple[list[Told], list[str]]:
    """The conflicts, and the names of what was taken over from the others."""
    telling = _Telling(meeting, {"": form, **part_forms})
    return (
        [telling.told(one) for one in meeting.conflicts],
        [telling.taken(one) for one in meeting.taken],
    )


class _Telling:
    def __init__(self, meeting: Meeting, known: PartForms) -> None:
        self.meeting, self.forms = meeting, known

    def told(self, one: Difference) -> Told:
        base = self.version(one, one.base, _("not known"), _("not there"))
        theirs = self.version(one, one.theirs, _("not known"), _("taken away"))
        mine = self.version(one, one.mine, _("taken away"), _("taken away"))
        return Told(
            one.key, one.stands, self.what(one), base, theirs.against(base), mine.against(base)
        )

    def taken(self, one: Difference) -> str:
        """“Summary”, “Statement Vaccines for all: added”."""
        if one.name:
            return self.what(one)
        return f"{self.what(one)}: {_('added') if one.base is None else _('taken away')}"

    def what(self, one: Difference) -> str:
        """What differs: the part, if it is one's, and the field."""
        form = self.forms[one.place.prefix]
        said = [capfirst(str(form[one.name].label))] if one.name else []
        if one.place.prefix:
            values: Values = (
                one.theirs or one.mine or one.base
                if not one.name
                else self.meeting.opened.parts[one.place.prefix][one.place.key]
            )
            kind = capfirst(str(form._meta.model._meta.verbose_name))
            said.insert(0, f"{kind} {named(form, values)}".strip())
        return " · ".join(said)

    def version(self, one: Difference, value: Any, unknown: str, gone: str) -> Version:
        form = self.forms[one.place.prefix]
        if value is None:
            return Version([], unknown if one.name else gone)
        if one.name:
            text = said_of(form.fields[one.name], value)
            return Version([Line("", text)] if text else [], "" if text else _("empty"))
        return Version(
            [
                Line(capfirst(str(form[name].label)), text)
                for name, sent in value.items()
                if name in form.fields and (text := said_of(form.fields[name], sent))
            ]
        )


def named(form: forms.ModelForm, values: Values) -> str:
    """A few words that tell a part from the others of its kind."""
    filled = [name for name in NAMING if name in form.fields and values.get(name)]
    said = "".join(said_of(form.fields[name], values[name]) for name in filled[:1])
    return Truncator(" ".join([*values.get("number", []), said])).chars(60)


def said_of(field: forms.Field, value: Value) -> str:
    """A field's value as people read it."""
    if isinstance(field, forms.ModelChoiceField):  # of one or of several
        return ", ".join(names_of(field, value))
    if isinstance(field, forms.ChoiceField):
        words: Any = dict(field.choices)  # type: ignore[arg-type]  # no groups here
        return ", ".join(str(words.get(one, one)) for one in value)
    if isinstance(field, CarriedField):
        return ", ".join(field.told(one) for one in value)
    if isinstance(field, PartialDateFormField):
        return ", ".join(date_in_words(one) for one in value)
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    return ", ".join(value)


def names_of(field: forms.ModelChoiceField, value: Value) -> Iterable[str]:
    """What is chosen, as far as it may be chosen: a key that was sent tells no hidden name."""
    keys = [one for one in value if one]
    if not keys or field.queryset is None:
        return []
    try:
        found = {str(thing.pk): str(thing) for thing in field.queryset.filter(pk__in=keys)}
    except ValueError:
        return []
    return [found[key] for key in keys if key in found]


def date_in_words(text: str) -> str:
    """A date in words; what is no date, as it was typed."""
    try:
        return PartialDate.from_edtf(text).display()
    except DateError:
        return text
