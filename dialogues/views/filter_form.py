"""A listing's filters as a form: which stand in sight, which are one step away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from dialogues.filters import Counted
from dialogues.filters.conditions import Is
from dialogues.filters.fields import ValuesField
from dialogues.filters.listing import ListingFilter
from dialogues.filters.values import Named

from .controls import Control, Options, choices_of, offered_to


class Exceptions(NamedTuple):
    """What a dimension is not, and whether it is recorded."""

    label: str
    exclude: Control
    recorded: Control


class FilterForm:
    """The controls of a listing's filters.

    `visible` and `when` name those that stand in sight. Beside the list stand these, what is
    quickly written, and whatever was given; `whole` takes all, which takes longer to write than
    the list itself, and so has a page of its own. `whole_facet` gives the address where all values
    of one filter can be found by typing.
    """

    def __init__(
        self,
        filters: ListingFilter,
        visible: Sequence[str],
        when: Sequence[str],
        *,
        whole: bool = False,
        counted: Mapping[str, list[Counted]] | None = None,
        whole_facet: Callable[[str], str] | None = None,
    ) -> None:
        self.counted = counted or {}
        self.whole_facet = whole_facet
        self.filters, self.visible, self.when, self.whole = filters, visible, when, whole
        self._controls: dict[str, Control] = {}
        self._offered: dict[int, Options] = {}

    @property
    def query(self) -> Control:
        """The full text, which comes first."""
        return self.control("q")

    @property
    def ordering(self) -> Control:
        """The order, which comes last."""
        return self.control("ordering")

    @property
    def main(self) -> list[Control]:
        return [self.control(name) for name in self.visible]

    @cached_property
    def dates(self) -> list[Control]:
        return [self.control(name) for name in self.when]

    @cached_property
    def more(self) -> list[Control]:
        """What is asked for less often."""
        in_sight = {"q", "ordering", *self.visible, *self.when}
        return [
            self.control(name)
            for name in self.filters.filters
            if name not in in_sight and "__" not in name and self._stands_here(name)
        ]

    @cached_property
    def variants(self) -> list[Control]:
        """What was given of `NAME__not` and `NAME__empty`, where the form is not whole."""
        return [
            self.control(name)
            for name in self.filters.data
            if self._is_variant(name) and not self._is_ticked(name)
        ]

    @property
    def exceptions(self) -> list[Exceptions]:
        """All of `NAME__not` and `NAME__empty`, by their dimension."""
        return [
            Exceptions(
                str(condition.label),
                self.control(f"{name}__not"),
                self.control(f"{name}__empty"),
            )
            for name, condition in self.filters.filters.items()
            if f"{name}__not" in self.filters.filters
        ]

    @property
    def when_open(self) -> bool:
        return self.whole or any(control.open for control in self.dates)

    @property
    def more_open(self) -> bool:
        return bool(self.variants) or any(control.open for control in self.more)

    def control(self, name: str) -> Control:
        """The control of a parameter, made when it is first asked for."""
        if name not in self._controls:
            self._controls[name] = self._made(name, self.filters.form[name])
        return self._controls[name]

    def _is_found_by_typing(self, name: str) -> bool:
        """Whether the values of this filter are too many to write beside the list."""
        condition = self.filters.filters[name]
        looked_up = type(condition) is Is and isinstance(condition.dimension.values, Named)
        return looked_up and not self.whole and self.whole_facet is not None

    def _stands_here(self, name: str) -> bool:
        condition = self.filters.filters[name]
        looked_up = isinstance(condition, Is) and isinstance(condition.dimension.values, Named)
        found = self.whole or self.whole_facet is not None
        return found or not looked_up or name in self.filters.data

    def _is_variant(self, name: str) -> bool:
        return "__" in name and name in self.filters.filters

    def _is_ticked(self, name: str) -> bool:
        """Whether "not recorded" is ticked in a facet."""
        return name.removesuffix("__empty") in self.counted and bool(self.filters.given.get(name))

    def _made(self, name: str, bound: forms.BoundField) -> Control:
        errors = [str(error) for error in self.filters.errors.get(name, ())]
        control = Control(name, label_of(name, str(bound.label)), errors)
        field, widget, given = bound.field, bound.field.widget, bound.value()
        if name in self.counted and isinstance(field, ValuesField):
            unset = bool(self.filters.given.get(f"{name}__empty"))
            known = self._known(name, field, given)
            control.choose_counted(self.counted[name], known, unset=unset)
            if control.more and self.whole_facet:
                control.whole = self.whole_facet(name)
        elif isinstance(field, ValuesField) and self._is_found_by_typing(name):
            control.choose_several([], self._known(name, field, given))
            control.whole = self.whole_facet(name) if self.whole_facet else ""
        elif isinstance(field, ValuesField) and isinstance(widget, forms.SelectMultiple):
            control.choose_several(self._offers(field), self._known(name, field, given))
        elif isinstance(widget, forms.Select):
            preset = self.filters.default_order if name == "ordering" else ""
            control.choose_one(choices_of(name, widget), given or preset)
        else:
            control.write(widget, given)
        return control

    def _known(self, name: str, field: ValuesField, given: list[str] | None) -> dict[str, str]:
        """Those of the given values that exist, with what they are called."""
        if self.filters.is_valid():
            # They have been looked up to be filtered by.
            return self.filters.given.get(name) or {}
        return field.values.known([value for value in given or () if value], self.filters.reader)

    def _offers(self, field: ValuesField) -> Options:
        # A dimension and its negation offer the same values, which are looked up once.
        key = id(field.values)
        if key not in self._offered:
            self._offered[key] = offered_to(self.filters.reader, field.values)
        return self._offered[key]


def label_of(name: str, label: str) -> str:
    """What a parameter is called; its variants share the dimension's label."""
    if name.endswith("__not"):
        return _("%(label)s is not") % {"label": label}
    if name.endswith("__empty"):
        return _("%(label)s is not recorded") % {"label": label}
    return label
