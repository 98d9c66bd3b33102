"""What a reader would look for in a round's record and does not find.

Asked of a round's document, or of any row with the same keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from dialogues.vocabulary import LEADING, Format, Host, RoundStatus, Side

Row = dict[str, Any]


def not_recorded(document: Row, names: dict[str | None, str]) -> list[str]:
    """What a reader would look for and the record does not hold, in words."""
    return [*_arrangements(document), *_contents(document, names)]


def _arrangements(document: Row) -> Iterator[str]:
    if not document["date"]:
        yield _("date")
    if document["format"] == Format.UNKNOWN:
        yield _("format")
    if document["format"] != Format.VIRTUAL and not document["venues"]:
        yield _("place")
    if document["host"] == Host.UNKNOWN:
        yield _("host")


def _contents(document: Row, names: dict[str | None, str]) -> Iterator[str]:
    if document["status"] != RoundStatus.HELD:
        return
    leading = {one["side"] for one in document["participants"] if one["role"] in LEADING}
    for side in Side:
        if side not in leading:
            yield _("who led for %(side)s") % {"side": names[side]}
    for key, words in (
        ("summary", _("summary")),
        ("statements", _("what each side raised")),
        ("agreed_points", _("what was agreed")),
        ("sources", _("sources")),
    ):
        if not document[key]:
            yield words
