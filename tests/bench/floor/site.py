"""A bare WSGI application: ``gunicorn tests.bench.floor.site``. It believes every address."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

import psycopg

from . import documents, pages

HTML, JSON = "text/html; charset=utf-8", "application/json"
kept = threading.local()


def connection() -> psycopg.Connection:
    """This thread's connection, opened once."""
    if not hasattr(kept, "connection"):
        kept.connection = psycopg.connect(
            os.environ["DATABASE_URL"], autocommit=True, options="-c timezone=UTC"
        )
    return kept.connection  # type: ignore[no-any-return]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request."""
    path, query = environ["PATH_INFO"], dict(parse_qsl(environ["QUERY_STRING"]))
    kind = HTML
    if path == "/healthz":
        body = b"ok"
    elif path == "/rounds/":
        body = pages.listing(connection(), query)
    elif path == "/api/v1/rounds/":
        kind = JSON
        root = f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}/api/v1/"
        body = documents.page(connection(), root, query)
    else:
        body = pages.detail(connection(), path.split("/")[2])
    start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
