"""Files that the stories about documents are told with, whole and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence

from django.test import TestCase
from docx import Document as WordDocument
from pypdf import PdfWriter
from pypdf.constants import UserAccessPermissions
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from dialogues.models import File, Source
from dialogues.texts import read

ODT_CONTENT = (
    '<?xml version="1.0"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    "{}</office:text></office:body></office:document-content>"
)


def pdf(
    *pages: str, password: str = "", owner: str | None = None, cipher: str = "RC4-128"
) -> bytes:
    """A PDF with a line of text on each page; a page of an empty text is blank.

    A password is asked of whoever opens it; the owner's alone only forbids to print and to copy.
    """
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in pages:
        page = writer.add_blank_page(595, 842)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if password or owner:
        writer.encrypt(password, owner, permissions_flag=UserAccessPermissions(0), algorithm=cipher)
    return _written(writer.write)


def docx(*paragraphs: str, table: Sequence[str] = ()) -> bytes:
    """A Word document of paragraphs and, perhaps, a table of one row."""
    document = WordDocument()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        cells = document.add_table(1, len(table)).rows[0].cells
        for cell, text in zip(cells, table, strict=True):
            cell.text = text
    return _written(document.save)


def odt(body: str, **parts: bytes) -> bytes:
    """An OpenDocument text with this XML for a body."""
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": ODT_CONTENT.format(body).encode(),
            "META-INF/manifest.xml": b"<manifest/>",
            **parts,
        }
    )


def archive(parts: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def with_parts(content: bytes, **parts: bytes) -> bytes:
    """The archive with these parts beside its own, or in their place."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        whole = {name: packed.read(name) for name in packed.namelist()}
    return archive(whole | parts)


def png(width: int = 2, height: int = 2) -> bytes:
    """A PNG that claims to be so large; its pixels are those of a picture of one row."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(8)))
        + chunk(b"IEND", b"")
    )


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """The bones of a JPEG: marks, a frame that gives the size, an end."""
    application = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00\x01\x01" + bytes(7)
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + application + frame + b"\xff\xd9"


def gif(width: int = 2, height: int = 2) -> bytes:
    """The bones of a GIF."""
    return b"GIF89a" + struct.pack("<HH", width, height) + bytes(3) + b";"


def webp(width: int = 2, height: int = 2) -> bytes:
    """The bones of a WebP of the lossless kind."""
    bits = struct.pack("<I", (width - 1) | (height - 1) << 14)
    body = b"WEBPVP8L" + struct.pack("<I", 5) + b"\x2f" + bits + b"\x00"
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _written(write: object) -> bytes:
    file = io.BytesIO()
    write(file)  # type: ignore[operator]
    return file.getvalue()


def carry(source: Source, content: bytes, name: str) -> File:
    """Give the source this file, as a form does."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        source.file = File.objects.keep(content, read(content, name))
        source.file_name = name
        source.save()
    return source.file
