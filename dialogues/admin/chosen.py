"""Files that were chosen in a form which is not saved yet: kept for whoever chose them, for a day.

No browser chooses a file again when a form comes back. So what is sent is checked and stored at
once (`keep_uploads`), and the form carries a signed reference to it: what a source carries, or is
to carry, is a field's value like any other. What nobody saves is tidied away.
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from dialogues.models import File, Source
from dialogues.models.files import display_name
from dialogues.texts import FileRefused, read

SALT = "dialogues.admin.chosen"
#: How long what was chosen may be saved, in seconds; tidying leaves it alone for as long.
GOOD_FOR = 24 * 60 * 60
#: How many are taken from one form; each is read, whether the form is saved in the end or not.
MOST = 20
WORDS = re.compile(r"([0-9a-f]{64}) (\w+) (\d+) (.+)")
#: Where a form sends what was chosen; the reference stands beside it, as `file`.
UPLOAD = re.compile(r"(sources-\d+-)upload")


@dataclass(frozen=True)
class Carried:
    """A file under the name that it was given, as a source carries it or is to carry it."""

    sha256: str
    kind: str
    size: int
    name: str

    @classmethod
    def of(cls, file: File, name: str) -> Carried:
        return cls(file.sha256, file.kind, file.size, name)

    @classmethod
    def by(cls, source: Source) -> Carried | None:
        """The one that the source carries."""
        return cls.of(source.file, source.file_name) if source.file else None

    @classmethod
    def of_words(cls, text: str) -> Carried | None:
        """What `str` made the text of."""
        found = WORDS.fullmatch(text)
        return cls(found[1], found[2], int(found[3]), found[4]) if found else None

    def __str__(self) -> str:
        """The same for the same file and name, whatever the language; not for people."""
        return f"{self.sha256} {self.kind} {self.size} {self.name}"

    @property
    def told(self) -> str:
        """For people: “release.pdf · PDF, 8.2 KB”."""
        return f"{self.name} · {File(kind=self.kind, size=self.size)}"

    def file(self) -> File | None:
        """The file itself, unless it was tidied away."""
        return File.objects.defer("text", "words").filter(sha256=self.sha256).first()

    def signed(self, user: int) -> str:
        """For a form to carry: that the user was shown this file, or has sent it."""
        return signing.dumps([user, *astuple(self)], salt=SALT)


def referred(user: int, text: str, max_age: int | None = None) -> Carried | None:
    """What a form of the user's refers to; None where that is not theirs, made up or too old."""
    try:
        whose, *said = signing.loads(text, salt=SALT, max_age=max_age)
    except signing.BadSignature:
        return None
    return Carried(*said) if whose == user else None


@dataclass(frozen=True)
class Refused:
    """Stands in place of an upload that is not taken: its name, and why, in a sentence."""

    name: str
    why: str


def keep_uploads(user: int, data: QueryDict, files: MultiValueDict[str, Any]) -> None:
    """Store the files that were chosen for sources, and let `data` refer to them instead.

    What is refused stays in `files`, as `Refused`. Nothing is left if the transaction fails.
    """
    sent = [found for name in files if (found := UPLOAD.fullmatch(name))]
    for number, found in enumerate(sent):
        name, upload = found[0], cast("UploadedFile", files[found[0]])
        try:
            if number >= MOST:
                raise FileRefused(
                    _("At most %(most)s files are taken at a time. Choose this one again.")
                    % {"most": MOST}
                )
            data[f"{found[1]}file"] = kept(upload).signed(user)
            del files[name]
        except FileRefused as refusal:
            files[name] = Refused(display_name(str(upload.name)), str(refusal))


def kept(upload: UploadedFile) -> Carried:
    """Store the file. Raises FileRefused where it is too large, damaged, or not what its name
    says."""
    size, name = upload.size or 0, display_name(str(upload.name))
    if size > settings.LARGEST_FILE:
        raise FileRefused(
            _("The file has %(size)s; at most %(most)s are taken.")
            % {"size": filesizeformat(size), "most": filesizeformat(settings.LARGEST_FILE)}
        )
    content = upload.read()
    return Carried.of(File.objects.keep(content, read(content, name)), name)


class CarriedField(forms.Field):
    """A source's file as a form has it: a reference, or what names the one that stands."""

    #: Whose form it is.
    user = 0

    def to_python(self, value: Any) -> Carried | None:
        if isinstance(value, Refused):
            raise ValidationError(value.why)
        if not value:
            return None
        if known := Carried.of_words(value) or referred(self.user, value):
            return known
        raise ValidationError(chosen_once_more())

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another file is meant than stands; what is not said changes nothing."""
        if data is None:
            return False
        try:
            return str(self.to_python(data) or "") != (initial or "")
        except ValidationError:
            return True

    def told(self, words: str) -> str:
        """A value of it for people; what is none, as it was sent."""
        known = Carried.of_words(words)
        return known.told if known else words


def chosen_once_more() -> str:
    """What is said of a reference that does not count."""
    return _("Choose the file once more: it is kept for a day, for whoever chose it.")
