"""Files of records, opened by their suffix: NDJSON, CSV or XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from . import parsing, sheets
from .errors import RecordError, RecordsRefused
from .references import References
from .shape import Document
from .sheet_names import SheetNames
from .storing import Change, Result
from .writing import take

#: A workbook is read into memory as it unpacks; one that claims more than this is refused.
LARGEST_WORKBOOK = 200 * 1024 * 1024
LONGEST_CELL = 1024 * 1024
#: What openpyxl raises at a file that is none, is damaged or has entities in its XML.
NOT_A_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, EOFError, InvalidFileException, ParseError, KeyError,
    ValueError,
)  # fmt: skip

Lines = Iterator[tuple[int, Document | None, list[RecordError]]]


def import_file(
    path: Path,
    *,
    publish: bool = False,
    dry_run: bool = False,
    tell: Callable[[Change], Any] = lambda change: None,
    progress: Callable[[int], Any] = lambda position: None,
) -> Result:
    """Take over a file of records, all or nothing; see ``writing.take``.

    ``progress`` hears how many bytes have been read. Raises ``RecordsRefused`` for what is wrong
    inside the file or with its kind, and ``OSError`` where it cannot be read.
    """
    suffix = path.suffix.lower()
    references = References()
    lines: Lines = iter(())
    if suffix in (".ndjson", ".jsonl"):
        lines = parsing.references(_lines(path, lambda position: None))
        entries = parsing.rounds(_lines(path, progress))
    elif suffix in (".csv", ".xlsx"):
        names = SheetNames()
        references.topic_names = names.topic_names
        rows = _csv_rows(path, progress) if suffix == ".csv" else _workbook_rows(path)
        entries = sheets.entries(rows, names)
    else:
        message = _("A file “%(suffix)s” is not known here; expected .ndjson, .csv or .xlsx.")
        raise RecordsRefused([RecordError(message % {"suffix": suffix or path.name})])
    return take(
        entries, lines=lines, references=references, publish=publish, dry_run=dry_run, tell=tell
    )


def _lines(path: Path, progress: Callable[[int], Any]) -> Iterator[bytes]:
    with path.open("rb") as file:
        position = 0
        # A line that is too long is read in part only: enough to be refused by its length.
        while line := file.readline(parsing.LONGEST_LINE + 1):
            position += len(line)
            if len(line) > parsing.LONGEST_LINE:
                position += _skip_line(file)
            progress(position)
            yield line.removeprefix(b"\xef\xbb\xbf") if position == len(line) else line


def _skip_line(file: BinaryIO) -> int:
    skipped = 0
    while part := file.readline(parsing.LONGEST_LINE):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _csv_rows(path: Path, progress: Callable[[int], Any]) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    with path.open("rb") as binary:
        text = io.TextIOWrapper(binary, encoding="utf-8-sig", newline="")
        try:
            header = text.readline()
            # Spreadsheets of many languages write semicolons; lists then need quotation marks.
            delimiter = ";" if header.count(";") > header.count(",") else ","
            text.seek(0)
            rows = csv.reader(text, delimiter=delimiter, strict=True)
            before = 0
            for cells in rows:
                progress(binary.tell())
                yield before + 1, cells
                before = rows.line_num
        except UnicodeDecodeError as error:
            message = _("The file is not in UTF-8 (byte %(byte)s). Save it as “CSV UTF-8”.")
            raise RecordsRefused([RecordError(message % {"byte": error.start})]) from error
        except csv.Error as error:
            message = _("This is not CSV: %(reason)s.") % {"reason": error}
            raise RecordsRefused([RecordError(message, line=before + 1)]) from error


def _workbook_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > LARGEST_WORKBOOK:
            message = _("The workbook unpacks to more than 200 MB.")
            raise RecordsRefused([RecordError(message)])
        workbook = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except NOT_A_WORKBOOK as error:
        raise RecordsRefused([RecordError(_("This is not an XLSX workbook."))]) from error
    try:
        for number, row in enumerate(_sheet_rows(workbook), start=1):
            yield number, [_cell(cell, number) for cell in row]
    finally:
        workbook.close()


def _sheet_rows(workbook: Any) -> Iterator[Any]:
    """The first sheet's rows, which are unpacked as they are read: damage shows only then."""
    try:
        yield from workbook.worksheets[0].iter_rows()
    except (*NOT_A_WORKBOOK, IndexError) as error:
        raise RecordsRefused([RecordError(_("This is not an XLSX workbook."))]) from error


def _cell(cell: Any, line: int) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        message = _("Cell %(cell)s holds a formula. Paste the values instead.")
        raise RecordsRefused([RecordError(message % {"cell": cell.coordinate}, line=line)])
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
