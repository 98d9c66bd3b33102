"""Which kind of file is it? Told by what is inside; the name has to agree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from dialogues.vocabulary import FileKind

from .apart import Unreadable, text_apart
from .images import PictureRefused, picture
from .packages import PackageRefused, package
from .plain import decoded, plain_text

#: The endings that a name may have for its kind; the first is the usual one.
SUFFIXES: dict[FileKind, tuple[str, ...]] = {
    FileKind.PDF: (".pdf",),
    FileKind.DOCX: (".docx",),
    FileKind.ODT: (".odt",),
    FileKind.TEXT: (".txt",),
    FileKind.PNG: (".png",),
    FileKind.JPEG: (".jpg", ".jpeg"),
    FileKind.GIF: (".gif",),
    FileKind.WEBP: (".webp",),
}

#: A PDF's mark stands somewhere in its first kilobyte.
PDF_WITHIN = 1024
#: What Word and others wrote before 2007, and what they still wrap locked files in.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileRefused(Exception):
    """The file cannot be taken, for the reason that the exception says in the reader's words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file is and says. ``text`` is empty where it has none that a program can read."""

    kind: FileKind
    text: str = ""
    cut: bool = False
    """Whether the file says more than ``text`` holds."""


def read(content: bytes, name: str) -> Reading:
    """Tell what kind of file this is and what text it holds.

    Takes the whole content and the name that its sender gave it. Raises ``FileRefused`` where it is
    empty, damaged, locked, of no kind that is known here, unpacks to too much, or where the name's
    ending says something else than the content. How large a file may be is the caller's to say.
    """
    if not content:
        raise FileRefused(_("The file is empty."))
    kind = _kind_of(content, name)
    _agree(kind, name)
    if kind in {FileKind.PDF, FileKind.DOCX, FileKind.ODT}:
        try:
            text, cut = text_apart(content, kind)
        except Unreadable as refusal:
            raise FileRefused(str(refusal)) from refusal
        return Reading(kind, text, cut)
    if kind == FileKind.TEXT:
        text, cut = plain_text(content)
        return Reading(kind, text, cut)
    return Reading(kind)


def suffixes() -> tuple[str, ...]:
    """All endings that names may have, such as a file chooser offers."""
    return tuple(suffix for some in SUFFIXES.values() for suffix in some)


def _kind_of(content: bytes, name: str) -> FileKind:
    try:
        kind = picture(content) or package(content)
    except (PictureRefused, PackageRefused) as refusal:
        raise FileRefused(str(refusal)) from refusal
    if kind:
        return kind
    if b"%PDF-" in content[:PDF_WITHIN]:
        return FileKind.PDF
    if content.startswith(OLE):
        raise FileRefused(
            _("The file is of an old Word or has a password. Save it as DOCX or PDF, without one.")
        )
    if decoded(content) is not None:
        return FileKind.TEXT
    raise FileRefused(
        _("“%(name)s” is of no kind that is taken here; expected %(kinds)s.")
        % {"name": name, "kinds": ", ".join(str(kind.label) for kind in SUFFIXES)}
    )


def _agree(kind: FileKind, name: str) -> None:
    """Refuse a name that promises another kind, or none: a reader's machine goes by the name."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in SUFFIXES[kind]:
        raise FileRefused(
            _("“%(name)s” holds %(kind)s; its name should then end in %(suffixes)s.")
            % {"name": name, "kind": kind.label, "suffixes": ", ".join(SUFFIXES[kind])}
        )
