"""A person's page: what they led and took part in, as what, and whom they met."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from dialogues.models import Person
from dialogues.models.partners import in_readers_language
from dialogues.queries import people
from dialogues.queries.subjects import Times
from dialogues.vocabulary import LEADING, Role, RoundStatus, Side

from .former import FollowsMerges
from .rows import date_of
from .subject import Lists, round_of, years_of

Row = dict[str, Any]
#: How many rounds and how many counterparts are shown; the list has all the rounds.
ROUNDS, COUNTERPARTS = 50, 12


class PersonDetail(FollowsMerges):
    """`/people/SLUG/`."""

    context_object_name = "person"
    template_name = "dialogues/person_detail.html"

    def get_queryset(self) -> QuerySet[Person]:
        return Person.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person, user = self.object, self.request.user
        parts = people.parts_of(person, user)
        lists = Lists({"person": person.slug})
        partners = people.by_partner(parts)
        times = Times()
        for row in partners:
            times.add(row["rounds"], row["first"], row["last"])
        return super().get_context_data(
            section="people",
            times=times,
            led=sum(row["led"] for row in partners),
            sides=list(dict.fromkeys(side_of(row) for row in partners)),
            partners=[partner_row(row, lists) for row in partners],
            offices=[office_row(row) for row in people.offices(parts)],
            spellings=people.spellings(person, parts),
            parts=[part_row(row) for row in people.latest(parts, ROUNDS)],
            counterparts=[
                counterpart_row(row) for row in people.counterparts(parts, user, COUNTERPARTS)
            ],
            rounds_url=lists.rounds(),
            **kwargs,
        )


def side_of(row: Row) -> str:
    """Whose delegation the person was in."""
    if row["side"] == Side.OWN:
        return str(settings.OWN_NAME)
    return in_readers_language(row["label"], row["label_id"])


def partner_row(row: Row, lists: Lists) -> Row:
    """A partner that the person met, or came for."""
    return {
        "name": in_readers_language(row["label"], row["label_id"]),
        "url": lists.rounds(partner=row["code"]),
        "rounds": row["rounds"],
        "led": row["led"],
        "first": date_of(row["first"]),
        "last": date_of(row["last"]),
    }


def office_row(row: Row) -> Row:
    """A title as it was recorded, and in which years."""
    return {**row, "years": years_of(Times(row["rounds"], row["first"], row["last"]))}


def part_row(row: Row) -> Row:
    """A round as the person's: their side, role and title of the day."""
    told = round_of(row)
    return {
        **told,
        "side": settings.OWN_NAME if row["side"] == Side.OWN else told["partner"],
        "role": Role(row["role"]).label,
        "led": row["role"] in LEADING,
        "title": row["title"],
        "institution": row["institution"],
        "status": row["round__status"],
        "status_label": ""
        if row["round__status"] == RoundStatus.HELD
        else RoundStatus(row["round__status"]).label,
    }


def counterpart_row(row: Row) -> Row:
    """Somebody met on the other side."""
    return {
        "name": row["called"],
        "url": reverse("person-detail", args=[row["slug"]]),
        "rounds": row["rounds"],
        "last": date_of(row["last"]),
    }
