"""The address of a file: the same query string as the page's, the same rows, the same columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dialogues.filters import ListingFilter
from dialogues.listings import SEPARATORS, Column, Listing, UnknownColumn, delimited

from .lines import lines

#: Parameters of a file's own.
OWN = ("separator", "bom")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "ndjson": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(listing: Listing, suffix: str) -> Callable[..., HttpResponseBase]:
    """The view of ``/rounds.csv`` and its likes: answers 400 with what is wrong as plain text."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponseBase:
        filters = listing.filtered(request, request.GET, allowed=OWN)
        wrong = [str(sentence) for some in filters.errors.values() for sentence in some]
        columns: Sequence[Column] = ()
        try:
            columns = listing.chosen(request.GET.get("columns", ""), request.user)
        except UnknownColumn as error:
            wrong.append(str(error))
        wrong += _wrong_options(request)
        if wrong:
            return HttpResponse(
                "\n".join(wrong) + "\n", status=400, content_type="text/plain; charset=utf-8"
            )
        response = _made(request, listing, suffix, filters, columns)
        response["Content-Disposition"] = f'attachment; filename="{listing.key}.{suffix}"'
        # What one reader may see is nobody else's.
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Cookie", "Accept-Language"])
        return response

    return view


def _wrong_options(request: HttpRequest) -> Iterable[str]:
    separator, bom = request.GET.get("separator", "comma"), request.GET.get("bom", "false")
    if separator not in SEPARATORS:
        yield _("“%(given)s” is no separator. It can be: %(values)s.") % {
            "given": separator[:60], "values": ", ".join(SEPARATORS),
        }  # fmt: skip
    if bom not in {"true", "false"}:
        yield _("“%(given)s” is neither “true” nor “false”.") % {"given": bom[:60]}


def _made(
    request: HttpRequest, listing: Listing, suffix: str, filters: ListingFilter,
    columns: Sequence[Column],
) -> HttpResponseBase:  # fmt: skip
    kind: dict[str, Any] = {"content_type": TYPES[suffix]}
    if suffix == "xlsx":
        # openpyxl would be an eighth of a worker's memory; most workers never write a sheet.
        from .workbook import workbook  # noqa: PLC0415

        return FileResponse(workbook(request, listing, filters, columns), **kind)
    if suffix == "ndjson":
        return StreamingHttpResponse(lines(listing, filters, columns), **kind)
    separator = SEPARATORS[request.GET.get("separator", "comma")]
    bom = request.GET.get("bom") == "true"
    told = dict(zip(*listing.expressions(filters, columns), strict=True))
    return StreamingHttpResponse(
        delimited(filters.qs, told, narrowed=bool(filters.given), separator=separator, bom=bom),
        **kind,
    )
