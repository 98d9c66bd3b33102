"""What a round names — topics, issues, people, venues — found or made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from dialogues import models
from dialogues.models.former import merged_into

from .document import AgreedPointDocument, RoundDocument, StatementDocument, VenueDocument
from .names import name_of_slug, slug_of
from .permitted import Writer, refused_to_add

#: Beyond this the least that can be done for memory is to forget, and ask the database again.
MOST_KEPT = 200_000

VenueKey = tuple[str, str, str]


class Mentions:
    """What the records so far have named, by the names that documents use.

    Kept over the batches of one import. Finding is a query for each kind and batch; what is not
    found is made from what the document says.
    """

    def __init__(self) -> None:
        #: In whose name things are made and changed; None for a command.
        self.writer: Writer | None = None
        self.topics: dict[str, int] = {}
        self.issues: dict[str, int] = {}
        #: A spelling to the person's id and to what the participant's own name column holds.
        self.people: dict[str, tuple[int, str]] = {}
        self.venues: dict[VenueKey, int] = {}
        #: What to call a topic that is new, where its slug alone would say it worse.
        self.topic_names: dict[str, str] = {}

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
        missing = missing_of(kept, slugs)
        if not missing:
            return
        found = {row.slug: row for row in model.objects.filter(slug__in=missing)}
        if strange := [slug for slug in missing if slug not in found]:
            found |= merged_into(model.objects.all(), strange)
        kept.update((slug, row.pk) for slug, row in found.items())
        self._adopt(model, found)
        names = self.topic_names if model is models.Topic else {}
        made = [
            model(slug=slug, name=names.get(slug) or name_of_slug(slug))
            for slug in missing
            if slug not in kept
        ]
        for row in made:
            self._may_add(model, row.slug)
        kept.update((row.slug, row.pk) for row in model.objects.bulk_create(made))

    def people_of(self, spellings: Iterable[str]) -> None:
        missing = missing_of(self.people, spellings)
        if not missing:
            return
        found = models.Person.objects.filter(name__in=missing) | models.Person.objects.filter(
            also_written__overlap=missing
        )
        hidden = self._hidden(models.Person, (person.pk for person in found))
        # Whom the writer sees comes before all that they do not, and a name before other spellings.
        known: dict[str, models.Person] = {}
        for is_hidden in (False, True):
            people = [person for person in found if (person.pk in hidden) is is_hidden]
            for person in people:
                known.setdefault(person.name, person)
            for person in people:
                for other in person.also_written:
                    known.setdefault(other, person)
        known = {name: known[name] for name in missing if name in known}
        self._adopt(models.Person, known)
        self.people.update(
            (name, (person.pk, "" if name == person.name else name))
            for name, person in known.items()
        )
        self._make_people([name for name in missing if name not in self.people])

    def _make_people(self, names: list[str]) -> None:
        """Make new people; a name that differs only in accents or punctuation is one known."""
        slugs = {name: slug_of(name) for name in names}
        people = models.Person.objects.all()
        known = {p.slug: p for p in people.filter(slug__in=slugs.values())}
        known |= merged_into(people, set(slugs.values()) - known.keys())
        said = {name: known[slug] for name, slug in slugs.items() if slug in known}
        self._adopt(models.Person, said)
        made: dict[str, models.Person] = {}
        for name, slug in slugs.items():
            if slug not in known:
                self._may_add(models.Person, name)
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
        missing = missing_of(self.venues, keys)
        if not missing:
            return
        found = models.Venue.objects.filter(
            name__in={name for name, _city, _country in missing},
            city__in={city for _name, city, _country in missing},
        )
        stands = {(v.name, v.city, v.country_id or ""): v for v in found}
        self._adopt(models.Venue, {str(v): v for key, v in stands.items() if key in set(missing)})
        self.venues.update((key, venue.pk) for key, venue in stands.items())
        new = [
            models.Venue(name=name, city=city, country_id=country or None)
            for name, city, country in missing
            if (name, city, country) not in self.venues
        ]
        for venue in new:
            self._may_add(models.Venue, str(venue))
        for venue in models.Venue.objects.bulk_create(new):
            self.venues[(venue.name, venue.city, venue.country_id or "")] = venue.pk

    def _adopt(self, model: type[Model], named: Mapping[str, Any]) -> None:
        """Let the writer have what stands by these names, and is hidden, as if they had made it."""
        hidden = self._hidden(model, (row.pk for row in named.values()))
        for name, row in named.items():
            if row.pk in hidden and self.writer and (model, row.pk) not in self.writer.adopted:
                self._may_add(model, name)
                self.writer.adopt(row, self._said_anew(row, name))

    def _hidden(self, model: type[Model], keys: Iterable[int]) -> set[int]:
        """Which of these rows were hidden from the writer before they named them. Series are a
        desk's, and nobody else's to use."""
        if self.writer is None or model is models.Series:
            return set()
        return self.writer.unseen(model, keys)

    def _said_anew(self, row: Model, name: str) -> dict[str, Any]:
        """What a document says of something that it only names, were it new."""
        match row:
            case models.Venue():
                return {key: getattr(row, key) for key in ("name", "city", "country")}
            case models.Person():
                return {"slug": slug_of(name), "name": name}
        names = self.topic_names if isinstance(row, models.Topic) else {}
        return {"slug": name, "name": names.get(name) or name_of_slug(name)}

    def _may_add(
        self, model: type[Model], name: str, pointer: str = "", line: int | None = None
    ) -> None:
        """Raise RecordsRefused where the writer may not make what they are the first to name."""
        if self.writer is not None and not self.writer.may_add(model):
            raise refused_to_add(model, name, pointer, line)


def venue_key(venue: VenueDocument) -> VenueKey:
    return (venue.name, venue.city, venue.country)


def missing_of(kept: dict[Any, Any], wanted: Iterable[Any]) -> list[Any]:
    if len(kept) > MOST_KEPT:
        kept.clear()
    return list(dict.fromkeys(key for key in wanted if key not in kept))
