"""What a sheet's cells call partners, countries, series and topics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogues import models
from dialogues.countries import find_country, nearest_names, organisation_code
from dialogues.vocabulary import PartnerKind

from .names import slug_of

Wrong = Callable[[str], Any]


class SheetNames:
    """Names as staff write them, in English or Indonesian; loaded once for a sheet."""

    def __init__(self) -> None:
        self.partners: dict[str, models.Partner] = {}
        self.taken: set[str] = set()
        for partner in models.Partner.objects.all():
            self.taken.add(partner.code)
            for name in (partner.code, partner.name, partner.name_id):
                if name:
                    self.partners.setdefault(name.casefold(), partner)
        self.own_wording: dict[str, str] = {}
        for country in models.Country.objects.all():
            for name in (country.name, country.name_id, *country.also_written):
                self.own_wording.setdefault(name, country.code)
        self.series_by_name: dict[str, models.Series] = {}
        for series in models.Series.objects.select_related("partner"):
            self.series_by_name[series.slug] = series
            self.series_by_name.setdefault(slug_of(series.title), series)
        self.new_series: dict[str, str] = {}
        self.new_partners: dict[str, dict[str, str]] = {}
        self.topics: dict[str, str] = {}
        #: How the sheet writes each topic, for those that are new.
        self.topic_names: dict[str, str] = {}
        for topic in models.Topic.objects.all():
            for name in (topic.slug, topic.name, topic.name_id):
                if name:
                    self.topics.setdefault(name.casefold(), topic.slug)

    def country(self, cell: str, wrong: Wrong) -> str:
        """The code of a country given by code or name; an unknown one is told to ``wrong``."""
        code = find_country(cell, self.own_wording)
        if code is None:
            wrong(_unknown_country(cell))
            return ""
        return code

    def partner(self, cell: str, kind: str, wrong: Wrong) -> dict[str, str]:
        """The partner's document. A new organisation gets a code; a new country must be known."""
        stands = self.partners.get(cell.casefold())
        if stands is not None:
            return {"code": stands.code}
        made = self.new_partners.get(cell.casefold())
        if made is not None:
            return made
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
            wrong(_unknown_country(cell))
            return {}
        code = organisation_code(cell, self.taken)
        self.taken.add(code)
        made = {"code": code, "name": cell, "kind": PartnerKind.ORGANISATION.value}
        return self.new_partners.setdefault(cell.casefold(), made)

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


def _unknown_country(cell: str) -> str:
    near = nearest_names(cell, get_language() or "en")
    if near:
        return _("No country is called “%(given)s”; the nearest are %(names)s.") % {
            "given": cell,
            "names": ", ".join(near),
        }
    return _("No country is called “%(given)s”.") % {"given": cell}
