"""The project's own PostgreSQL: what it has to live through."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from tracker.embedded.account import Account
from tracker.embedded.cluster import Postmaster
from tracker.embedded.server import Server

# A process that uses the server: tells that it does, and stays until its input is closed.
USER = """
import sys
from pathlib import Path
from tracker.embedded.server import Server
print(Server.in_folder(Path(sys.argv[1])).ensure_running()["port"], flush=True)
sys.stdin.read()
"""


@contextmanager
def checkout(*names: str) -> Iterator[Path]:
    """A folder of its own for a cluster. Not pytest's: each of its runs closes all to others."""
    with tempfile.TemporaryDirectory(prefix="a check out ") as top:
        place = Path(top, *names)
        place.mkdir(exist_ok=True)
        yield place / ".postgres"
        if left_behind := running(place / ".postgres"):
            left_behind.terminate()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """One that most tests share, at a path that is too long for a socket."""
    with checkout("deep" * 30) as folder:
        yield folder


@pytest.fixture
def other_folder() -> Iterator[Path]:
    """One that has no cluster yet."""
    with checkout() as folder:
        yield folder


@contextmanager
def user_of(folder: Path, count: int = 1) -> Iterator[list[subprocess.Popen[str]]]:
    """So many processes that began at once to use the server in `folder`."""
    users = [
        subprocess.Popen(
            [sys.executable, "-c", USER, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    try:
        yield users
    finally:
        for user in users:
            user.communicate()


def port(user: subprocess.Popen[str]) -> int:
    assert user.stdout is not None
    assert user.stderr is not None
    told = user.stdout.readline()
    assert told, user.stderr.read()
    return int(told)


def running(folder: Path) -> psutil.Process | None:
    """The server of `folder`, found as `ps` would find it."""
    with suppress(FileNotFoundError, psutil.NoSuchProcess):
        process = psutil.Process(int((folder / "data" / "postmaster.pid").read_text().split()[0]))
        return process if process.status() != psutil.STATUS_ZOMBIE else None
    return None


def answers(folder: Path, at: int) -> bool:
    """Whether the server at that port is the one of `folder`."""
    password = (folder / "password").read_text()
    with psycopg.connect(
        host="127.0.0.1", port=at, user="postgres", password=password, dbname="postgres"
    ) as connection:
        told = connection.execute("SHOW data_directory").fetchone()
    return told == (str(folder / "data"),)


def test_two_that_start_at_once_share_one_and_the_last_to_leave_stops_it(folder: Path):
    with user_of(folder, 2) as (first, second):
        assert port(first) == (shared := port(second))
        first.communicate()
        assert answers(folder, shared)

    assert running(folder) is None


def test_a_user_that_is_killed_neither_stops_the_server_nor_keeps_it_alive(folder: Path):
    with user_of(folder, 2) as (killed, other):
        shared = port(killed), port(other)
        killed.kill()
        killed.wait()
        assert answers(folder, shared[1])

    assert running(folder) is None


def test_ctrl_c_reaches_the_users_and_not_the_server(folder: Path):
    with user_of(folder, 2) as (interrupted, other):
        shared = port(interrupted), port(other)
        server = running(folder)
        assert server is not None
        # The terminal sends the signal to its whole foreground group.
        assert os.getpgid(server.pid) != os.getpgid(interrupted.pid) == os.getpgrp()
        interrupted.send_signal(signal.SIGINT)
        interrupted.wait()
        assert answers(folder, shared[1])


def test_a_killed_server_is_started_again_with_what_was_committed(folder: Path):
    server = Server(folder)
    with user_of(folder) as (user,):
        port(user)
        with psycopg.connect(**server.ensure_running(), dbname="postgres") as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 11 AS edition")
        killed = running(folder)
        assert killed is not None
        killed.kill()
        while running(folder):
            time.sleep(0.01)
        with psycopg.connect(**server.ensure_running(), dbname="postgres") as connection:
            assert connection.execute("SELECT edition FROM kept").fetchone() == (11,)
        server.leave()


def test_a_stale_record_of_another_process_does_not_keep_it_from_starting(folder: Path):
    with user_of(folder) as (user,):
        port(user)
    (folder / "data" / "postmaster.pid").write_text(
        f"{os.getpid()}\n{folder}/data\n0\n5432\n\n127.0.0.1\n\nready\n"
    )

    assert Postmaster.of(folder / "data") is None
    with user_of(folder) as (user,):
        assert answers(folder, port(user))


def test_half_a_cluster_is_made_anew(other_folder: Path):
    (other_folder / "unfinished" / "base").mkdir(parents=True)

    with user_of(other_folder) as (user,):
        assert answers(other_folder, port(user))


def test_two_checkouts_have_nothing_in_common(folder: Path, other_folder: Path):
    with user_of(folder) as (here,), user_of(other_folder) as (there,):
        assert port(here) != (theirs := port(there))
        here.communicate()
        assert answers(other_folder, theirs)


def test_nobody_else_can_read_the_data_or_sign_in(folder: Path):
    with user_of(folder) as (user,):
        at = port(user)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host="127.0.0.1", port=at, user="postgres", dbname="postgres")

    for name in ("data", "password", "server.log"):
        assert (folder / name).stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="concerns root alone, who has to step down")
def test_for_root_a_closed_folder_above_is_opened_to_its_own_group_only(tmp_path: Path):
    shut = tmp_path / "shut"
    (shut / "check out").mkdir(parents=True)
    shut.chmod(0o700)

    account = Account.for_data(shut / "check out" / ".postgres" / "data")
    account.open_way(shut / "check out" / ".postgres")

    assert stat.S_IMODE(shut.stat().st_mode) == 0o710
    assert shut.stat().st_gid in account.groups
