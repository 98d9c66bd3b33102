"""Files of records, opened by their suffix: NDJSON, CSV or XLSX."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from dialogues.models import User

from . import parsing, sheets
from .csv_rows import csv_rows, is_in, marked_as
from .errors import RecordError, RecordsRefused
from .parsing import Entry
from .references import References
from .shape import Document
from .sheet_names import SheetNames
from .storing import Change, Result
from .writing import take

NDJSON, SHEETS = (".ndjson", ".jsonl"), (".csv", ".xlsx")

Lines = Iterator[tuple[int, Document | None, list[RecordError]]]


@dataclass(slots=True)
class Opened:
    """A file of records, ready to be read once."""

    entries: Iterator[Entry]
    lines: Lines = field(default_factory=lambda: iter(()))
    references: References = field(default_factory=References)
    encoding: str = ""
    """What it was read in, where that is a guess which somebody should look at."""


def open_file(
    path: Path,
    progress: Callable[[int], Any] = lambda position: None,
    *,
    sender: User | None = None,
    guess: bool = False,
) -> Opened:
    """Open a file of records. Raises ``RecordsRefused`` for what is wrong with its kind.

    ``sender`` is who is told what is wrong in it, if not somebody who may see all. ``guess`` reads
    a CSV that is not in UTF-8 as Windows-1252, for somebody who looks at what comes of it before
    it is taken over.
    """
    suffix = path.suffix.lower()
    if suffix in NDJSON:
        return Opened(
            parsing.rounds(_lines(path, progress)),
            parsing.references(_lines(path, lambda position: None)),
        )
    if suffix not in SHEETS:
        message = _("A file “%(suffix)s” is not known here; expected .ndjson, .csv or .xlsx.")
        raise RecordsRefused([RecordError(message % {"suffix": suffix or path.name})])
    names, references = SheetNames(sender), References()
    references.topic_names = names.topic_names
    if suffix == ".xlsx":
        # openpyxl would be an eighth of a worker's memory; most workers never read a sheet.
        from .workbook_rows import workbook_rows  # noqa: PLC0415

        return Opened(sheets.entries(workbook_rows(path), names), references=references)
    encoding = ""
    if guess and not is_in(path, marked_as(path)):
        encoding = "cp1252" if is_in(path, "cp1252") else ""
    rows = csv_rows(path, progress, encoding=encoding)
    return Opened(sheets.entries(rows, names), references=references, encoding=encoding)


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
    opened = open_file(path, progress)
    return take(
        opened.entries,
        lines=opened.lines,
        references=opened.references,
        publish=publish,
        dry_run=dry_run,
        tell=tell,
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
