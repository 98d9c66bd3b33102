"""``manage.py import_rounds``: records from a file, all or nothing."""

import getpass
import os
import sys
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dialogues.management.progress import Progress
from dialogues.records.errors import RecordsRefused
from dialogues.records.files import import_file
from dialogues.records.storing import Change


def account_name() -> str:
    """Return who runs the command; in a container a user may have a number only."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


class Command(BaseCommand):
    help = "Read rounds from NDJSON, CSV or XLSX (by suffix), all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change, and change nothing."
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="Publish the rounds that do not say how far they have come.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            size = path.stat().st_size
            with (
                Progress(size, sys.stderr) as progress,
                pghistory.context(via=f"import_rounds {path.name}", account=account_name()),
            ):
                result = import_file(
                    path,
                    publish=options["publish"],
                    dry_run=options["dry_run"],
                    tell=self.tell if options["dry_run"] else lambda change: None,
                    progress=progress.at,
                )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror or error}") from error
        except RecordsRefused as refusal:
            more = f"\n… and {refusal.more} more" if refusal.more else ""
            raise CommandError(f"Nothing was imported.\n{refusal}{more}") from refusal
        self.stdout.write(
            f"{result.created} created, {result.updated} updated, {result.unchanged} unchanged"
        )

    def tell(self, change: Change) -> None:
        verb = "create" if change.created else "update"
        keys = f": {', '.join(change.keys)}" if change.keys else ""
        self.stdout.write(f"line {change.line}: would {verb} {change.slug}{keys}")
