"""The filters behind a listing's parameters, each narrowing by one of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.dates import PartialDate, PartialDateFormField
from dialogues.queries.search import LONGEST_QUERY
from dialogues.vocabulary import UNFINISHED

from .dimensions import Dimension
from .fields import NO, YES, OneOfField, QueryInput, ValuesField, YesNoField

CERTAIN, POSSIBLE = "certain", "possible"
DATE_MATCHES = [
    (POSSIBLE, gettext_lazy("May fall within")),
    (CERTAIN, gettext_lazy("Certainly falls within")),
]


class Parameter(django_filters.Filter, ABC):
    """One parameter of a listing."""

    #: The `ListingFilter` that it belongs to, which knows the reader and what was given.
    parent: django_filters.FilterSet
    #: Whether the parameter may be repeated, which means *or*.
    several: ClassVar[bool] = False

    @property
    @abstractmethod
    def field(self) -> forms.Field:
        """What reads its value."""

    @abstractmethod
    def words(self, value: Any) -> dict[str, str]:
        """What the filter does, for people: a phrase for each value; none where it says nothing."""

    @abstractmethod
    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """What it leaves of a query; without a value, all."""


class Condition(Parameter):
    """A parameter that adds a `condition`, asked only if a value was given."""

    @abstractmethod
    def condition(self, value: Any) -> Q:
        """What it adds to a query."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs if value in (None, "", {}) else qs.filter(self.condition(value))


class Is(Condition):
    """`NAME`: is one of the values."""

    several = True

    def __init__(self, dimension: Dimension) -> None:
        super().__init__(label=dimension.label)
        self.dimension = dimension

    @property
    def field(self) -> forms.Field:
        reader = self.parent.reader
        return ValuesField(self.dimension.values, reader, label=self.label)

    def condition(self, value: dict[str, str]) -> Q:
        if self.parent.narrowed:
            return self.dimension.within_few(value)
        return self.dimension.within(value)

    def words(self, value: dict[str, str]) -> dict[str, str]:
        return {
            key: _("%(label)s: %(words)s") % {"label": self.label, "words": label}
            for key, label in value.items()
        }


class IsNot(Is):
    """`NAME__not`: is none of the values."""

    def condition(self, value: dict[str, str]) -> Q:
        return self.dimension.outside(value)

    def words(self, value: dict[str, str]) -> dict[str, str]:
        return {
            key: _("not %(label)s: %(words)s") % {"label": self.label, "words": label}
            for key, label in value.items()
        }


class IsEmpty(Condition):
    """`NAME__empty`: is not recorded; with `false`, is recorded."""

    def __init__(self, dimension: Dimension) -> None:
        super().__init__(label=dimension.label)
        self.dimension = dimension

    @property
    def field(self) -> forms.Field:
        return YesNoField(label=self.label)

    def condition(self, value: bool) -> Q:
        missing = self.dimension.missing()
        return missing if value else ~missing

    def words(self, value: bool) -> dict[str, str]:
        if value:
            return {YES: _("%(label)s: not recorded") % {"label": self.label}}
        return {NO: _("%(label)s: recorded") % {"label": self.label}}


class From(Condition):
    """A date's lower end: what may, or with `date_match=certain` must, fall on it or later."""

    def __init__(self, path: str, label: Any, matched_by: str = "") -> None:
        super().__init__(label=label)
        self.path, self.matched_by = path, matched_by

    @property
    def field(self) -> forms.Field:
        return PartialDateFormField(interval=True, required=False, label=self.label)

    def bounds(self, value: PartialDate) -> tuple[PartialDate | None, PartialDate | None]:
        return value, None

    def condition(self, value: PartialDate) -> Q:
        match = self.parent.given.get(self.matched_by)
        lookup = "must_fall" if match == CERTAIN else "may_fall"
        return Q(**{f"{self.path}__{lookup}": self.bounds(value)})

    def words(self, value: PartialDate) -> dict[str, str]:
        date = value.display()
        return {value.edtf: _("%(label)s: %(words)s") % {"label": self.label, "words": date}}


class To(From):
    """A date's upper end."""

    def bounds(self, value: PartialDate) -> tuple[PartialDate | None, PartialDate | None]:
        return None, value


class DateMatch(Parameter):
    """Whether dates known only by their year or month have to fall within for certain."""

    @property
    def field(self) -> forms.Field:
        return OneOfField([(value, str(label)) for value, label in DATE_MATCHES], label=self.label)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs  # the dates themselves ask for it

    def words(self, value: str) -> dict[str, str]:
        return {value: str(dict(DATE_MATCHES)[value])}


class Overdue(Condition):
    """Every day that the due date may mean has passed, and the point is still owed."""

    @property
    def field(self) -> forms.Field:
        return YesNoField(label=self.label)

    def condition(self, value: bool) -> Q:
        yesterday = timezone.localdate() - timedelta(days=1)
        late = Q(status__in=UNFINISHED, due__must_fall=(None, yesterday))
        return late if value else ~late

    def words(self, value: bool) -> dict[str, str]:
        return {YES: _("Overdue")} if value else {NO: _("Not overdue")}


class Text(Parameter):
    """Full text."""

    several = True

    def __init__(self, search: Callable[..., QuerySet[Any]]) -> None:
        super().__init__(label=gettext_lazy("Words"))
        self.search = search

    @property
    def field(self) -> forms.Field:
        return forms.CharField(
            required=False, max_length=LONGEST_QUERY, label=self.label, widget=QueryInput
        )

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return self.search(qs, value, staff=self.parent.staff) if value else qs

    def words(self, value: str) -> dict[str, str]:
        return {value: _("Words: %(words)s") % {"words": value}}


def of_dimension(dimension: Dimension) -> dict[str, Parameter]:
    """The three parameters of one dimension."""
    return {
        dimension.name: Is(dimension),
        f"{dimension.name}__not": IsNot(dimension),
        f"{dimension.name}__empty": IsEmpty(dimension),
    }
