"""A bare WSGI application: ``gunicorn tests.bench.floor.site``. It believes every address."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

import psycopg

from . import documents, files, lists, rounds, search

HTML, JSON = "text/html; charset=utf-8", "application/json"
FILES = {
    "/rounds.csv": ("text/csv; charset=utf-8", files.csv),
    "/rounds.ndjson": ("application/x-ndjson", files.ndjson),
}
PAGES = {
    "/rounds/": lists.ROUNDS.page,
    "/agreed-points/": lists.POINTS.page,
    "/search/": search.found,
}
kept = threading.local()


def connection() -> psycopg.Connection:
    """This thread's connection, opened once."""
    if not hasattr(kept, "connection"):
        kept.connection = psycopg.connect(
            os.environ["DATABASE_URL"], autocommit=True, options="-c timezone=UTC -c jit=off"
        )
    return kept.connection  # type: ignore[no-any-return]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request."""
    path, query = environ["PATH_INFO"], dict(parse_qsl(environ["QUERY_STRING"]))
    if path in FILES:
        kind, written = FILES[path]
        start_response("200 OK", [("Content-Type", kind)])
        return written(connection())
    if path == "/api/v1/rounds/":
        return api(environ, query, start_response)
    if path == "/healthz":
        body = b"ok"
    elif path in PAGES:
        body = PAGES[path](connection(), query)
    else:
        body = rounds.detail(connection(), path.split("/")[2])
    start_response("200 OK", [("Content-Type", HTML), ("Content-Length", str(len(body)))])
    return [body]


def api(
    environ: dict[str, Any], query: dict[str, str], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    """A page of documents; nothing to one who has what the record still says."""
    tag = ("ETag", documents.tag(connection()))
    if environ.get("HTTP_IF_NONE_MATCH") == tag[1]:
        start_response("304 Not Modified", [tag])
        return []
    root = f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}/api/v1/"
    body = documents.page(connection(), root, query)
    start_response("200 OK", [("Content-Type", JSON), ("Content-Length", str(len(body))), tag])
    return [body]
