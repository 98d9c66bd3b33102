"""Series, partners, topics, issues and people: by what they are, and by rounds that mention them.

Whatever is asked about rounds (a partner, a year, a format …) is asked about one round: who is
listed under ``?partner=NO&year=2019`` sat with Norway in 2019. Only rounds that the reader sees are
asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import BigIntegerField, Expression, F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from dialogues.dates import PartialDateField
from dialogues.models import Round, Topic
from dialogues.queries.search import (
    matching_issues,
    matching_partners,
    matching_people,
    matching_series,
    matching_topics,
)
from dialogues.vocabulary import PartnerKind, SeriesKind

from .conditions import Text
from .dimensions import Column, Compiled, Dimension, compiled
from .listing import NOTHING, ListingFilter, Order, variants_of
from .rounds import PARTNERS, STAFF_ONLY, TOPICS, RoundFilter, dates
from .values import Words

#: What is asked about a round, on every listing of what rounds mention.
DATES = dates("")
OF_ROUNDS = {dimension.name: dimension for dimension in RoundFilter.dimensions}


def of_rounds(*names: str) -> tuple[Dimension, ...]:
    return tuple(OF_ROUNDS[name] for name in names)


class Under(Column):
    """A topic itself, and all that lie under it."""

    def within(self, values: Iterable[str]) -> Q:
        return Q(pk__in=Topic.objects.under(values).values("pk"))


class MentionFilter(ListingFilter):
    """What rounds mention. A subclass says by which rows rounds do so."""

    #: SQL that gives ``owner`` and ``round``, the ids of what is mentioned and of the round.
    pairs: ClassVar[str]
    #: SQL that gives the ids of the rounds that mention ``{owner}``.
    rounds_of: ClassVar[str]
    #: The column that it is called by.
    called: ClassVar[str] = "name"
    staff_dimensions = STAFF_ONLY
    default_order = "name"
    # Their keys depend on what is asked; `order` makes them.
    orders: ClassVar[dict[str, Order]] = dict.fromkeys(
        [sign + name for name in ("name", "rounds", "last") for sign in ("", "-")], ()
    )

    def matching(self, *, without: str | None = None) -> QuerySet[Any]:
        left_out = variants_of(without) if without else ()
        found = self._own_rows(left_out)
        if not any(name not in left_out for name in self._given_of_rounds):
            return found
        rounds, params = compiled(self._rounds(left_out).values("pk"))
        mentioned = f"SELECT owner FROM ({self.pairs}) pairs WHERE round IN ({rounds})"
        return found.filter(pk__in=RawSQL(mentioned, params))

    def asks_rounds(self, name: str) -> bool:
        return name in self._of_rounds

    def base(self, own: str | None, sources: Sequence[str], *, rounds: bool) -> Compiled:
        if not rounds:
            return super().base(own, sources, rounds=False)
        left_out = variants_of(own) if own else ()
        met, params = compiled(self._rounds(left_out).values_list("pk", *sources))
        found, more = compiled(self._own_rows(left_out).values("pk"))
        heads = ", ".join(f"c{number}" for number in range(len(sources)))
        sql = (
            f"SELECT owner, {heads} FROM ({met}) met (id, {heads}) "
            f"JOIN ({self.pairs}) pairs ON pairs.round = met.id WHERE owner IN ({found})"
        )
        return sql, [*params, *more]

    @property
    def order(self) -> Order:
        asked = self.given.get("ordering") or self.default_order
        by: Any = {"rounds": self.round_count, "last": self.last_round}.get(
            asked.lstrip("-"), lambda: F(self.called)
        )()
        way = by.desc if asked.startswith("-") else by.asc
        return (way(nulls_last=True), self.called, "pk")

    def round_count(self) -> Expression:
        """How many rounds mention it, of those that the reader sees and asks about."""
        return self.told_of_rounds("count(*)", BigIntegerField())

    def last_round(self) -> Expression:
        """The date of the last of these rounds that was held."""
        return self.told_of_rounds(
            "max(date COLLATE \"C\") FILTER (WHERE status = 'held')", PartialDateField()
        )

    def told_of_rounds(self, told: str, output: Any) -> Expression:
        """An aggregate over these rounds: SQL, and the type of what it gives."""
        rounds, params = compiled(self._rounds(()).values("pk"))
        among = self.rounds_of.format(owner=f"{self.queryset.model._meta.db_table}.id")
        return RawSQL(
            f"SELECT {told} FROM dialogues_round WHERE id IN ({among}) AND id IN ({rounds})",
            params,
            output,
        )

    def _rounds(self, left_out: tuple[str, ...]) -> QuerySet[Round]:
        """The rounds that the reader sees and asks about."""
        rounds: QuerySet[Round] = Round.objects.visible_to(self.reader)
        for name in self._given_of_rounds:
            if name not in left_out:
                rounds = self.filters[name].filter(rounds, self.given[name])
        return rounds

    def _own_rows(self, left_out: tuple[str, ...]) -> QuerySet[Any]:
        """What the filters about itself leave."""
        found = self.queryset.all()
        for name, value in self.given.items():
            if name not in left_out and not self.asks_rounds(name):
                found = self.filters[name].filter(found, value)
        return found

    @cached_property
    def _of_rounds(self) -> set[str]:
        dimensions = (*self.through, *self.staff_dimensions)
        return {*DATES, *(name for one in dimensions for name in variants_of(one.name))}

    @cached_property
    def _given_of_rounds(self) -> list[str]:
        # How dates match adds nothing of its own.
        return [
            name
            for name, value in self.given.items()
            if self.asks_rounds(name) and value not in NOTHING and name != "date_match"
        ]


class SeriesFilter(MentionFilter):
    """Series."""

    dimensions = (
        Column("partner", _("Partner"), PARTNERS, path="partner__code"),
        Column("kind", _("Kind"), Words(SeriesKind), path="kind"),
    )
    through = of_rounds(
        "year", "status", "format", "host", "country", "city", "topic", "issue", "person"
    )
    further = {"q": Text(matching_series), **DATES}
    called = "title"
    pairs = "SELECT series_id AS owner, id AS round FROM dialogues_round"
    rounds_of = "SELECT id FROM dialogues_round WHERE series_id = {owner}"


class PartnerFilter(MentionFilter):
    """Partners; `kind` is that of a series, as on every listing."""

    dimensions = (
        Column("partner_kind", _("Country or organisation"), Words(PartnerKind), path="kind"),
    )
    through = of_rounds(
        "kind", "year", "status", "format", "host", "country", "city", "topic", "issue", "person"
    )
    further = {"q": Text(matching_partners), **DATES}
    pairs = (
        "SELECT partner_id AS owner, met.id AS round FROM dialogues_round met "
        "JOIN dialogues_series series ON series.id = met.series_id"
    )
    rounds_of = (
        "SELECT met.id FROM dialogues_round met "
        "JOIN dialogues_series series ON series.id = met.series_id "
        "WHERE series.partner_id = {owner}"
    )


class TopicFilter(MentionFilter):
    """Topics; `topic` is the topic itself and what lies under it."""

    dimensions = (Under("topic", _("Topic"), TOPICS, path="slug"),)
    through = of_rounds(
        "partner", "series", "kind", "year", "status", "format", "host", "country", "person"
    )
    further = {"q": Text(matching_topics), **DATES}
    pairs = "SELECT unnest(topics) AS owner, round_id AS round FROM dialogues_roundsubjects"
    rounds_of = "SELECT round_id FROM dialogues_roundsubjects WHERE topics @> ARRAY[{owner}]"


class IssueFilter(MentionFilter):
    """Lifelong issues."""

    through = of_rounds(
        "partner", "series", "kind", "year", "status", "topic", "format", "host", "country"
    )
    further = {"q": Text(matching_issues), **DATES}
    pairs = (
        "SELECT issue_id AS owner, round_id AS round FROM dialogues_statement "
        "WHERE issue_id IS NOT NULL "
        "UNION SELECT issue_id, round_id FROM dialogues_agreedpoint WHERE issue_id IS NOT NULL"
    )
    rounds_of = (
        "SELECT round_id FROM dialogues_statement WHERE issue_id = {owner} "
        "UNION SELECT round_id FROM dialogues_agreedpoint WHERE issue_id = {owner}"
    )


class PersonFilter(MentionFilter):
    """People."""

    through = of_rounds(
        "partner", "series", "kind", "year", "status", "topic", "format", "country", "city"
    )
    further = {"q": Text(matching_people), **DATES}
    pairs = "SELECT person_id AS owner, round_id AS round FROM dialogues_participant"
    rounds_of = "SELECT round_id FROM dialogues_participant WHERE person_id = {owner}"
