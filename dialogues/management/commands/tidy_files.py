"""``manage.py tidy_files``: away with files that nothing refers to; what is missing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db.models import QuerySet

from dialogues.models import File, Source
from dialogues.queries.history import events_of

#: What is younger may belong to somebody who is saving it just now; in seconds.
SETTLED = 24 * 60 * 60


class Command(BaseCommand):
    help = (
        "Remove files that no source carries and none ever did, by history, "
        "and name those that are missing from their folder."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would go.")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run: bool = options["dry_run"]
        count = 0
        for path in leftovers(dry_run=dry_run):
            count += 1
            self.stdout.write(f"{'would remove' if dry_run else 'removed'} {path}")
            if not dry_run:
                path.unlink(missing_ok=True)
        for file in never_carried(carried=True):
            if not file.path.exists():
                names = ", ".join(sorted(set(file.sources.values_list("file_name", flat=True))))
                self.stderr.write(f"missing: {file.path}, {names or 'which history refers to'}")
        self.stdout.write(f"{count} {'to go' if dry_run else 'gone'}")


def leftovers(*, dry_run: bool) -> Iterator[Path]:
    """Uploads that were broken off, and files that no row knows or whose row goes now."""
    root = Path(settings.MEDIA_ROOT)
    yield from filter(settled, root.glob("incoming/*"))
    going = [file for file in never_carried() if settled(file.path)]
    if not dry_run:
        # Whoever is about to carry one after all is refused by the database, and tries again.
        File.objects.filter(pk__in=[file.pk for file in going]).delete()
    yield from (file.path for file in going)
    known = set(File.objects.values_list("sha256", flat=True)) | {file.sha256 for file in going}
    yield from (path for path in root.glob("files/*/*") if path.name not in known and settled(path))


def never_carried(*, carried: bool = False) -> QuerySet[File]:
    """The files that no source has or, by history, ever had; or all the others."""
    now = Source._base_manager.exclude(file=None).values("file")
    ever = events_of(Source).exclude(file=None).values("file")
    kept = File.objects.filter(pk__in=now) | File.objects.filter(pk__in=ever)
    files = kept if carried else File.objects.exclude(pk__in=kept.values("pk"))
    return files.defer("text", "words").order_by("pk")


def settled(path: Path) -> bool:
    """Whether a file is old enough to be no upload that is being saved."""
    return path.exists() and path.stat().st_mtime < time.time() - SETTLED
