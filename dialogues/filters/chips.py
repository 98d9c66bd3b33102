"""The filters applied, in words, each with the way to take it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import QueryDict

if TYPE_CHECKING:
    from .conditions import Parameter

#: Where in the listing one is: with other filters that is another listing.
PLACE = ("page", "cursor")


class Chip(NamedTuple):
    """One value of one filter."""

    parameter: str
    value: str
    words: str
    """"Partner: Norway", "not Format: Virtual", "Host: not recorded"."""
    without: str
    """The query string that leaves this value out, without a question mark; may be empty."""
    turned: str = ""
    """The query string that excludes it instead, or includes it; empty where that has no sense."""
    excludes: bool = False


def chips(
    filters: Mapping[str, Parameter], cleaned: Mapping[str, Any], data: QueryDict
) -> list[Chip]:
    """A chip for each value, in the order in which the filters are declared."""
    return list(_chips(filters, cleaned, data))


def _chips(
    filters: Mapping[str, Parameter], cleaned: Mapping[str, Any], data: QueryDict
) -> Iterator[Chip]:
    for name, condition in filters.items():
        given = cleaned.get(name)
        words = {} if given in (None, "") else condition.words(given)
        for value, said in words.items():
            others = [other for other in words if other != value]
            rest = with_only(data, name, others)
            yield Chip(name, value, said, rest, *_turned(filters, name, value, rest))


def _turned(filters: Mapping[str, Parameter], name: str, value: str, rest: str) -> tuple[str, bool]:
    excludes = name.endswith("__not")
    other = name.removesuffix("__not") if excludes else f"{name}__not"
    if other not in filters:
        return "", excludes
    query = QueryDict(rest, mutable=True)
    query.appendlist(other, value)
    return query.urlencode(), excludes


def with_only(data: QueryDict, name: str, values: list[str]) -> str:
    """The query string `data` with `values` for one parameter, and at the listing's beginning."""
    rest = QueryDict(mutable=True)
    for key, given in data.lists():
        if key not in PLACE:
            rest.setlist(key, values if key == name else [text for text in given if text])
    return rest.urlencode()
