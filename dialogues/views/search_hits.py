"""Things found, as a page shows them: with what was asked for marked, and what they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Model
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.models import Issue, Person, Series, Topic
from dialogues.models.partners import in_readers_language
from dialogues.queries.search import Found, Marked, Part, marked, mentioned, spoken
from dialogues.vocabulary import PointStatus, RoundStatus

from .rows import Row, date_of, standing, title_of
from .sides import is_overdue, party_names

#: As much of a text as a hit shows.
LENGTH = 240

WHERE = {
    "point": gettext_lazy("Agreed point"),
    "statement": gettext_lazy("Raised"),
    "source": gettext_lazy("Source"),
    "file": gettext_lazy("In the file of a source"),
    "event": gettext_lazy("Related event"),
    "person": gettext_lazy("Took part"),
    "venue": gettext_lazy("Venue"),
    "topic": gettext_lazy("Topic"),
    "issue": gettext_lazy("Lifelong issue"),
    "note": gettext_lazy("Internal note"),
    "next_round_note": gettext_lazy("Next round"),
    "format_note": gettext_lazy("Format"),
    "internal_note": gettext_lazy("Internal note"),
    "original_text": gettext_lazy("Original text"),
}


class Text(NamedTuple):
    """A snippet, and which part of the record it is from where that is not plain."""

    where: str
    marked: SafeString


class Hit(NamedTuple):
    """One thing found."""

    url: str
    title: SafeString
    facts: list[str] = []
    texts: list[Text] = []
    status: tuple[str, str] = ("", "")
    overdue: bool = False
    standing: str = ""


class Page:
    """Makes hits of rows; marks all their texts at once."""

    def __init__(self, asked: str, *, staff: bool) -> None:
        self.asked, self.staff = asked, staff
        self.marked: dict[str, Marked] = {}
        self.elsewhere: dict[int, Text] = {}

    def read(self, names: dict[type[Model], Any], found: Iterable[Found]) -> None:
        """Mark everything that may be shown. One query, and two or four more if a round's own
        texts do not have the words and its parts have to be asked."""
        texts = [str(row) for named in names.values() for row in named.rows]
        texts += [text for named in names.values() for row in named.rows for text in beside(row)]
        rounds, *_others = found
        for some in found:
            for row in some.rows:
                texts += [value for value in row.values() if isinstance(value, str)]
        self.marked = marked(texts, self.asked)
        bare = [row["pk"] for row in rounds.rows if not self._own(row)]
        if bare:
            self._look_in(spoken(bare, self.asked, staff=self.staff))
        if bare := [pk for pk in bare if pk not in self.elsewhere]:
            self._look_in(mentioned(bare))

    def _look_in(self, parts: list[Part]) -> None:
        found = marked([part.text for part in parts], self.asked)
        for part in sorted(parts, key=lambda part: -len(found[part.text].spans)):
            if found[part.text].spans and part.round_id not in self.elsewhere:
                where = Text(str(WHERE[part.kind]), found[part.text].cut(LENGTH))
                self.elsewhere[part.round_id] = where

    def names(self, rows: Iterable[Any]) -> list[Hit]:
        return [
            Hit(
                row.get_absolute_url(),
                self._whole(str(row)),
                [about] if (about := above(row)) else [],
                self._snippets(dict.fromkeys(beside(row), "")),
            )
            for row in rows
        ]

    def rounds(self, rows: Iterable[Row]) -> list[Hit]:
        return [
            Hit(
                f"{reverse('round-list')}{row['slug']}/",
                self._titled(row, ""),
                facts(row, ""),
                self._own(row) or self._elsewhere(row),
                ("", "")
                if row["status"] == RoundStatus.HELD
                else (row["status"], str(RoundStatus(row["status"]).label)),
                standing=self._standing(row, ""),
            )
            for row in rows
        ]

    def _own(self, row: Row) -> list[Text]:
        texts = {row["summary"]: ""}
        columns = ["next_round_note", "format_note"] + ["internal_note"] * self.staff
        texts |= {row[column]: str(WHERE[column]) for column in columns}
        return self._snippets(texts)

    def _elsewhere(self, row: Row) -> list[Text]:
        found = self.elsewhere.get(row["pk"])
        return [found] if found else []

    def points(self, rows: Iterable[Row]) -> list[Hit]:
        hits = []
        for row in rows:
            columns = ["original_text"] + ["internal_note"] * self.staff
            others = {row[column]: str(WHERE[column]) for column in columns}
            hits.append(
                Hit(
                    f"{reverse('agreed-point-list')}{row['round__slug']}.{row['number']}/",
                    self._cut(row["text"]),
                    [self._of_round(row), *facts(row, "round__")],
                    [] if self.marked[row["text"]].spans else self._snippets(others),
                    (row["status"], str(PointStatus(row["status"]).label)),
                    is_overdue(row["status"], row["due"]),
                    self._standing(row, "round__"),
                )
            )
        return hits

    def statements(self, rows: Iterable[Row]) -> list[Hit]:
        hits = []
        for row in rows:
            partner = partner_of(row, "round__")
            note = row.get("internal_note", "")
            hits.append(
                Hit(
                    f"{reverse('round-list')}{row['round__slug']}/#raised",
                    self._cut(row["text"]),
                    [party_names(partner)[row["side"]], self._of_round(row), *when(row, "round__")],
                    self._snippets({note: str(WHERE["internal_note"])}),
                    standing=self._standing(row, "round__"),
                )
            )
        return hits

    def sources(self, rows: Iterable[Row]) -> list[Hit]:
        hits = []
        for row in rows:
            title = row["title"] or row["publisher"] or row["url"]
            publisher = row["publisher"] if row["title"] else ""
            hits.append(
                Hit(
                    f"{reverse('round-list')}{row['round__slug']}/#sources",
                    self._whole(title),
                    [
                        *filter(None, [self._whole(publisher)]),
                        self._of_round(row),
                        *when(row, "round__"),
                    ],
                    self._snippets({row["note"]: "", row["file_text"]: str(WHERE["file"])}),
                    standing=self._standing(row, "round__"),
                )
            )
        return hits

    def _snippets(self, texts: dict[str, str]) -> list[Text]:
        """The first of the texts that has what was asked for; its value tells where it is from."""
        for text, where in texts.items():
            if text and self.marked[text].spans:
                return [Text(where, self.marked[text].cut(LENGTH))]
        return []

    def _whole(self, text: str) -> SafeString:
        return (self.marked.get(text) or Marked(text)).whole()

    def _cut(self, text: str) -> SafeString:
        return self.marked[text].cut(LENGTH)

    def _titled(self, row: Row, prefix: str) -> SafeString:
        return self._whole(title_of(row[f"{prefix}series__title"], row[f"{prefix}edition"]))

    def _of_round(self, row: Row) -> str:
        return title_of(row["round__series__title"], row["round__edition"])

    def _standing(self, row: Row, prefix: str) -> str:
        if not self.staff:
            return ""
        return standing(row[f"{prefix}publication"], row[f"{prefix}visibility"])


def facts(row: Row, prefix: str) -> list[str]:
    """When, and with whom."""
    return [*when(row, prefix), partner_of(row, prefix)]


def when(row: Row, prefix: str) -> list[str]:
    date = date_of(row[f"{prefix}date"])["date"]
    return [date] if date else []


def partner_of(row: Row, prefix: str) -> str:
    name = f"{prefix}series__partner__name"
    return in_readers_language(row[name], row[f"{name}_id"])


def beside(row: Model) -> list[str]:
    """What else a name was found by: other spellings, the name in the other language, a note."""
    if isinstance(row, Person):
        return [", ".join(row.also_written)] if row.also_written else []
    if isinstance(row, Series):
        return [row.note] if row.note else []
    others = {row.name, row.name_id} - {str(row), ""}  # type: ignore[attr-defined]
    return [*sorted(others), *([row.note] if isinstance(row, Issue) and row.note else [])]


def above(row: Model) -> str:
    """What a name belongs to."""
    if isinstance(row, Series):
        return row.partner.label
    if isinstance(row, Topic) and row.parent:
        return _("under %(topic)s") % {"topic": row.parent.label}
    return ""
