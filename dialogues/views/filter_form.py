"""A listing's filters as a form: which stand in sight, and their controls made ready to write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dialogues.filters.conditions import DATE_MATCHES, POSSIBLE
from dialogues.filters.listing import DEFAULT_ORDER, ListingFilter

Options = list[tuple[str, str]]
#: With more choices than this a list helps nobody; one writes the value as it stands in addresses.
MANY = 400
#: What is meant where nothing is chosen.
DEFAULTS = {"ordering": DEFAULT_ORDER, "date_match": POSSIBLE}


@dataclass(slots=True)
class Control:
    """One parameter's control. `kind` is ticks, menu (one of a few), several (of many), or text."""

    name: str
    label: str
    kind: str
    value: str = ""
    options: str = ""
    errors: Sequence[str] = ()
    hint: str = ""
    type: str = "text"
    chosen: int = 0

    @property
    def open(self) -> bool:
        """Whether it must be in sight: something is chosen, or wrong."""
        return bool(self.chosen or self.errors)

    @property
    def described_by(self) -> str:
        """The ids of what explains the control."""
        ids = [f"f-{self.name}-hint"] * bool(self.hint) + [f"f-{self.name}-error"] * bool(
            self.errors
        )
        return " ".join(ids)


@dataclass
class FilterForm:
    """The controls of a listing's filters. `visible` and `when` name those that stand in sight."""

    filters: ListingFilter
    visible: Sequence[str]
    when: Sequence[str]
    _offered: dict[int, Options] = field(default_factory=dict)

    @cached_property
    def controls(self) -> dict[str, Control]:
        """All of them, by parameter."""
        form = self.filters.form
        return {name: self._control(name, form[name]) for name in self.filters.filters}

    @property
    def query(self) -> Control:
        """The full text, which comes first."""
        return self.controls["q"]

    @property
    def ordering(self) -> Control:
        """The order, which comes last."""
        return self.controls["ordering"]

    @property
    def main(self) -> list[Control]:
        return [self.controls[name] for name in self.visible]

    @property
    def dates(self) -> list[Control]:
        return [self.controls[name] for name in self.when]

    @cached_property
    def more(self) -> list[Control]:
        """What is asked for less often."""
        in_sight = {"q", "ordering", *self.visible, *self.when}
        return [
            control
            for name, control in self.controls.items()
            if name not in in_sight and "__" not in name
        ]

    @cached_property
    def exceptions(self) -> list[tuple[str, Control, Control]]:
        """For each dimension: its label, what it is not, whether it is recorded."""
        return [
            (control.label, self.controls[f"{name}__not"], self.controls[f"{name}__empty"])
            for name, control in self.controls.items()
            if f"{name}__not" in self.controls
        ]

    @property
    def when_open(self) -> bool:
        return any(control.open for control in self.dates)

    @property
    def more_open(self) -> bool:
        return self.exceptions_open or any(control.open for control in self.more)

    @property
    def exceptions_open(self) -> bool:
        return any(no.open or empty.open for _label, no, empty in self.exceptions)

    def _control(self, name: str, bound: forms.BoundField) -> Control:
        control = Control(
            name,
            str(bound.label),
            "text",
            errors=[str(error) for error in self.filters.errors.get(name, ())],
        )
        given = bound.value()
        widget = bound.field.widget
        if isinstance(widget, forms.SelectMultiple):
            self._offer_several(control, bound.field, given or [])
        elif isinstance(widget, forms.Select):
            control.kind = "menu"
            control.options = options(choices_of(name, widget), [given or DEFAULTS.get(name, "")])
            control.chosen = bool(given)
        else:
            control.value = widget.format_value(given) or "" if given else ""
            control.type = "search" if name == "q" else "text"
            control.hint = hint_for(name)
            control.chosen = bool(given)
        return control

    def _offer_several(self, control: Control, asked: Any, given: Iterable[str]) -> None:
        # A dimension and its negation offer the same values, which are looked up once.
        key = id(asked.values)
        if key not in self._offered:
            self._offered[key] = asked.offered()
        offered = self._offered[key]
        chosen = set(filter(None, given))
        control.chosen = len(chosen & dict(offered).keys())
        if len(offered) > MANY:
            control.value = " ".join(sorted(chosen))
            control.hint = _("As it stands in addresses; several with spaces between them.")
        elif control.name.endswith("__not"):
            control.kind, control.options = "several", options(offered, chosen)
        else:
            control.kind, control.options = "ticks", ticks(control.name, offered, chosen)


# Joined here and not looped over in a template: there can be hundreds.
def options(choices: Iterable[tuple[Any, Any]], chosen: Iterable[str]) -> SafeString:
    """The options of a select."""
    chosen = set(chosen)
    return mark_safe(  # noqa: S308 - each part is escaped
        "".join(
            f'<option value="{escape(value)}"{" selected" * (value in chosen)}>'
            f"{escape(label)}</option>"
            for value, label in choices
        )
    )


def ticks(name: str, choices: Options, chosen: set[str]) -> SafeString:
    """A list of check boxes, those that are ticked first."""
    ordered = sorted(choices, key=lambda choice: choice[0] not in chosen)
    return mark_safe(  # noqa: S308 - each part is escaped
        "".join(
            f'<label class="tick"><input type="checkbox" name="{name}" value="{escape(value)}"'
            f"{' checked' * (value in chosen)}> <span>{escape(label)}</span></label>"
            for value, label in ordered
        )
    )


def choices_of(name: str, menu: forms.Select) -> Iterable[tuple[Any, Any]]:
    """A menu's choices, in people's words where the filter itself has none."""
    if name == "ordering":
        return order_names()
    if name == "date_match":
        # What is meant when nothing is chosen needs no choice of its own.
        return DATE_MATCHES
    return menu.choices


def hint_for(name: str) -> str:
    """What a text control takes, where that is not plain."""
    if name in {"date_from", "date_to", "due_from", "due_to"}:
        return _("2021, October 2021 or 15 October 2021")
    if name == "q":
        return _("Words, “a phrase”, -not, or")
    if name in {"year", "edition", "year__not", "edition__not"}:
        return _("Several with spaces between them")
    return ""


def order_names() -> Options:
    """What the orders of a listing are called."""
    return [
        ("-date", _("Newest first")),
        ("date", _("Oldest first")),
        ("partner", _("Partner, A to Z")),
        ("-partner", _("Partner, Z to A")),
        ("edition", _("Edition, lowest first")),
        ("-edition", _("Edition, highest first")),
        ("-updated", _("Changed last first")),
        ("updated", _("Changed last at the end")),
    ]
