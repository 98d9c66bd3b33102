"""`?date_from=` on a page about something: only what was since then."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.dates import PartialDate, PartialDateFormField
from dialogues.filters.values import cut


class SinceForm(forms.Form):
    """The one question that such a page takes. Any other parameter is an error, as in lists:
    to pass over it would show everything."""

    date_from = PartialDateFormField(
        required=False,
        label=gettext_lazy("Since"),
        widget=forms.TextInput(attrs={"id": "since", "size": 14}),
    )

    def __init__(self, data: QueryDict) -> None:
        # Also without any parameter it is a form that was sent: there is nothing to be asked first.
        super().__init__(data)

    def clean(self) -> None:
        for name in self.data:
            if name not in self.fields:
                unknown = _("There is no parameter “%(name)s”.") % {"name": cut(name)}
                self.add_error(None, unknown)

    @property
    def since(self) -> PartialDate | None:
        """The date given, if one is."""
        date: PartialDate | None = self.cleaned_data.get("date_from")
        return date

    @property
    def parameters(self) -> dict[str, str]:
        """What lists take for the same."""
        return {"date_from": self.since.edtf} if self.since else {}
