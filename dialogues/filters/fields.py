"""The form fields of a listing's filters: what was given, checked, with its words."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .values import Numbers, Reader, Values, cut, refusal

YES, NO = "true", "false"


class SeveralInput(forms.TextInput):
    """One line for several values, with spaces between them."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        return [word for text in given for word in text.replace(",", " ").split()]

    def format_value(self, value: Any) -> str:
        return " ".join(value) if isinstance(value, list | dict) else str(value or "")


class QueryInput(forms.TextInput):
    """Words to look for; given several times, any of the texts may match."""

    input_type = "search"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        texts = [text.strip() for text in given if text.strip()]
        if len(texts) <= 1:
            return "".join(texts)
        # A quotation that one text leaves open must not swallow the next.
        return " or ".join(text + '"' * (text.count('"') % 2) for text in texts)


class ValuesField(forms.Field):
    """Any number of known values; cleans to their labels by value, in the order given."""

    def __init__(self, values: Values, reader: Reader, **kwargs: Any) -> None:
        self.values, self.reader = values, reader
        numeric = isinstance(values, Numbers)
        widget = (
            SeveralInput({"inputmode": "numeric"})
            if numeric
            else forms.SelectMultiple(choices=cast("Any", self.offered))
        )
        super().__init__(widget=widget, required=False, **kwargs)

    def offered(self) -> list[tuple[str, str]]:
        """What the form lets the reader choose from; asked when the form is shown."""
        return self.values.offered(self.reader)

    def clean(self, value: Any) -> dict[str, str]:
        given = list(dict.fromkeys(text for text in value or () if text.strip()))
        known, strange = self._known(given)
        for text in strange:
            known |= self._several(text)
        return known

    def _known(self, given: list[str]) -> tuple[dict[str, str], list[str]]:
        """What these values are, or were until it was merged into something; and the others."""
        known = self.values.known(given, self.reader) if given else {}
        strange = [text for text in given if text not in known]
        merged = self.values.formerly(strange, self.reader) if strange else {}
        known |= dict(merged.values())
        return known, [text for text in strange if text not in merged]

    def _several(self, text: str) -> dict[str, str]:
        """Values with spaces between them, as one writes them where a list would be too long."""
        words = text.split()
        known, strange = self._known(words) if len(words) > 1 else ({}, [])
        for word in strange if known else [text]:
            raise ValidationError(self.values.refuse(word, self.reader), code="unknown")
        return known


class YesNoField(forms.Field):
    """`true` or `false`; nothing is None."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", _("Any")), (YES, _("Yes")), (NO, _("No"))]
        super().__init__(widget=forms.Select(choices=choices), required=False, **kwargs)

    def clean(self, value: Any) -> bool | None:
        if value and value not in {YES, NO}:
            raise ValidationError(
                _("“%(given)s” is neither “true” nor “false”.") % {"given": cut(value)},
                code="unknown",
            )
        return value == YES if value else None


class OneOfField(forms.Field):
    """One of a few words; nothing is the empty text."""

    def __init__(self, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        self.choices = choices
        widget = forms.Select(choices=[("", "—"), *choices])
        super().__init__(widget=widget, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        if value and value not in dict(self.choices):
            raise ValidationError(refusal(value, self.choices), code="unknown")
        return value or ""
