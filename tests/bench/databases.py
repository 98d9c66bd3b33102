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

KEPT = "bench_kept_"
KNOWN = "SELECT datname FROM pg_database WHERE datname = %s"
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

    def kept(self, name: str) -> str | None:
        """The database that an earlier run kept by this name, if there is one."""
        with psycopg.connect(self.url) as connection:
            found = connection.execute(KNOWN, [f"{KEPT}{name}"]).fetchone()
        return str(found[0]) if found else None

    def keep(self, made: str, name: str) -> str:
        """Keep a database that was made, for later runs; return what it is called from now on."""
        self._run("ALTER DATABASE {} RENAME TO {}", made, f"{KEPT}{name}")
        self.made.remove(made)
        return f"{KEPT}{name}"

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

    def column(self, name: str, query: str, *given: str) -> list[str]:
        """Ask a database for one column."""
        with psycopg.connect(self.url_of(name)) as connection:
            return [value for (value,) in connection.execute(query, given or None)]

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
