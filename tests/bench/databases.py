"""Databases of the bench's own, beside the tracker's on its server, and gone afterwards."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

from tracker.embedded.server import Server

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def server_url() -> str:
    """Where the server is: as DATABASE_URL says, else the project's own, started if need be."""
    if given := os.environ.get("DATABASE_URL", "").strip():
        return given
    own = Server.in_folder(CHECKOUT / ".postgres").ensure_running()
    return (
        f"postgresql://{own['user']}:{quote(own['password'])}@{own['host']}:{own['port']}/postgres"
    )


class Databases:
    """Makes databases called ``bench_…``; on leaving, drops them."""

    def __init__(self) -> None:
        self.url = server_url()
        self.made: list[str] = []

    def make(self, name: str, template: str = "template1") -> str:
        """Make a database, empty or a copy of another that nobody is connected to."""
        full = f"bench_{os.getpid()}_{name}"
        self._run("CREATE DATABASE {} TEMPLATE {}", full, template)
        self.made.append(full)
        return full

    def drop(self, name: str) -> None:
        self._run("DROP DATABASE {} WITH (FORCE)", name)
        self.made.remove(name)

    def url_of(self, name: str) -> str:
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()

    def settle(self, name: str) -> None:
        """Bring a freshly filled database to rest, so that the next measurement pays for itself."""
        with psycopg.connect(self.url_of(name), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        self.checkpoint()

    def checkpoint(self) -> None:
        """Write out what was written, so that the next one does not pay for it.

        Only a superuser, or a member of pg_checkpoint, may; without that the noise stays.
        """
        with (
            psycopg.connect(self.url, autocommit=True) as connection,
            suppress(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("CHECKPOINT")

    def column(self, name: str, query: str) -> list[str]:
        """Ask a database for one column."""
        with psycopg.connect(self.url_of(name)) as connection:
            return [value for (value,) in connection.execute(query)]

    @property
    def version(self) -> str:
        with psycopg.connect(self.url) as connection:
            return connection.execute("SHOW server_version").fetchone()[0]  # type: ignore[index,no-any-return]

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for name in list(self.made):
            self.drop(name)
