"""A round as it stood at the end of a day: `?as_of=2021-10-15`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.models import clearance_of
from dialogues.queries.past import round_in, stood, was_visible
from dialogues.records.past import Past

from .round_document import RoundPage
from .wording import Row


class DayField(forms.DateField):
    """A day as in 2021-10-15; the refusal says what was given."""

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except ValidationError as wrong:
            said = _("“%(given)s” is not a day as in 2021-10-15.") % {"given": str(value)[:40]}
            raise ValidationError(said) from wrong


class DayForm(forms.Form):
    """The day that is asked for."""

    as_of = DayField(
        label=gettext_lazy("At the end of the day"), input_formats=["%Y-%m-%d"], required=False
    )

    def clean_as_of(self) -> date | None:
        day: date | None = self.cleaned_data["as_of"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day


@dataclass(frozen=True)
class AsOf:
    """What a page is told of the day that was asked for."""

    form: DayForm
    document: Row | None = None
    """The round's document of that day; None where today's is shown."""
    day: date | None = field(default=None)

    @property
    def in_words(self) -> str:
        return date_format(self.day, "j F Y") if self.day else ""


def as_of(request: HttpRequest, current: Row) -> AsOf:
    """What the request asks of the round whose document of today is `current`.

    The reader has to see the round today, and their clearance of today would have to cover it as
    it stood then: what was a draft, or internal, or another desk's, stays so. A day that says
    nothing is an error at the field, over today's record.
    """
    if not request.GET.get("as_of"):
        return AsOf(DayForm())
    form = DayForm(request.GET)
    if not form.is_valid():
        return AsOf(form)
    day = form.cleaned_data["as_of"]
    if day is None:  # nothing but spaces
        return AsOf(DayForm())
    document = _of_day(request, current, day)
    if document is None:
        form.add_error("as_of", _("Nothing is kept of this day that you may see."))
        return AsOf(form)
    return AsOf(form, document, day)


def _of_day(request: HttpRequest, current: Row, day: date) -> Row | None:
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    rows = stood(current["id"], midnight, just_before=True)
    round_ = round_in(rows)
    if round_ is None or not was_visible(round_, request.user, midnight):
        return None
    past = Past(rows, staff=clearance_of(request.user).staff, reader=request.user)
    document: dict[str, Any] = past.document(RoundPage)
    if document["series"]["slug"] is None:  # it belonged to a series that is hidden by now
        return None
    last = max(event.pgh_created_at for events in rows.values() for event in events)
    # Its address is today's, which all that is linked from here leads to.
    return document | {"slug": current["slug"], "updated": last.isoformat()}
