"""Controls of a listing's filters, made ready to write: what they are called, offer and hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dialogues.filters import Counted, as_tree
from dialogues.filters.conditions import DATE_MATCHES, POSSIBLE
from dialogues.filters.values import Named, Reader, Values

Options = list[tuple[str, str]]
#: With more choices than this a list helps nobody; one writes the value as it stands in addresses.
MANY = 400
#: What is meant where nothing is chosen.
DEFAULTS = {"date_match": POSSIBLE}
#: So many values of a facet stand in sight; the others are one step away.
IN_SIGHT = 10
#: What lies deeper than this is indented no further.
DEEPEST = 3


@dataclass(slots=True)
class Control:
    """One parameter's control. `kind` is ticks (any number), menu (one of a few) or text."""

    name: str
    label: str
    errors: Sequence[str] = ()
    kind: str = "text"
    value: str = ""
    options: str = ""
    hint: str = ""
    type: str = "text"
    chosen: int = 0
    more: int = 0
    """How many values of a facet are not in sight."""
    whole: str = ""
    """The address where all values are, and can be found by typing; empty where all are in
    sight."""

    @property
    def open(self) -> bool:
        """Whether it must be in sight: something is chosen, or wrong."""
        return bool(self.chosen or self.errors)

    @property
    def described_by(self) -> str:
        """The ids of what explains the control."""
        said = {"hint": self.hint, "error": self.errors}
        return " ".join(f"f-{self.name}-{part}" for part, words in said.items() if words)

    def write(self, widget: forms.Widget, given: Any) -> None:
        """Make it a line of text."""
        self.value = (widget.format_value(given) if given else None) or ""
        self.type = "search" if self.name == "q" else "text"
        self.hint = hint_for(self.name)
        self.chosen = int(bool(given))

    def choose_one(self, choices: Iterable[tuple[Any, Any]], given: Any) -> None:
        """Make it a menu."""
        self.kind = "menu"
        self.options = options(choices, given or DEFAULTS.get(self.name, ""))
        self.chosen = int(bool(given))

    def choose_counted(
        self, counted: Sequence[Counted], known: dict[str, str], *, unset: bool
    ) -> None:
        """Make it a list to tick with how many rows each value would leave: those that are `known`
        of the given first, then the most frequent. With `unset`, "not recorded" is ticked."""
        self.kind = "ticks"
        self.chosen = len(known) + unset
        counts = {one.value: one.count for one in counted}
        others = [one for one in counted if one.value is not None and one.value not in known]
        self.options = counted_ticks(
            self.name,
            [(value, label, counts.get(value, 0)) for value, label in known.items()],
            as_tree(others[:IN_SIGHT]),
            missing=counts.get(None, 0),
            unset=unset,
        )
        self.more = max(len(others) - IN_SIGHT, 0)

    def choose_several(self, offered: Options, known: dict[str, str]) -> None:
        """Make it a list to tick, those that are `known` of the given first."""
        self.kind = "ticks"
        self.chosen = len(known)
        self.options = ticks(self.name, list(known.items()), " checked")
        if len(offered) > MANY:
            self.options += another(self.name)
        else:
            self.options += ticks(self.name, [one for one in offered if one[0] not in known])


def offered_to(reader: Reader, values: Values) -> Options:
    """What a reader may choose from; cut off where it is more than a list can show."""
    if not isinstance(values, Named):
        return values.offered(reader)
    rows = (values.shown or values.rows)(reader)[: MANY + 1]
    return list({getattr(row, values.value): values.label(row) for row in rows}.items())


# Joined here and not looped over in a template: there can be hundreds.
def options(choices: Iterable[tuple[Any, Any]], chosen: str) -> SafeString:
    """The options of a menu."""
    return mark_safe(  # noqa: S308 - each part is escaped
        "".join(
            f'<option value="{escape(value)}"{" selected" * (value == chosen)}>'
            f"{escape(label)}</option>"
            for value, label in choices
        )
    )


def ticks(name: str, choices: Options, state: str = "") -> SafeString:
    """Check boxes, all in the same `state`."""
    return mark_safe(  # noqa: S308 - each part is escaped
        "".join(
            f'<label class="tick"><input type="checkbox" name="{name}" value="{escape(value)}"'
            f"{state}> <span>{escape(label)}</span></label>"
            for value, label in choices
        )
    )


def counted_ticks(
    name: str,
    chosen: Iterable[tuple[str, str, int]],
    others: Iterable[tuple[int, Counted]],
    *,
    missing: int,
    unset: bool,
) -> SafeString:
    """Check boxes: those ``chosen``, then the ``others`` with how deep they lie, and at the end
    "not recorded", which so many rows are; ``unset`` says that it is ticked."""
    lines = [tick(name, value, label, count, " checked") for value, label, count in chosen]
    lines += [
        tick(name, str(one.value), one.label, one.count, depth=depth) for depth, one in others
    ]
    if missing or unset:
        lines.append(tick(f"{name}__empty", "true", _("Not recorded"), missing, " checked" * unset))
    return SafeString("".join(lines))


def tick(
    name: str, value: str, label: str, count: int, state: str = "", depth: int = 0
) -> SafeString:
    """A check box with how many rows its value would leave."""
    shown = number_format(count, force_grouping=True)
    under = f" tick--under-{min(depth, DEEPEST)}" if depth else ""
    return mark_safe(  # noqa: S308 - each part is escaped
        f'<label class="tick{under}">'
        f'<input type="checkbox" id="f-{name}-{escape(value)}" name="{name}" '
        f'value="{escape(value)}"{state}> <span>{escape(label)}</span> '
        f'<span class="tick__count">{escape(shown)}</span></label>'
    )


def another(name: str) -> SafeString:
    """A line for one more value, where there are too many to list."""
    label = escape(_("One more, as it stands in addresses"))
    return mark_safe(  # noqa: S308 - each part is escaped
        f'<label class="small">{label}<input type="text" name="{name}" maxlength="200"></label>'
    )


def choices_of(name: str, menu: forms.Select) -> Iterable[tuple[Any, Any]]:
    """A menu's choices, in people's words where the filter itself has none."""
    if name == "ordering":
        known = {value for value, _label in menu.choices}
        return [(value, label) for value, label in order_names() if value in known]
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
    if name.partition("__")[0] in {"year", "edition"}:
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
        ("name", _("Name, A to Z")),
        ("-name", _("Name, Z to A")),
        ("-rounds", _("Most rounds first")),
        ("rounds", _("Fewest rounds first")),
        ("-last", _("Met last first")),
        ("last", _("Met longest ago first")),
    ]
