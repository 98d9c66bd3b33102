"""Where in its parts a round says what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Left

from dialogues.models import AgreedPoint, Participant, RelatedEvent, Round, Source, Statement

from .asking import groups_of, query_of, wanted
from .matching import of_words
from .snippets import LONGEST_TEXT

TOPIC = ("topics__name", "topics__name_id")
ISSUE = ("issue__name", "issue__name_id")


class Blank(Func):
    """A column, null where it is empty."""

    function = "nullif"
    template = "%(function)s(%(expressions)s, '')"
    output_field = TextField()


class Said(Func):
    """Columns that say something, with commas between."""

    function = "concat_ws"
    template = "%(function)s(', ', %(expressions)s)"
    output_field = TextField()


class Text(Func):
    """An array's texts as one, null where there are none."""

    function = "array_to_string"
    template = "nullif(%(function)s(%(expressions)s, ', '), '')"
    output_field = TextField()


class Part(NamedTuple):
    """A text that belongs to a round."""

    round_id: int
    kind: str
    """point, statement, source, file, event, person, venue, topic, issue, or an internal note."""
    text: str


def spoken(round_ids: Sequence[int], text: str, *, staff: bool) -> list[Part]:
    """What was said in these rounds: the agreed points that have any word of `text`, statements.

    Notes for `staff` alone. Whether a reader may see the rounds is asked before. One query.
    """
    query = query_of([[asked] for asked in wanted(groups_of(text))])
    if query is None:
        return []
    has_words = of_words(query, staff=staff)
    points = AgreedPoint.objects.filter(has_words, round__in=round_ids)
    statements = Statement.objects.filter(round__in=round_ids)
    noted = ("internal_note",) if staff else ()
    return _parts(
        _said(points, "point", "text"),
        _said(points, "point", "original_text"),
        _said(statements, "statement", "text"),
        *(_said(part, "note", *noted) for part in (points, statements) if noted),
    )


def mentioned(round_ids: Sequence[int]) -> list[Part]:
    """What else these rounds name, as `spoken`: who took part, where, about what. One query."""
    rounds = Round.objects.filter(pk__in=round_ids)
    points = AgreedPoint.objects.filter(round__in=round_ids)
    statements = Statement.objects.filter(round__in=round_ids)
    sources = Source.objects.filter(round__in=round_ids)
    events = RelatedEvent.objects.filter(round__in=round_ids)
    people = Participant.objects.filter(round__in=round_ids)
    return _parts(
        _said(points, "point", "follow_ups__note"),
        _said(sources, "source", "publisher", "title", "note"),
        _said(sources, "file", Left("file__text", LONGEST_TEXT)),
        _said(events, "event", "kind", "title", "place", "note"),
        _said(
            people, "person", "name", "person__name", Text("person__also_written"), "title",
            "institution",
        ),
        _said(
            rounds, "venue", "venues__name", "venues__city", "venues__country__name",
            "venues__country__name_id",
        ),
        *(_said(part, "topic", *TOPIC) for part in (rounds, statements, points, sources)),
        *(_said(part, "issue", *ISSUE) for part in (statements, points)),
    )  # fmt: skip


def _parts(first: QuerySet[Any, Any], *others: QuerySet[Any, Any]) -> list[Part]:
    return [Part(*row) for row in first.union(*others, all=True) if row[2]]


def _said(rows: QuerySet[Any], kind: str, *columns: str | Func) -> QuerySet[Any, Any]:
    said = rows.order_by().annotate(
        part_of=F("pk") if rows.model is Round else F("round"),
        part_kind=Value(kind),
        part_said=Said(
            *(column if isinstance(column, Func) else Blank(column) for column in columns)
        ),
    )
    read: QuerySet[Any, Any] = said.values_list("part_of", "part_kind", "part_said")
    return read
