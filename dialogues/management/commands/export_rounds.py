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
        try:
            if path is None:
                self.write_out()
            else:
                self.write_whole(path)
        except OSError as error:
            raise CommandError(f"{path or 'stdout'}: {error.strerror or error}") from error

    def write_out(self) -> None:
        """Write bytes where there are any: the format is UTF-8, whatever the terminal's is."""
        bare = getattr(self.stdout, "buffer", None)
        for line in export_lines():
            if bare is None:
                self.stdout.write(line.decode(), ending="")
            else:
                bare.write(line)
        self.stdout.flush()

    def write_whole(self, path: Path) -> None:
        """Put the file in its place only once it is complete; a pipe or a device has no place."""
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as opened:
                opened.writelines(export_lines())
            return
        path = path.resolve()  # what stands behind a link is replaced, not the link
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(export_lines())
            Path(name).chmod(0o600)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
