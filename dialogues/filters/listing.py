"""What the filters of all listings have in common: one query string, the same at every door."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.db.models.expressions import OrderBy
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.models import clearance_of

from .chips import Chip, chips
from .conditions import Condition, of_dimension
from .dimensions import Dimension
from .fields import OneOfField
from .values import Reader, cut, nearest

#: What a listing is ordered by; the last key is unique, so that pages neither lose nor repeat rows.
Order = tuple[str | OrderBy, ...]

DEFAULT_ORDER = "-date"


class Ordering(Condition):
    """`ordering`: by what, and with `-` the other way round."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("Order"))

    @property
    def field(self) -> forms.Field:
        return OneOfField([(name, name) for name in self.parent.orders], label=self.label)

    def words(self, value: str) -> dict[str, str]:
        return {}

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs


class ListingForm(forms.Form):
    """The fields of the parameters that were given; any other is made when it is asked for.

    A listing has some fifty parameters. To make and check them all took longer than the query.
    """

    def __init__(self, data: QueryDict, filters: Mapping[str, Condition]) -> None:
        super().__init__(data)
        self.filters = filters
        self.fields = {name: filters[name].field for name in filters if name in data}

    def __getitem__(self, name: str) -> forms.BoundField:
        if name not in self.fields and name in self.filters:
            self.fields[name] = self.filters[name].field
        return super().__getitem__(name)

    def __iter__(self) -> Iterator[forms.BoundField]:
        """Every field but the variants of a dimension, and those variants that were given."""
        return (self[name] for name in self.filters if name in self.data or "__" not in name)


class ListingFilter(django_filters.FilterSet):
    """Narrows and orders one listing by its query string.

    `data` is the query string; `queryset` what the reader may see at all, `.visible_to(user)`;
    `request` says who reads. `allowed` names the caller's own parameters, such as `page` or
    `limit`, which are no filters. Every other parameter that is not known, and every value, is in
    `errors` under its name; `qs` is then empty.
    """

    dimensions: ClassVar[tuple[Dimension, ...]] = ()
    #: Dimensions that exist for staff only; for others they are parameters like any unknown one.
    staff_dimensions: ClassVar[tuple[Dimension, ...]] = ()
    #: Parameters that are not dimensions.
    further: ClassVar[Mapping[str, Condition]] = {}
    orders: ClassVar[Mapping[str, Order]] = {}
    allowed: frozenset[str] = frozenset()

    def __init__(
        self,
        data: QueryDict,
        queryset: QuerySet[Any],
        *,
        request: HttpRequest,
        allowed: frozenset[str] | None = None,
    ) -> None:
        # In place of FilterSet's own, which copies every filter deeply.
        self.is_bound = True
        self.data, self.queryset, self.request = data, queryset, request
        self.reader: Reader = request.user
        self.staff = clearance_of(request.user).staff
        self.allowed = self.allowed if allowed is None else allowed
        hidden = set() if self.staff else parameters_of(self.staff_dimensions)
        self.filters: dict[str, Condition] = {
            name: self._own(condition)
            for name, condition in self.base_filters.items()
            if name not in hidden
        }

    @classmethod
    def get_filters(cls) -> dict[str, Condition]:
        """All parameters, the text first and the order last, as a form shows them."""
        filters: dict[str, Condition] = dict(cls.further)
        for dimension in (*cls.dimensions, *cls.staff_dimensions):
            filters |= of_dimension(dimension)
        return {**filters, "ordering": Ordering()}

    @cached_property
    def form(self) -> ListingForm:
        return ListingForm(self.data, self.filters)

    @property
    def given(self) -> dict[str, Any]:
        """The values given, checked and read."""
        return self.form.cleaned_data if self.is_valid() else {}

    @cached_property
    def narrowed(self) -> bool:
        """Whether what is given leaves few rows, by itself and quickly."""
        return any(
            self.given.get(dimension.name) for dimension in self.dimensions if dimension.narrow
        )

    def is_valid(self) -> bool:
        return not self.errors

    @cached_property
    def errors(self) -> ErrorDict:
        """What is wrong, by parameter: unknown values, unknown parameters, needless repetition."""
        errors = ErrorDict(self.form.errors)
        for name in self.data:
            if problem := self._problem(name):
                errors[name] = ErrorList([problem])
        return errors

    @cached_property
    def qs(self) -> QuerySet[Any]:
        if not self.is_valid():
            return self.queryset.none()
        found: QuerySet[Any] = self.filter_queryset(self.queryset.all())
        return found.order_by(*self.order)

    @property
    def order(self) -> Order:
        """The keys that `qs` is ordered by."""
        return self.orders[self.given.get("ordering") or DEFAULT_ORDER]

    def describe(self) -> list[Chip]:
        """The filters applied, each in words and with the query string that leaves it out."""
        return chips(self.filters, self.given, self.data)

    def _own(self, condition: Condition) -> Condition:
        own = copy(condition)
        own.parent = self
        return own

    def _problem(self, name: str) -> str | None:
        if name in self.allowed:
            return None
        if name not in self.filters:
            return self._unknown(name)
        if not self.filters[name].several and len(list(filter(None, self.data.getlist(name)))) > 1:
            return _("“%(name)s” can be given only once.") % {"name": name}
        return None

    def _unknown(self, name: str) -> str:
        names = [*self.filters, *sorted(self.allowed)]
        if near := nearest(name, [(known, known) for known in names]):
            return _("There is no parameter “%(name)s”. Did you mean “%(nearest)s”?") % {
                "name": cut(name),
                "nearest": near,
            }
        return _("There is no parameter “%(name)s”.") % {"name": cut(name)}


def parameters_of(dimensions: tuple[Dimension, ...]) -> set[str]:
    """The names of all parameters that these dimensions give."""
    return {name for dimension in dimensions for name in of_dimension(dimension)}
