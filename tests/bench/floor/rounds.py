"""A round's page as a string: all that its document says, with nothing around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

import psycopg

from . import documents


def detail(connection: psycopg.Connection, slug: str) -> bytes:
    """All that a round's document says, as HTML."""
    return "".join(said(documents.one(connection, slug))).encode()


def said(value: Any) -> Iterator[str]:
    """Whatever a document holds, in its order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"<dt>{key}</dt><dd>"
            yield from said(inner)
            yield "</dd>"
    elif isinstance(value, list):
        yield from listed(value)
    elif value is not None:
        yield f"<p>{escape(str(value))}</p>"


def listed(values: Iterable[Any]) -> Iterator[str]:
    yield "<ul>"
    for value in values:
        yield "<li>"
        yield from said(value)
        yield "</li>"
    yield "</ul>"
