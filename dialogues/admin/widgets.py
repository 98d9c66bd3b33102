"""Autocompletes that don't ask the database for the name of what the form has loaded already."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Model


class Knowing:
    """Django's autocomplete asks once a widget, so once a row of an inline; this one is told.

    `known` holds what the record refers to. Whatever else is to be shown, such as a choice that
    comes back with errors elsewhere in the form, is asked for as before.
    """

    known: tuple[Model, ...] = ()

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> Any:
        labels = {str(thing.pk): str(thing) for thing in self.known}
        chosen = [v for v in map(str, value) if v]
        if not labels.keys() >= set(chosen):
            return super().optgroups(name, value, attr)  # type: ignore[misc]
        options = [
            self.create_option(name, v, labels[v], True, index)  # type: ignore[attr-defined]
            for index, v in enumerate(chosen)
        ]
        if not self.is_required and not self.allow_multiple_selected:  # type: ignore[attr-defined]
            options.insert(0, self.create_option(name, "", "", False, 0))  # type: ignore[attr-defined]
        return [(None, options, 0)]


class KnowingSelect(Knowing, AutocompleteSelect):
    """For a relation to one."""


class KnowingSelectMultiple(Knowing, AutocompleteSelectMultiple):
    """For a relation to many."""
