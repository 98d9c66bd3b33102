"""What a series or a partner talks about, who leads, and what is owed: of some rounds, in SQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, Func, Max, Min, Q, QuerySet, Value, When

from dialogues.dates import PartialDate
from dialogues.models import AgreedPoint, Participant, PointSubjects, Round, Statement, Topic
from dialogues.queries.owed import overdue
from dialogues.vocabulary import LEADING, UNFINISHED, Side

Row = dict[str, Any]

TOPICS = Func(F("topics"), function="unnest")
LATEST = (F("round__date").desc(nulls_last=True), F("round").desc())


@dataclass(slots=True)
class Talk:
    """A topic, with what lies under it."""

    slug: str
    name: str
    rounds: int
    first: PartialDate | None
    last: PartialDate | None
    raised: Counter[str] = field(default_factory=Counter)
    """In how many rounds each party raised it."""
    agreed: int = 0
    """How many points were agreed on it."""


def topics_of(rounds: QuerySet[Round], count: int) -> tuple[list[Talk], int]:
    """The `count` topics of most of `rounds`, and how many topics there are in all. Four queries,
    one where there are none."""
    found = list(
        rounds.order_by()
        .values(topic=Func(F("subjects__topics"), function="unnest"))
        .annotate(rounds=Count("pk"), first=Min("date"), last=Max("date"))
    )
    found.sort(key=lambda row: (-row["rounds"], row["topic"]))
    shown = [row["topic"] for row in found[:count]]
    if not shown:
        return [], 0
    tree = {topic.pk: topic for topic in Topic.objects.all()}
    talks = {
        row["topic"]: Talk(
            tree[row["topic"]].slug,
            tree[row["topic"]].label,
            row["rounds"],
            row["first"],
            row["last"],
        )
        for row in found[:count]
    }
    _add_raised(talks, rounds, tree)
    agreed = PointSubjects.objects.filter(point__round__in=rounds.order_by()).values(topic=TOPICS)
    for row in agreed.annotate(points=Count("pk")):
        if row["topic"] in talks:
            talks[row["topic"]].agreed = row["points"]
    return list(talks.values()), len(found)


def _add_raised(talks: dict[int, Talk], rounds: QuerySet[Round], tree: dict[int, Topic]) -> None:
    """Count the rounds in which each party raised a topic, or one that lies under it."""
    branch = {pk: _branch(pk, tree) & set(talks) for pk in tree}
    seen: dict[tuple[int, str], set[int]] = defaultdict(set)
    for topic, side, round_id in (
        Statement.topics.through._base_manager.filter(statement__round__in=rounds.order_by())
        .order_by()
        .values_list("topic", "statement__side", "statement__round")
        .distinct()
    ):
        for above in branch[topic]:
            seen[above, side].add(round_id)
    for (topic, side), those in seen.items():
        talks[topic].raised[side] = len(those)


def _branch(pk: int, tree: dict[int, Topic]) -> set[int]:
    """A topic and all that it lies under."""
    found: set[int] = set()
    above: int | None = pk
    while above is not None and above not in found:
        found.add(above)
        above = tree[above].parent_id
    return found


def heads_of(rounds: QuerySet[Round], count: int) -> dict[str, tuple[list[Row], int]]:
    """Who led for each side, the latest first: the `count` latest, and how many led in all.

    Each row has `who` (the name), `slug`, the number of `rounds`, the `first` and the `last` date
    and, as recorded last, the `title`. One query.
    """
    rows = (
        Participant.objects.filter(round__in=rounds.order_by(), role__in=LEADING)
        .order_by()
        .values("side", who=F("person__name"), slug=F("person__slug"))
        .annotate(
            rounds=Count("round", distinct=True),
            first=Min("round__date"),
            last=Max("round__date"),
            titles=ArrayAgg(
                "title",
                filter=~Q(title=""),
                order_by=LATEST,  # type: ignore[arg-type]  # the stubs know names only
            ),
        )
        .order_by(F("last").desc(nulls_last=True), "who")
    )
    by_side: dict[str, list[Row]] = {side: [] for side in Side}
    for row in rows:
        titles = row.pop("titles")
        by_side[row["side"]].append({**row, "title": titles[0] if titles else ""})
    return {side: (some[:count], len(some)) for side, some in by_side.items()}


def owed_of(rounds: QuerySet[Round]) -> tuple[QuerySet[AgreedPoint], dict[str, int]]:
    """The points of `rounds` still owed, overdue first, then by due date; and how many are `owed`,
    and of these `overdue`. One query, and one for the points."""
    points = AgreedPoint.objects.filter(round__in=rounds.order_by(), status__in=UNFINISHED)
    late = Case(When(overdue(), then=Value(0)), default=Value(1))
    return (
        points.order_by(
            late, F("due").asc(nulls_last=True), F("round__date").asc(nulls_last=True), "round",
            "number",
        ),
        points.order_by().aggregate(owed=Count("pk"), overdue=Count("pk", filter=overdue())),
    )  # fmt: skip
