"""A preview in words: what each key of a document is called, and its values before and after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Field
from django.utils.text import Truncator, capfirst

from dialogues import models
from dialogues.dates import PartialDate, PartialDateField
from dialogues.records.document import PartnerDocument, RoundDocument, SeriesDocument
from dialogues.records.shape import Document, Many, One, mark_of

#: As much of a value as is shown; who wants to read all of it has the file.
LONGEST = 1000
#: The models of documents that are no rows of a round's own.
OF = {SeriesDocument: models.Series, PartnerDocument: models.Partner}


class Told(NamedTuple):
    """One key that differs, in words; "" is nothing."""

    label: str
    before: str
    after: str


def told(changes: Iterable[Any]) -> list[Told]:
    """The changes of one round's document, each with its path, its old value and its new one."""
    return [_told(*change) for change in changes]


def _told(path: list[str | int], before: Any, after: Any) -> Told:
    document: Any = RoundDocument
    labels: list[str] = []
    field: Field[Any, Any] | None = None
    for step in path:
        if isinstance(step, int):
            labels[-1] += f" {step}"
            continue
        mark = mark_of(document, step)
        field = None
        if isinstance(mark, Many | One):
            document = mark.document
            labels.append(str(_model(document)._meta.verbose_name))
        else:
            field = _model(document)._meta.get_field(step)
            labels.append(str(field.verbose_name))
    name = " · ".join(capfirst(label) for label in labels)
    return Told(name, _word(before, field), _word(after, field))


def _model(document: type[Document]) -> Any:
    return OF.get(document) or document.model  # type: ignore[attr-defined]


def _word(value: Any, field: Field[Any, Any] | None) -> str:
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        items = (
            ", ".join(filter(None, one.values())) if isinstance(one, dict) else one for one in value
        )
        return "; ".join(items)
    if isinstance(field, PartialDateField):
        return PartialDate.from_edtf(value).display()
    choices: dict[Any, Any] = dict(field.flatchoices) if field is not None else {}
    return Truncator(str(choices.get(value, value))).chars(LONGEST)
