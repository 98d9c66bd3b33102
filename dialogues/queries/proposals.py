"""What the next round of a series is likely to be: proposals for whoever enters it, no facts."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import F

from dialogues.models import Participant, Round, Series, User, Venue
from dialogues.queries.chains import Chain, Row, chains_of
from dialogues.vocabulary import RoundStatus

Reader = User | AnonymousUser


@dataclass(frozen=True)
class Proposal:
    """What may be proposed. Nothing where nothing suggests it."""

    edition: int | None
    """The number after the highest one."""
    host: str
    """Whose turn it is, where the hosts have taken turns: "own" or "partner"; else ""."""
    turns: tuple[int, int]
    """How often the host changed from a round to the next, of how many times it is known."""
    venue: Venue | None
    """Where that host had the series last."""
    venue_of: Row | None
    """The round that was there."""
    planned: list[Row]
    """Rounds that are planned already, and have yet to take place."""


def propose(series: Series, user: Reader) -> Proposal:
    """What suggests itself from the series' rounds that `user` sees. Two queries, or three."""
    chain = chains_of(user, series=series.pk).get(series.pk) or Chain([])
    editions = [row["edition"] for row in chain.rows if row["edition"]]
    turns = chain.turns
    at, venue = last_venue(chain, turns.next)
    return Proposal(
        edition=max(editions) + 1 if editions else None,
        host=turns.next,
        turns=(turns.changed, turns.known),
        venue=venue,
        venue_of=at,
        planned=[
            row
            for row in chain.rows
            if row["status"] in (RoundStatus.PLANNED, RoundStatus.CONFIRMED)
        ],
    )


def last_venue(chain: Chain, host: str) -> tuple[Row | None, Venue | None]:
    """The last round that the host had, of those whose place is known, and its first place."""
    hosted = {row["pk"]: row for row in chain.held if row["host"] == host}
    if not host or not hosted:
        return None, None
    there = (
        Round.venues.through._base_manager.filter(round__in=hosted)
        .order_by(F("round__date").desc(nulls_last=True), "-round", "pk")
        .values_list("round", "venue")
        .first()
    )
    if there is None:
        return None, None
    return hosted[there[0]], Venue.objects.select_related("country").get(pk=there[1])


def last_people(series: int, but: int | None, user: Reader) -> list[Participant]:
    """Those who took part in the last round of the series that names any. One query.

    `but` is the round that they are proposed for.
    """
    named = (
        Participant.objects.visible_to(user)
        .filter(round__series=series, round__status=RoundStatus.HELD)
        .exclude(round=but)
        .order_by(F("round__date").desc(nulls_last=True), "-round")
    )
    return list(
        Participant.objects.visible_to(user)
        .filter(round=named.values("round")[:1])
        .select_related("person", "round__series")
        .order_by("position", "pk")
    )
