"""Rows of cells out of CSV, in whatever dialect a spreadsheet wrote it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .errors import RecordError, RecordsRefused

LONGEST_CELL = 1024 * 1024
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Whose beginning shows that a name lies: archives, such as XLSX; and files of an old Excel.
ARCHIVE, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Rows = Iterator[tuple[int, list[str]]]
Progress = Callable[[int], Any]


def csv_rows(path: Path, progress: Progress, *, encoding: str = "") -> Rows:
    """Yield line numbers with cells. Raises RecordsRefused for what is no CSV in its encoding.

    ``encoding`` is for a file whose own it is not to tell: neither marked nor UTF-8.
    """
    csv.field_size_limit(LONGEST_CELL)
    with path.open("rb") as binary:
        text = io.TextIOWrapper(binary, encoding=encoding or marked_as(path), newline="")
        before = 0
        try:
            rows = csv.reader(text, delimiter=_delimiter(text), strict=True)
            for cells in rows:
                progress(binary.tell())
                yield before + 1, cells
                before = rows.line_num
        except UnicodeError as error:
            message = _("The file is not in UTF-8 (byte %(byte)s). Save it as “CSV UTF-8”.")
            said = {"byte": getattr(error, "start", 0)}
            raise RecordsRefused([RecordError(message % said)]) from error
        except csv.Error as error:
            message = _("This is not CSV: %(reason)s.") % {"reason": error}
            raise RecordsRefused([RecordError(message, line=before + 1)]) from error


def marked_as(path: Path) -> str:
    """The encoding that a file's first bytes tell; UTF-8 where they tell none."""
    with path.open("rb") as file:
        first = file.read(4)
    if first.startswith((ARCHIVE, OLD_EXCEL)):
        message = _(
            "The name ends in .csv, but this is a workbook. Name it .xlsx, or save it as CSV."
        )
        raise RecordsRefused([RecordError(message)])
    return "utf-16" if first.startswith(UTF_16) else "utf-8-sig"


def is_in(path: Path, encoding: str) -> bool:
    """Whether the whole file can be read in the encoding."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(1024 * 1024):
                pass
    except UnicodeError:
        return False
    return True


def _delimiter(text: io.TextIOWrapper) -> str:
    """What stands between the header's cells: spreadsheets of many languages write semicolons.

    Lists, which semicolons separate as well, then need quotation marks.
    """
    header = text.readline()
    text.seek(0)
    return max(",;\t", key=header.count)
