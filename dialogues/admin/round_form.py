"""The form of a round: what it may say, and of which series."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.admin.forms import AskingForm, unused_slug
from dialogues.models import Series, clearance_of
from dialogues.records.names import round_slug
from dialogues.vocabulary import Visibility


class RoundForm(AskingForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What must be one of a kind is not for those from whom a round may be hidden: a refusal
        # would tell them that it is there. An address is made of series and edition, and lasts.
        superuser = clearance_of(self.user).everything
        fixed = set() if superuser else {"slug"}
        if self.instance.pk and not workflow.may_renumber(self.user, self.instance):
            fixed |= {"series", "edition"}
        for name in fixed & self.fields.keys():
            self.fields[name].disabled = True

    def clean_series(self) -> Series:
        series: Series = self.cleaned_data["series"]
        if series.pk != self.instance.series_id and not workflow.may_create_in(self.user, series):
            raise ValidationError(
                _("This series is another desk's; its rounds are theirs to enter.")
            )
        return series

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        series = cleaned.get("series")
        if series and cleaned.get("visibility") == Visibility.RESTRICTED:
            self.refuse_losing_sight(series)
        if series and cleaned.get("slug") == "":
            date = cleaned.get("date")
            wanted = round_slug(series.slug, cleaned.get("edition"), date and date.edtf)
            cleaned["slug"] = unused_slug(type(self.instance), wanted, 140)
        return cleaned

    def refuse_losing_sight(self, series: Series) -> None:
        """Refuse a restriction that would hide the round from the one who makes it."""
        if not workflow.may_restrict(self.user, series):
            self.add_error(
                "visibility",
                _("Only members of the desk that owns the series restrict its rounds to it."),
            )
