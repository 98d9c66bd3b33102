"""Where the sides met: the city and its country, and the house if it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogues.records.intake.finding.origin import Origin
from dialogues.records.intake.finding.subject import Subject
from dialogues.records.intake.finding.tense import HELD, Tense
from dialogues.records.intake.text.passages import Span
from dialogues.records.intake.text.proposals import Proposal, proposed
from dialogues.records.intake.text.terms import Found, tokens_of
from dialogues.records.intake.words.vocabulary import City

_AT = (
    r"\b(?:in|at|di|a|en|nach|zu) (?:the |la |le |el |der )?"
    r"(?:city of |kota |capital(?: city)?(?: of)?,? |ville de |ciudad de |ibu ?kota,? )?"
)
_BEFORE_CITY = re.compile(
    rf"{_AT}(?:ibu ?kota(?: [A-Z]\w+){{1,3}}, |(?:\w+ )?capital(?: of(?: [A-Z]\w+){{1,3}})?, "
    r"|capitale(?: \w+){1,2}, |(?:\w+ )?hauptstadt |capital \w+, )?$",
    re.IGNORECASE,
)
#: A place nobody listed: what stands between "in" and a country, all in capitals' initials.
_UNLISTED = re.compile(
    r"\b(?:in|at|di|a|en) (?:kota |the city of )?(?P<city>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}), $"
)
#: "The ministry in Jakarta said" tells where the ministry is.
_SEAT = re.compile(
    r"\b(?:ministry|embassy|office|mission|headquarters|kementerian|kedutaan(?: besar)?|kemlu"
    r"|kantor|markas|based|bermarkas|berkedudukan|ministere|ambassade|botschaft|embajada"
    r"|ambassador|dubes)(?: (?:of|foreign|affairs|luar|negeri|ri|the|republic)){0,6}"
    r" (?:in|at|di|a|en)(?: the)? $",
    re.IGNORECASE,
)
#: “Jakarta was the setting of …”, “Hotel A, Jakarta, menjadi tempat …”.
_SETTING = re.compile(
    r"[^.;]{0,60}?\b(?:was|were|became|served as|provided|formed|menjadi|etait|fut|war|fue|bot)"
    r" (?:[\w-]+ ){0,3}?(?:setting|venue|scene|location|backdrop|host city|tempat|lokasi|saksi"
    r"|cadre|theatre|schauplatz|tagungsort|sede|escenario)\b",
    re.IGNORECASE,
)
#: “Oslo hosted the …”.
_HOSTS = re.compile(
    r" (?:telah |kembali )?(?:menjadi tuan rumah|hosted|played host|was (?:the )?host|a accueilli"
    r"|accueillait|acogio|war gastgeber)\b",
    re.IGNORECASE,
)
_THAT_CITY = re.compile(
    r"\b(?:di kota (?:itu|tersebut|ini|yang sama)|in (?:that|this|the same) city|dans cette ville"
    r"|in dieser stadt|en esa ciudad)\b",
    re.IGNORECASE,
)
#: “London, Ontario”: perhaps not the London that everybody knows.
_REGION = re.compile(r", [A-Z]")
_HOUSE = (
    r"(?:(?:Hotel|Gedung|Wisma|Istana|Aula|Ruang|Ballroom|Museum|Palais|Schloss|Palacio|Kantor|Kampus"
    r"|Universitas|Masjid|Auditorium)"
    r"(?: (?:[A-Z][\w'-]+|of|de|des)){1,5}"
    r"|(?:the )?(?:[A-Z][\w'-]+ ){1,4}(?:Hotel|Building|Palace|Convention Cent(?:re|er)"
    r"|Conference Cent(?:re|er)|Cent(?:re|er)|Institute|University|Academy|Library|Castle|Resort"
    r"|House|Hall)\b(?! (?:of|for)))"
)
_VENUE = re.compile(rf"\b(?P<house>{_HOUSE})")
_AFTER_VENUE = re.compile(
    rf"\b(?i:at|in|di|bertempat di|a|en|au|im) (?:the |l'|el |la )?{_HOUSE}"
    r"(?:, [A-Z][\w ]{2,40})?, $"
)
_BEFORE_VENUE = re.compile(
    r"\b(?:at|in|di|bertempat di|a|en|au|im) (?:the |l'|el |la )?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Place:
    city: City
    span: Span
    country_span: Span | None
    """None where its country is in doubt."""


def whereabouts_of(subject: Subject, origin: Origin) -> Iterator[tuple[str, Proposal]]:
    """The flat sheet's ``venue``, ``city`` and ``country`` as far as the text has them."""
    release, known = subject.release, subject.known
    for rank, tense in enumerate(subject.telling()):
        if not subject.speaks_of_it(tense, rank):
            continue
        places = [
            place
            for place in places_in(subject, tense)
            if tense.tells(place.span) and not origin.takes(place.span)
        ]
        if not places:
            continue
        place = _nearest(places, tense)
        venue = _venue(subject, tense)
        if venue:
            yield "venue", proposed(release, release.words(venue), venue)
        yield "city", proposed(release, place.city.name, place.span)
        if place.country_span:
            country = known.country(place.city.country)
            yield "country", proposed(release, country, place.country_span)
        return


