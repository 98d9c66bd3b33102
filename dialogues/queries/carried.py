"""What went from one round of a series into another: points still owed, issues taken up again.

The rounds are those that `editions.place_of` found for the reader, so that what belongs to them is
the reader's to see. Their parts are asked for by the rounds' keys, which are few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, Left
from django.utils import timezone

from dialogues.dates import PartialDate
from dialogues.models import AgreedPoint, FollowUp, Statement
from dialogues.queries.editions import Row
from dialogues.queries.planned import Given, Reader, planned
from dialogues.vocabulary import UNFINISHED, PointStatus

#: As many points as a page lists of those that were owed.
MOST = 8
#: As much of a point's text as such a list shows, and a little more, to be cut between words.
TEXT = 200
FINISHED = tuple(status for status in PointStatus if status not in UNFINISHED)


@dataclass(frozen=True, slots=True)
class Owed:
    """A point of an earlier round that was still owed when a round met."""

    round: Row
    number: int
    text: str
    status: str
    """How it stands today."""
    due: PartialDate | None


@dataclass(slots=True)
class Mention:
    """What one round said of an issue."""

    round: Row
    sides: list[str] = field(default_factory=list)
    """Who raised it."""
    points: list[tuple[int, str]] = field(default_factory=list)
    """What was agreed on it: number and status today."""


def owed_before(
    earlier: Sequence[Row], date: PartialDate | None, reader: Reader
) -> tuple[list[Owed], bool]:
    """The points of `earlier` rounds that were owed when a round met on `date`, newest first.

    A point was, if it is owed today, or if a follow-up says that it ended and none says that it
    ended before. Without a date the round is taken to meet today. `MOST` at most, and whether there
    are more. One query.
    """
    rounds = {row["pk"]: row for row in earlier}
    day = date.earliest if date else timezone.localdate()
    found = [
        Owed(rounds[round_], number, text, status, due and PartialDate.from_edtf(due))
        for round_, number, text, status, due in _owed.ask(
            reader, rounds=list(rounds), day=day.isoformat()
        )
    ]
    return found[:MOST], len(found) > MOST


def mentions(
    rounds: Sequence[Row], issues: Sequence[str], reader: Reader
) -> dict[str, list[Mention]]:
    """By issue's slug what `rounds` said of it, in their order. One query."""
    order = {row["pk"]: place for place, row in enumerate(rounds)}
    found: dict[tuple[str, int], Mention] = {}
    for pk, issue, side, number, status in _mentions.ask(
        reader, rounds=list(order), issues=list(issues)
    ):
        mention = found.setdefault((issue, pk), Mention(rounds[order[pk]]))
        if side and side not in mention.sides:
            mention.sides.append(side)
        elif number:
            mention.points.append((number, status))
    by_issue: dict[str, list[Mention]] = defaultdict(list)
    for (issue, _pk), mention in sorted(found.items(), key=lambda item: order[item[0][1]]):
        by_issue[issue].append(mention)
    return by_issue


def _among(name: str, sql_type: str) -> RawSQL:
    return RawSQL(f"SELECT unnest(%s::{sql_type}[])", [Given(name)])  # noqa: S611 (constant SQL)


@planned
def _owed(_reader: Reader) -> QuerySet[Any, Any]:
    ended = FollowUp._base_manager.filter(
        point=OuterRef("pk"), status__in=FINISHED, date__isnull=False
    )
    # "~" comes after every sign in a date: what begins with the date comes before that text.
    ended_before = ended.annotate(
        whole=Concat("date", Value("~"), output_field=TextField(db_collation="C"))
    ).filter(whole__lt=Given("day"))
    nearest_first = RawSQL(
        "array_position(%s::bigint[], dialogues_agreedpoint.round_id)", [Given("rounds")]
    )
    return (
        AgreedPoint._base_manager.filter(round__in=_among("rounds", "bigint"))
        .filter(Q(status__in=UNFINISHED) | (Exists(ended) & ~Exists(ended_before)))
        .order_by(nearest_first, "number")
        .values_list("round", "number", Left("text", TEXT + 1), "status", "due")[: MOST + 1]
    )


@planned
def _mentions(_reader: Reader) -> QuerySet[Any, Any]:
    which = Q(round__in=_among("rounds", "bigint"), issue__slug__in=_among("issues", "text"))
    nothing = Value("", TextField())
    raised = Statement._base_manager.filter(which).order_by()
    agreed = AgreedPoint._base_manager.filter(which).order_by()
    return raised.values_list(
        "round", "issue__slug", F("side"), F("position") - F("position"), nothing
    ).union(agreed.values_list("round", "issue__slug", nothing, F("number"), F("status")), all=True)
