"""The second form: what is to be taken from the text."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.admin.chosen import GOOD_FOR, referred
from dialogues.models import Series, User
from dialogues.records.intake import LONGEST_TEXT
from dialogues.records.sheet_writing import COLUMNS
from dialogues.vocabulary import (
    Format,
    Host,
    PartnerKind,
    RoundStatus,
    SeriesKind,
    SourceKind,
    Visibility,
)

from .fields import NOT_RECORDED, UnderstandingForm, a_date, a_line, choices, lines_of


class ReviewForm(UnderstandingForm):
    """What is to be recorded, by the flat sheet's columns; and the text, carried along."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=LONGEST_TEXT)
    published = forms.CharField(widget=forms.HiddenInput, required=False)
    language = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2)
    upload = forms.CharField(widget=forms.HiddenInput, required=False)

    series = forms.ModelChoiceField(
        label=gettext_lazy("Series"),
        queryset=Series.objects.none(),
        required=False,
        empty_label=gettext_lazy("a new one, called:"),
    )
    new_series = a_line(gettext_lazy("Title of a new series"), 300)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=choices(SeriesKind, NOT_RECORDED)
    )
    partner = a_line(
        gettext_lazy("Partner"),
        200,
        help_text=gettext_lazy("By name or code. These three are only asked of a new series."),
    )
    partner_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of partner"),
        required=False,
        choices=choices(PartnerKind, NOT_RECORDED),
    )
    edition = forms.IntegerField(
        label=gettext_lazy("Edition"), required=False, min_value=1, max_value=32767
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=RoundStatus.choices)
    date = a_date(label=gettext_lazy("Date"), interval=True)
    format = forms.ChoiceField(
        label=gettext_lazy("Format"), required=False, choices=choices(Format, NOT_RECORDED)
    )
    host = forms.ChoiceField(
        label=gettext_lazy("Host"), required=False, choices=choices(Host, NOT_RECORDED)
    )
    venue = a_line(gettext_lazy("Venue"), 200)
    city = a_line(gettext_lazy("City"), 120)
    country = a_line(gettext_lazy("Country"), 200)
    head_own = a_line(gettext_lazy("Own head of delegation"), 400)
    head_own_title = a_line(gettext_lazy("Title of the own head"), 600)
    head_partner = a_line(gettext_lazy("Partner’s head of delegation"), 400)
    head_partner_title = a_line(gettext_lazy("Title of the partner’s head"), 600)
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    next_round_note = forms.CharField(
        label=gettext_lazy("Next round"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    source_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of source"), choices=SourceKind.choices
    )
    source_publisher = a_line(gettext_lazy("Publisher"), 300)
    source_title = a_line(gettext_lazy("Title of the source"), 500)
    source_date = a_date(label=gettext_lazy("Published on"))
    source_url = a_line(gettext_lazy("Address"), 1000)
    keep_text = forms.BooleanField(
        label=gettext_lazy("Keep the text with the source"),
        required=False,
        initial=True,
        help_text=gettext_lazy("As a file that whoever sees the round may download and search."),
    )
    drop = forms.MultipleChoiceField(
        required=False, choices=[(column, column) for column in COLUMNS]
    )
    visibility = forms.ChoiceField(label=gettext_lazy("Visibility"), choices=Visibility.choices)

    def __init__(
        self,
        *args: Any,
        user: User,
        series: QuerySet[Series],
        topics: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        waiting = referred(user.pk, str(self["upload"].value() or ""), GOOD_FOR)
        #: What came with the text as a file, and has not been tidied away.
        self.waiting = waiting if waiting and waiting.file() else None
        if self.waiting:
            self.fields["keep_text"].label = (
                _("Keep “%(name)s” with the source") % {"name": self.waiting.name}
            )  # fmt: skip
        cast("forms.ModelChoiceField", self.fields["series"]).queryset = series
        cast("forms.MultipleChoiceField", self.fields["topics"]).choices = topics

    def clean_text(self) -> str:
        return lines_of(self.cleaned_data["text"])

    def clean_upload(self) -> str:
        upload: str = self.cleaned_data["upload"]
        if upload and self.waiting is None:
            raise ValidationError(
                _(
                    "The uploaded file is not waiting any more. Add it to the source on the "
                    "round’s own page; the draft can be made with the text."
                )
            )
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned |= dict.fromkeys(set(cleaned.get("drop", ())) & cleaned.keys(), "")
        if "series" in self.errors or cleaned.get("series"):
            return cleaned
        if not cleaned.get("new_series"):
            self.add_error("series", _("Choose a series, or give a new one its title."))
        if not cleaned.get("partner"):
            self.add_error("partner", _("A new series needs to say with whom it is."))
        return cleaned


class PointForm(forms.Form):
    """An agreed point; emptied or left out, it is not recorded."""

    text = forms.CharField(
        label=gettext_lazy("Agreed point"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    original = forms.CharField(widget=forms.HiddenInput, required=False)
    drop = forms.BooleanField(label=gettext_lazy("Leave out"), required=False)


MOST_POINTS = 200
Points = forms.BaseFormSet
PointFormSet: type[Points] = forms.formset_factory(
    PointForm, extra=1, max_num=MOST_POINTS, absolute_max=MOST_POINTS
)
