"""Django's PostgreSQL backend; its first connection starts the project's own server.

Commands that need no database (`collectstatic`, `mypy`, `--help`) therefore start nothing.
"""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from tracker.embedded.client import DatabaseClient
from tracker.embedded.server import Server


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's own, with the address asked of the server in `settings_dict["FOLDER"]`."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg's parameters, the server running.

        A pool keeps the address that it was made with; to look for the server each time a
        connection is taken out of it would cost more than many a query, and help nobody.
        """
        if self.alias in self._connection_pools:  # type: ignore[attr-defined]
            return super().get_connection_params()
        address = Server.in_folder(Path(self.settings_dict["FOLDER"])).ensure_running()
        return {**super().get_connection_params(), **address}
