"""What is known of a topic or a lifelong issue: who raised it and who agreed on it, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Max, Min, Prefetch, Q, QuerySet

from dialogues.dates import PartialDate
from dialogues.models import AgreedPoint, FollowUp, Issue, Round, Statement, Topic, User
from dialogues.models.partners import in_readers_language
from dialogues.queries.owed import overdue
from dialogues.queries.years import FIRST_YEAR, LAST_YEAR
from dialogues.vocabulary import UNFINISHED, Party

Reader = User | AnonymousUser
Row = dict[str, Any]

#: What is read of the partner that everything is counted by.
PARTNER = ("code", "name", "name_id")


@dataclass(frozen=True, slots=True)
class Subject:
    """The rounds, statements and agreed points about something, as far as a reader sees them."""

    rounds: QuerySet[Round]
    statements: QuerySet[Any]
    points: QuerySet[AgreedPoint]


def of_topic(topic: Topic, user: Reader, since: PartialDate | None = None) -> Subject:
    """What is about the topic, or about what lies under it; `since` a date, where one is given."""
    under = Topic.objects.under([topic.slug])
    said = Statement.topics.through._base_manager.filter(topic__in=under.values("pk"))
    return _seen(
        user,
        since,
        rounds=Q(subjects__topics__contains=[topic.pk]),
        statements=Q(pk__in=said.values("statement")),
        points=Q(subjects__topics__contains=[topic.pk]),
    )


def of_issue(issue: Issue, user: Reader, since: PartialDate | None = None) -> Subject:
    """What comes back to the issue; `since` a date, where one is given."""
    said = Statement.objects.filter(issue=issue).order_by().values("round")
    agreed = AgreedPoint.objects.filter(issue=issue).order_by().values("round")
    return _seen(
        user,
        since,
        rounds=Q(pk__in=said.union(agreed)),
        statements=Q(issue=issue),
        points=Q(issue=issue),
    )


def _seen(user: Reader, since: PartialDate | None, rounds: Q, statements: Q, points: Q) -> Subject:
    if since:
        rounds &= Q(date__may_fall=(since, None))
        statements &= Q(round__date__may_fall=(since, None))
        points &= Q(round__date__may_fall=(since, None))
    return Subject(
        Round.objects.visible_to(user).filter(rounds).order_by(),
        Statement.objects.visible_to(user).filter(statements).order_by(),
        AgreedPoint.objects.visible_to(user).filter(points).order_by(),
    )


@dataclass(slots=True)
class Times:
    """In how many rounds, and the dates of the first and the last of them that has one."""

    rounds: int = 0
    first: PartialDate | None = None
    last: PartialDate | None = None

    def add(self, rounds: int, first: PartialDate | None, last: PartialDate | None) -> None:
        """Take in some more rounds."""
        self.rounds += rounds
        self.first = min((date for date in (self.first, first) if date), default=None)
        self.last = max((date for date in (self.last, last) if date), default=None)


@dataclass(slots=True)
class WithPartner:
    """A subject with one partner."""

    code: str
    name: str
    """In the reader's language."""
    times: Times = field(default_factory=Times)
    years: Counter[int] = field(default_factory=Counter)
    """Rounds by year; one whose date may lie in two years is one of each."""
    raised: dict[str, Times] = field(default_factory=lambda: {party: Times() for party in Party})
    """The rounds in which each party raised it."""
    points: Counter[str] = field(default_factory=Counter)
    """Agreed points by status; `agreed` is all of them, `overdue` those past their due date."""


def with_partners(subject: Subject) -> list[WithPartner]:
    """The subject partner by partner, the one with most rounds first. Three queries."""
    found: dict[str, WithPartner] = {}
    for row in _rounds_by_year(subject.rounds):
        one = found.setdefault(row["code"], _partner(row))
        one.times.add(row["rounds"], row["first"], row["last"])
        if row["from_year"] is not None:
            for year in range(row["from_year"], row["to_year"] + 1):
                one.years[year] += row["rounds"]
    for row in _raised(subject.statements):
        one = found.setdefault(row["code"], _partner(row))
        one.raised[row["side"]].add(row["rounds"], row["first"], row["last"])
    for row in _agreed(subject.points):
        one = found.setdefault(row["code"], _partner(row))
        one.points.update({row["status"]: row["points"], "agreed": row["points"]})
        one.points["overdue"] += row["overdue"]
    return sorted(found.values(), key=lambda one: (-one.times.rounds, one.name))


def _partner(row: Row) -> WithPartner:
    return WithPartner(row["code"], in_readers_language(row["name"], row["name_id"]))


def _by_partner(prefix: str) -> dict[str, F]:
    return {name: F(f"{prefix}series__partner__{name}") for name in PARTNER}


def _rounds_by_year(rounds: QuerySet[Round]) -> Iterable[Row]:
    """Rounds by partner and by the first and last year that their dates may lie in."""
    return rounds.values(**_by_partner(""), from_year=FIRST_YEAR, to_year=LAST_YEAR).annotate(
        rounds=Count("pk"), first=Min("date"), last=Max("date")
    )


def _raised(statements: QuerySet[Any]) -> Iterable[Row]:
    found: Iterable[Row] = statements.values("side", **_by_partner("round__")).annotate(
        rounds=Count("round", distinct=True), first=Min("round__date"), last=Max("round__date")
    )
    return found


def _agreed(points: QuerySet[AgreedPoint]) -> Iterable[Row]:
    return points.values("status", **_by_partner("round__")).annotate(
        points=Count("pk"), overdue=Count("pk", filter=overdue())
    )


def latest_statements(subject: Subject, count: int) -> list[Row]:
    """The `count` statements of the latest rounds: text, side, and their round's columns."""
    return list(
        subject.statements.order_by(
            F("round__date").desc(nulls_last=True), "-round", "position", "pk"
        ).values(
            "side", "text", "round__slug", "round__edition", "round__date", "round__series__title",
            "round__series__partner__name", "round__series__partner__name_id",
        )[:count]
    )  # fmt: skip


def points_still_owed_first(subject: Subject, count: int) -> list[int]:
    """The ids of `count` points: those still owed, then the others, each of the latest rounds."""
    return list(
        subject.points.annotate(owed=Q(status__in=UNFINISHED))
        .order_by("-owed", F("round__date").desc(nulls_last=True), "-round", "number")
        .values_list("pk", flat=True)[:count]
    )


def last_follow_ups(points: Iterable[int]) -> dict[int, Row]:
    """What was reported last of each of these points, by the point's id."""
    found = FollowUp.objects.filter(point__in=list(points)).order_by("position", "pk")
    # The last written in order is the one that stays.
    return {row["point"]: row for row in found.values("point", "date", "status", "note")}


def story(subject: Subject, count: int) -> QuerySet[Round]:
    """The `count` latest rounds, each with its statements and points about the subject alone.

    They are under `said` and `agreed`, the points with their follow-ups. Four queries.
    """
    return (
        subject.rounds.select_related("series__partner")
        .prefetch_related(
            Prefetch("statements", subject.statements.order_by("position", "pk"), to_attr="said"),
            Prefetch(
                "agreed_points",
                subject.points.order_by("number").prefetch_related("follow_ups"),
                to_attr="agreed",
            ),
        )
        .order_by(F("date").desc(nulls_last=True), "-pk")[:count]
    )
