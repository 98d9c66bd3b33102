"""The model field that keeps a partial date as EDTF in one text column."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.forms import Field as FormField
from django.utils.translation import gettext_lazy as _

from dialogues.dates.forms import ONE_DATE_ONLY, PartialDateFormField
from dialogues.dates.lookups import MayFall, MustFall, Span
from dialogues.dates.value import MAX_LENGTH, DateError, PartialDate

if TYPE_CHECKING:
    # Django's Field takes its two types, assigned and read, only from the type checker.
    _Field = models.Field[PartialDate | str | None, PartialDate | None]
else:
    _Field = models.Field


class PartialDateField(_Field):
    """A `PartialDate` or null; intervals only with `interval=True`.

    The database checks the text itself (`dialogues_edtf_span`, made by the first migration), and
    orders it by its bytes, which is the order of `PartialDate`. Django writes the check when it
    makes a column and keeps it when it renames one; a migration that changes `interval` must
    replace the check by hand.
    """

    description = _("A date of which perhaps only the year or the month is known")
    empty_strings_allowed = False
    # Byte order, whatever the database's own collation makes of hyphens and slashes.
    db_collation = "C"

    def __init__(self, *args: Any, interval: bool = False, **kwargs: Any) -> None:
        self.interval = interval
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        if self.interval:
            kwargs["interval"] = True
        return name, "dialogues.dates.PartialDateField", list(args), kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return f"varchar({MAX_LENGTH})"

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        return {**super().db_parameters(connection), "collation": self.db_collation}

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        column = connection.ops.quote_name(self.column)
        valid = f"dialogues_edtf_span({column}) IS NOT NULL"
        if not self.interval:
            valid += f" AND strpos({column}, '/') = 0"
        return f"{column} IS NULL OR ({valid})"

    def from_db_value(self, value: str | None, *_args: Any) -> PartialDate | None:
        return None if value is None else PartialDate.from_edtf(value)

    def to_python(self, value: Any) -> PartialDate | None:
        """Take a PartialDate or EDTF; nothing is None. What people write is the form's to read."""
        if value is None or value == "" or isinstance(value, PartialDate):
            return value or None
        try:
            return PartialDate.from_edtf(str(value))
        except DateError as error:
            raise ValidationError(str(error), code="invalid") from error

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if value is not None and value.is_interval and not self.interval:
            raise ValidationError(ONE_DATE_ONLY, code="interval")

    def get_prep_value(self, value: Any) -> str | None:
        date = self.to_python(super().get_prep_value(value))
        return None if date is None else date.edtf

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, *_args: Any, **kwargs: Any) -> FormField | None:
        return super().formfield(
            **{"form_class": PartialDateFormField, "interval": self.interval, **kwargs}
        )


PartialDateField.register_lookup(Span)
PartialDateField.register_lookup(MayFall)
PartialDateField.register_lookup(MustFall)
