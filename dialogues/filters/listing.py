"""What the filters of all listings have in common: one query string, the same at every door."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any, ClassVar, Self, TypeVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.db.models.expressions import OrderBy
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.models import clearance_of
from dialogues.queries import kept

from .chips import Chip, chips
from .conditions import Parameter, of_dimension
from .dimensions import Compiled, Dimension, compiled
from .fields import OneOfField
from .values import Reader, cut, nearest

#: What a listing is ordered by; the last key is unique, so that pages neither lose nor repeat rows.
Order = tuple[str | OrderBy, ...]

T = TypeVar("T")


class Ordering(Parameter):
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

    def __init__(self, data: QueryDict, filters: Mapping[str, Parameter]) -> None:
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
    #: Dimensions of the rounds that mention what is listed.
    through: ClassVar[tuple[Dimension, ...]] = ()
    #: Parameters that are not dimensions.
    further: ClassVar[Mapping[str, Parameter]] = {}
    orders: ClassVar[Mapping[str, Order]] = {}
    default_order: ClassVar[str] = "-date"
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
        self.filters: dict[str, Parameter] = {
            name: self._own(condition)
            for name, condition in self.base_filters.items()
            if name not in hidden
        }

    @classmethod
    def get_filters(cls) -> dict[str, Parameter]:
        """All parameters, the text first and the order last, as a form shows them."""
        filters: dict[str, Parameter] = dict(cls.further)
        for dimension in (*cls.dimensions, *cls.through, *cls.staff_dimensions):
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

    def dimension(self, name: str) -> Dimension:
        """The dimension of this name."""
        every = (*self.dimensions, *self.through, *self.staff_dimensions)
        return next(dimension for dimension in every if dimension.name == name)

    def narrowed_by(self, name: str) -> bool:
        """Whether something is given for the dimension of this name."""
        return any(self.given.get(own) not in NOTHING for own in variants_of(name))

    def matching(self, *, without: str | None = None) -> QuerySet[Any]:
        """What all filters leave, in no order; ``without`` names a dimension whose are left out."""
        found = self.queryset.all()
        left_out = variants_of(without) if without else ()
        for name, value in self.given.items():
            if name not in left_out:
                found = self.filters[name].filter(found, value)
        return found

    def asks_rounds(self, name: str) -> bool:
        """Whether this parameter asks about rounds that mention what is listed."""
        return False

    def base(self, own: str | None, sources: Sequence[str], *, rounds: bool) -> Compiled:
        """SQL of the rows that facets count: all that the filters but the dimension ``own``'s
        leave, with the columns at ``sources``. With ``rounds``, rows of rounds that mention what
        is listed, and before these columns its id."""
        return compiled(self.matching(without=own).values_list(*sources))

    @property
    def count(self) -> int:
        """How many rows all filters leave."""
        return self.kept(("count",), lambda: self.matching().count())

    @cached_property
    def stamp(self) -> int | None:
        """What of the record is seen here; see `queries.kept`."""
        return kept.stamp()

    def kept(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What ``make`` counts of these filters for readers of this clearance, kept until the
        record changes, or the day, on which it depends what is overdue."""
        clearance = clearance_of(self.reader)
        asked = sorted(
            (name, sorted(values))
            for name, values in self.data.lists()
            if name in self.filters and name != "ordering" and any(values)
        )
        sight = (clearance.internal, clearance.staff, clearance.everything)
        whole = (type(self).__name__, asked, sight, sorted(clearance.desks), timezone.localdate())
        return kept.kept(self.stamp, (*whole, *key), make)

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
        return self.matching().order_by(*self.order)

    @property
    def order(self) -> Order:
        """The keys that `qs` is ordered by."""
        return self.orders[self.given.get("ordering") or self.default_order]

    def rest(self) -> Self | None:
        """The same without what is wrong; None where no filter would be left."""
        data = self.data.copy()
        for name in self.errors:
            data.pop(name, None)
        filters = [name for name in data if name in self.filters and name != "ordering"]
        if not any(data.getlist(name) for name in filters):
            return None
        return type(self)(data, self.queryset, request=self.request, allowed=self.allowed)

    def describe(self) -> list[Chip]:
        """The filters applied, each in words and with the query string that leaves it out."""
        return chips(self.filters, self.given, self.data)

    def _own(self, parameter: Parameter) -> Parameter:
        own = copy(parameter)
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


#: What a filter's field cleans to where nothing is given.
NOTHING: tuple[Any, ...] = (None, "", {})


def variants_of(name: str) -> tuple[str, str, str]:
    """The three parameters of a dimension."""
    return name, f"{name}__not", f"{name}__empty"


def parameters_of(dimensions: tuple[Dimension, ...]) -> set[str]:
    """The names of all parameters that these dimensions give."""
    return {name for dimension in dimensions for name in of_dimension(dimension)}
