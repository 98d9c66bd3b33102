"""What the intake's two forms are made of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy

from dialogues.dates import PartialDateFormField

LANGUAGE_NAMES = {
    "en": gettext_lazy("English"),
    "id": gettext_lazy("Indonesian"),
    "fr": gettext_lazy("French"),
    "de": gettext_lazy("German"),
    "es": gettext_lazy("Spanish"),
}


def lines_of(sent: str) -> str:
    """A text with the ends of lines that it had before a browser sent it."""
    return sent.replace("\r\n", "\n").replace("\r", "\n")


def a_date(*, interval: bool = False, **options: Any) -> PartialDateFormField:
    """A field for a date as people write it, which says what it understands."""
    field = PartialDateFormField(interval=interval, required=False, **options)
    field.widget.attrs |= {"class": "vTextField"}
    return field


class UnderstandingForm(forms.Form):
    """A form whose dates say beneath what was understood."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PartialDateFormField):
                field.widget.attrs["data-understand-url"] = reverse("understand-date")


def choices(words: Any, empty: Any) -> list[tuple[str, Any]]:
    """A vocabulary's words, the empty choice first."""
    return [("", empty), *((value, label) for value, label in words.choices if value != "unknown")]


NOT_RECORDED = gettext_lazy("Not recorded")


def a_line(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=length,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        **options,
    )
