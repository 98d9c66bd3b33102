"""The file of a source: for those who see its round, and always to be kept, never to be shown."""

from __future__ import annotations

import logging

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from dialogues.models import File, Source

log = logging.getLogger(__name__)


@require_safe
def source_file(request: HttpRequest, slug: str, source_id: int) -> HttpResponseBase:
    """Send the file as a download; 404 for those who do not see the round, as for no file."""
    source = (
        Source.objects.visible_to(request.user)
        .filter(pk=source_id, round__slug=slug, file__isnull=False)
        .select_related("file")
        .defer("file__text", "file__words")
        .first()
    )
    if source is None or source.file is None:
        raise Http404
    etag = f'"{source.file.sha256}"'
    known = get_conditional_response(request, etag=etag)
    response: HttpResponseBase = known or sent(source, source.file)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    # Should anything open it in the site's place after all, it can do nothing there.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(response, ["Cookie"])
    return response


def sent(source: Source, file: File) -> FileResponse:
    """The answer with the file's bytes, under the name that it was given."""
    try:
        opened = file.path.open("rb")
    except OSError as error:
        log.error("The file %s of source %s cannot be read: %s", file.sha256, source.pk, error)
        raise Http404 from error
    return FileResponse(
        opened, as_attachment=True, filename=source.file_name, content_type=file.content_type
    )
