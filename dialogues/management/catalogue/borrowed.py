"""Sentences of other packages that people meet here and that come without Indonesian.

One leaves this list when its package translates it; the project's catalogue goes before theirs.
"""

from dialogues.management.catalogue.extraction import Sentence

DJANGO_ADMIN = ("Breadcrumbs", "Sidebar")
AXES = (
    "Access Attempt",
    "Attempt Remaining",
    "Clean up expired attempts",
    "Expires At",
    "Locked Out",
    "Meta Data",
    "Not set",
    "Path",
    "Session key hash (sha256)",
    "The time when access attempt expires and is no longer valid.",
    "User Agent",
    "access attempt expiration",
    "access attempt expirations",
)
BORROWED = {Sentence(id_) for id_ in DJANGO_ADMIN + AXES}
