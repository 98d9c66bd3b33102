"""The form of a source, which may carry a file."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.admin.chosen import GOOD_FOR, Carried, CarriedField, chosen_once_more, referred
from dialogues.admin.forms import PartForm
from dialogues.models import File, Source
from dialogues.texts import suffixes


class CarriedInput(forms.FileInput):
    """Offers a file; shows the one that is there, with a way to take it away, and the one that was
    chosen in a form that came back, with a way to drop it.

    They are sent under one name, the last counts: what stands, nothing, what was chosen. What is
    chosen anew is sent beside it, as `upload`.
    """

    template_name = "dialogues/widgets/file.html"
    #: What the form says of it, before anything is changed.
    form: SourceForm

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.get(beside(name)) or data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and beside(name) not in files

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        form, user, standing = self.form, self.form.user.pk, self.form.standing
        said = str(form.data.get(name, "")) if form.is_bound else ""
        chosen = referred(user, said)
        chosen = None if chosen == standing else chosen
        gone = chosen if chosen and not referred(user, said, GOOD_FOR) else None
        context["widget"] |= {
            "file": name,
            "name": beside(name),
            "carried": form.link,
            "standing": standing.signed(user) if standing else "",
            "taken_away": form.is_bound and name in form.data and not said,
            "chosen": None if gone else chosen,
            "reference": said,
            "again": form.data.get(beside(name)) or (gone.name if gone else ""),
        }
        return context


def beside(name: str) -> str:
    """The name under which a file itself is sent: `sources-0-upload` for `sources-0-file`."""
    return name.removesuffix("file") + "upload"


class SourceForm(PartForm):
    #: Whose form it is; the admin says it on the class that it makes for each request.
    user: ClassVar[Any]

    file = CarriedField(
        label=gettext_lazy("File"),
        required=False,
        widget=CarriedInput(attrs={"accept": ",".join(suffixes())}),
        help_text=gettext_lazy(
            "PDF, DOCX, ODT, picture or plain text. Whoever sees the round may download it, and "
            "its text is searched."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = Carried.by(self.instance)
        self.link = file_link(self.instance) if self.standing else ""
        self.initial["file"] = str(self.standing or "")
        field = cast("CarriedField", self.fields["file"])
        field.user = self.user.pk
        cast("CarriedInput", field.widget).form = self

    def clean_file(self) -> File | None:
        """The file that stands, none, or one that the editor has chosen of late."""
        name, wanted = self.add_prefix("file"), self.cleaned_data["file"]
        if wanted == self.standing or name not in self.data:
            return cast("Source", self.instance).file
        file = None
        if wanted:
            if referred(self.user.pk, self.data[name], GOOD_FOR):
                file = wanted.file()
            if file is None:
                raise ValidationError(chosen_once_more())
        self.instance.file_name = wanted.name if wanted else ""
        return file


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
