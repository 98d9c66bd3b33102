"""What files are and say: honest ones of every kind, and those that mean harm."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from dialogues.texts import LONGEST, FileRefused, Reading, read, suffixes
from dialogues.texts import apart as apart_module
from dialogues.vocabulary import FileKind

from . import papers

SAID = "Dialog HAM Indonesia–Rusia ke-11"

KINDS = (
    "PDF, Word document (DOCX), OpenDocument text (ODT), plain text, PNG picture, JPEG picture,"
    " GIF picture, WebP picture"
)


def refused(content: bytes, name: str) -> str:
    """The sentence that the sender reads."""
    with pytest.raises(FileRefused) as refusal:
        read(content, name)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("content", "name", "reading"),
    [
        (papers.pdf("Moscow, 2021", "page two"), "a.PDF", (FileKind.PDF, "Moscow, 2021\npage two")),
        (papers.pdf(""), "scan.pdf", (FileKind.PDF, "")),
        (
            papers.docx(SAID, "", "Kedua", table=("Ketua", "Habib")),
            "siaran pers.docx",
            (FileKind.DOCX, f"{SAID}\n\nKedua\nKetua\nHabib"),
        ),
        (
            papers.odt(
                "<text:h>Judul</text:h><text:p>a<text:s text:c='2'/>b<text:span>c</text:span> d"
                "<office:annotation><text:p>aside</text:p></office:annotation></text:p>"
            ),
            "catatan.odt",
            (FileKind.ODT, "Judul\na  bc d"),
        ),
        (SAID.encode(), "a.txt", (FileKind.TEXT, SAID)),
        (SAID.encode("utf-8-sig"), "a.txt", (FileKind.TEXT, SAID)),
        (SAID.encode("utf-16"), "a.txt", (FileKind.TEXT, SAID)),
        ("Türkiye – “ya”\r\n".encode("cp1252"), "a.txt", (FileKind.TEXT, "Türkiye – “ya”")),
        (papers.png(), "a.png", (FileKind.PNG, "")),
        (papers.jpeg(), "a.jpeg", (FileKind.JPEG, "")),
        (papers.gif(), "a.gif", (FileKind.GIF, "")),
        (papers.webp(), "release.exe.webp", (FileKind.WEBP, "")),
    ],
)
def test_a_file_of_each_kind_says_what_stands_in_it(content, name, reading):
    assert read(content, name) == Reading(*reading)


CIPHERS = ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256")


@pytest.mark.parametrize("cipher", CIPHERS)
def test_what_is_only_forbidden_to_print_is_read(cipher):
    sealed = papers.pdf("for reading", owner="o", cipher=cipher)
    assert b"for reading" not in sealed
    assert read(sealed, "no-printing.pdf") == Reading(FileKind.PDF, "for reading")


@pytest.mark.parametrize("cipher", CIPHERS)
def test_what_asks_for_a_password_is_refused(cipher):
    locked = papers.pdf("secret", password="p", owner="o", cipher=cipher)
    assert refused(locked, "a.pdf") == "The PDF is locked with a password. Save it without one."


def test_what_was_inserted_counts_and_what_was_deleted_does_not():
    tracked = papers.docx("KEPT")
    with zipfile.ZipFile(io.BytesIO(tracked)) as packed:
        body = packed.read("word/document.xml").decode()
    changed = body.replace(
        "<w:t>KEPT</w:t></w:r>",
        "<w:t>kept</w:t></w:r><w:ins><w:r><w:t>, put in</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>, taken out</w:delText></w:r></w:del>",
    )
    content = papers.with_parts(tracked, **{"word/document.xml": changed.encode()})
    assert read(content, "a.docx").text == "kept, put in"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.pdf", "The file is empty."),
        (
            papers.pdf("x"),
            "a.docx",
            "“a.docx” holds PDF; its name should then end in .pdf.",
        ),
        (
            papers.png(),
            "holiday.png.exe",
            "“holiday.png.exe” holds PNG picture; its name should then end in .png.",
        ),
        (
            b"<script>alert(1)</script>",
            "a.html",
            "“a.html” holds plain text; its name should then end in .txt.",
        ),
        (
            b"MZ\x90\x00\x03\x00",
            "a.txt",
            f"“a.txt” is of no kind that is taken here; expected {KINDS}.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "a.docx",
            "The file is of an old Word or has a password. Save it as DOCX or PDF, without one.",
        ),
        (
            papers.pdf("x", password="p").replace(b"/Filter /Standard", b"/Filter /SomeSeal"),
            "a.pdf",
            "The PDF is encrypted in a way that cannot be read here. Save it without.",
        ),
        (
            b"%PDF-1.7\nand nothing more",
            "a.pdf",
            "The PDF is damaged: a part of it is missing or cannot be read.",
        ),
        (
            papers.docx("x")[:-400],
            "a.docx",
            "The file is damaged: it begins as DOCX and ODT do, but is not whole.",
        ),
        (
            papers.archive({"a.txt": b"x"}),
            "a.docx",
            "This is an archive, but neither DOCX nor ODT. Of other kinds, save a PDF.",
        ),
        (
            papers.with_parts(papers.docx("x"), **{"word/vbaProject.bin": b"x"}),
            "a.docx",
            "The document holds macros. Save it without them, or as PDF.",
        ),
        (
            papers.with_parts(papers.docx("x"), **{"word/media/a": bytes(101 * 1024 * 1024)}),
            "bomb.docx",
            "The file unpacks to more than 100 MB.",
        ),
        (
            papers.odt("<text:p>x", **{"content.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            "a.odt",
            "The OpenDocument text (ODT) is damaged: a part of it is missing or cannot be read.",
        ),
        (
            papers.odt("", **{"META-INF/manifest.xml": b"<encryption-data/>"}),
            "a.odt",
            "The OpenDocument text (ODT) is locked with a password. Save it without one.",
        ),
        (
            papers.png()[:40],
            "a.png",
            "The picture is damaged: it begins as PNG picture, but is not whole.",
        ),
        (
            papers.png(60_000, 60_000),
            "a.png",
            "The picture has 60000 × 60000 pixels; at most 100 million are taken.",
        ),
    ],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(content, name, sentence):
    assert refused(content, name) == sentence


def test_a_text_that_is_long_is_cut_and_says_so():
    reading = read(("kata " * 250_000).encode(), "a.txt")
    assert (len(reading.text), reading.cut) == (LONGEST, True)


def test_a_document_that_takes_too_much_to_read_ends_its_process_and_not_this_one(monkeypatch):
    monkeypatch.setattr(apart_module, "PATIENCE", 0.01)
    began = time.monotonic()
    assert refused(papers.docx("x"), "a.docx") == (
        "The Word document (DOCX) takes too much time or memory to read; something is amiss in it."
    )
    assert time.monotonic() - began < 5


def test_a_file_chooser_knows_the_endings():
    assert suffixes() == (
        ".pdf", ".docx", ".odt", ".txt", ".png", ".jpg", ".jpeg", ".gif", ".webp",
    )  # fmt: skip
