"""The form field that reads a date as people write it, and says what it understood."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dialogues.dates.parsing import understand
from dialogues.dates.value import DateError, PartialDate


class PartialDateFormField(forms.CharField):
    """Cleans to a `PartialDate` or None."""

    def __init__(self, *, interval: bool = False, **kwargs: Any) -> None:
        self.interval = interval
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, PartialDate):
            return value
        try:
            return understand(value or "")
        except DateError as error:
            raise ValidationError(str(error), code="invalid") from error


class PartialDateInput(forms.TextInput):
    """Shows the date in words."""
