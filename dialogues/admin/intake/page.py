"""The text with its proposals marked, and the fields with the words that they were read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from django.forms import BoundField, Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dialogues.records.intake import Proposal, Reading

from .forms import Points, ReviewForm

Label = str | Promise

#: The groups of the form, in a desk officer's order, with the sheet's columns in each.
GROUPS: tuple[tuple[str, Label, tuple[str, ...]], ...] = (
    (
        "round",
        gettext_lazy("Which round"),
        ("series", "edition", "status", "date"),
    ),
    (
        "new",
        gettext_lazy("If the series is new"),
        ("new_series", "kind", "partner", "partner_kind"),
    ),
    (
        "meeting",
        gettext_lazy("How and where"),
        ("format", "host", "venue", "city", "country"),
    ),
    (
        "heads",
        gettext_lazy("Who led"),
        ("head_own", "head_own_title", "head_partner", "head_partner_title"),
    ),
    ("topics", gettext_lazy("What it was about"), ("topics",)),
    ("next", gettext_lazy("What comes next"), ("next_round_note",)),
    (
        "source",
        gettext_lazy("The source"),
        (
            "source_kind", "source_publisher", "source_title", "source_date", "source_url",
            "keep_text", "visibility",
        ),
    ),
)  # fmt: skip
#: Which colour a column's words are marked with; the rest are facts of the round.
COLOURS = {"agreed_points": "agreed", "next_round_note": "next", "topics": "topic"}
LISTS = {"agreed_points": gettext_lazy("Agreed point"), "topics": gettext_lazy("Topic")}


class Numbered(NamedTuple):
    """A proposal with the number that text and form call it by."""

    number: int
    column: str
    proposal: Proposal
    place: int
    """Which of its column's it is, from 0."""

    @property
    def differs(self) -> bool:
        """Whether the words are others than the value, so that the reader has to see them."""
        return " ".join(self.proposal.words.split()) != str(self.proposal.value)


def numbered(reading: Reading) -> list[Numbered]:
    """The proposals in the order in which their words begin."""
    places: dict[str, int] = {}
    rows = []
    for column, proposal in reading.in_order():
        if column == "partner_kind":
            continue  # the same words as the partner's
        place = places.get(column, 0)
        places[column] = place + 1
        rows.append((proposal.start, -proposal.end, column, proposal, place))
    rows.sort(key=lambda row: row[:3])
    return [
        Numbered(number, column, proposal, place)
        for number, (_start, _end, column, proposal, place) in enumerate(rows, start=1)
    ]


@dataclass
class Piece:
    """A part of the text that the same proposals cover; those that begin with it are named."""

    text: str
    numbers: str
    colour: str
    begins: list[tuple[int, Label, str]]
    """Number, what it is called, and the id of its field."""


def pieces(text: str, marks: list[Numbered], labels: dict[str, Label]) -> Iterator[Piece]:
    """The text, cut wherever a proposal's words begin or end."""
    edges = sorted({0, len(text), *(e for m in marks for e in (m.proposal.start, m.proposal.end))})
    for start, end in pairwise(edges):
        covering = [m for m in marks if m.proposal.start <= start and end <= m.proposal.end]
        inner = min(covering, key=lambda m: m.proposal.end - m.proposal.start, default=None)
        yield Piece(
            text[start:end],
            " ".join(str(m.number) for m in covering),
            COLOURS.get(inner.column, "fact") if inner else "",
            [
                (m.number, labels[m.column], field_id(m))
                for m in covering
                if m.proposal.start == start
            ],
        )


def field_id(mark: Numbered) -> str:
    """The id of the field that a proposal stands in."""
    if mark.column == "agreed_points":
        return f"id_points-{mark.place}-text"
    return f"id_topics_{mark.place}" if mark.column == "topics" else f"id_{mark.column}"


@dataclass
class Row:
    """A field with the proposals that it was filled from."""

    field: BoundField
    marks: list[Numbered]
    drop: str = ""
    """What the field is called where it is to be left out; empty where it cannot be."""
    dropped: bool = False

    @property
    def choices(self) -> list[tuple[Any, Numbered]]:
        """Of topics, each choice with its proposal."""
        return list(zip(self.field, self.marks, strict=False))


#: What no round or source can be without is corrected, and not left out.
KEPT = frozenset({"series", "status"})


def groups(form: ReviewForm, marks: list[Numbered]) -> Iterator[tuple[str, Label, list[Row]]]:
    """The form's groups, each with its fields."""
    dropped = set(form["drop"].value() or ())
    for name, title, columns in GROUPS:
        rows = []
        for column in columns:
            own = [mark for mark in marks if mark.column == column]
            may_drop = bool(own) and column not in KEPT and column != "topics"
            rows.append(
                Row(form[column], own, column if may_drop else "", dropped=column in dropped)
            )
        yield name, title, rows


def point_rows(points: Points, marks: list[Numbered]) -> list[tuple[Form, Numbered | None]]:
    """The points' forms, each with the proposal that it was filled from."""
    by_place = {mark.place: mark for mark in marks if mark.column == "agreed_points"}
    return [(form, by_place.get(place)) for place, form in enumerate(points)]


def labels_of(form: ReviewForm) -> dict[str, Label]:
    """What each column is called."""
    labels: dict[str, Label] = {name: field.label or name for name, field in form.fields.items()}
    return labels | LISTS
