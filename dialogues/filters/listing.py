"""What the filters of all listings have in common: one query string, the same at every door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.db.models.expressions import BaseExpression
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
Order = tuple[str | BaseExpression, ...]

DEFAULT_ORDER = "-date"


class Ordering(Condition):
    """`ordering`: by what, and with `-` the other way round."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("Order"))

    @property
    def form_field(self) -> forms.Field:  # type: ignore[override]
        return OneOfField([(name, name) for name in self.parent.orders], label=self.label)

    def words(self, value: str) -> dict[str, str]:
        return {}

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.order_by(*self.parent.orders[value or DEFAULT_ORDER])


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
        super().__init__(data, queryset, request=request)
        self.reader: Reader = request.user
        self.staff = clearance_of(request.user).staff
        if allowed is not None:
            self.allowed = allowed
        if not self.staff:
            for dimension in self.staff_dimensions:
                for name in of_dimension(dimension):
                    del self.filters[name]

    @classmethod
    def get_filters(cls) -> dict[str, Condition]:
        """All parameters, the text first and the order last, as a form shows them."""
        filters: dict[str, Condition] = dict(cls.further)
        for dimension in (*cls.dimensions, *cls.staff_dimensions):
            filters |= of_dimension(dimension)
        return {**filters, "ordering": Ordering()}

    def is_valid(self) -> bool:
        return not self.errors

    @property
    def errors(self) -> ErrorDict:
        """What is wrong, by parameter: unknown values, unknown parameters, needless repetition."""
        if not hasattr(self, "_errors"):
            self._errors = ErrorDict(self.form.errors)
            for name in self.data:
                if problem := self._problem(name):
                    self._errors[name] = ErrorList([problem])
        return self._errors

    @property
    def qs(self) -> QuerySet[Any]:
        if not hasattr(self, "_qs"):
            self._qs = (
                self.filter_queryset(self.queryset.all())
                if self.is_valid()
                else self.queryset.none()
            )
        return self._qs

    @property
    def order(self) -> Order:
        """The keys that `qs` is ordered by."""
        return self.orders[self.form.cleaned_data.get("ordering") or DEFAULT_ORDER]

    def describe(self) -> list[Chip]:
        """The filters applied, each in words and with the query string that leaves it out."""
        return chips(self.filters, self.form.cleaned_data, self.data) if self.is_valid() else []

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
