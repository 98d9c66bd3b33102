"""Autocompletes that have a name for those who hear the page, and that ask the database for no
name of what the form has loaded already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Model
from django.forms import Script
from django.urls import reverse

from dialogues.admin.creating import Creatable

if TYPE_CHECKING:
    Base = AutocompleteSelect
else:
    Base = object


class Knowing(Base):
    """Django's autocomplete asks once a widget, so once a row of an inline; this one is told.

    `known` holds what the record refers to. Whatever else is to be shown, such as a choice that
    comes back with errors elsewhere in the form, is asked for as before.
    """

    known: tuple[Model, ...] = ()

    class Media:
        js = (
            Script("js/autocomplete-names.js", type="module"),
            Script("js/create-in-place.js", type="module"),
        )

    def get_url(self) -> str:
        """Where the choices come from: of what may be created here, with the offer to do so."""
        if not self.creates:
            return str(super().get_url())
        return reverse(f"admin:dialogues_{self.field.remote_field.model._meta.model_name}_offers")

    @property
    def creates(self) -> bool:
        """Whether what it does not find may be created in it."""
        found = self.admin_site._registry.get(self.field.remote_field.model)
        return isinstance(found, Creatable)

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        labels = {str(thing.pk): str(thing) for thing in self.known}
        chosen = [v for v in map(str, value) if v]
        if not labels.keys() >= set(chosen):
            return super().optgroups(name, value, attr)
        options = [
            self.create_option(name, v, labels[v], True, index) for index, v in enumerate(chosen)
        ]
        if not self.is_required and not self.allow_multiple_selected:
            options.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, options, 0)]


class KnowingSelect(Knowing, AutocompleteSelect):
    """For a relation to one."""


class KnowingSelectMultiple(Knowing, AutocompleteSelectMultiple):
    """For a relation to many. Each choice has its cross; one for all would stand in their list."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().build_attrs(*args, **kwargs), "data-allow-clear": "false"}
