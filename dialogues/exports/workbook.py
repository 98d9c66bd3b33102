"""XLSX: a sheet of rows in the reader's words, and a sheet that tells which filters made it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from dialogues.dates import PartialDate
from dialogues.filters import ListingFilter
from dialogues.listings import Column, Listing
from dialogues.listings.listing import Row

from .reading import rows

#: Characters that XML, and so a sheet, cannot hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST = 32_767
BOLD, LINK = Font(bold=True), Font(underline="single", color="0563C1")


def workbook(
    request: HttpRequest, listing: Listing, filters: ListingFilter, columns: Sequence[Column]
) -> IO[bytes]:
    """Write the workbook to a file that vanishes when it is closed; return it from its start."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_text(str(listing.heading))[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, str(one.label), font=BOLD) for one in columns])
    count = 0
    for row in rows(listing, filters, columns):
        count += 1
        sheet.append([_told(sheet, request, one, row) for one in columns])
    about = book.create_sheet(_("About this list"))
    for line in _about(request, listing, filters, count):
        about.append([_cell(about, part) for part in line])
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    return file


def _about(
    request: HttpRequest, listing: Listing, filters: ListingFilter, count: int
) -> list[list[str]]:
    address = request.build_absolute_uri(reverse(listing.url_name))
    query = request.GET.urlencode()
    return [
        [_("List"), str(listing.heading)],
        [_("Rows"), str(count)],
        [_("Address"), f"{address}?{query}" if query else address],
        [_("Made"), date_format(timezone.localtime(), "DATETIME_FORMAT")],
        *([_("Filter"), chip.words] for chip in filters.describe()),
    ]


def _told(sheet: Any, request: HttpRequest, column: Column, row: Row) -> Any:
    value = row[column.key]
    if column.kind in {"round", "point"}:
        return _link(sheet, request, column, row)
    if column.choices:
        return _cell(sheet, str(column.choices(value).label) if value else None)
    if isinstance(value, PartialDate):
        return _cell(sheet, value.earliest if value.earliest == value.latest else value.display())
    if isinstance(value, datetime):
        return _cell(sheet, timezone.localtime(value).replace(tzinfo=None))
    if isinstance(value, list):
        return _cell(sheet, "; ".join(dict.fromkeys(filter(None, value))))
    return _cell(sheet, value)


def _link(sheet: Any, request: HttpRequest, column: Column, row: Row) -> Any:
    if column.kind == "point":
        name, said = f"{row['round']}.{row['number']}", row["point"]
        address = reverse("agreed-point-detail", args=[name])
    else:
        edition = "" if row["edition"] is None else f", {row['edition']}"
        said, address = f"{row['series']}{edition}", reverse("round-detail", args=[row["round"]])
    cell = _cell(sheet, said, font=LINK)
    cell.hyperlink = request.build_absolute_uri(address)
    return cell


def _cell(sheet: Any, value: Any, font: Font | None = None) -> Any:
    cell = WriteOnlyCell(sheet, value=_text(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        # Never a formula, whatever it begins with.
        cell.data_type = "s"
    if isinstance(value, date) and not isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd"
    if font:
        cell.font = font
    return cell


def _text(value: str) -> str:
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST]
