"""The programs that are measured: run to their end, or serving; as in production."""

from __future__ import annotations

import http.client
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tracker.embedded.server import free_port

from .databases import CHECKOUT

WORKERS, THREADS = 2, 2
PATIENCE = 60  # seconds


class ProgramFailed(Exception):
    """What a program said before it ended in failure."""


def environment(database_url: str) -> dict[str, str]:
    """The settings of a server in production, but for the bound on what one visitor may ask."""
    return {
        **os.environ,
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": database_url,
        "API_ANONYMOUS_RATE": "0",
    }


@dataclass(frozen=True, slots=True)
class Run:
    """What a program cost."""

    seconds: float
    peak: int
    """The most memory it held, in bytes."""


def run(*command: str, database_url: str) -> Run:
    """Run a Python program to its end."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=CHECKOUT,
        env=environment(database_url),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read().decode(errors="replace")
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise ProgramFailed(f"{' '.join(command)}\n{said[-4000:]}")
    return Run(time.perf_counter() - began, usage.ru_maxrss * 1024)


class Site:
    """Two workers of gunicorn."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port
        self.peak_before = 0

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def get(self, path: str) -> bytes:
        """Ask once, for checking rather than measuring. Anything but 200 is an error."""
        return self.answer(path)[1]

    def answer(self, path: str) -> tuple[http.client.HTTPMessage, bytes]:
        """As `get`, with the answer's headers."""
        connection = self.connect()
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        if response.status != 200:
            raise ProgramFailed(f"{response.status} {path}\n{body[:2000].decode(errors='replace')}")
        return response.headers, body

    def forget_peak(self) -> int:
        """Begin anew to watch for the most memory held; return what is held now, in bytes."""
        self.peak_before = self.peak
        for worker in self._workers():
            Path(f"/proc/{worker}/clear_refs").write_text("5")
        return sum(_status_of(worker, "VmRSS") for worker in self._workers())

    @property
    def recent_peak(self) -> int:
        """The most that the workers have held since then, in bytes, each counted by itself."""
        return sum(_status_of(worker, "VmHWM") for worker in self._workers())

    @property
    def peak(self) -> int:
        """The most that they have ever held."""
        return max(self.peak_before, self.recent_peak)

    def _workers(self) -> list[int]:
        return [worker.pid for worker in psutil.Process(self.process.pid).children()]


def _status_of(pid: int, key: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{key}:"):
            return int(line.split()[1]) * 1024
    raise ProgramFailed(f"the kernel does not say how much memory process {pid} holds")


@contextmanager
def serving(application: str, database_url: str, log: Path) -> Iterator[Site]:
    """Serve a WSGI application on a free port of the loopback address."""
    port = free_port()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", application, f"--bind=127.0.0.1:{port}"),
                *(f"--workers={WORKERS}", f"--threads={THREADS}", "--keep-alive=60"),
            ],
            cwd=CHECKOUT,
            env=environment(database_url),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        site = Site(process, port)
        _wait(site, log)
        yield site
    except ProgramFailed as failure:
        raise ProgramFailed(f"{failure}\n{log.read_text()[-4000:]}") from failure
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(site: Site, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and site.process.poll() is None:
        try:
            site.get("/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise ProgramFailed(f"no answer; see {log}")
