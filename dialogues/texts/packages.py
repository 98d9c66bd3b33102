"""ZIP archives that are documents: which of them are, and what is in none."""

from __future__ import annotations

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from dialogues.vocabulary import FileKind

#: What all parts together may unpack to, in bytes, and how many there may be.
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 5_000

DOCX_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
#: Where Word, and LibreOffice, keep programs.
MACROS = ("vbaproject.bin", "basic/", "scripts/")

DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError,
)  # fmt: skip


class PackageRefused(Exception):
    """The archive cannot be taken; says why."""


def package(content: bytes) -> FileKind | None:
    """DOCX or ODT, or None where this is no archive at all. Raises PackageRefused for others."""
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _bounded(archive)
            kind = _kind(archive)
            names = [name.lower() for name in archive.namelist()]
    except DAMAGED as error:
        raise PackageRefused(
            _("The file is damaged: it begins as DOCX and ODT do, but is not whole.")
        ) from error
    if kind is None:
        raise PackageRefused(
            _("This is an archive, but neither DOCX nor ODT. Of other kinds, save a PDF.")
        )
    if any(name.startswith(MACROS) or name.endswith(MACROS) for name in names):
        raise PackageRefused(_("The document holds macros. Save it without them, or as PDF."))
    return kind


def _bounded(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to too much; nothing more than a part claims is ever unpacked of it."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise PackageRefused(
            _("The file unpacks to more than %(most)s MB.")
            % {"most": LARGEST_UNPACKED // 1024 // 1024}
        )


def _kind(archive: zipfile.ZipFile) -> FileKind | None:
    names = set(archive.namelist())
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as part:
            return FileKind.ODT if part.read(200).strip() == ODT_TYPE else None
    if "[Content_Types].xml" in names:
        with archive.open("[Content_Types].xml") as part:
            return FileKind.DOCX if DOCX_TYPE in part.read(1024 * 1024) else None
    return None
