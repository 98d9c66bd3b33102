"""``manage.py check_records``: what is inconsistent or missing in the record."""

from itertools import groupby
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandParser

from dialogues.queries.integrity import BY_NAME, Finding, Scope, findings


class Command(BaseCommand):
    help = "List what is inconsistent or missing in the record. Nothing is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json",
            action="store_true",
            help="One array of objects with check, kind, key, name and said.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = findings(Scope())
        if options["json"]:
            listed = [as_json(one) for one in found]
            self.stdout.write(orjson.dumps(listed, option=orjson.OPT_INDENT_2).decode())
            return
        count = 0
        for name, some in groupby(found, lambda one: one.check):
            self.stdout.write(f"{BY_NAME[name].title}")
            for one in some:
                count += 1
                self.stdout.write(f"  {one.name}: {one.said}")
        self.stdout.write(f"{count} findings")


def as_json(finding: Finding) -> dict[str, str]:
    """A finding for programs: `kind` and `key` name the record as its address does."""
    return {
        "check": finding.check,
        "kind": str(finding.model._meta.model_name),
        "key": finding.key,
        "name": finding.name,
        "said": finding.said,
    }
