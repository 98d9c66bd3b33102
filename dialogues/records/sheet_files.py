"""The flat sheet as a workbook: its rows, and a sheet that says what each column holds."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from typing import IO, Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from dialogues import vocabulary

from .sheet_rows import REQUIRED
from .sheet_writing import COLUMNS, guarded

#: Characters that XML, and so a sheet, cannot hold; and how many a cell holds.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST = 32_767
WIDE, NARROW = 60, 18

WORDS: dict[str, type[TextChoices]] = {
    "kind": vocabulary.SeriesKind,
    "partner_kind": vocabulary.PartnerKind,
    "status": vocabulary.RoundStatus,
    "format": vocabulary.Format,
    "host": vocabulary.Host,
    "visibility": vocabulary.Visibility,
}


def written(rows: Iterable[list[str]] = ()) -> IO[bytes]:
    """Write the workbook to a file that vanishes when it is closed; return it from its start."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Rounds"))
    sheet.freeze_panes = "A2"
    for number in range(1, len(COLUMNS) + 1):
        sheet.column_dimensions[_letter(number)].width = NARROW
    sheet.append([_cell(sheet, column, bold=True) for column in COLUMNS])
    for row in rows:
        sheet.append([_cell(sheet, guarded(cell)) for cell in row])
    about = book.create_sheet(_("What the columns hold"))
    for letter, width in zip("ABCD", (NARROW, NARROW, WIDE, WIDE), strict=True):
        about.column_dimensions[letter].width = width
    for number, line in enumerate(explained()):
        about.append([_cell(about, cell, bold=number == 0) for cell in line])
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    return file


def explained() -> list[list[str]]:
    """A heading, and of each column: its name, whether it is required, what it holds, its words."""
    sentences = _sentences()
    return [
        [_("Column"), _("Required"), _("What it holds"), _("Permitted words")],
        *(
            [column, _("yes") if column in REQUIRED else "", sentences[column], _words(column)]
            for column in COLUMNS
        ),
    ]


def _words(column: str) -> str:
    words = WORDS.get(column)
    return "; ".join(f"{word.value} ({word.label})" for word in words) if words else ""


def _sentences() -> dict[str, str]:
    several = _("Several are separated by semicolons.")
    place, city = _("The name of the place, if it is known."), _("The city.")
    own, partner = _("Who led the own delegation."), _("Who led the delegation of the partner.")
    topics = _("Topics, by name or slug; new ones are made.")
    agreed = _("What was agreed, a sentence a point.")
    title = _("The head's title on that day; several, in step with the names, by semicolons.")
    return {
        "series": _("The series: its slug or its title. A new title makes a new series."),
        "kind": _("What kind of dialogue the series is."),
        "partner": _("The partner: its code, or its name in English or Indonesian."),
        "partner_kind": _("Needed only for an organisation that is not known yet."),
        "edition": _("The number of the round within its series: 11."),
        "status": _("Left empty: held if the date has passed, else planned."),
        "date": _("As exactly as it is known: 2022, October 2021, 15 October 2021, 5–6 Nov 2019."),
        "format": _("How they met."),
        "host": _("Who was the host."),
        "venue": f"{place} {several}",
        "city": f"{city} {several}",
        "country": _("The country's code or name; one serves for all cities."),
        "head_own": f"{own} {several}",
        "head_own_title": title,
        "head_partner": f"{partner} {several}",
        "head_partner_title": title,
        "topics": f"{topics} {several}",
        "agreed_points": f"{agreed} {several}",
        "summary": _("What the round was about."),
        "next_round_note": _("What was said of the next round."),
        "source_publisher": _("Who published the source."),
        "source_title": _("What the source is called."),
        "source_date": _("When it was published, as exactly as it is known."),
        "source_url": _("Its address, beginning with https:// or http://."),
        "visibility": _("Who may ever see it. Left empty: internal."),
    }


def _letter(number: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number - 1]


def _cell(sheet: Any, value: str, *, bold: bool = False) -> Any:
    text = UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST]
    cell = WriteOnlyCell(sheet, value=text or None)
    if text:
        # Never a formula, whatever it begins with.
        cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if bold:
        cell.font = Font(bold=True)
    return cell
