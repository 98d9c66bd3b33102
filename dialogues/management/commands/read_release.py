"""``manage.py read_release``: what the intake proposes of a press release."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dialogues.records.intake import (
    Proposal,
    ReleaseRefused,
    read_release,
    release_of,
    tracker_vocabulary,
)

WIDEST_COLUMN = len("head_partner_title")


def iso_day(text: str) -> date:
    """A day for argparse, which says what is wrong with another text."""
    return date.fromisoformat(text)


iso_day.__name__ = "date (YYYY-MM-DD)"


class Command(BaseCommand):
    help = (
        "Read a press release (text, DOCX, ODT or PDF) as the intake does, and print what it "
        "proposes: the flat sheet's columns, each with the words it was read from."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--published", type=iso_day, help="the day it came out; “on Friday” is counted from it"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            text = release_of(path.read_bytes(), path.name).text
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror or error}") from error
        except ReleaseRefused as refusal:
            raise CommandError(f"{path}: {refusal}") from refusal
        reading = read_release(text, tracker_vocabulary(), options["published"])
        if options["json"]:
            self.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False, indent=2))
            return
        if not reading:
            self.stdout.write("This text tells of no round.")
        for column, proposal in reading.in_order():
            self.stdout.write(row(column, proposal))


def row(column: str, proposal: Proposal) -> str:
    """A proposal on one line; the words only where they differ from the value."""
    words = " ".join(proposal.words.split())
    read_from = "" if words == proposal.value else f"   “{words}”"
    where = f"[{proposal.start}:{proposal.end}]"
    return f"{column:<{WIDEST_COLUMN}}  {proposal.value}{read_from}   {where}"
