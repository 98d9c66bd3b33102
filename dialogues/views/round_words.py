"""A round's document as words: made ready here, so that the template only writes them down.

Rows are dictionaries, which templates read fastest. Texts in them are plain, but for what is made
of pieces of markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from typing import Any

from django.db.models import Model, TextChoices
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogues.dates import PartialDate
from dialogues.markup import (
    as_time,
    items,
    link,
    prose,
    safe,
    spoken_language,
    status,
    web_address,
    written,
)
from dialogues.models import Issue, Person, Topic
from dialogues.models.outcomes import shortened
from dialogues.models.partners import in_readers_language
from dialogues.vocabulary import (
    LEADING,
    Format,
    Host,
    Party,
    PointKind,
    PointStatus,
    Role,
    RoundStatus,
    Side,
    SourceKind,
)

from .sides import is_overdue, party_names

Row = dict[str, Any]
#: As much of a source's name as the margin takes.
LONGEST_HINT = 60


def date_in(text: str | None) -> PartialDate | None:
    """The date that a document holds as text."""
    return PartialDate.from_edtf(text) if text else None


def words_of(choices: type[TextChoices]) -> dict[str, str]:
    """Each value's word in the reader's language, looked up once a process."""
    return _words(choices, get_language())


@cache
def _words(choices: type[TextChoices], _language: str | None) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def addresses(model: type[Model]) -> Callable[[str], str]:
    """How a slug of the model's makes an address: asked of the model once, for all its slugs."""
    before, after = model(slug="0-0").get_absolute_url().split("0-0")  # type: ignore[attr-defined]
    return lambda slug: f"{before}{slug}{after}"


