"""A release's text out of the file in which it came."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from dialogues import texts

from .text.passages import LONGEST_TEXT

#: A release with pictures in it; scans are larger, and have no text.
LARGEST_FILE = 10 * 1024 * 1024


class ReleaseRefused(ValueError):
    """There is no text to read, for the reason that this says in the reader's words."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release that came as a file."""

    text: str
    """What is to be read. Of a text file it is every character, with ends of lines as ``\\n``, so
    that offsets in it are the file's own."""
    file: texts.Reading
    name: str
    """The file's name, with the ending of its kind."""


def release_of(content: bytes, name: str) -> Release:
    """The release in a text file, DOCX, ODT or PDF.

    Raises ``ReleaseRefused`` for what is too large, is no document or has no text.
    """
    if len(content) > LARGEST_FILE:
        raise ReleaseRefused(too_large(len(content)))
    if PurePosixPath(name).suffix.lower() not in texts.suffixes():
        name = f"{name}.txt"
    try:
        reading = texts.read(content, name)
    except texts.FileRefused as refusal:
        raise ReleaseRefused(str(refusal)) from refusal
    if reading.kind == "text":
        whole = texts.decoded(content) or ""
        return Release(checked(whole.replace("\r\n", "\n").replace("\r", "\n")), reading, name)
    if not reading.text.strip():
        raise ReleaseRefused(
            _(
                "“%(name)s” holds no text that a program can read, as if it were a picture of a "
                "page. Paste its words instead."
            )
            % {"name": name}
        )
    return Release(checked(reading.text), reading, name)


def checked(text: str) -> str:
    """The text, if it is one that can be read; raises ``ReleaseRefused`` where it is not."""
    if not text.strip():
        raise ReleaseRefused(_("There is no text in it."))
    if len(text) > LONGEST_TEXT:
        raise ReleaseRefused(
            _(
                "The text has %(length)s characters; at most %(longest)s are read. Take the part "
                "that tells of the round."
            )
            % {"length": f"{len(text):,}", "longest": f"{LONGEST_TEXT:,}"}
        )
    return text


def too_large(size: int) -> str:
    return _("The file has %(size)s MB; at most %(most)s MB are read.") % {
        "size": f"{size / 1024 / 1024:.1f}",
        "most": LARGEST_FILE // 1024 // 1024,
    }
