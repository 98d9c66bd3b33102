"""Chosen rounds out of the admin: as documents, or as the flat sheet that can come back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

import orjson
from django.contrib import admin
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy

from dialogues.models import Round, clearance_of
from dialogues.records.reading import stream
from dialogues.records.sheet_writing import COLUMNS, guarded, row_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ndjson(documents: Iterator[bytes]) -> HttpResponseBase:
    """A document a line, with internal notes for those who are cleared for them."""
    return StreamingHttpResponse(
        (document + b"\n" for document in documents), content_type="application/x-ndjson"
    )


def flat_csv(documents: Iterator[bytes]) -> HttpResponseBase:
    """The flat sheet as CSV."""
    rows = (row_of(orjson.loads(document)) for document in documents)
    return StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")


def flat_xlsx(documents: Iterator[bytes]) -> HttpResponseBase:
    """The flat sheet as XLSX."""
    # openpyxl would be an eighth of a worker's memory; most workers never write a sheet.
    from dialogues.records.sheet_files import written  # noqa: PLC0415

    file: IO[bytes] = written(row_of(orjson.loads(document)) for document in documents)
    return FileResponse(file, content_type=XLSX)


def _lines(rows: Iterable[list[str]]) -> Iterator[str]:
    for row in (list(COLUMNS), *rows):
        line = io.StringIO()
        csv.writer(line).writerow([guarded(cell) for cell in row])
        yield line.getvalue()


def exporting(
    suffix: str, description: Any, write: Callable[[Iterator[bytes]], HttpResponseBase]
) -> Callable[[Any, HttpRequest, QuerySet[Round]], HttpResponseBase]:
    """An action that sends the chosen rounds, as far as the editor sees them."""

    @admin.action(description=description, permissions=["view"])
    def action(
        site: admin.ModelAdmin, request: HttpRequest, chosen: QuerySet[Round]
    ) -> HttpResponseBase:
        staff = clearance_of(request.user).staff
        response = write(stream(chosen, staff=staff))
        response["Content-Disposition"] = f'attachment; filename="rounds.{suffix}"'
        response["Cache-Control"] = "private, no-store"
        return response

    action.__name__ = f"export_{suffix}"
    return action


EXPORTS = (
    exporting("ndjson", gettext_lazy("Export the chosen rounds as NDJSON (everything)"), ndjson),
    exporting("csv", gettext_lazy("Export the chosen rounds as CSV (flat sheet)"), flat_csv),
    exporting("xlsx", gettext_lazy("Export the chosen rounds as XLSX (flat sheet)"), flat_xlsx),
)
