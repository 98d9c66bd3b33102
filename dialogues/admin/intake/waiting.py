"""An uploaded release that waits to become the file of its draft's source."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.db import transaction

from dialogues.models import File, User
from dialogues.records.intake import Release

SALT = "dialogues.admin.intake"
#: How long it waits, in seconds; `tidy_files` lets a file lie for an hour more.
GOOD_FOR = 23 * 60 * 60


@dataclass(frozen=True)
class Upload:
    """What the review carries of the file, signed, so that only its sender can adopt it: a file's
    hash alone would give anybody who knows it the file."""

    user: int
    sha256: str
    name: str

    @classmethod
    def keep(cls, user: User, content: bytes, release: Release) -> Upload:
        """Put the file in its place, where it lies for a day if nobody adopts it.

        Raises OSError where it cannot be written.
        """
        with transaction.atomic():
            file = File.objects.keep(content, release.file)
            # One that lies there already waits anew.
            transaction.on_commit(file.path.touch)
        return cls(user.pk, file.sha256, release.name)

    @classmethod
    def unsigned(cls, text: str, user: User) -> Upload | None:
        """What the user's form carried; None where it is missing, too old or not theirs."""
        try:
            upload = cls(*signing.loads(text, salt=SALT, max_age=GOOD_FOR))
        except signing.BadSignature:
            return None
        return upload if upload.user == user.pk else None

    def signed(self) -> str:
        """For the review to carry."""
        return signing.dumps([self.user, self.sha256, self.name], salt=SALT)

    def file(self) -> File | None:
        """The file, unless it was tidied away."""
        return File.objects.defer("text", "words").filter(sha256=self.sha256).first()
