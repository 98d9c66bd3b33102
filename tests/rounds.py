"""Rounds that the stories about pages are told with."""

from __future__ import annotations

from typing import Any

from dialogues.dates import PartialDate
from dialogues.models import (
    AgreedPoint,
    Country,
    FollowUp,
    Issue,
    Participant,
    Person,
    RelatedEvent,
    Round,
    Series,
    Source,
    Statement,
    Topic,
    Venue,
)


def published(series: Series, **fields: Any) -> Round:
    """A round that everybody may see."""
    fields.setdefault("status", "held")
    fields.setdefault("slug", f"{series.slug}-{fields.get('edition') or 'x'}")
    return Round.objects.create(
        **{"series": series, "visibility": "public", "publication": "published", **fields}
    )


def whole_round(series: Series, edition: int = 11, **fields: Any) -> Round:
    """A published round with something of everything; three of its points, one of them overdue."""
    given = {
        "edition": edition,
        "date": PartialDate("2021-10-15"),
        "format": "hybrid",
        "host": "partner",
        "format_note": "Half of each delegation in a room",
        "summary": "They compared what works.\n\nThen they agreed.",
        "next_round_note": "In Moscow, at an appropriate time.",
        "internal_note": "Secret of the round",
    }
    round_ = published(series, **(given | fields))
    topic, _ = Topic.objects.get_or_create(slug="right-to-health", name="Right to health")
    issue, _ = Issue.objects.get_or_create(slug="vaccines", name="Access to vaccines")
    round_.topics.add(topic)
    # One by one: of several at once Django takes the ids in no certain order.
    for city, code in (("Moscow", "RU"), ("Jakarta", "ID")):
        country = Country.objects.get(code=code)
        round_.venues.add(Venue.objects.get_or_create(city=city, country=country)[0])
    for name, side, role in (
        ("Achsanul Habib", "own", "head"),
        ("Rinat Alyautdinov", "partner", "head"),
        ("Maria Ivanova", "partner", "co_head"),
        ("Siti Aminah", "own", "opener"),
    ):
        person, _ = Person.objects.get_or_create(name=name, slug=name.lower().replace(" ", "-"))
        Participant.objects.create(
            round=round_, person=person, side=side, role=role, title=f"Director {name[0]}"
        )
    for side in ("own", "partner", "both"):
        said = Statement.objects.create(
            round=round_,
            side=side,
            text=f"Raised by {side}",
            issue=issue,
            internal_note="Secret of it",
        )
        said.topics.add(topic)
    for number in (1, 2, 3):
        point = AgreedPoint.objects.create(
            round=round_,
            number=number,
            text=f"Agreed no. {number}",
            original_text=f"Kesepakatan {number}",
            original_language="id",
            responsible="own",
            due=PartialDate("2022-06") if number == 1 else None,
            status=("open", "done", "lapsed")[number - 1],
            issue=issue,
            internal_note="Secret of the point",
        )
        point.topics.add(topic)
        FollowUp.objects.create(
            point=point,
            date=PartialDate("2022"),
            note=f"Done about {number}",
            source_url="https://example.org/followed",
        )
    source = Source.objects.create(
        round=round_,
        kind="press_release",
        publisher="The ministry",
        title="Dialog ke-11",
        url="https://example.org/release",
        published_on=PartialDate("2021-10-19"),
        language="id",
        side="own",
    )
    source.topics.add(topic)
    RelatedEvent.objects.create(
        round=round_,
        kind="seminar",
        title="A seminar",
        place="Bogor",
        date=PartialDate("2021-10-14"),
    )
    return round_
