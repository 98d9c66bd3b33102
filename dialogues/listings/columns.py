"""What a listing can show of its rows: columns, each a few expressions for the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, TextField, Value
from django.db.models.enums import Choices
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from dialogues.filters import ListingFilter

Expressions = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """A column that a reader can choose.

    `values` gives, for a bound filter, the expressions that it is made of by their names in a row:
    the first under the column's own key. `kind` says how the value is shown: ``text``, ``words``
    (one of `choices`), ``date``, ``number``, ``several`` (texts), ``points``, ``link``.
    """

    key: str
    label: str | _StrPromise
    values: Callable[[ListingFilter], Expressions]
    _: KW_ONLY
    kind: str = "text"
    order: str = ""
    choices: type[Choices] | None = None
    staff: bool = False
    """Whether only staff see it."""

    @property
    def numeric(self) -> bool:
        return self.kind in {"number", "points"}


def at(key: str, path: str) -> Callable[[ListingFilter], Expressions]:
    """The column at ``path``, as it is."""
    return lambda _filters: {key: F(path)}


def made(key: str, expression: Callable[[], Any]) -> Callable[[ListingFilter], Expressions]:
    """An expression that no filter changes, made when it is asked for: it may know the language."""
    return lambda _filters: {key: expression()}


def called(path: str) -> Any:
    """The name below ``path`` in the reader's language."""
    if get_language() == "id":
        return Coalesce(NullIf(F(f"{path}name_id"), Value("")), F(f"{path}name"))
    return F(f"{path}name")


def as_text(expression: Any) -> Any:
    return Coalesce(expression, Value(""), output_field=TextField())
