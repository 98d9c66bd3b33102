"""What a document names — partner, series, topics, issues, people, venues — found or made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from dialogues import models
from dialogues.countries import ISO_CODES
from dialogues.vocabulary import PartnerKind, SeriesKind

from .document import (
    AgreedPointDocument,
    IssueLine,
    PartnerDocument,
    PartnerLine,
    PersonLine,
    RoundDocument,
    SeriesDocument,
    SeriesLine,
    StatementDocument,
    TopicLine,
    VenueDocument,
)
from .errors import RecordError, pointer
from .names import name_of_slug, slug_of
from .shape import Document

#: Beyond this the least that can be done for memory is to forget, and ask the database again.
MOST_KEPT = 200_000

VenueKey = tuple[str, str, str]


class References:
    """What the records so far have named, by the names that documents use.

    Kept over the batches of one import. Finding is a query for each kind and batch; what is not
    found is made from what the document says.
    """

    def __init__(self) -> None:
        self.partners: dict[str, models.Partner] = {}
        self.series: dict[str, models.Series] = {}
        self.topics: dict[str, int] = {}
        self.issues: dict[str, int] = {}
        #: A spelling to the person's id and to what the participant's own name column holds.
        self.people: dict[str, tuple[int, str]] = {}
        self.venues: dict[VenueKey, int] = {}
        #: What to call a topic that is new, where its slug alone would say it worse.
        self.topic_names: dict[str, str] = {}
        self._said: dict[tuple[str, str], tuple[Any, int | None]] = {}

    # --- What rounds name ---------------------------------------------------------------------

    def resolve(self, documents: list[RoundDocument]) -> None:
        """Find or make all that these rounds name, but for their series."""
        topics: dict[str, None] = {}
        issues: dict[str, None] = {}
        people: dict[str, None] = {}
        venues: dict[VenueKey, None] = {}
        for document in documents:
            spoken: list[StatementDocument | AgreedPointDocument] = [
                *document.statements,
                *document.agreed_points,
            ]
            topics.update(dict.fromkeys(document.topics))
            for part in spoken:
                topics.update(dict.fromkeys(part.topics))
                if part.issue:
                    issues[part.issue] = None
            for source in document.sources:
                topics.update(dict.fromkeys(source.topics))
            people.update(dict.fromkeys(person.name for person in document.participants))
            venues.update(dict.fromkeys(venue_key(venue) for venue in document.venues))
        self.topics_of(topics)
        self.issues_of(issues)
        self.people_of(people)
        self.venues_of(venues)

    def topics_of(self, slugs: Iterable[str]) -> None:
        self._named(models.Topic, self.topics, slugs)

    def issues_of(self, slugs: Iterable[str]) -> None:
        self._named(models.Issue, self.issues, slugs)

    def _named(self, model: Any, kept: dict[str, int], slugs: Iterable[str]) -> None:
        missing = _missing(kept, slugs)
        if not missing:
            return
        kept.update(model.objects.filter(slug__in=missing).values_list("slug", "pk"))
        names = self.topic_names if model is models.Topic else {}
        made = [
            model(slug=slug, name=names.get(slug) or name_of_slug(slug))
            for slug in missing
            if slug not in kept
        ]
        kept.update((row.slug, row.pk) for row in model.objects.bulk_create(made))

    def people_of(self, spellings: Iterable[str]) -> None:
        missing = _missing(self.people, spellings)
        if not missing:
            return
        found = models.Person.objects.filter(name__in=missing) | models.Person.objects.filter(
            also_written__overlap=missing
        )
        for person in found:
            for other in person.also_written:
                self.people.setdefault(other, (person.pk, other))
        for person in found:
            self.people[person.name] = (person.pk, "")
        self._make_people([name for name in missing if name not in self.people])

    def _make_people(self, names: list[str]) -> None:
        """Make new people; a name that differs only in accents or punctuation is one known."""
        slugs = {name: slug_of(name) for name in names}
        known = {p.slug: p for p in models.Person.objects.filter(slug__in=slugs.values())}
        made: dict[str, models.Person] = {}
        for name, slug in slugs.items():
            if slug not in known:
                known[slug] = made[slug] = models.Person(name=name, slug=slug)
            else:
                known[slug].also_written.append(name)
        models.Person.objects.bulk_create(made.values())
        for name, slug in slugs.items():
            person = known[slug]
            if name != person.name and slug not in made:
                person.save(update_fields=["also_written"])
            self.people[name] = (person.pk, "" if name == person.name else name)

    def venues_of(self, keys: Iterable[VenueKey]) -> None:
        missing = _missing(self.venues, keys)
        if not missing:
            return
        found = models.Venue.objects.filter(
            name__in={name for name, _city, _country in missing},
            city__in={city for _name, city, _country in missing},
        )
        for venue in found:
            self.venues[(venue.name, venue.city, venue.country_id or "")] = venue.pk
        made = models.Venue.objects.bulk_create(
            models.Venue(name=name, city=city, country_id=country or None)
            for name, city, country in missing
            if (name, city, country) not in self.venues
        )
        for venue in made:
            self.venues[(venue.name, venue.city, venue.country_id or "")] = venue.pk

    # --- Series and partners ------------------------------------------------------------------

    def series_of(
        self, documents: list[tuple[int, SeriesDocument]]
    ) -> tuple[set[int], list[RecordError]]:
        """Find or make the series that these lines name.

        What a document says of a series or a partner that stands already is taken over. Returns
        the lines that changed one, and what is wrong: a series that is not known and not
        described either, or one of which two lines of the file say different things.
        """
        slugs = _missing(self.series, (series.slug for _line, series in documents))
        for found in models.Series.objects.filter(slug__in=slugs).select_related("partner"):
            self.series[found.slug] = found
            self.partners[found.partner.code] = found.partner
        codes = _missing(
            self.partners,
            (series.partner.code for _line, series in documents if series.partner),
        )
        for partner in models.Partner.objects.filter(code__in=codes):
            self.partners[partner.code] = partner
        changed: set[int] = set()
        errors: list[RecordError] = []
        for line, series in documents:
            try:
                if self._take_series(line, series):
                    changed.add(line)
            except _Refused as refusal:
                errors.append(refusal.error)
        return changed, errors

    def _take_series(self, line: int, said: SeriesDocument) -> bool:
        stands = self.series.get(said.slug)
        changed = False
        if said.partner is not None:
            self._agree("partner", said.partner.code, said.partner, line, "/series/partner")
            changed = self._take_partner(said.partner)
        if stands is None:
            if said.title is None or said.partner is None:
                lacking = "title" if said.title is None else "partner"
                message = _(
                    "There is no series “%(slug)s” yet; a new one needs a title and a partner."
                ) % {"slug": said.slug}
                raise _Refused(RecordError(message, pointer("series", lacking), line))
            stands = self.series[said.slug] = models.Series.objects.create(
                slug=said.slug,
                title=said.title,
                kind=said.kind or SeriesKind.OTHER,
                partner=self.partners[said.partner.code],
            )
            changed = True
        self._agree("series", said.slug, said, line, "/series")
        wanted = {
            key: value
            for key, value in (
                ("title", said.title),
                ("kind", said.kind),
                ("partner", said.partner and self.partners[said.partner.code]),
            )
            if value is not None
        }
        return _overwrite(stands, wanted) or changed

    def _take_partner(self, said: PartnerDocument) -> bool:
        stands = self.partners.get(said.code)
        if stands is not None:
            wanted = {"name": said.name, "kind": said.kind}
            return _overwrite(stands, {key: value for key, value in wanted.items() if value})
        country = models.Country.objects.filter(code=said.code).first()
        self.partners[said.code] = models.Partner.objects.create(
            code=said.code,
            kind=PartnerKind.COUNTRY if said.code in ISO_CODES else PartnerKind.ORGANISATION,
            name=said.name or (country.name if country else said.code),
            name_id=country.name_id if country else "",
        )
        return True

    def _agree(self, kind: str, name: str, said: Document, line: int | None, at: str) -> None:
        """Refuse a file in which two lines describe one thing differently: either could win."""
        for key in said.model_fields_set - {"slug", "code", "type"}:
            value = getattr(said, key)
            if value is None or isinstance(value, Document):
                continue
            before, where = self._said.setdefault((f"{kind}/{key}", name), (value, line))
            if before != value:
                message = _("“%(now)s” here, but “%(before)s” in line %(line)s.") % {
                    "now": value,
                    "before": before,
                    "line": where,
                }
                raise _Refused(RecordError(message, f"{at}/{key}", line))

    # --- Reference lines ----------------------------------------------------------------------

    def take_lines(self, lines: list[tuple[int, Document]]) -> list[RecordError]:
        """Take over the reference lines of a file, whichever order they stand in."""
        errors: list[RecordError] = []
        # What others refer to comes first: partners before series, topics before their parents.
        for line, said in lines:
            try:
                self._take_line(line, said)
            except _Refused as refusal:
                errors.append(refusal.error)
        for line, said in lines:
            if isinstance(said, SeriesLine):
                errors += self._take_series_line(line, said)
            elif isinstance(said, TopicLine) and said.says("parent"):
                errors += self._take_parent(line, said)
        return errors

    def _take_line(self, line: int, said: Document) -> None:
        match said:
            case TopicLine():
                self._take_named(models.Topic, self.topics, said)
            case IssueLine():
                self._take_named(models.Issue, self.issues, said)
            case PersonLine():
                self._take_person(line, said)
            case PartnerLine():
                self._load_partner(said.code)
                self._agree("partner", said.code, said, line, "")
                self._take_partner(said)
                _overwrite(self.partners[said.code], _said(said, "name_id"))

    def _load_partner(self, code: str) -> None:
        found = models.Partner.objects.filter(code=code).first()
        if found and code not in self.partners:
            self.partners[code] = found

    def _take_named(self, model: Any, kept: dict[str, int], said: TopicLine | IssueLine) -> None:
        self._named(model, kept, [said.slug])
        wanted = _said(said, "name", "name_id", "note")
        row = model.objects.get(pk=kept[said.slug])
        _overwrite(row, {key: value for key, value in wanted.items() if value is not None})

    def _take_parent(self, line: int, said: TopicLine) -> list[RecordError]:
        parent = None
        if said.parent is not None:
            self.topics_of([said.parent])
            parent = models.Topic.objects.get(pk=self.topics[said.parent])
            if models.Topic.objects.under([said.slug]).filter(pk=parent.pk).exists():
                return [RecordError(_("A topic cannot lie under itself."), "/parent", line)]
        _overwrite(models.Topic.objects.get(pk=self.topics[said.slug]), {"parent": parent})
        return []

    def _take_person(self, line: int, said: PersonLine) -> None:
        person = models.Person.objects.filter(slug=said.slug).first()
        other = models.Person.objects.filter(name=said.name).exclude(slug=said.slug).first()
        if other is not None:
            message = _("“%(name)s” is the person “%(slug)s” already.") % {
                "name": said.name,
                "slug": other.slug,
            }
            raise _Refused(RecordError(message, "/name", line))
        if person is None:
            models.Person.objects.create(**_said(said, "slug", "name", "also_written"))
        else:
            _overwrite(person, _said(said, "name", "also_written"))

    def _take_series_line(self, line: int, said: SeriesLine) -> list[RecordError]:
        _changed, errors = self.series_of([(line, said)])
        if not errors:
            _overwrite(self.series[said.slug], _said(said, "note", "unrecorded_through"))
        return [
            RecordError(error.message, error.pointer.removeprefix("/series"), line)
            for error in errors
        ]


class _Refused(Exception):
    def __init__(self, error: RecordError) -> None:
        self.error = error
        super().__init__(str(error))


def venue_key(venue: VenueDocument) -> VenueKey:
    return (venue.name, venue.city, venue.country)


def _missing(kept: dict[Any, Any], wanted: Iterable[Any]) -> list[Any]:
    if len(kept) > MOST_KEPT:
        kept.clear()
    return list(dict.fromkeys(key for key in wanted if key not in kept))


def _said(document: Document, *keys: str) -> dict[str, Any]:
    """What the document itself gives of these keys."""
    return {key: getattr(document, key) for key in keys if document.says(key)}


def _overwrite(row: Any, wanted: dict[str, Any]) -> bool:
    """Set what differs and save just that; tell whether anything did."""
    differing = [key for key, value in wanted.items() if getattr(row, key) != value]
    for key in differing:
        setattr(row, key, wanted[key])
    if differing:
        row.save(update_fields=differing)
    return bool(differing)
