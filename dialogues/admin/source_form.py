"""The form of a source, which may carry a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.admin.forms import PartForm
from dialogues.models import File, Source
from dialogues.models.files import display_name
from dialogues.texts import FileRefused, Reading, read, suffixes


class FileInput(forms.FileInput):
    """Offers a file, shows the one that is there, and says when one has to be chosen again."""

    template_name = "dialogues/widgets/file.html"
    source: Source | None = None
    #: What was chosen in a form that comes back: it has what was typed, but no browser chooses a
    #: file again.
    chosen: UploadedFile | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"] |= {
            "carried": file_link(self.source) if self.source and self.source.file_id else "",
            "again": display_name(str(self.chosen.name)) if self.chosen else "",
        }
        return context


class SourceForm(PartForm):
    upload = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=FileInput(attrs={"accept": ",".join(suffixes())}),
        help_text=gettext_lazy(
            "PDF, DOCX, ODT, picture or plain text. Whoever sees the round may download it, and "
            "its text is searched."
        ),
    )
    remove_file = forms.BooleanField(
        label=gettext_lazy("Take the file away"), required=False, initial=False
    )
    reading: Reading | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = self.fields["upload"].widget
        if isinstance(widget, FileInput):
            widget.source = self.instance
            widget.chosen = self.files.get(self.add_prefix("upload")) if self.files else None
        if not self.instance.file_id:
            self.fields["remove_file"].widget = forms.HiddenInput()

    def clean_upload(self) -> UploadedFile | None:
        """Refuse, in a sentence, what is too large, damaged, or not what its name says."""
        upload: UploadedFile | None = self.cleaned_data["upload"]
        if not upload:
            return None
        size = upload.size or 0
        if size > settings.LARGEST_FILE:
            raise ValidationError(
                _("The file has %(size)s; at most %(most)s are taken.")
                % {
                    "size": filesizeformat(size),
                    "most": filesizeformat(settings.LARGEST_FILE),
                }
            )
        try:
            self.reading = read(upload.read(), display_name(str(upload.name)))
        except FileRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return upload

    def save(self, commit: bool = True) -> Any:
        upload = self.cleaned_data.get("upload")
        if upload and self.reading:
            upload.seek(0)
            self.instance.file = File.objects.keep(upload.read(), self.reading)
            self.instance.file_name = display_name(str(upload.name))
        elif self.cleaned_data.get("remove_file"):
            self.instance.file, self.instance.file_name = None, ""
        return super().save(commit)


def file_link(source: Source) -> str:
    """The file that a source carries, as a link with its kind and size, and whether it has text."""
    if source.file is None:
        return "–"
    about = [str(source.file)]
    if not source.file.text:
        about.append(_("no text that can be searched"))
    return format_html(
        '<a href="{}">{}</a> <span class="quiet">{}</span>',
        source.file_url,
        source.file_name,
        " · ".join(about),
    )
