"""Plain text in the encodings that Windows and everybody else write."""

from __future__ import annotations

import codecs
import re

from .apart import LONGEST

#: In no text; their presence shows that the bytes are something else.
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(content: bytes) -> str | None:
    """The text of these bytes, by their mark, as UTF-8 or as Windows-1252; None if it is none."""
    marked = next((encoding for mark, encoding in MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if CONTROLS.search(text) else text
    return None


def plain_text(content: bytes) -> tuple[str, bool]:
    """A text file's text with ends of lines as ``\\n``, and whether it was longer than is kept."""
    text = (decoded(content) or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return text[:LONGEST], len(text) > LONGEST
