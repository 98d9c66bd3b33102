"""What a sheet's cells call partners, countries, series and topics."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogues import models
from dialogues.countries import (
    find_country,
    known_organisation,
    nearest_names,
    organisation_code,
)
from dialogues.vocabulary import PartnerKind

from .names import slug_of

Thing = TypeVar("Thing")
Wrong = Callable[[str], Any]


class SheetNames:
    """Names as staff write them, in English or Indonesian; loaded once for a sheet.

    With a `sender`, of series only those that they see: what is told of another would name it.
    """

    def __init__(self, sender: models.User | None = None) -> None:
        partners = models.Partner.objects.all()
        self.taken = {partner.code for partner in partners}
        self.partners = _by_name((partner, _wordings(partner)) for partner in partners)
        self.own_wording = {
            name: country.code
            for country in models.Country.objects.all()
            for name in (country.name, country.name_id, *country.also_written)
        }
        known = models.Series.objects.select_related("partner")
        self.series_by_name = _by_name(
            (series, (series.slug, slug_of(series.title)))
            for series in (known if sender is None else known.visible_to(sender))
        )
        self.topics = _by_name(
            (topic.slug, (topic.slug, topic.name, topic.name_id))
            for topic in models.Topic.objects.all()
        )
        #: What the sheet itself is the first to name.
        self.new_series: dict[str, str] = {}
        self.new_partners: dict[str, dict[str, str]] = {}
        #: How the sheet writes each topic, for those that are new.
        self.topic_names: dict[str, str] = {}

    def country(self, cell: str, wrong: Wrong) -> str:
        """The code of a country given by code or name; an unknown one is told to ``wrong``."""
        code = find_country(cell, self.own_wording)
        if code is None:
            wrong(_unknown_country(cell))
            return ""
        return code

    def partner(self, cell: str, kind: str, wrong: Wrong) -> dict[str, str]:
        """The partner's document. A new organisation gets a code; a new country must be known."""
        found = self._partner_so_far(cell)
        if found is not None:
            return found
        if kind and kind.lower() not in PartnerKind.values:
            wrong(
                _("“%(given)s” is not known as a kind of partner; expected %(expected)s.")
                % {"given": kind, "expected": ", ".join(PartnerKind.values)}
            )
            return {}
        if kind.lower() != PartnerKind.ORGANISATION:
            code = find_country(cell, self.own_wording)
            if code is not None:
                # A partner that stands under another spelling keeps its own name.
                known = {"code": code}
                if code not in self.taken:
                    known |= {"kind": PartnerKind.COUNTRY.value}
                return self.new_partners.setdefault(cell.casefold(), known)
            if kind or not known_organisation(cell):
                wrong(
                    _unknown_country(cell)
                    if kind
                    else f"{_unknown_country(cell)} "
                    + _("Of an organisation, write “organisation” under partner_kind.")
                )
                return {}
        return self._organisation(cell)

    def _partner_so_far(self, name: str) -> dict[str, str] | None:
        stands = self.partners.get(name.casefold())
        return {"code": stands.code} if stands else self.new_partners.get(name.casefold())

    def _organisation(self, cell: str) -> dict[str, str]:
        """An organisation not seen under this name; a well-known one may be so under another."""
        found = self._partner_so_far(known_organisation(cell) or "")
        if found is None:
            code = organisation_code(cell, self.taken)
            self.taken.add(code)
            found = {"code": code, "name": cell, "kind": PartnerKind.ORGANISATION.value}
            self.new_partners[code.casefold()] = found
        return self.new_partners.setdefault(cell.casefold(), found)

    def series(self, cell: str, partner: dict[str, str], wrong: Wrong) -> dict[str, Any]:
        """The series' document, found by slug or title, else made of the title."""
        slug = slug_of(cell)
        stands = self.series_by_name.get(slug)
        if stands is None:
            # One title for rows that spell it with other capitals or dashes.
            title = self.new_series.setdefault(slug, cell)
            return {"slug": slug, "title": title, "partner": partner}
        if partner and partner["code"] != stands.partner.code:
            wrong(
                _("The series “%(series)s” is one with %(partner)s, not with %(given)s.")
                % {
                    "series": stands.title,
                    "partner": stands.partner.label,
                    "given": partner["code"],
                }
            )
        return {"slug": stands.slug}

    def topic(self, cell: str) -> str:
        """The slug of a topic given by slug or by its name in either language."""
        slug = self.topics.get(cell.casefold()) or slug_of(cell)
        self.topic_names.setdefault(slug, (cell[:1].upper() + cell[1:])[:200])
        return slug


def _wordings(partner: models.Partner) -> tuple[str, ...]:
    return (partner.code, partner.name, partner.name_id)


def _by_name(things: Iterable[tuple[Thing, Iterable[str]]]) -> dict[str, Thing]:
    """Things by their names in lower case; of two that share one, the first keeps it."""
    found: dict[str, Thing] = {}
    for thing, names in things:
        for name in names:
            if name:
                found.setdefault(name.casefold(), thing)
    return found


def _unknown_country(cell: str) -> str:
    near = nearest_names(cell, get_language() or "en")
    if near:
        return _("No country is called “%(given)s”; the nearest are %(names)s.") % {
            "given": cell,
            "names": ", ".join(near),
        }
    return _("No country is called “%(given)s”.") % {"given": cell}
