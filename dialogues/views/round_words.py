"""A round's document as words: made ready here, so that the template only writes them down.

Rows are dictionaries, which templates read fastest. Texts in them are plain, but for what is made
of pieces of markup.
"""

from __future__ import annotations

from html import escape

from django.utils.translation import gettext as _

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
from dialogues.models.partners import in_readers_language
from dialogues.vocabulary import (
    LEADING,
    Host,
    Party,
    Role,
    Side,
)

from .sides import is_overdue
from .wording import Row, Wording, date_in, words_of


class Telling(Wording):
    """Tells the parts of one round."""

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
            "original_heading": point["original_text"]
            and self._original_heading(point["original_language"]),
            "original_language": point["original_language"],
            "facts": self.facts(point),
            "subjects": self.subjects(point),
            "follow_ups": self._follow_ups(point["follow_ups"]),
            "note": point.get("internal_note", ""),
        }

    def point_in_round(self, point: Row) -> Row:
        """The same with what it has only among the round's others."""
        number, reference = point["number"], f"{self.document['slug']}.{point['number']}"
        name = link(f"{self.points_url}{reference}/", self.point_name % {"number": number})
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
                self.overdue if is_overdue(point["status"], due) else "",
                self.kinds[point["kind"]],
                _("Responsible: %(who)s") % {"who": who} if who else "",
                safe(f"{self.due_label} {as_time(due)}") if due else "",
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
