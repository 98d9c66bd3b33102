"""The process that `apart.py` starts: a file on standard input, its text on standard output.

``reader.py KIND LONGEST`` answers a line of JSON: ``text`` and ``cut``, or ``refused`` with one
word. It is run as a file, since to import it as a module would load the whole of Django first.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

#: Of the processor, in seconds; and of memory, in bytes.
SECONDS, MEMORY = 30, 1024 * 1024 * 1024
#: A long text that is honest is broken off in time; what has been read by then is given.
ENOUGH_SECONDS = 15

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
ODF = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
#: What stands in an ODT beside its text: notes on it, and what was taken out of it.
BESIDE = {
    f"{ODF}tracked-changes",
    "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation",
}


class Locked(Exception):
    """The file asks for a password."""


class Ciphered(Exception):
    """The file is locked by something else than a password, such as certificates."""


def pdf(content: bytes) -> Iterator[str]:
    """The text of a PDF's pages, each with its lines; empty where pages are pictures."""
    from pypdf import PdfReader  # noqa: PLC0415 - imported after the bounds are set
    from pypdf.errors import DependencyError  # noqa: PLC0415

    try:
        document = PdfReader(io.BytesIO(content))
        # An empty password opens what is only forbidden to print or to copy.
        if document.is_encrypted and not document.decrypt(""):
            raise Locked
    except (DependencyError, NotImplementedError) as error:
        raise Ciphered from error
    for number in range(len(document.pages)):
        yield document.pages[number].extract_text() + "\n"


def docx(content: bytes) -> Iterator[str]:
    """A Word document's paragraphs, in tables and text boxes too; insertions in, deletions out."""
    from docx import Document  # noqa: PLC0415

    body = Document(io.BytesIO(content)).element.body
    written = {
        f"{WORD}tab": "\t",
        f"{WORD}br": "\n",
        f"{WORD}cr": "\n",
        f"{WORD}noBreakHyphen": "-",
    }
    doubled = {part for again in body.iter(FALLBACK) for part in again.iter()}
    for part in body.iter():
        if part in doubled:
            continue
        if part.tag == f"{WORD}p":
            yield "\n"
        elif part.tag == f"{WORD}t":
            yield part.text or ""
        elif part.tag in written:
            yield written[part.tag]


def odt(content: bytes) -> Iterator[str]:
    """An OpenDocument text's paragraphs and headings."""
    from defusedxml.ElementTree import parse  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Locked
        with archive.open("content.xml") as part:
            yield from said(parse(part).getroot())


def said(element: Any) -> Iterator[str]:
    """What an element of an ODT says, and all in it."""
    written = {f"{ODF}p": "\n", f"{ODF}h": "\n", f"{ODF}tab": "\t", f"{ODF}line-break": "\n"}
    waiting: list[Any] = [element]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
            continue
        if part.tag in BESIDE:
            continue
        if part.tag == f"{ODF}s":
            yield " " * min(int(part.get(f"{ODF}c", "1")), 100)
        yield written.get(part.tag, "")
        yield part.text or ""
        for child in reversed(part):
            waiting += [child.tail or "", child]


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {"pdf": pdf, "docx": docx, "odt": odt}


def read(kind: str, content: bytes, longest: int) -> dict[str, Any]:
    """The answer for a file; see above."""
    pieces: list[str] = []
    length, cut = 0, False
    for piece in READERS[kind](content):
        pieces.append(piece)
        length += len(piece)
        if cut := length > longest or time.process_time() > ENOUGH_SECONDS:
            break
    # A lone half of a character, and what PostgreSQL cannot keep.
    text = "".join(pieces).encode(errors="replace").decode().replace("\x00", "").strip()
    return {"text": text[:longest], "cut": cut}


def bound() -> None:
    """Let this process have no more than its share, and say nothing but its answer."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    logging.disable()
    warnings.simplefilter("ignore")


def main(kind: str, longest: int) -> None:
    """Read standard input, write the answer."""
    bound()
    try:
        answer = read(kind, sys.stdin.buffer.read(), longest)
    except Locked:
        answer = {"refused": "locked"}
    except Ciphered:
        answer = {"refused": "ciphered"}
    except (MemoryError, RecursionError):
        answer = {"refused": "bounds"}
    except Exception:  # noqa: BLE001 - parsers raise what they like at a damaged file
        answer = {"refused": "damaged"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
