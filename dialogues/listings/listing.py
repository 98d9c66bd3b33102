"""One declaration a listing, for its page, its exports and feeds, and the views saved of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from dialogues.filters import ListingFilter
from dialogues.models import clearance_of

from .columns import Column

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: Parameters of every listing's address that are no filters.
PARAMETERS = frozenset({"page", "columns"})
Row = dict[str, Any]


class UnknownColumn(ValueError):
    """Somebody asks for a column that the listing does not have; says so."""


@dataclass(frozen=True)
class Listing:
    """A listing: what is listed, which filters narrow it, which columns show it."""

    key: str
    """In addresses: ``rounds``."""
    heading: str | _StrPromise
    url_name: str
    filters: type[ListingFilter]
    model: type[Model]
    every_column: Sequence[Column]
    shown: Sequence[str]
    """The keys of the columns that are shown where a reader has not chosen."""
    facets: Sequence[str]
    """The dimensions that are counted beside the list."""
    when: Sequence[str]
    """The parameters about dates."""
    in_words: Callable[[int], str]
    """Such as "38 rounds"."""

    def filtered(
        self, request: HttpRequest, data: QueryDict, *, user: Any = None,
        allowed: Iterable[str] = (),
    ) -> ListingFilter:  # fmt: skip
        """The filter of the query string ``data`` over what ``user`` sees, else who asks;
        ``allowed`` names further parameters that are no filters."""
        rows: QuerySet[Any] = self.model.objects.visible_to(user or request.user)  # type: ignore[attr-defined]
        return self.filters(data, rows, request=request, allowed=PARAMETERS | set(allowed))

    def columns(self, user: Any) -> dict[str, Column]:
        """All columns that ``user`` may choose, by key."""
        staff = clearance_of(user).staff
        return {one.key: one for one in self.every_column if staff or not one.staff}

    def chosen(self, text: str, user: Any) -> list[Column]:
        """The columns that ``text`` names, keys with commas between them; the usual ones where it
        is empty. Raises `UnknownColumn`."""
        known = self.columns(user)
        keys = list(dict.fromkeys(filter(None, text.split(","))))
        for key in keys:
            if key not in known:
                raise UnknownColumn(
                    _("There is no column “%(key)s”. There are: %(known)s.")
                    % {"key": key[:60], "known": ", ".join(known)}
                )
        return [known[key] for key in keys or self.shown]

    def read(
        self, filters: ListingFilter, columns: Sequence[Column], ids: Sequence[int]
    ) -> list[Row]:
        """The rows of these ids, in their order, with the values of these columns. One query."""
        rows = self.model._base_manager.filter(pk__in=ids)
        names, expressions = self.expressions(filters, columns)
        found = {pk: told for pk, *told in rows.values_list(F("pk"), *expressions)}
        return [dict(zip(names, found[pk], strict=True)) for pk in ids if pk in found]

    def expressions(
        self, filters: ListingFilter, columns: Sequence[Column]
    ) -> tuple[list[str], list[Any]]:
        """The names and the expressions that these columns are made of, in their order."""
        told: dict[str, Any] = {}
        for column in columns:
            told |= column.values(filters)
        return list(told), list(told.values())
