"""The form field that reads a date as people write it, and says what it understood."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.dates.parsing import LONGEST_TEXT, understand
from dialogues.dates.value import DateError, PartialDate

# One sentence for model field and form field.
ONE_DATE_ONLY = gettext_lazy(
    "Here one date is meant, not a beginning and an end. Write it like 15 October 2021, October"
    " 2021 or 2021."
)


def understood_as(date: PartialDate) -> str:
    """The sentence that tells people what was made of their words."""
    return _("Understood as %(words)s (%(edtf)s)") % {
        "words": date.display(),
        "edtf": date.edtf,
    }


class PartialDateInput(forms.TextInput):
    """A text input that shows the date in words, and beneath it what was understood.

    With the attribute `data-understand-url` the line beneath follows what is typed; the address is
    asked with `?text=` (and `&single=1` where no interval may stand) as `views.understand_date`
    answers.
    """

    template_name = "dialogues/widgets/partial_date.html"

    class Media:
        js = (forms.Script("js/partial-date.js", type="module"),)

    def format_value(self, value: Any) -> str | None:
        return value.display() if isinstance(value, PartialDate) else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        date = _read(value)
        context["widget"]["understood"] = understood_as(date) if date else ""
        return context


class PartialDateFormField(forms.Field):
    """Takes whatever `understand` does; cleans to a `PartialDate`, or None when left empty.

    Intervals only with `interval=True`.
    """

    widget = PartialDateInput
    default_error_messages: ClassVar = {"interval": ONE_DATE_ONLY}

    def __init__(self, *, interval: bool = False, **kwargs: Any) -> None:
        self.interval = interval
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = {"maxlength": str(LONGEST_TEXT), "autocomplete": "off"}
        return attrs if self.interval else {**attrs, "data-single": "1"}

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or isinstance(value, PartialDate):
            return value
        try:
            return understand(str(value))
        except DateError as error:
            raise ValidationError(str(error), code="invalid") from error

    def validate(self, value: PartialDate | None) -> None:
        super().validate(value)
        if value is not None and value.is_interval and not self.interval:
            raise ValidationError(self.error_messages["interval"], code="interval")

    def prepare_value(self, value: Any) -> Any:
        """EDTF as the date it is, to be shown in words; other words stay as they were typed."""
        try:
            return PartialDate.from_edtf(value) if isinstance(value, str) else value
        except DateError:
            return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another date is meant, however it is written."""
        try:
            return not self.disabled and self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def _read(value: Any) -> PartialDate | None:
    """What a widget's value means; None where that is nothing, or an error told elsewhere."""
    if isinstance(value, PartialDate):
        return value
    try:
        return understand(str(value or ""))
    except DateError:
        return None
