"""What stands in the calendar, in words: rounds, and what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from dialogues.dates import PartialDate
from dialogues.models.outcomes import shortened
from dialogues.queries.listings import points_by_id, rounds_by_id

from .rows import point_rows, round_rows


class Found(NamedTuple):
    """The id and date of a round, or of an agreed point that is due."""

    pk: int
    date: PartialDate
    kind: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a date: a round, or what is due."""

    date: PartialDate
    url: str
    title: str
    status: str
    status_label: str
    """Empty where it goes without saying."""
    notes: str
    """What else there is to say, in small: the partner, the place."""
    kind: str = "round"


def entries_of(found: list[Found], *, staff: bool) -> list[Entry]:
    """These as words, in their order. Three queries for rounds, one for what is due."""
    rounds = rounds_by_id(ids) if (ids := list(_ids(found, "round"))) else []
    points = points_by_id(ids) if (ids := list(_ids(found, "due"))) else []
    told = zip(
        [("round", row["pk"]) for row in rounds] + [("due", row["pk"]) for row in points],
        round_rows(rounds, reverse("round-list"), staff=staff) + point_rows(points, staff=staff),
        strict=True,
    )
    rows = dict(told)
    return [_entry(one, rows[one.kind, one.pk]) for one in found if (one.kind, one.pk) in rows]


def _ids(found: list[Found], kind: str) -> Iterable[int]:
    return (one.pk for one in found if one.kind == kind)


def _entry(found: Found, row: dict[str, Any]) -> Entry:
    """A listing's row as an entry of the calendar."""
    if found.kind == "round":
        title, notes = row["title"], (row["where"], row["standing"])
    else:
        title = _("Due: %(text)s") % {"text": shortened(row["text"])}
        notes = (row["round"], row["standing"])
    return Entry(
        date=found.date,
        url=row["url"],
        title=title,
        status=row["status"],
        status_label=row["status_label"],
        notes=" · ".join(note for note in notes if note),
        kind=found.kind,
    )
