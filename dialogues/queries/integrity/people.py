"""People who stand twice in the record, under two spellings of a name."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from dialogues.models import Participant, Person

from .finding import Finding, Scope

#: How much of the letters of both names, three by three, they have in common at the least.
LIKE = 0.55

# Two who sat in the same round are two. The index over what people are called (migration 0005)
# finds the candidates: its expression has to stand here as it stands there.
PAIRS = """
SELECT one.id, other.id
FROM dialogues_person one JOIN dialogues_person other
    ON one.id < other.id
    AND dialogues_letters_of(array_append(other.also_written, other.name))
        %% dialogues_letters_of(ARRAY[one.name]::text[])
WHERE one.id IN ({seen}) AND other.id IN ({seen})
    AND similarity(
        dialogues_letters_of(ARRAY[one.name]::text[]),
        dialogues_letters_of(ARRAY[other.name]::text[])
    ) >= {like}
    AND NOT EXISTS (
        SELECT FROM dialogues_participant mine
            JOIN dialogues_participant theirs ON theirs.round_id = mine.round_id
        WHERE mine.person_id = one.id AND theirs.person_id = other.id
    )
"""


def who_may_be_one(scope: Scope) -> Iterator[Finding]:
    """Two people with nearly the same name who never met in one round. Three queries."""
    people = scope.seen(Person)
    sql, params = people.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(PAIRS.format(seen=sql, like=LIKE), [*params, *params])
        pairs = cursor.fetchall()
    named = people.in_bulk({pk for pair in pairs for pk in pair})
    looked_at = _taking_part(scope, named)
    for one, other in sorted(pairs, key=lambda pair: [named[pk].name for pk in pair]):
        if looked_at is None or {one, other} & looked_at:
            person, twin = named[one], named[other]
            said = _("Perhaps the same as %(other)s.") % {"other": twin.name}
            yield Finding("same-person", Person, one, person.slug, person.name, said, twin.slug)


def _taking_part(scope: Scope, people: dict[int, Person]) -> set[int] | None:
    """Which of the people took part in what is looked at; None where that is everything."""
    if scope.series is None:
        return None
    parts = Participant.objects.filter(person__in=people, round__in=scope.rounds().order_by())
    return set(parts.values_list("person", flat=True))
