"""What is known of a person: the rounds they led and took part in, as what, and whom they met."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Max, Min, Q, QuerySet

from dialogues.models import Participant, Person, User
from dialogues.vocabulary import LEADING, Side

Reader = User | AnonymousUser
Row = dict[str, Any]


def parts_of(person: Person, user: Reader) -> QuerySet[Any]:
    """The person's parts in rounds that `user` may see."""
    return Participant.objects.visible_to(user).filter(person=person).order_by()


def by_partner(parts: QuerySet[Any]) -> list[Row]:
    """The partners of the rounds, the one with most rounds first.

    Each row has the partner's `code`, `label` and `label_id`, the `side` that the person was on,
    the number of `rounds` and of those `led`, the dates of the `first` and the `last`.
    """
    return list(
        parts.values(
            "side",
            code=F("round__series__partner__code"),
            label=F("round__series__partner__name"),
            label_id=F("round__series__partner__name_id"),
        )
        .annotate(
            rounds=Count("round", distinct=True),
            led=Count("round", distinct=True, filter=Q(role__in=LEADING)),
            first=Min("round__date"),
            last=Max("round__date"),
        )
        .order_by("-rounds", "label", "side")
    )


def offices(parts: QuerySet[Any]) -> list[Row]:
    """The titles and institutions that records give the person, the latest first.

    Each row has `title`, `institution`, the number of `rounds`, the `first` and the `last` date.
    """
    return list(
        parts.exclude(title="", institution="")
        .values("title", "institution")
        .annotate(
            rounds=Count("round", distinct=True),
            first=Min("round__date"),
            last=Max("round__date"),
        )
        .order_by(F("last").desc(nulls_last=True), "title", "institution")
    )


def latest(parts: QuerySet[Any], count: int) -> list[Row]:
    """The person's parts in the `count` latest rounds, with what a line tells of each."""
    return list(
        parts.order_by(F("round__date").desc(nulls_last=True), "-round", "pk").values(
            "side", "role", "title", "institution", "round__slug", "round__edition", "round__date",
            "round__status", "round__series__title",
            "round__series__partner__name", "round__series__partner__name_id",
        )[:count]
    )  # fmt: skip


def spellings(person: Person, parts: QuerySet[Any]) -> list[str]:
    """How records write the name otherwise, in alphabetical order."""
    written = set(parts.exclude(name="").values_list("name", flat=True)) | {*person.also_written}
    return sorted(written - {person.name})


def counterparts(parts: QuerySet[Any], user: Reader, count: int) -> list[Row]:
    """The `count` people met most often on the other side.

    Each row has their `slug`, what they are `called`, the number of `rounds` together, and the
    date of the `last`.
    """
    across = Q()
    for side, other in ((Side.OWN, Side.PARTNER), (Side.PARTNER, Side.OWN)):
        across |= Q(side=other, round__in=parts.filter(side=side).values("round"))
    return list(
        Participant.objects.visible_to(user)
        .filter(across)
        .order_by()
        .values(slug=F("person__slug"), called=F("person__name"))
        .annotate(rounds=Count("round", distinct=True), last=Max("round__date"))
        .order_by("-rounds", F("last").desc(nulls_last=True), "called")[:count]
    )
