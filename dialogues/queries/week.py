"""What has changed of late, read from history, as far as a reader sees the rounds as they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from dialogues.models import AgreedPoint, FollowUp, Round, User
from dialogues.queries.history import events_of
from dialogues.vocabulary import UNFINISHED, Publication, Visibility

Reader = User | AnonymousUser


@dataclass(slots=True)
class Changed:
    """A round that was written to, and what of that can be told in few words."""

    round: Round
    news: str = "changed"
    """`entered`, `published` or `changed`."""
    closed: dict[int, str] = field(default_factory=dict)
    """Points that are no longer owed: number and status."""
    added: list[int] = field(default_factory=list)
    """Numbers of points that are new in a round that was not."""
    followed: list[int] = field(default_factory=list)
    """Numbers of points of which something was reported."""


def changed_since(user: Reader, since: datetime, count: int) -> tuple[list[Changed], int]:
    """The `count` rounds changed last, and how many were changed since then. Five queries.

    Of a round that is new to its readers only that is told: all that is in it is new.
    """
    rounds = Round.objects.visible_to(user).filter(updated__gte=since)
    found = {
        round_.pk: Changed(round_)
        for round_ in rounds.select_related("series__partner").order_by("-updated", "-pk")[:count]
    }
    _tell_what_is_new(found, since)
    known = {pk: one for pk, one in found.items() if one.news == "changed"}
    _tell_points(known, since)
    _tell_follow_ups(known, since)
    return list(found.values()), rounds.order_by().count()


def _tell_what_is_new(found: dict[int, Changed], since: datetime) -> None:
    """Compare each round with what it was before."""
    before = {
        row["pgh_obj_id"]: row
        for row in events_of(Round)
        .filter(pgh_obj_id__in=list(found), pgh_created_at__lt=since)
        .order_by("pgh_id")
        .values("pgh_obj_id", "publication", "visibility")
    }
    for pk, one in found.items():
        published = one.round.publication == Publication.PUBLISHED
        was = before.get(pk)
        if was is None:
            one.news = "published" if published else "entered"
        elif published and not _shown(was, one.round):
            one.news = "published"


def _shown(was: dict[str, Any], round_: Round) -> bool:
    """Whether those who see the round now could see it then."""
    levels = list(Visibility)
    return was["publication"] == Publication.PUBLISHED and levels.index(
        was["visibility"]
    ) <= levels.index(Visibility(round_.visibility))


def _tell_points(known: dict[int, Changed], since: datetime) -> None:
    """Compare each agreed point with what it was before."""
    before: dict[int, str] = {}
    now: dict[int, dict[str, Any]] = {}
    events: Iterable[dict[str, Any]] = (
        events_of(AgreedPoint)
        .filter(round__in=list(known))
        .order_by("pgh_id")
        .values("pgh_obj_id", "pgh_created_at", "pgh_label", "round", "number", "status")
    )
    for event in events:
        now[event["pgh_obj_id"]] = event
        if event["pgh_created_at"] < since:
            before[event["pgh_obj_id"]] = event["status"]
    for pk, event in now.items():
        if event["pgh_label"] == "delete" or event["round"] not in known:
            continue
        one, was = known[event["round"]], before.get(pk)
        if was is None:
            one.added.append(event["number"])
        elif was in UNFINISHED and event["status"] not in UNFINISHED:
            one.closed[event["number"]] = event["status"]


def _tell_follow_ups(known: dict[int, Changed], since: datetime) -> None:
    """Name the points of which something was reported that is still there."""
    entered = events_of(FollowUp).filter(pgh_label="insert", pgh_created_at__gte=since)
    for round_id, number in (
        FollowUp.objects.filter(point__round__in=list(known))
        .filter(pk__in=entered.filter(point__round__in=list(known)).values("pgh_obj_id"))
        .order_by("point__number")
        .values_list("point__round", "point__number")
        .distinct()
    ):
        known[round_id].followed.append(number)
