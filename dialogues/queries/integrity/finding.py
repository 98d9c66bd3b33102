"""What a check is, what it is asked about, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from dialogues.models import AgreedPoint, Round, User
from dialogues.queries.chains import Chain, chains_in
from dialogues.vocabulary import Publication

Reader = User | AnonymousUser


@dataclass(frozen=True)
class Scope:
    """Whose records are looked at, and which of them. What several checks read is read once."""

    reader: Reader | None = None
    """Who asks, and so what is seen; None is the operator, who holds the database."""
    series: frozenset[int] | None = None
    """The ids of the series that are looked at; None for all."""

    def seen(self, model: type[Model]) -> QuerySet[Any]:
        """All rows of a model that the reader sees, whatever series they belong to."""
        manager: Any = model._default_manager
        rows: QuerySet[Any] = (
            manager.all() if self.reader is None else manager.visible_to(self.reader)
        )
        return rows

    def rounds(self) -> QuerySet[Round]:
        """The rounds that are looked at, those withdrawn among them: they still have a number."""
        return self.seen(Round).filter(self._of("series"))

    @cached_property
    def chains(self) -> dict[int, Chain]:
        """The rounds as chains, by the series' id. One query, the first time."""
        return chains_in(self.rounds())

    def rounds_to_mend(self) -> QuerySet[Round]:
        """The rounds in which something may be wrong. What is withdrawn is nobody's to mend."""
        return self.rounds().exclude(publication=Publication.WITHDRAWN)

    def points_to_mend(self) -> QuerySet[AgreedPoint]:
        """The agreed points in which something may be wrong."""
        points = self.seen(AgreedPoint).exclude(round__publication=Publication.WITHDRAWN)
        return points.filter(self._of("round__series"))

    def _of(self, path: str) -> Q:
        return Q() if self.series is None else Q(**{f"{path}__in": sorted(self.series)})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: the record, and a sentence in the language then active."""

    check: str
    model: type[Model]
    """Of which the record is a row: a series, a round, an agreed point or a person."""
    pk: int
    key: str
    """What names the record in addresses: a slug, or a point's reference."""
    name: str
    said: str
    about: str
    """Tells this finding from others of the same check and record, as long as nothing of it
    changes: the editions, dates or people that it is about. So what was accepted once is asked
    again as soon as it is another thing."""
    series: int | None = None
    """The series that the record belongs to; a person belongs to none."""

    @property
    def identity(self) -> str:
        """The same text for the same finding, whoever asks, in whatever language."""
        return f"{self.check} {self.model._meta.model_name} {self.key} {self.about}".strip()


@dataclass(frozen=True, slots=True)
class Check:
    """A question put to the whole record at once."""

    name: str
    title: str | Promise
    why: str | Promise
    """What is wrong with it, and what to do."""
    find: Callable[[Scope], Iterable[Finding]]
    """Asks in as many queries for ten rounds as for ten thousand."""
