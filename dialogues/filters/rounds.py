"""Which rounds: the dimensions of a round, which agreed points share."""

from __future__ import annotations

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
from .dimensions import Column, Related, Year
from .listing import ListingFilter, Order
from .values import Named, Numbers, Reader, Words

#: What PositiveSmallIntegerField holds.
HIGHEST_EDITION = 32767


def seen(model: Any) -> Any:
    """The rows of ``model`` that a reader may ask for."""
    return lambda reader: model.objects.visible_to(reader)


def countries_of_venues(reader: Reader) -> QuerySet[Country]:
    """The countries where rounds that the reader sees met; any other may be asked for as well."""
    venues = Venue.objects.visible_to(reader)  # type: ignore[attr-defined]
    return Country.objects.filter(pk__in=venues.values("country"))


def under(slugs: Any) -> list[int]:
    """The ids of these topics and all that lie under them."""
    return list(Topic.objects.under(slugs).values_list("pk", flat=True))  # type: ignore[attr-defined]


TOPICS = Named(seen(Topic), "slug")
ISSUES = Named(seen(Issue), "slug")

#: A round's own, which an agreed point has of its round.
SHARED = (
    Column(name="series", label=_("Series"), values=Named(seen(Series), "slug"), path="series__slug"),
    Column(name="partner", label=_("Partner"), values=Named(seen(Partner), "code"), path="series__partner__code"),
    Column(name="kind", label=_("Kind"), values=Words(SeriesKind), path="series__kind"),
    Column(name="edition", label=_("Edition"), values=Numbers(1, HIGHEST_EDITION), path="edition"),
    Year(name="year", label=_("Year"), values=Numbers(1, 9999), path="date"),
    Column(name="format", label=_("Format"), values=Words(Format), path="format", unknown=Format.UNKNOWN),
    Column(name="host", label=_("Host"), values=Words(Host), path="host", unknown=Host.UNKNOWN),
    Related(
        name="city", label=_("City"), owner=Round, blank=True,
        values=Named(lambda reader: seen(Venue)(reader).exclude(city=""), "city", lambda venue: venue.city),
        mentions=((Round.venues.through, "venue__city", "round"),),
    ),
    Related(
        name="country", label=_("Country"), owner=Round,
        values=Named(lambda reader: Country.objects.all(), "code", shown=countries_of_venues),
        mentions=((Round.venues.through, "venue__country", "round"),),
    ),
    Related(
        name="person", label=_("Person"), owner=Round, values=Named(seen(Person), "slug"),
        mentions=((Participant, "person__slug", "round"),),
    ),
)  # fmt: skip

#: What only staff sort by: others see one publication state, and no more levels than are theirs.
STAFF_ONLY = (
    Column(name="visibility", label=_("Visibility"), values=Words(Visibility), path="visibility"),
    Column(
        name="publication",
        label=_("Publication"),
        values=Words(Publication),
        path="publication",
    ),
)


def orders(prefix: str, last: tuple[str, ...]) -> dict[str, Order]:
    """The orderings of rounds, at the end of ``prefix``; ``last`` tells what they leave alike."""
    date, edition = F(f"{prefix}date"), F(f"{prefix}edition")
    newest = (date.desc(nulls_last=True), f"-{prefix}pk", *last)
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
        Column(name="status", label=_("Status"), values=Words(RoundStatus), path="status"),
        Related(
            name="topic", label=_("Topic"), owner=Round, values=TOPICS, resolve=under,
            mentions=(
                (Round.topics.through, "topic", "round"),
                (Statement.topics.through, "topic", "statement__round"),
                (AgreedPoint.topics.through, "topic", "agreedpoint__round"),
            ),
        ),
        Related(
            name="issue", label=_("Issue"), owner=Round, values=ISSUES,
            mentions=((Statement, "issue__slug", "round"), (AgreedPoint, "issue__slug", "round")),
        ),
        Related(
            name="point_status", label=_("Agreed points"), owner=Round, values=Words(PointStatus),
            mentions=((AgreedPoint, "status", "round"),),
        ),
    )  # fmt: skip
    staff_dimensions = STAFF_ONLY
    further = {"q": Text(matching_rounds), **dates("")}
    orders = orders("", ())