def _nearest(places: list[Place], tense: Tense) -> Place:
    """The first place after the word that says that the meeting was held, else the first."""
    verb = tense.held or tense.future
    after = tense.sentence.span.start + verb.end() if verb else 0
    return next((place for place in places if place.span.start >= after), places[0])


def places_in(subject: Subject, tense: Tense) -> Iterator[Place]:
    """The cities of a sentence that something took place in."""
    plain, known = subject.release.plain, subject.known
    scanned = subject.scanned[tense.sentence.number]
    begin = tense.sentence.span.start
    found = list(known.cities.find(tokens_of(tense.sentence.text, begin), plain))
    for city in found:
        lead = plain[max(begin, city.span.start - 80) : city.span.start]
        located = (
            _BEFORE_CITY.search(lead)
            or _AFTER_VENUE.search(lead)
            or _HOSTS.match(plain, city.span.end, tense.sentence.span.end)
            or (
                _SETTING.match(plain, city.span.end, tense.sentence.span.end)
                and not any(house.overlaps(city.span) for house in _houses(tense))
            )
        )
        seat = _SEAT.search(lead)
        if not located or (seat and not _BEFORE_VENUE.search(lead, 0, seat.start())):
            continue
        country = next(
            (
                party.span
                for party in scanned.parties
                if party.value
                and party.value.code == city.value.country
                and plain[city.span.end : party.span.start] in (", ", " (", " ")
            ),
            None,
        )
        yield Place(city.value, city.span, country or _certain(subject, city))
    if not found and _THAT_CITY.search(tense.sentence.text) and tense.sentence.number:
        before = subject.release.sentences[tense.sentence.number - 1]
        for city in list(known.cities.find(tokens_of(before.text, before.span.start), plain))[-1:]:
            yield Place(city.value, city.span, _certain(subject, city))
    for party in scanned.parties:
        lead = plain[max(begin, party.span.start - 60) : party.span.start]
        match = _UNLISTED.search(lead)
        if match and party.value and party.value.kind == "country":
            start = party.span.start - len(lead)
            span = Span(start + match.start("city"), start + match.end("city"))
            if not any(city.span.overlaps(span) for city in found):
                unlisted = City(subject.release.words(span), party.value.code)
                yield Place(unlisted, span, party.span)


def _certain(subject: Subject, city: Found[City]) -> Span | None:
    """The city, whose name says its country; None where it may be another one of that name."""
    sides = {subject.known.own, subject.partner.code if subject.partner else ""}
    elsewhere = city.value.country not in sides
    if elsewhere and _REGION.match(subject.release.plain, city.span.end):
        return None
    return city.span


def _houses(tense: Tense) -> list[Span]:
    return [tense.sentence.at(match) for match in _VENUE.finditer(tense.sentence.text)]


def _venue(subject: Subject, tense: Tense) -> Span | None:
    """The house in a sentence that says where the meeting was."""
    words = subject.release.plain[tense.sentence.span.start : tense.sentence.span.end]
    if not (
        HELD.search(words) or "bertempat" in words.lower() or tense.future or _SETTING.search(words)
    ):
        return None
    for match in _VENUE.finditer(words):
        if _BEFORE_VENUE.search(words, max(0, match.start() - 24), match.start()) or _SETTING.match(
            words, match.end()
        ):
            start = match.end() - len(match["house"].removeprefix("the "))
            return Span(tense.sentence.span.start + start, tense.sentence.span.start + match.end())
    return None
