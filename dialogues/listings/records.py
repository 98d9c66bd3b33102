"""Rounds and agreed points: what can be shown of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialogues.filters import AgreedPointFilter, RoundFilter
from dialogues.models import AgreedPoint, Participant, Round
from dialogues.vocabulary import (
    Format,
    Host,
    Party,
    PointKind,
    PointStatus,
    Publication,
    Role,
    RoundStatus,
    SeriesKind,
    Side,
    Visibility,
)  # fmt: skip

from .columns import Column, at, called, made
from .gathered import counted, listed
from .listing import Listing


def title(prefix: str) -> Any:
    """Series, edition and address of the round below ``prefix``."""
    return lambda _filters: {
        "round": F(f"{prefix}slug"),
        "series": F(f"{prefix}series__title"),
        "edition": F(f"{prefix}edition"),
        **({} if prefix else {"status": F("status")}),
        **minded(prefix),
    }


def minded(prefix: str) -> dict[str, Any]:
    """What a row has to say of how far its round has come, where that is not the usual."""
    return {
        "publication": F(f"{prefix}publication"),
        "visibility": F(f"{prefix}visibility"),
    }


def partner(prefix: str) -> Any:
    return lambda _filters: {
        "partner": called(f"{prefix}series__partner__"),
        "partner_code": F(f"{prefix}series__partner__code"),
    }


def places() -> Any:
    told = Coalesce(
        NullIf(F("venue__city"), Value("")), NullIf(F("venue__name"), Value("")),
        called("venue__country__"),
    )  # fmt: skip
    return listed(Round.venues.through._base_manager.all(), "round", told, "pk")


def topics(model: Any, owner: str) -> Any:
    return listed(model.topics.through._base_manager.all(), owner, called("topic__"), "pk")


def heads(side: str) -> Any:
    people = Participant.objects.filter(side=side, role=Role.HEAD)
    told = Case(When(name="", then=F("person__name")), default=F("name"))
    return listed(people, "round", told, "position", "pk")


def agreed(_filters: Any) -> dict[str, Any]:
    points = AgreedPoint.objects.all()
    return {
        "points": counted(points, "round"),
        "points_open": counted(points, "round", Q(status=PointStatus.OPEN)),
    }


def standing(prefix: str) -> tuple[Column, ...]:
    """What staff have to mind."""
    return (
        Column("publication", _("Publication"), at("publication", f"{prefix}publication"),
               kind="words", choices=Publication, staff=True),
        Column("visibility", _("Visibility"), at("visibility", f"{prefix}visibility"),
               kind="words", choices=Visibility, staff=True),
    )  # fmt: skip


ROUNDS = Listing(
    key="rounds",
    heading=_("Rounds"),
    url_name="round-list",
    filters=RoundFilter,
    model=Round,
    every_column=(
        Column("date", _("Date"), at("date", "date"), kind="date", order="date"),
        Column("round", _("Round"), title(""), kind="round", order="edition"),
        Column("partner", _("Partner"), partner(""), order="partner"),
        Column("format", _("Format"), at("format", "format"), kind="words", choices=Format),
        Column("where", _("Where"), made("where", places), kind="several"),
        Column("points", _("Agreed points"), agreed, kind="points"),
        Column("status", _("Status"), at("status", "status"), kind="words", choices=RoundStatus),
        Column("host", _("Host"), at("host", "host"), kind="words", choices=Host),
        Column("kind", _("Kind"), at("kind", "series__kind"), kind="words", choices=SeriesKind),
        Column("topics", _("Topics"), made("topics", lambda: topics(Round, "round")),
               kind="several"),
        Column("led_own", _("Led for the own side"), made("led_own", lambda: heads(Side.OWN)),
               kind="several"),
        Column("led_partner", _("Led for the partner"),
               made("led_partner", lambda: heads(Side.PARTNER)), kind="several"),
        Column("updated", _("Changed"), at("updated", "updated"), kind="time", order="updated"),
        *standing(""),
    ),
    shown=("date", "round", "partner", "format", "where", "points"),
    facets=("partner", "format", "year", "topic", "kind", "status", "host", "country"),
    when=("date_from", "date_to", "date_match"),
    in_words=lambda count: ngettext("%(count)s round", "%(count)s rounds", count),
)  # fmt: skip

POINTS = Listing(
    key="agreed-points",
    heading=_("Agreed points"),
    url_name="agreed-point-list",
    filters=AgreedPointFilter,
    model=AgreedPoint,
    every_column=(
        Column("point", _("Agreed point"),
               lambda _filters: {
                   "point": F("text"), "round": F("round__slug"), "number": F("number"),
                   **minded("round__"),
               },
               kind="point"),
        Column("status", _("Status"), at("status", "status"), kind="words", choices=PointStatus),
        Column("due", _("Due"),
               lambda _filters: {"due": F("due"), "status": F("status")}, kind="due"),
        Column("responsible", _("Responsible"),
               lambda _filters: {"responsible": F("responsible"), **partner("round__")(None)},
               kind="party", choices=Party),
        Column("round", _("Round"), title("round__"), kind="round", order="edition"),
        Column("date", _("Date"), at("date", "round__date"), kind="date", order="date"),
        Column("partner", _("Partner"), partner("round__"), order="partner"),
        Column("topics", _("Topics"), made("topics", lambda: topics(AgreedPoint, "agreedpoint")),
               kind="several"),
        Column("kind", _("Kind"), at("kind", "kind"), kind="words", choices=PointKind),
        *standing("round__"),
    ),
    shown=("point", "status", "due", "responsible", "round", "date"),
    facets=("status", "responsible", "partner", "topic", "year", "kind", "country"),
    when=("due_from", "due_to", "date_from", "date_to", "date_match"),
    in_words=lambda count: ngettext("%(count)s agreed point", "%(count)s agreed points", count),
)  # fmt: skip
