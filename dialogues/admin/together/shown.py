"""What a form shows of a record and its parts, in the words in which a browser would send it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField

from dialogues.admin.chosen import CarriedField
from dialogues.dates import PartialDate, PartialDateFormField

#: A field's values: none where it is empty, several only where it takes several.
Value = list[str]
Values = dict[str, Value]

SALT = "dialogues.admin.together"


@dataclass
class Shown:
    """A record as a form shows it; what it leaves out is not known."""

    fields: Values = field(default_factory=dict)
    parts: dict[str, dict[str, Values]] = field(default_factory=dict)
    """By the formset's prefix and the part's key, in the order in which they stand."""

    @classmethod
    def by(cls, form: forms.ModelForm, formsets: Iterable[BaseInlineFormSet]) -> Shown:
        """Read forms that nothing was typed into."""
        return cls(
            values_of(form),
            {
                str(some.prefix): {
                    str(part.instance.pk): values_of(part) for part in some.initial_forms
                }
                for some in formsets
            },
        )

    def signed(self) -> str:
        """For the form to carry. It says nothing that the page doesn't; signed, so that it is only
        ever what a page did show."""
        return signing.dumps([self.fields, self.parts], salt=SALT, compress=True)

    @classmethod
    def unsigned(cls, text: str) -> Shown:
        """What a form carried; nothing known where that is missing or not ours."""
        try:
            return cls(*signing.loads(text, salt=SALT))
        except signing.BadSignature:
            return cls()


def compared(form: forms.ModelForm) -> Iterator[str]:
    """The fields of the form that are the record's own: no keys or helps for typing."""
    meta = form._meta.model._meta
    own = {field.name for field in (*meta.fields, *meta.many_to_many)} - {meta.pk.name}
    for name, kind in form.fields.items():
        if name in own and not kind.disabled and not isinstance(kind, InlineForeignKeyField):
            yield name


def values_of(form: forms.ModelForm) -> Values:
    """What a form that nothing was typed into would send, by its fields."""
    return {name: in_words(form[name].value()) for name in compared(form)}


def in_words(value: Any) -> Value:
    """A value that stands in a form, as it is sent."""
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["on"]
    if isinstance(value, PartialDate):
        return [value.edtf]
    if isinstance(value, (list, tuple)):
        return [str(getattr(one, "pk", one)) for one in value]
    return [evenly(str(getattr(value, "pk", value)))]


def as_meant(kind: forms.Field, sent: list[str]) -> Value:
    """What was sent, however it was written: dates as EDTF, lines and spaces as they are kept."""
    if isinstance(kind, CarriedField):
        sent = sent[-1:]  # the last counts, though it says that there is to be none
    said = [text for text in (evenly(one) for one in sent) if text]
    if isinstance(kind, (PartialDateFormField, forms.IntegerField, CarriedField)) and said:
        try:
            return in_words(kind.to_python(said[-1]))
        except ValidationError:
            return said[-1:]  # told at its field
    return said


def evenly(text: str) -> str:
    """A text with lines as everything but a browser's form has them, and no space around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
