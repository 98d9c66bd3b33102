"""``manage.py translations``: the Indonesian catalogue, brought up to date or checked."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dialogues.management.catalogue import files
from dialogues.management.catalogue.borrowed import BORROWED
from dialogues.management.catalogue.complaints import complaints, complaints_of
from dialogues.management.catalogue.extraction import all_sentences


class Command(BaseCommand):
    help = "Bring the Indonesian catalogue up to date with the code, and compile it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; list what is wrong."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        app = Path(apps.get_app_config("dialogues").path)
        po = app / "locale" / files.LANGUAGE / "LC_MESSAGES" / "django.po"
        mo = po.with_suffix(".mo")
        sentences = all_sentences(app.parent) | BORROWED
        if options["check"]:
            found = list(complaints(sentences, po, mo))
            if found:
                raise CommandError(f"Run manage.py translations, then edit {po}:\n" + lines(found))
            self.stdout.write(f"{len(sentences)} sentences, all translated")
            return
        catalogue = files.updated(files.read(po), sentences)
        po.parent.mkdir(parents=True, exist_ok=True)
        po.write_bytes(files.as_po(catalogue))
        mo.write_bytes(files.as_mo(catalogue))
        left = [line for message in catalogue if message.id for line in complaints_of(message)]
        self.stdout.write(f"{len(sentences)} sentences, {len(left)} to be looked at")
        if left:
            self.stdout.write(lines(left))


def lines(found: list[str]) -> str:
    return "\n".join(f"  {line}" for line in found)
