"""The intake's forms: the text that is to be read, and what is to be taken from it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dialogues.dates import PartialDateFormField
from dialogues.models import Series
from dialogues.records.intake import (
    LANGUAGES,
    LARGEST_FILE,
    LONGEST_TEXT,
    ReleaseRefused,
    checked,
    text_of,
    too_large,
)
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

LANGUAGE_NAMES = {
    "en": gettext_lazy("English"),
    "id": gettext_lazy("Indonesian"),
    "fr": gettext_lazy("French"),
    "de": gettext_lazy("German"),
    "es": gettext_lazy("Spanish"),
}


def lines_of(sent: str) -> str:
    """A text with the ends of lines that it had before a browser sent it."""
    return sent.replace("\r\n", "\n").replace("\r", "\n")


def a_date(*, interval: bool = False, **options: Any) -> PartialDateFormField:
    """A field for a date as people write it, which says what it understands."""
    field = PartialDateFormField(interval=interval, required=False, **options)
    field.widget.attrs |= {"class": "vTextField"}
    return field


class UnderstandingForm(forms.Form):
    """A form whose dates say beneath what was understood."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PartialDateFormField):
                field.widget.attrs["data-understand-url"] = reverse("understand-date")


class PasteForm(UnderstandingForm):
    """A text, or a file that holds one, and the day on which it came out."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Paste the release or the article with its headline."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.odt,.pdf"}),
        help_text=gettext_lazy("Or upload it: plain text, DOCX, ODT, or a PDF that has text."),
    )
    published = a_date(
        label=gettext_lazy("Published on"),
        help_text=gettext_lazy(
            "The day on which it came out. “On Friday”, and dates without a year, are counted from "
            "it."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[
            ("", pgettext_lazy("language", "Told by the text")),
            *((code, LANGUAGE_NAMES[code]) for code in LANGUAGES),
        ],
    )

    def clean_text(self) -> str:
        return lines_of(self.cleaned_data["text"])

    def clean_published(self) -> Any:
        published = self.cleaned_data["published"]
        if published is not None and published.precision != "day":
            raise ValidationError(_("Write the day, such as 19 October 2021."))
        return published

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file: UploadedFile | None = cleaned.get("file")
        pasted = cleaned.get("text", "").strip()
        if file and pasted:
            self.add_error("file", _("Paste a text or upload a file, not both."))
        elif file:
            self._read(file)
        elif pasted:
            self._check("text", cleaned["text"])
        elif "file" not in self.errors:
            self.add_error("text", _("Paste a text here, or choose a file."))
        return cleaned

    def _read(self, file: UploadedFile) -> None:
        if (file.size or 0) > LARGEST_FILE:
            self.add_error("file", too_large(file.size or 0))
            return
        try:
            self.cleaned_data["text"] = text_of(file.read(), str(file.name))
        except ReleaseRefused as refusal:
            self.add_error("file", str(refusal))

    def _check(self, field: str, text: str) -> None:
        try:
            checked(text)
        except ReleaseRefused as refusal:
            self.add_error(field, str(refusal))


def choices(words: Any, empty: Any) -> list[tuple[str, Any]]:
    """A vocabulary's words, the empty choice first."""
    return [("", empty), *((value, label) for value, label in words.choices if value != "unknown")]


NOT_RECORDED = gettext_lazy("Not recorded")


def a_line(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=length,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        **options,
    )


class ReviewForm(UnderstandingForm):
    """What is to be recorded, by the flat sheet's columns; and the text, carried along."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=LONGEST_TEXT)
    published = forms.CharField(widget=forms.HiddenInput, required=False)
    language = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2)

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
        self, *args: Any, series: QuerySet[Series], topics: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["series"]).queryset = series
        cast("forms.MultipleChoiceField", self.fields["topics"]).choices = topics

    def clean_text(self) -> str:
        return lines_of(self.cleaned_data["text"])

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
