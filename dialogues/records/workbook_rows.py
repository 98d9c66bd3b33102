"""Rows of cells out of XLSX."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .csv_rows import OLD_EXCEL, Rows
from .errors import RecordError, RecordsRefused

#: A workbook is read into memory as it unpacks; one that claims more than this is refused.
LARGEST_WORKBOOK = 200 * 1024 * 1024
#: What openpyxl raises at a file that is none, is damaged or has entities in its XML.
NOT_A_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, EOFError, InvalidFileException, ParseError, KeyError,
    ValueError,
)  # fmt: skip
MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z0-9:]{2,40})["']""")


def workbook_rows(path: Path) -> Rows:
    """Yield the rows of a workbook's first sheet. Raises RecordsRefused, naming the cell."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > LARGEST_WORKBOOK:
            message = _("The workbook unpacks to more than 200 MB.")
            raise RecordsRefused([RecordError(message)])
        workbook = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except NOT_A_WORKBOOK as error:
        raise RecordsRefused([RecordError(_no_workbook(path))]) from error
    try:
        _refuse_merged(path, workbook)
        for number, row in enumerate(_sheet_rows(workbook), start=1):
            yield number, [_cell(cell, number) for cell in row]
    finally:
        workbook.close()


def _no_workbook(path: Path) -> str:
    with path.open("rb") as file:
        if file.read(4) == OLD_EXCEL:
            return _(
                "The workbook is of an old Excel or has a password. Save it as XLSX, without one."
            )
    return _("This is not an XLSX workbook.")


def _refuse_merged(path: Path, workbook: Any) -> None:
    """Refuse merged cells: all but the first of them would be read as empty.

    The sheet is looked through as text, in pieces; openpyxl knows of them only once all is loaded.
    """
    part = getattr(workbook.worksheets[0], "_worksheet_path", "") if workbook.worksheets else ""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(part.lstrip("/")) as sheet:
            rest = b""
            while piece := sheet.read(1024 * 1024):
                if found := MERGED.search(rest + piece):
                    message = _(
                        "Cells %(cells)s are merged. Unmerge them, and fill in each row."
                    ) % {"cells": found[1].decode()}
                    line = re.search(rb"\d+", found[1])
                    raise RecordsRefused(
                        [RecordError(message, line=int(line[0]) if line else None)]
                    )
                rest = piece[-200:]
    except NOT_A_WORKBOOK as error:
        raise RecordsRefused([RecordError(_("This is not an XLSX workbook."))]) from error


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
    if cell.data_type in {"f", "e"}:
        message = (
            _("Cell %(cell)s holds a formula. Paste the values instead.")
            if cell.data_type == "f"
            else _("Cell %(cell)s holds the error %(value)s. Write what it should say.")
        )
        said = {"cell": cell.coordinate, "value": value}
        raise RecordsRefused([RecordError(message % said, line=line)])
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