class Telling:
    """Tells the parts of one round in the reader's language."""

    def __init__(self, document: Row) -> None:
        self.document = document
        self.rounds_url, self.points_url = reverse("round-list"), reverse("agreed-point-list")
        self.url = self.round_url(document)
        partner = document["series"]["partner"]
        self.partner = in_readers_language(partner["name"], partner["name_id"])
        self.indonesian = get_language() == "id"
        self.names = party_names(self.partner)
        self.topic, self.issue, self.person = map(addresses, (Topic, Issue, Person))
        self.statuses, self.kinds = words_of(PointStatus), words_of(PointKind)
        self.topics_label, self.issue_label = _("Topics"), _("Issue across rounds")
        self.cited_label = _("is cited as")
        self.sources = [self._source(*one) for one in enumerate(document["sources"], start=1)]

    def round_url(self, row: Row) -> str:
        """The address of another round."""
        return f"{self.rounds_url}{row['slug']}/"

    def name(self, one: Row) -> str:
        """A topic's or an issue's name in the reader's language."""
        return str((self.indonesian and one["name_id"]) or one["name"])

    # --- What each side brought --------------------------------------------------------------

    def delegations(self) -> list[Row]:
        """Both sides' delegations, in the order in which their members were entered."""
        roles = words_of(Role)
        return [
            {
                "led": _("Led for %(side)s") % {"side": self.names[side]},
                "also": _("Also for %(side)s") % {"side": self.names[side]},
                "heads": [self._participant(one, "") for one in people if one["role"] in LEADING],
                "others": [
                    self._participant(one, roles[one["role"]])
                    for one in people
                    if one["role"] not in LEADING
                ],
            }
            for side in Side
            for people in [[one for one in self.document["participants"] if one["side"] == side]]
        ]

    def _participant(self, person: Row, role: str) -> Row:
        return {
            "url": self.person(person["slug"]),
            "name": person["name"],
            "notes": [said for said in (person["title"], person["institution"], role) if said],
        }

    def raised(self) -> list[Row]:
        """What each side raised; what both did comes last, and only where there is something."""
        if not self.document["statements"]:
            return []
        sides = []
        for party in Party:
            said = [self._said(one) for one in self.document["statements"] if one["side"] == party]
            if said or party != Party.BOTH:
                sides.append({"name": self.names[party], "statements": said})
        return sides

    def _said(self, statement: Row) -> Row:
        return {
            "text": prose(statement["text"]),
            "subjects": self.subjects(statement),
            "beside": self.beside(statement),
            "note": statement.get("internal_note", ""),
        }

    # --- What was agreed ---------------------------------------------------------------------

    def points(self) -> list[Row]:
        """The agreed points, by their numbers."""
        return [self.point_in_round(one) for one in self.document["agreed_points"]]

    def point(self, point: Row) -> Row:
        """An agreed point with all that the pages of its round and of itself show."""
        number = str(point["number"])
        return {
            "number": number,
            "reference": f"{self.document['slug']}.{number}",
            "text": prose(point["text"]),
            "original": prose(point["original_text"]),
            "original_heading": self._original_heading(point["original_language"]),
            "original_language": point["original_language"],
            "facts": self.facts(point),
            "subjects": self.subjects(point),
            "follow_ups": self._follow_ups(point["follow_ups"]),
            "note": point.get("internal_note", ""),
        }

    def point_in_round(self, point: Row) -> Row:
        """The same with what it has only among the round's others."""
        number, reference = point["number"], f"{self.document['slug']}.{point['number']}"
        name = link(f"{self.points_url}{reference}/", _("Point %(number)s") % {"number": number})
        return {
            **self.point(point),
            "cited": safe(
                f'{name} <span class="quiet">{escape(self.cited_label)}</span> '
                f'<span class="reference">{reference}</span>'
            ),
            "beside": self.beside(point),
        }

    @staticmethod
    def _original_heading(language: str) -> str:
        if not language:
            return _("Original text")
        return _("Original text, %(language)s") % {"language": spoken_language(language)}

    def facts(self, point: Row) -> str:
        """Where a point stands, as items of a list."""
        due = date_in(point["due"])
        who = self.names.get(point["responsible"])
        return items(
            (
                status(point["status"], self.statuses[point["status"]]),
                status("overdue", _("Overdue")) if is_overdue(point["status"], due) else "",
                self.kinds[point["kind"]],
                _("Responsible: %(who)s") % {"who": who} if who else "",
                safe(f"{_('Due')} {as_time(due)}") if due else "",
            )
        )

    def _follow_ups(self, follow_ups: list[Row]) -> str:
        """What became of a point; nothing where that is not recorded."""
        if not follow_ups:
            return ""
        told = "".join(f"<li>{self._follow_up(one)}</li>" for one in follow_ups)
        return safe(f'<ol class="follow-ups" aria-label="{escape(_("Follow-ups"))}">{told}</ol>')

    def _follow_up(self, follow_up: Row) -> str:
        date = written(as_time(date_in(follow_up["date"])))
        standing = status(follow_up["status"], self.statuses[follow_up["status"]])
        markup = f'<p class="small">{date}{" · " if date else ""}{standing}</p>'
        if follow_up["note"]:
            markup += f'<div class="prose">{prose(follow_up["note"])}</div>'
        if address := web_address(follow_up["source_url"]):
            markup += f'<p class="small">{link(address, _("Source"), outside=True)}</p>'
        return markup

    # --- Topics and sources ------------------------------------------------------------------

    def topics(self, item: Row) -> str:
        """Links to what is talked about, as items of a list."""
        return items(link(self.topic(one["slug"]), self.name(one)) for one in item["topics"])

    def topics_line(self, item: Row, label: str) -> str:
        """The topics of a part, after what they are to it; nothing where it has none."""
        if not item["topics"]:
            return ""
        return (
            f'<div class="subjects small"><span class="quiet">{escape(label)}</span> '
            f'<ul class="topics">{self.topics(item)}</ul></div>'
        )

    def subjects(self, item: Row) -> str:
        """Topics and lifelong issue of a statement or point."""
        markup = self.topics_line(item, self.topics_label)
        if item["issue"]["slug"]:
            issue = link(self.issue(item["issue"]["slug"]), self.name(item["issue"]))
            markup += (
                f'<p class="subjects small"><span class="quiet">{escape(self.issue_label)}</span> '
                f"{issue}</p>"
            )
        return safe(markup)

    def supporting(self, item: Row) -> str:
        """The sources that mention a topic of a statement or point, as items of a list.

        The record says of a source which topics it mentions and whose words it is, no more; so
        each stands here with its voice, and with a hint where it is noted to differ.
        """
        topics = {topic["slug"] for topic in item["topics"]}
        return items(one["hint"] for one in self.sources if not topics.isdisjoint(one["slugs"]))

    def beside(self, item: Row) -> str:
        """What stands in the margin of a statement or point."""
        found = self.supporting(item)
        return safe(f'<ul class="beside small">{found}</ul>') if found else ""

    def _source(self, number: int, source: Row) -> Row:
        kinds = words_of(SourceKind)
        title = source["title"] or source["publisher"] or source["url"]
        whose = shortened(source["publisher"] or title, LONGEST_HINT)
        voice = self.names.get(source["side"], "")
        address = web_address(source["url"])
        name = _("Source %(number)s") % {"number": number}
        said = [voice, _("see its note") if source["note"] else ""]
        return {
            "number": str(number),
            "slugs": [topic["slug"] for topic in source["topics"]],
            "hint": safe(
                link(f"{self.url}#source-{number}", f"{name}: {whose}")
                + safe(f' <span class="quiet">{items_in_line(said)}</span>' if any(said) else "")
            ),
            "language": source["language"] if source["title"] else "",
            "title": link(address, title, outside=True) if address else title,
            "facts": items(
                (
                    self._voice(voice) if voice else _("Whose words: not recorded"),
                    kinds[source["kind"]] if source["kind"] != SourceKind.OTHER else "",
                    source["publisher"] if source["title"] else "",
                    as_time(date_in(source["published_on"])),
                    spoken_language(source["language"]) if source["language"] else "",
                )
            ),
            "topics": safe(self.topics_line(source, _("Mentions"))),
            "note": prose(source["note"]),
        }

    @staticmethod
    def _voice(who: str) -> str:
        words = escape(_("In the words of: %(who)s") % {"who": who})
        return safe(f'<span class="entries__voice">{words}</span>')

    # --- The rest ----------------------------------------------------------------------------

    def places(self) -> list[str]:
        """Where it met: venue, city and country, as far as each is known."""
        return [
            ", ".join(
                part
                for part in (
                    one["name"],
                    one["city"],
                    in_readers_language(one["country_name"], one["country_name_id"]),
                )
                if part
            )
            for one in self.document["venues"]
        ]

    def events(self) -> list[Row]:
        """What took place around the round."""
        return [
            {
                "title": one["title"],
                "facts": items((one["kind"], as_time(date_in(one["date"])), one["place"])),
                "note": prose(one["note"]),
            }
            for one in self.document["related_events"]
        ]

    def host(self) -> str:
        """Who hosts; nothing where that is not recorded."""
        host = self.document["host"]
        return "" if host == Host.UNKNOWN else self.names[host]

    def missing(self) -> list[str]:
        """What a reader would look for and the record does not hold, in words."""
        return [*self._arrangements_missing(), *self._contents_missing()]

    def _arrangements_missing(self) -> Iterator[str]:
        document = self.document
        if not document["date"]:
            yield _("date")
        if document["format"] == Format.UNKNOWN:
            yield _("format")
        if document["format"] != Format.VIRTUAL and not document["venues"]:
            yield _("place")
        if document["host"] == Host.UNKNOWN:
            yield _("host")

    def _contents_missing(self) -> Iterator[str]:
        document = self.document
        if document["status"] != RoundStatus.HELD:
            return
        leading = {one["side"] for one in document["participants"] if one["role"] in LEADING}
        for side in Side:
            if side not in leading:
                yield _("who led for %(side)s") % {"side": self.names[side]}
        for key, words in (
            ("summary", _("summary")),
            ("statements", _("what each side raised")),
            ("agreed_points", _("what was agreed")),
            ("sources", _("sources")),
        ):
            if not document[key]:
                yield words


def items_in_line(pieces: list[str]) -> str:
    """Words in one line, a dot between, escaped."""
    return escape(" · ".join(piece for piece in pieces if piece))
