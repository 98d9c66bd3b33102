"""``manage.py send_digests``: the daily mails of what is new in saved views."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dialogues.management.digests import Sent, Unreadable, send, subscriptions

logger = logging.getLogger("dialogues.digests")


class Command(BaseCommand):
    """One mail for each subscription with something new; what fails is left for the next run."""

    help = (
        "Mails to each subscriber of a saved view what is new or changed in it since the last "
        "mail. Run it once a day; run twice, it sends nothing twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether mails are sent."""
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be sent, and send nothing"
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Write to everyone; tell at the end how it went."""
        mails = failures = 0
        for digest_id in subscriptions():
            try:
                sent = send(digest_id, dry_run=dry_run)
            except Unreadable as problem:
                # The view's owner or an editor sets that right; the mail server is not to blame.
                self.stderr.write(f"Subscription {digest_id}: its filters are refused: {problem}")
            except Exception:
                logger.exception("Subscription %s: no mail could be sent", digest_id)
                failures += 1
            else:
                mails += self.tell(sent, dry_run=dry_run)
        verb = "would be sent" if dry_run else "sent"
        self.stdout.write(f"{mails} {'mail' if mails == 1 else 'mails'} {verb}")
        if failures:
            raise CommandError(f"{failures} could not be sent; the next run tries them again.")

    def tell(self, sent: Sent | None, *, dry_run: bool) -> bool:
        """Whether there was a mail; with `dry_run`, also say for whom and of how much."""
        if sent is None or not sent.rows:
            return False
        if dry_run:
            digest = sent.digest
            self.stdout.write(f"{digest.user.email}: {digest.view.name}: {sent.rows}")
        return True
