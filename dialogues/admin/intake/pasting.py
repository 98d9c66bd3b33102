"""The first form: the text that is to be read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dialogues.admin.chosen import Carried
from dialogues.models import File
from dialogues.models.files import display_name
from dialogues.records.intake import (
    LANGUAGES,
    LARGEST_FILE,
    Release,
    ReleaseRefused,
    checked,
    release_of,
    too_large,
)

from .fields import LANGUAGE_NAMES, UnderstandingForm, a_date, lines_of


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

    #: What came as a file.
    release: Release | None = None

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
            self.release = release_of(file.read(), display_name(str(file.name)))
        except ReleaseRefused as refusal:
            self.add_error("file", str(refusal))
        else:
            self.cleaned_data["text"] = self.release.text

    def _check(self, field: str, text: str) -> None:
        try:
            checked(text)
        except ReleaseRefused as refusal:
            self.add_error(field, str(refusal))

    def kept(self) -> Carried | None:
        """The file that was read, for its sender's draft to refer to; tidied away if it does not.

        Raises OSError where it cannot be written, and leaves nothing then.
        """
        if self.release is None:
            return None
        file: UploadedFile = self.cleaned_data["file"]
        file.seek(0)
        with transaction.atomic():
            kept = File.objects.keep(file.read(), self.release.file)
        return Carried.of(kept, self.release.name)
