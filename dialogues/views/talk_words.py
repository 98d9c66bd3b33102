"""Who led, what is owed and talked about in some rounds: for series and partners alike."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from dialogues.models import Round, User, clearance_of
from dialogues.queries import kept, talks
from dialogues.queries.listings import points_by_id
from dialogues.vocabulary import UNFINISHED, Party

from .chain_words import Names
from .rows import point_rows

#: How many the page shows of each; the rest is a click away.
HEADS, POINTS, TOPICS = 8, 10, 12

#: What a list is narrowed to: `{"series": "indonesia-russia"}`.
Given = dict[str, str]
Reader = User | AnonymousUser


def owed(rounds: QuerySet[Round], given: Given, *, staff: bool) -> dict[str, Any]:
    """Points still owed, overdue first, and the lists that hold them all. Two or three queries."""
    points, counts = talks.owed_of(rounds)
    ids = list(points.values_list("pk", flat=True)[:POINTS]) if counts["owed"] else []
    return {
        "points": point_rows(points_by_id(ids), staff=staff) if ids else [],
        "owed": counts["owed"],
        "overdue": counts["overdue"],
        "owed_url": listed("agreed-point-list", given, status=list(UNFINISHED)),
        "overdue_url": listed("agreed-point-list", given, overdue="true"),
        "points_url": listed("agreed-point-list", given),
    }


def heads(rounds: QuerySet[Round], names: Names) -> list[dict[str, Any]]:
    """Who led for each side; the sides of which nobody is known are left out. One query."""
    return [
        {
            "side": names[side],
            "people": [
                {**row, "url": reverse("person-detail", args=[row["slug"]]), **years(row)}
                for row in rows
            ],
            "more": count - len(rows),
        }
        for side, (rows, count) in talks.heads_of(rounds, HEADS).items()
        if rows
    ]


def topics(rounds: QuerySet[Round], given: Given, reader: Reader) -> dict[str, Any]:
    """What is talked about most; `rounds` are what `given` says, as far as `reader` sees them.

    Kept until the record changes. Two queries, or five; one where it is kept.
    """
    sight = clearance_of(reader)
    found, count = kept.kept(
        kept.stamp(),
        (
            "talks", sorted(given.items()), get_language(),
            sight.internal, sight.staff, sight.everything, sorted(sight.desks),
        ),
        lambda: talks.topics_of(rounds, TOPICS),
    )  # fmt: skip
    return {
        "topics": [
            {
                "name": one.name,
                "url": reverse("topic-detail", args=[one.slug]),
                "rounds": one.rounds,
                "rounds_url": listed("round-list", given, topic=one.slug),
                "raised": [(party, one.raised[party]) for party in (Party.OWN, Party.PARTNER)],
                "agreed": one.agreed,
                "agreed_url": listed("agreed-point-list", given, topic=one.slug),
                **years({"first": one.first, "last": one.last}),
            }
            for one in found
        ],
        "topic_count": count,
        "raised": any(one.raised for one in found),
    }


def years(row: dict[str, Any]) -> dict[str, Any]:
    """The first and the last date as years: "2009–2022", "2021"; nothing without a date."""
    first, last = row["first"], row["last"]
    if first is None or last is None:
        return {"years": ""}
    begin, end = first.earliest.year, last.latest.year
    return {"years": f"{begin:04}" if begin == end else f"{begin:04}–{end:04}"}


def listed(name: str, given: Given, **further: Any) -> str:
    """The address of a list narrowed to what the page is about, and further."""
    return f"{reverse(name)}?{urlencode({**given, **further}, doseq=True)}"
