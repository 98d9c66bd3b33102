"""``manage.py export_rounds``: every round as NDJSON, the same data in the same bytes."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dialogues.records.exporting import export_lines


class Command(BaseCommand):
    help = "Write every round, with staff's notes, as NDJSON to FILE or to standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["file"]
        if path is None:
            for line in export_lines():
                self.stdout.write(line.decode(), ending="")
            return
        try:
            self.write_whole(path)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror or error}") from error

    def write_whole(self, path: Path) -> None:
        """Put the file in its place only once it is complete."""
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(export_lines())
            Path(name).chmod(0o600)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
