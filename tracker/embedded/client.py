"""`manage.py dbshell` on the project's own server."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import client

from tracker.embedded.cluster import programs
from tracker.embedded.server import Server


class DatabaseClient(client.DatabaseClient):
    """As Django's own, told where the server is and where its `psql` lies."""

    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict: dict[str, Any], parameters: Any) -> Any:
        """Return the command line and environment of `psql`."""
        address = Server.in_folder(Path(settings_dict["FOLDER"])).ensure_running()
        told = settings_dict | {name.upper(): value for name, value in address.items()}
        arguments, environment = super().settings_to_cmd_args_env(told, parameters)
        return [str(programs() / "psql"), *arguments[1:]], environment
