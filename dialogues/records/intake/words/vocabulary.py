"""What the tracker knows beforehand: the words that a release is read with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from dialogues import models
from dialogues.countries import (
    adjectives,
    cities,
    country_name,
    organisation_wordings,
    wordings,
)
from dialogues.records.intake.text.terms import Terms, keys_of
from dialogues.vocabulary import PartnerKind

#: Names of seas and the like, which tell of no country.
_NO_COUNTRY = (
    "South China Sea", "Laut China Selatan", "Laut Cina Selatan", "Laut Tiongkok Selatan",
    "Indian Ocean", "Samudra Hindia", "Gulf of Mexico", "Latin America", "Amerika Latin",
    "Korean Peninsula", "Semenanjung Korea", "Persian Gulf", "Teluk Persia", "North America",
    "South America", "Amerika dan Eropa", "America and Europe", "American and European",
    "Americas and Europe", "Amerika", "America", "Central America", "mer de Chine",
)  # fmt: skip
_ALSO = {
    "US": ("US", "AS"),
    "CH": ("Schweizer",),
    "KR": ("Korea", "Coree", "Corea"),
    "EU": (
        "European External Action Service", "EEAS", "SEAE", "European Commission", "Komisi Eropa",
        "Union europeenne", "Union Europea", "Europaische Union", "Europaischen Union",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """A country or an organisation: its code, what it is called, and which of the two it is."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class City:
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class KnownSeries:
    title: str
    slug: str
    kind: str
    partner: str


@dataclass(slots=True)
class Vocabulary:
    """Names to be found in texts. ``own`` is the code of the ministry's own country."""

    own: str
    parties: Terms[Party | None] = field(default_factory=Terms)
    cities: Terms[City] = field(default_factory=Terms)
    series: list[KnownSeries] = field(default_factory=list)
    topics: Terms[tuple[str, str]] = field(default_factory=lambda: Terms(topic_key))
    people: dict[tuple[str, ...], str] = field(default_factory=dict)
    """The parts of a name, and the side of which that person took part in rounds."""
    country_names: dict[str, str] = field(default_factory=dict)

    def country(self, code: str) -> str:
        """The country's name as the flat sheet takes it."""
        return self.country_names.get(code) or country_name(code)


def topic_key(key: str) -> str:
    """What the singular and the plural of an English word have in common."""
    return key[:-1] if len(key) > 4 and key.endswith("s") else key


def general_vocabulary(own: str, names: dict[str, str] | None = None) -> Vocabulary:
    """What needs no record: countries, well-known organisations and cities.

    ``names`` are what the ministry calls countries and partners in English, by code.
    """
    known = Vocabulary(own, country_names=names or {})
    for name in _NO_COUNTRY:
        known.parties.add(name, None)
    for name, code in wordings(("en", "id", "fr", "de", "es")):
        known.parties.add(name, _country(known, code), capital=True)
    for word, code, capital in adjectives():
        known.parties.add(word, _country(known, code), capital=capital)
    for name, code in organisation_wordings():
        known.parties.add(name, _organisation(known, code), capital=True)
    for code, also in _ALSO.items():
        party = _organisation(known, code) if code == "EU" else _country(known, code)
        for name in also:
            known.parties.add(name, party, capital=True)
    for name, english, code in cities():
        known.cities.add(name, City(english, code), capital=True)
    return known


def _country(known: Vocabulary, code: str) -> Party:
    return Party(code, known.country(code), PartnerKind.COUNTRY.value)


def _organisation(known: Vocabulary, code: str) -> Party:
    names = {code: name for name, code in reversed(list(organisation_wordings())) if name != code}
    return Party(code, known.country_names.get(code) or names[code], PartnerKind.ORGANISATION.value)


def add_topic(known: Vocabulary, slug: str, *names: str) -> None:
    """Let a topic be found by its names, with human rights abbreviated or in full."""
    for name in filter(None, names):
        for wording in {
            name,
            name.replace("Hak Asasi Manusia", "HAM"),
            name.replace("HAM", "hak asasi manusia"),
            name.replace("hak asasi manusia", "HAM"),
        }:
            words = " ".join(key for key in keys_of(wording) if key not in {"and", "dan", "the"})
            known.topics.add(words, (slug, names[0]))


def tracker_vocabulary(user: Any = None) -> Vocabulary:
    """What the tracker knows, as far as ``user`` sees it; without a user all of it."""

    def seen(rows: Any) -> Any:
        return rows.visible_to(user) if user is not None else rows

    partners = list(seen(models.Partner.objects.all()))
    countries = list(models.Country.objects.all())
    names = {country.code: country.name for country in countries}
    names |= {partner.code: partner.name for partner in partners}
    known = general_vocabulary(settings.OWN_CODE, names)
    for country in countries:
        for name in (country.name, country.name_id, *country.also_written):
            known.parties.add(name, _country(known, country.code), capital=True)
    for partner in partners:
        for name in filter(None, (partner.name, partner.name_id)):
            known.parties.add(name, Party(partner.code, partner.name, partner.kind), capital=True)
    known.series = [
        KnownSeries(row.title, row.slug, row.kind, row.partner.code)
        for row in seen(models.Series.objects.select_related("partner"))
    ]
    for topic in seen(models.Topic.objects.all()):
        add_topic(known, topic.slug, topic.name, topic.name_id)
    for venue in seen(models.Venue.objects.exclude(city="").exclude(country=None)):
        known.cities.add(venue.city, City(venue.city, venue.country_id), capital=True)
    # Each spelling once, however many rounds somebody took part in.
    spellings = ("person__name", "name", "person__also_written", "side")
    _add_people(known, seen(models.Participant.objects.order_by()).values_list(*spellings))
    return known


def _add_people(known: Vocabulary, participants: Any) -> None:
    for name, written, others, side in participants.distinct():
        for spelling in filter(None, (name, written, *others)):
            known.people.setdefault(keys_of(spelling), side)
