"""Files that sources carry: kept once by their content, outside of anything that is served.

The database knows what a file is and says; its bytes stand in the folder ``settings.MEDIA_ROOT``,
named by their SHA-256. A file is never changed. It is there before any row of the database says so
to others, and what fails leaves none behind.
"""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
import weakref
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from dialogues.texts import Reading
from dialogues.vocabulary import FileKind

#: Characters of a name that are kept, the ending among them.
LONGEST_NAME = 200

TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.TEXT: "text/plain",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.GIF: "image/gif",
    FileKind.WEBP: "image/webp",
}


class FileQuerySet(models.QuerySet):
    def keep(self, content: bytes, reading: Reading) -> File:
        """The file of this content, which stands in its folder when the transaction commits.

        The same content twice is one file. Raises OSError where it cannot be written; then, and
        where the transaction fails, nothing is left of it.
        """
        digest = sha256(content).hexdigest()
        said = {"kind": reading.kind, "size": len(content), "text": reading.text}
        file: File
        file, made = self.get_or_create(sha256=digest, defaults=said)
        # Written again where it is missing, as after a backup that held only the database.
        if made or not file.path.exists():
            staged = Staged(content)
            transaction.on_commit(lambda: staged.move(file.path))
        else:
            file.path.touch()  # wanted anew: tidying leaves it alone for as long as a new one
        return file


class File(models.Model):
    """A file, and the text in it that is searched."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=FileKind)
    size = models.PositiveIntegerField(_("size"), help_text=_("In bytes."))
    text = models.TextField(_("text"), blank=True)
    #: Kept by a trigger: the words of the text, as far as a round's words have room for them.
    words = SearchVectorField(editable=False, default="")

    objects: ClassVar[FileQuerySet] = FileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(name="file_kind_known", condition=Q(kind__in=FileKind.values)),
            models.CheckConstraint(
                name="file_hashed", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        )

    def __str__(self) -> str:
        return f"{FileKind(self.kind).label}, {filesizeformat(self.size)}"

    @property
    def path(self) -> Path:
        """Where its bytes are."""
        return place_of(self.sha256)

    @property
    def content_type(self) -> str:
        """What it is called on its way out."""
        return TYPES[FileKind(self.kind)]


class Staged:
    """Bytes that wait in the folder for the transaction's end, and vanish if it fails."""

    def __init__(self, content: bytes) -> None:
        waiting = Path(settings.MEDIA_ROOT) / "incoming"
        waiting.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=waiting)
        self.name = Path(name)
        # Whoever holds no reference any more, as a transaction that failed, has no file either.
        weakref.finalize(self, self.name.unlink, missing_ok=True)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def move(self, to: Path) -> None:
        """Put it in its place, at once and whole."""
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.name.replace(to)


def place_of(digest: str) -> Path:
    """Where the file of a SHA-256 stands, in a folder of its first two letters."""
    return Path(settings.MEDIA_ROOT) / "files" / digest[:2] / digest


def display_name(given: str) -> str:
    """A file's name as its sender gave it, without folders and without what is not to be seen.

    Characters that control or turn the direction of text could make ``exe.pdf`` of ``fdp.exe``.
    """
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C" or char == " ")
    name = re.sub(r"\s+", " ", name).strip(" .")
    ending = PurePosixPath(name).suffix[:20]
    return name[: LONGEST_NAME - len(ending)].removesuffix(ending) + ending
