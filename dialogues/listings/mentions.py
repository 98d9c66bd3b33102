"""What rounds mention: what can be shown of series, partners, topics, issues and people.

Numbers of rounds and their dates count the rounds that the reader sees and asks about.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, IntegerField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialogues.filters import (
    IssueFilter,
    PartnerFilter,
    PersonFilter,
    SeriesFilter,
    TopicFilter,
)  # fmt: skip
from dialogues.models import Issue, Partner, Person, Series, Topic
from dialogues.vocabulary import PartnerKind, SeriesKind

from .columns import Column, at, called
from .listing import Listing

WHEN = ("date_from", "date_to", "date_match")
OPEN = (
    "coalesce(sum((SELECT count(*) FROM dialogues_agreedpoint point "
    "WHERE point.round_id = dialogues_round.id AND point.status IN ('open', 'in_progress'))), 0)"
)


def named(path: str) -> Any:
    """Name and address."""
    return lambda _filters: {"name": called(""), "address": F(path)}


MET = (
    Column("rounds", _("Rounds"), lambda filters: {"rounds": filters.round_count()},
           kind="number", order="rounds"),
    Column("last", _("Last met"), lambda filters: {"last": filters.last_round()},
           kind="date", order="last"),
)  # fmt: skip
OWED = Column(
    "owed", _("Points still owed"),
    lambda filters: {"owed": filters.told_of_rounds(OPEN, IntegerField())}, kind="number",
)  # fmt: skip

SERIES = Listing(
    key="series",
    heading=_("Series"),
    url_name="series-list",
    filters=SeriesFilter,
    model=Series,
    every_column=(
        Column("name", _("Series"),
               lambda _filters: {"name": F("title"), "address": F("slug")}, kind="series",
               order="name"),
        Column("partner", _("Partner"), lambda _filters: {"partner": called("partner__")}),
        Column("kind", _("Kind"), at("kind", "kind"), kind="words", choices=SeriesKind),
        *MET,
        OWED,
    ),
    shown=("name", "partner", "kind", "rounds", "last", "owed"),
    facets=("partner", "kind", "year", "format", "topic"),
    when=WHEN,
    in_words=lambda count: ngettext("%(count)s series", "%(count)s series", count),
)  # fmt: skip

PARTNERS = Listing(
    key="partners",
    heading=_("Partners"),
    url_name="partner-list",
    filters=PartnerFilter,
    model=Partner,
    every_column=(
        Column("name", _("Partner"), named("code"), kind="partner", order="name"),
        Column("partner_kind", _("Country or organisation"), at("partner_kind", "kind"),
               kind="words", choices=PartnerKind),
        *MET,
        OWED,
    ),
    shown=("name", "partner_kind", "rounds", "last", "owed"),
    facets=("partner_kind", "kind", "year", "format", "topic"),
    when=WHEN,
    in_words=lambda count: ngettext("%(count)s partner", "%(count)s partners", count),
)  # fmt: skip

TOPICS = Listing(
    key="topics",
    heading=_("Topics"),
    url_name="topic-list",
    filters=TopicFilter,
    model=Topic,
    every_column=(
        Column("name", _("Topic"), named("slug"), kind="topic", order="name"),
        Column("above", _("Lies under"), lambda _filters: {"above": called("parent__")}),
        *MET,
    ),
    shown=("name", "above", "rounds", "last"),
    facets=("partner", "year", "kind", "format"),
    when=WHEN,
    in_words=lambda count: ngettext("%(count)s topic", "%(count)s topics", count),
)  # fmt: skip

ISSUES = Listing(
    key="issues",
    heading=_("Lifelong issues"),
    url_name="issue-list",
    filters=IssueFilter,
    model=Issue,
    every_column=(Column("name", _("Issue"), named("slug"), kind="issue", order="name"), *MET),
    shown=("name", "rounds", "last"),
    facets=("partner", "year", "topic", "kind"),
    when=WHEN,
    in_words=lambda count: ngettext("%(count)s issue", "%(count)s issues", count),
)

PEOPLE = Listing(
    key="people",
    heading=_("People"),
    url_name="person-list",
    filters=PersonFilter,
    model=Person,
    every_column=(
        Column("name", _("Name"),
               lambda _filters: {"name": F("name"), "address": F("slug")}, kind="person",
               order="name"),
        *MET,
    ),
    shown=("name", "rounds", "last"),
    facets=("partner", "year", "topic", "kind"),
    when=WHEN,
    in_words=lambda count: ngettext("%(count)s person", "%(count)s people", count),
)  # fmt: skip
