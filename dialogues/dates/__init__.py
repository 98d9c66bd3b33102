"""When: a date of which perhaps only the year or the month is known, from column to form."""

from dialogues.dates.fields import PartialDateField
from dialogues.dates.forms import PartialDateFormField, PartialDateInput, understood_as
from dialogues.dates.lookups import Span
from dialogues.dates.parsing import understand
from dialogues.dates.value import DateError, PartialDate

__all__ = [
    "DateError",
    "PartialDate",
    "PartialDateField",
    "PartialDateFormField",
    "PartialDateInput",
    "Span",
    "understand",
    "understood_as",
]
