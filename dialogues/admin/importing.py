"""Rounds from a file in the admin: sent, looked at row by row, then taken over as it was shown."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialogues.admin.exporting import XLSX
from dialogues.admin.import_words import told
from dialogues.models import PendingImport, User
from dialogues.models.files import display_name
from dialogues.records.files import NDJSON, SHEETS
from dialogues.records.previewing import Preview, run
from dialogues.records.sheet_writing import COLUMNS

PER_PAGE = 50
#: So many files of one person wait at a time; an older one gives way.
MOST_WAITING = 3
SHOWN: dict[str, Callable[[dict[str, Any]], Any]] = {
    "new": lambda row: row["new"],
    "changed": lambda row: not row["new"] and row["changes"],
    "noted": lambda row: row["notes"],
}


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join((*SHEETS, *NDJSON))}),
        help_text=gettext_lazy(
            "CSV, XLSX or NDJSON. Nothing is written before you have seen what would come of it."
        ),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is empty, too large or of another kind before it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        size = file.size or 0
        if not size:
            raise ValidationError(_("The file is empty."))
        if size > settings.LARGEST_IMPORT:
            said = _(
                "The file has %(size)s; here at most %(most)s are taken. A larger one is for the "
                "command import_rounds, or for several files."
            )
            most = filesizeformat(settings.LARGEST_IMPORT)
            raise ValidationError(said % {"size": filesizeformat(size), "most": most})
        suffix = PurePosixPath(str(file.name)).suffix.lower()
        if suffix not in (*NDJSON, *SHEETS):
            said = _("A file “%(suffix)s” is not known here; expected .ndjson, .csv or .xlsx.")
            raise ValidationError(said % {"suffix": suffix or file.name})
        return file


class ImportingAdmin(admin.ModelAdmin):
    """An admin of rounds with the way in for files."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_file), name="dialogues_round_import"),
            path(
                "import/template.<str:suffix>",
                wrap(self.import_template),
                name="dialogues_round_import_template",
            ),
            path("import/<uuid:key>/", wrap(self.pending), name="dialogues_round_pending"),
            *super().get_urls(),
        ]

    def import_file(self, request: HttpRequest) -> HttpResponse:
        """Take a file, read it as if to import it, and lead to what would come of it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file: UploadedFile = form.cleaned_data["file"]
            user = cast("User", request.user)
            pending = PendingImport(
                user=user, name=display_name(str(file.name)), content=file.read()
            )
            show(pending, read(pending))
            PendingImport.objects.forget_expired()
            waiting = PendingImport.objects.filter(user=user).order_by("-made")
            for older in waiting.only("pk")[MOST_WAITING:]:
                older.delete()
            return HttpResponseRedirect(page_of(pending))
        context = self.context(request, _("Import rounds"), form=form, columns=COLUMNS)
        return TemplateResponse(request, "admin/dialogues/round/import.html", context)

    def import_template(self, request: HttpRequest, suffix: str) -> HttpResponseBase:
        """The flat sheet without rows; as XLSX with a sheet that explains its columns."""
        if not self.has_add_permission(request) or suffix not in {"csv", "xlsx"}:
            raise PermissionDenied
        name = f"rounds-template.{suffix}"
        if suffix == "xlsx":
            from dialogues.records.sheet_files import written  # noqa: PLC0415 - as in exporting

            return FileResponse(written(), as_attachment=True, filename=name, content_type=XLSX)
        response = HttpResponse(",".join(COLUMNS) + "\r\n", content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def pending(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """What would come of a file that was sent; and then the word to take it over or not."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            mine = PendingImport.objects.of(cast("User", request.user))
            waiting = mine.select_for_update() if request.method == "POST" else mine
            pending = waiting.filter(pk=key).first()
            if pending is None:
                messages.warning(request, _("This file is not waiting any more. Send it again."))
                return HttpResponseRedirect(reverse("admin:dialogues_round_import"))
            if request.method == "POST":
                return self.settle(request, pending)
        return self.preview(request, pending)

    def settle(self, request: HttpRequest, pending: PendingImport) -> HttpResponse:
        """Take the file over, if just that comes of it which was shown; or let it go."""
        listed = HttpResponseRedirect(reverse("admin:dialogues_round_changelist"))
        if "discard" in request.POST:
            pending.delete()
            messages.info(request, _("Nothing was imported."))
            return listed
        if not pending.digest:
            return HttpResponseRedirect(page_of(pending))
        preview = read(pending, pending.digest, request.POST.get("reason", "")[:500])
        if preview.errors or preview.digest != pending.digest:
            show(pending, preview)
            messages.warning(
                request,
                _(
                    "Nothing was imported: the records have changed since. This is what would come "
                    "of the file now."
                ),
            )
            return HttpResponseRedirect(page_of(pending))
        pending.delete()
        messages.success(request, _("Imported: %s.") % counted(asdict(preview.result)))
        return listed

    def preview(self, request: HttpRequest, pending: PendingImport) -> HttpResponse:
        """The page of what would come of it, some rows at a time."""
        shown = pending.shown
        which = request.GET.get("show", "")
        rows = [row for row in shown["rows"] if which not in SHOWN or SHOWN[which](row)]
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
        for row in page:
            row["told"] = told(row["changes"])
        context = self.context(
            request,
            _("Import “%(name)s”") % {"name": pending.name},
            shown=shown,
            which=which,
            page=page,
            counted=counted(shown["result"]),
            confirmable=bool(pending.digest) and bool(shown["rows"] or shown["references"]),
        )
        return TemplateResponse(request, "admin/dialogues/round/import_preview.html", context)

    def context(self, request: HttpRequest, title: str, **more: Any) -> dict[str, Any]:
        """What all its pages are given."""
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            **more,
        }


def page_of(pending: PendingImport) -> str:
    """The address at which its sender sees what would come of it."""
    return reverse("admin:dialogues_round_pending", args=[pending.pk])


def read(pending: PendingImport, expected: str = "", reason: str = "") -> Preview:
    """Run the import in its sender's name; without `expected` it is taken back in any case."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"file{PurePosixPath(pending.name).suffix.lower()}"
        file.write_bytes(bytes(pending.content))
        return run(file, pending.user, expected=expected, reason=reason)


def show(pending: PendingImport, preview: Preview) -> None:
    """Keep what would come of it; with errors in it nothing can be confirmed."""
    pending.digest = "" if preview.errors else preview.digest
    pending.shown = {
        "rows": preview.rows,
        "references": preview.references,
        "errors": [asdict(error) for error in preview.errors],
        "more_errors": preview.more_errors,
        "result": asdict(preview.result),
        "encoding": preview.encoding,
    }
    pending.save()


def counted(result: dict[str, int]) -> str:
    """How many rounds are created, updated and unchanged, in words."""
    return ", ".join(
        (
            ngettext("%d round created", "%d rounds created", result["created"])
            % result["created"],
            ngettext("%d updated", "%d updated", result["updated"]) % result["updated"],
            ngettext("%d unchanged", "%d unchanged", result["unchanged"]) % result["unchanged"],
        )
    )
