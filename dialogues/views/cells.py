"""Cells of a listing's table: a value of a row, by its column's kind, as HTML.

Joined here and not in a template: a page has three hundred cells, and each tag would cost as often.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from dialogues.dates import PartialDate
from dialogues.listings import Column
from dialogues.vocabulary import RoundStatus

from .rows import LONGEST_TEXT, points_in_words, standing, title_of
from .sides import is_overdue, party_names

Row = dict[str, Any]
#: Cells whose place in a narrow row says what they are; the others say it in words.
PLAIN = frozenset({"date", "round", "partner", "format", "where", "point", "name", "responsible"})
CLASSES = {"point": "text", "responsible": "who"}


@dataclass
class Table:
    """Writes the rows of one page."""

    columns: Sequence[Column]
    staff: bool

    @cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        return {
            one.key: {str(value): str(label) for value, label in one.choices.choices}
            for one in self.columns
            if one.choices
        }

    @cached_property
    def _bases(self) -> dict[str, str]:
        names = ("round", "agreed-point", "series", "partner", "topic", "issue", "person")
        return {
            **{name: reverse(f"{name}-list") for name in names},
            "person": reverse("person-list"),
        }

    def body(self, rows: Sequence[Row]) -> SafeString:
        """The rows, in their order."""
        heads = [(self._opening(one), self._writer(one), one) for one in self.columns]
        return mark_safe(  # noqa: S308 - each value is escaped where it is written
            "".join(
                '<tr role="row">'
                + "".join(f"{opening}{write(row, one)}</td>" for opening, write, one in heads)
                + "</tr>\n"
                for row in rows
            )
        )

    def _opening(self, column: Column) -> str:
        key = column.key
        name = CLASSES.get(key, "title" if key in {"round", "name"} else key)
        if key == "round" and self.columns[0].key == "point":
            name = "round"
        numeric = "number " if column.numeric else ""
        label = "" if key in PLAIN else f' data-label="{escape(column.label)}:"'
        return f'<td role="cell" class="{numeric}cell-{name}"{label}>'

    def _writer(self, column: Column) -> Callable[[Row, Column], str]:
        name = "choice" if column.kind == "words" else column.kind
        return getattr(self, f"_{name}", self._entity)

    def _text(self, row: Row, column: Column) -> str:
        return escape(row[column.key] or "")

    def _words_of(self, column: Column, value: str | None) -> str:
        return "" if value in (None, "unknown") else self._words[column.key][str(value)]

    def _choice(self, row: Row, column: Column) -> str:
        said, value = escape(self._words_of(column, row[column.key])), row[column.key]
        if said and column.key == "status":
            return f'<span class="status status--{value}">{said}</span>'
        return said

    def _date(self, row: Row, column: Column) -> str:
        return dated(row[column.key])

    def _time(self, row: Row, column: Column) -> str:
        moment = timezone.localtime(row[column.key])
        return f'<time datetime="{moment.isoformat()}">{escape(date_format(moment))}</time>'

    def _number(self, row: Row, column: Column) -> str:
        return escape(number_format(row[column.key] or 0, force_grouping=True))

    def _several(self, row: Row, column: Column) -> str:
        return escape("; ".join(dict.fromkeys(filter(None, row[column.key] or ()))))

    def _points(self, row: Row, column: Column) -> str:
        return escape(points_in_words(row["points"], row["points_open"]))

    def _round(self, row: Row, column: Column) -> str:
        title = escape(title_of(row["series"], row["edition"]))
        link = f'<a href="{self._bases["round"]}{row["round"]}/">{title}</a>'
        return link + self._standing(row)

    def _point(self, row: Row, column: Column) -> str:
        text = escape(Truncator(row["point"]).chars(LONGEST_TEXT))
        address = f"{self._bases['agreed-point']}{row['round']}.{row['number']}/"
        return f'<a href="{address}">{text}</a>{self._standing(row)}'

    def _entity(self, row: Row, column: Column) -> str:
        address = f"{self._bases[column.kind]}{row['address']}/"
        return f'<a href="{address}">{escape(row[column.key])}</a>'

    def _due(self, row: Row, column: Column) -> str:
        late = ""
        if is_overdue(row["status"], row["due"]):
            late = f' <span class="status status--overdue">{escape(_("Overdue"))}</span>'
        return dated(row["due"]) + late

    def _party(self, row: Row, column: Column) -> str:
        return escape(party_names(row["partner"]).get(row[column.key], ""))

    def _standing(self, row: Row) -> str:
        """What to mind: a round that was not held; for staff, that it is not public."""
        said: list[tuple[str, str]] = []
        status = row.get("status")
        if (
            status in RoundStatus.values
            and status != RoundStatus.HELD
            and not self._shows("status")
        ):
            said.append((status, str(RoundStatus(status).label)))
        if self.staff and (words := standing(row["publication"], row["visibility"])):
            said.append(("draft", words))
        return "".join(
            f' <span class="status status--{name}">{escape(words)}</span>' for name, words in said
        )

    def _shows(self, key: str) -> bool:
        return any(one.key == key for one in self.columns)


def dated(date: PartialDate | None) -> str:
    """A date's words, for machines too where they can read it."""
    if date is None:
        return ""
    machine, words = date.html_datetime, escape(date.display())
    return f'<time datetime="{machine}">{words}</time>' if machine else words
