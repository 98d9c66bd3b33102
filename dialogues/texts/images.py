"""Pictures: their kind, whether they are whole, and how many pixels they claim.

Nothing is unpacked here. A picture of a billion pixels in a few kilobytes does no harm to this
program, but to whoever opens it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from django.utils.translation import gettext as _

from dialogues.vocabulary import FileKind

#: As large a scan as anybody makes: A3 at 600 dots per inch is 70 million.
MOST_PIXELS = 100_000_000

PNG = b"\x89PNG\r\n\x1a\n"
#: Segments of a JPEG that give its size, whichever way it is packed.
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})

Size = tuple[int, int]


class PictureRefused(Exception):
    """The picture cannot be taken; says why."""


def picture(content: bytes) -> FileKind | None:
    """The kind of picture this is, or None. Raises PictureRefused if it is damaged or huge."""
    for mark, kind, size_of in (
        (PNG, FileKind.PNG, _png),
        (b"\xff\xd8\xff", FileKind.JPEG, _jpeg),
        (b"GIF8", FileKind.GIF, _gif),
        (b"RIFF", FileKind.WEBP, _webp),
    ):
        if content.startswith(mark) and (kind != FileKind.WEBP or content[8:12] == b"WEBP"):
            _check(kind, content, size_of)
            return kind
    return None


def _check(kind: FileKind, content: bytes, size_of: Callable[[bytes], Size | None]) -> None:
    try:
        size = size_of(content)
    except (struct.error, IndexError):
        size = None
    if size is None or not all(size):
        raise PictureRefused(
            _("The picture is damaged: it begins as %(kind)s, but is not whole.")
            % {"kind": kind.label}
        )
    width, height = size
    if width * height > MOST_PIXELS:
        raise PictureRefused(
            _("The picture has %(width)s × %(height)s pixels; at most %(most)s million are taken.")
            % {"width": width, "height": height, "most": MOST_PIXELS // 1_000_000}
        )


def _png(content: bytes) -> Size | None:
    if content[12:16] != b"IHDR" or b"IEND" not in content[-4096:]:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _gif(content: bytes) -> Size | None:
    if b";" not in content[-16:]:
        return None
    width, height = struct.unpack("<HH", content[6:10])
    return width, height


def _jpeg(content: bytes) -> Size | None:
    if b"\xff\xd9" not in content[-65536:]:
        return None
    place = 2
    while content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:  # padding
            place += 1
            continue
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
    return None


def _webp(content: bytes) -> Size | None:
    if struct.unpack("<I", content[4:8])[0] + 8 > len(content):
        return None
    form = content[12:16]
    if form == b"VP8X":
        return (
            int.from_bytes(content[24:27], "little") + 1,
            int.from_bytes(content[27:30], "little") + 1,
        )
    if form == b"VP8L":
        bits = struct.unpack("<I", content[21:25])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None
