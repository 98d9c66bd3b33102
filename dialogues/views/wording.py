"""What all parts of a round's document are told with: names, addresses, topics and sources."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

from django.db.models import Model, TextChoices
from django.template.defaultfilters import filesizeformat
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
)
from dialogues.models import Issue, Person, Topic
from dialogues.models.outcomes import shortened
from dialogues.models.partners import in_readers_language
from dialogues.vocabulary import (
    FileKind,
    PointKind,
    PointStatus,
    SourceKind,
)

from .sides import party_names

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


class Wording:
    """Names, addresses, topics and sources of one round, in the reader's language."""

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
        # Said of each of a round's points: looked up once.
        self.point_name, self.due_label = _("Point %(number)s"), _("Due")
        self.overdue = status("overdue", _("Overdue"))
        self.sources = [self._source(*one) for one in enumerate(document["sources"], start=1)]

    def round_url(self, row: Row) -> str:
        """The address of another round."""
        return f"{self.rounds_url}{row['slug']}/"

    def name(self, one: Row) -> str:
        """A topic's or an issue's name in the reader's language."""
        return str((self.indonesian and one["name_id"]) or one["name"])

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
            "file": self._file(source),
            "note": prose(source["note"]),
        }

    def _file(self, source: Row) -> str:
        """A link to the file that a source carries, with its kind and size; nothing without one."""
        if not source["file_name"]:
            return ""
        about = [words_of(FileKind)[source["file_kind"]], filesizeformat(source["file_size"])]
        address = f"{self.url}sources/{source['id']}/file"
        return safe(
            f'<a href="{address}" download>{escape(source["file_name"])}</a> '
            f'<span class="quiet">{items_in_line(about)}</span>'
        )

    @staticmethod
    def _voice(who: str) -> str:
        words = escape(_("In the words of: %(who)s") % {"who": who})
        return safe(f'<span class="entries__voice">{words}</span>')


def items_in_line(pieces: list[str]) -> str:
    """Words in one line, a dot between, escaped."""
    return escape(" · ".join(piece for piece in pieces if piece))
