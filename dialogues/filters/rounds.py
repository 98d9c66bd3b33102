"""Which rounds: the dimensions of a round, which agreed points share."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from dialogues.models import (
    AgreedPoint,
    Country,
    Issue,
    Participant,
    Partner,
    Person,
    Round,
    RoundSubjects,
    Series,
    Statement,
    Topic,
    Venue,
)
from dialogues.queries.search import matching_rounds
from dialogues.vocabulary import (
    Format,
    Host,
    PointStatus,
    Publication,
    RoundStatus,
    SeriesKind,
    Visibility,
)

from .conditions import DateMatch, From, Text, To
from .dimensions import Column, Related, Subject, Year
from .listing import ListingFilter, Order
from .values import Named, Numbers, Reader, Words

#: What PositiveSmallIntegerField holds.
HIGHEST_EDITION = 32767


def seen(model: Any) -> Any:
    """The rows of ``model`` that a reader may ask for."""
    return model.objects.visible_to


def venues_with_city(reader: Reader) -> QuerySet[Venue]:
    """The venues whose city is known, of rounds that the reader sees."""
    venues: QuerySet[Venue] = seen(Venue)(reader)
    return venues.exclude(city="")


def every_country(reader: Reader) -> QuerySet[Country]:
    """Which countries there are is no secret; that no round met in one is an answer."""
    return Country.objects.all()


def countries_of_venues(reader: Reader) -> QuerySet[Country]:
    """The countries where rounds that the reader sees met."""
    return Country.objects.filter(pk__in=seen(Venue)(reader).values("country"))


#: The names of what has one in each language.
BOTH = ("name", "name_id")
SERIES = Named(seen(Series), "slug", names=("title",), model=Series)
PARTNERS = Named(seen(Partner), "code", names=BOTH, model=Partner)
TOPICS = Named(seen(Topic), "slug", names=BOTH, model=Topic)
ISSUES = Named(seen(Issue), "slug", names=BOTH, model=Issue)
PEOPLE = Named(seen(Person), "slug", names=("name",), model=Person)
COUNTRIES = Named(every_country, "code", shown=countries_of_venues, names=BOTH, model=Country)

#: A round's own, which an agreed point has of its round.
SHARED = (
    Column("series", _("Series"), SERIES, path="series__slug", narrow=True),
    Column(
        "partner", _("Partner"), PARTNERS, path="series__partner__code",
        narrow=True,
    ),
    Column("kind", _("Kind"), Words(SeriesKind), path="series__kind"),
    Column("edition", _("Edition"), Numbers(1, HIGHEST_EDITION), path="edition", narrow=True),
    Year("year", _("Year"), Numbers(1, 9999), path="date"),
    Column("format", _("Format"), Words(Format), path="format", unknown=Format.UNKNOWN),
    Column("host", _("Host"), Words(Host), path="host", unknown=Host.UNKNOWN),
    Related(
        "city", _("City"), Named(venues_with_city, "city", attrgetter("city")), owner=Round,
        blank=True,
        mentions=((Round.venues.through, "venue__city", "round"),),
    ),
    Related(
        "country", _("Country"), COUNTRIES, owner=Round,
        mentions=((Round.venues.through, "venue__country", "round"),),
    ),
    Related(
        "person", _("Person"), PEOPLE, owner=Round,
        mentions=((Participant, "person__slug", "round"),),
    ),
)  # fmt: skip

#: What only staff sort by: others see one publication state, and no more levels than are theirs.
STAFF_ONLY = (
    Column("visibility", _("Visibility"), Words(Visibility), path="visibility"),
    Column("publication", _("Publication"), Words(Publication), path="publication"),
)


def orders(prefix: str, last: tuple[str, ...]) -> dict[str, Order]:
    """The orderings of rounds, at the end of ``prefix``; ``last`` tells what they leave alike."""
    date, edition = F(f"{prefix}date"), F(f"{prefix}edition")
    newest: Order = (date.desc(nulls_last=True), f"-{prefix}pk", *last)
    partner, updated = f"{prefix}series__partner__name", f"{prefix}updated"
    return {
        "-date": newest,
        "date": (date.asc(nulls_last=True), f"{prefix}pk", *last),
        "edition": (edition.asc(nulls_last=True), *newest),
        "-edition": (edition.desc(nulls_last=True), *newest),
        "partner": (partner, *newest),
        "-partner": (f"-{partner}", *newest),
        "updated": (updated, f"{prefix}pk", *last),
        "-updated": (f"-{updated}", f"-{prefix}pk", *last),
    }


def dates(prefix: str) -> dict[str, Any]:
    """When the round is, or was."""
    return {
        "date_from": From(f"{prefix}date", _("From"), matched_by="date_match"),
        "date_to": To(f"{prefix}date", _("Until"), matched_by="date_match"),
        "date_match": DateMatch(label=_("Dates known in part")),
    }


class RoundFilter(ListingFilter):
    """Rounds by everything that is stored of them.

    A topic or an issue is a round's when the round itself, one of its statements or one of its
    agreed points has it; what its sources mention is not the round's.
    """

    dimensions = (
        *SHARED,
        Column("status", _("Status"), Words(RoundStatus), path="status"),
        Subject("topic", _("Topic"), TOPICS, kept=RoundSubjects),
        Related(
            "issue", _("Issue"), ISSUES, owner=Round,
            mentions=((Statement, "issue__slug", "round"), (AgreedPoint, "issue__slug", "round")),
        ),
        Related(
            "point_status", _("Agreed points"), Words(PointStatus), owner=Round,
            mentions=((AgreedPoint, "status", "round"),),
        ),
    )  # fmt: skip
    staff_dimensions = STAFF_ONLY
    further = {"q": Text(matching_rounds), **dates("")}
    orders = orders("", ())
