"""`make run`'s first steps: something to look at, and somebody to look at it as."""

import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import BaseCommand, CommandError, call_command
from django.db import transaction

from dialogues.models import (
    ADMINISTRATORS,
    ANALYSTS,
    DESK_OFFICERS,
    PUBLISHERS,
    Desk,
    Round,
    Series,
    User,
)

SAMPLE = Path(__file__).parents[2] / "sample" / "indonesia.ndjson"
# Who, the group they are in, whether they enter the admin.
ACCOUNTS = (
    ("analyst", ANALYSTS, False),
    ("officer", DESK_OFFICERS, True),
    ("publisher", PUBLISHERS, True),
    ("admin", ADMINISTRATORS, True),
)


class Command(BaseCommand):
    """Fill an empty database with the sample rounds, and the project's own with accounts."""

    help = "Imports the sample data into an empty database and makes demonstration accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to import."""
        parser.add_argument("--sample", type=Path, default=SAMPLE, help="another NDJSON file")

    def handle(self, *args: Any, sample: Path, **options: Any) -> None:
        """Do what is still to do; doing it again changes nothing."""
        if not settings.DEBUG:
            raise CommandError("This makes accounts for trying out, so it asks for DEBUG=1.")
        if not Round.objects.exists():
            self.stdout.write("The database is empty; importing the sample rounds.")
            call_command("import_rounds", sample, publish=True, stdout=self.stdout)
        folder: Path | None = settings.DATABASES["default"].get("FOLDER")
        if folder is None:
            self.stdout.write("DATABASE_URL is set: no demonstration accounts are made there.")
            return
        password = kept_password(folder / "demonstration-password")
        make_accounts(password)
        self.stdout.write("\nDemonstration accounts, in this folder's own database only:")
        for name, group, _staff in ACCOUNTS:
            self.stdout.write(f"  {name:<10} {password}   {group}")
        self.stdout.write("")


def kept_password(file: Path) -> str:
    """Return the password written in `file`, which only its owner can read; made up at first."""
    file.touch(mode=0o600)
    if not file.read_text():
        file.write_text(secrets.token_urlsafe(12))
    return file.read_text()


@transaction.atomic
def make_accounts(password: str) -> None:
    """Make the accounts that are missing, the officer's with a desk that has every series."""
    for name, group, staff in ACCOUNTS:
        user, _made = User.objects.get_or_create(username=name, defaults={"is_staff": staff})
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        user.groups.add(Group.objects.get(name=group))
    desk, made = Desk.objects.get_or_create(name="Demonstration desk")
    if made:
        desk.members.add(User.objects.get(username="officer"))
        Series.objects.filter(desk=None).update(desk=desk)
