"""What the admin's forms have in common: names, slugs, and a guard against overwriting others."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.admin.widgets import Knowing
from dialogues.models import User
from dialogues.models.former import merged_into
from dialogues.queries.alike import Alike, Ask
from dialogues.records.names import free_slug, slug_of


class KnowingForm(forms.ModelForm):
    """A form whose autocompletes know the names of what the record refers to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, Knowing):
                widget.known = referred_to(self.instance, name)
                keep_choosable(field, widget.known)


def referred_to(record: Model, name: str) -> tuple[Model, ...]:
    """What a record's relation refers to; loaded beforehand where there are many records."""
    if record._meta.get_field(name).many_to_many:
        return tuple(getattr(record, name).all())
    referred = getattr(record, name)
    return (referred,) if referred else ()


def keep_choosable(field: forms.Field, known: tuple[Model, ...]) -> None:
    """Let what stands in the record stand, though the editor might not find it themselves."""
    if known and isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        standing = field.queryset.model._base_manager.filter(pk__in=[thing.pk for thing in known])
        field.queryset = field.queryset | standing


class GuardedForm(KnowingForm):
    """A form that is not saved while its editor has yet to choose between two people's words.

    The admin says so, and who is editing, on the class that it makes for each request.
    """

    user: ClassVar[User | AnonymousUser]
    undecided: ClassVar[str] = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.undecided:
            self.add_error(None, ValidationError(self.undecided, code="undecided"))
        return cleaned


class PartForm(KnowingForm):
    """A form of what belongs to a record."""

    #: Which part it was before somebody took it away, while the editor has yet to choose.
    was = forms.CharField(widget=forms.HiddenInput, required=False)


class AskingForm(GuardedForm):
    """A form of something new, which is saved only once its editor has looked at what is alike.

    The admin says on the class how to ask (`admin.alike.AlikeAdmin`).
    """

    ask: ClassVar[Ask]
    #: What may be the same; the template lists it.
    alike: list[Alike]
    #: What has the name already, and is hidden from the editor: they get it as if it were new.
    twin: Model | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.alike = []
        if self.instance.pk is None:
            self.twin = workflow.hidden_twin(self.user, type(self.instance), self.naming(cleaned))
        if self.instance.pk is None and not self.errors and not self.data.get("another"):
            self.alike = type(self).ask(self.user, cleaned, 0)
        if self.alike:
            self.add_error(
                None,
                ValidationError(
                    _("Not saved yet: this may be there already. Look, and say if it is another."),
                    code="alike",
                ),
            )
        return cleaned

    def naming(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The fields by which what is new may be something that stands."""
        return cleaned

    def _post_clean(self) -> None:
        """Check what is typed as ever, only not against the twin's being there."""
        if self.twin is None:
            super()._post_clean()  # type: ignore[misc]  # the stubs leave it out
            return
        self.instance.pk, self.instance._state.adding = self.twin.pk, False
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            self.instance.pk, self.instance._state.adding = None, True


class SluggedForm(AskingForm):
    """A form that makes the slug of the name where it is left empty."""

    slug_source: ClassVar[str] = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name = cleaned.get(self.slug_source)
        if self.twin:
            cleaned["slug"] = getattr(self.twin, "slug", "")
            return cleaned
        if name and "slug" in self.fields and cleaned.get("slug") == "":
            cleaned["slug"] = unused_slug(type(self.instance), slug_of(name))
        if other := led_to(self.instance, cleaned.get("slug")):
            self.add_error(
                "slug", _("It leads to “%(name)s”, which was merged with it.") % {"name": other}
            )
        return cleaned

    def naming(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        name = cleaned.get(self.slug_source)
        return {**cleaned, "slug": cleaned.get("slug") or (name and slug_of(name))}


def led_to(record: Model, slug: str | None) -> Model | None:
    """The other record that the slug leads to since something was merged into that one."""
    if not slug or not hasattr(record, "former_slugs"):
        return None
    others = type(record)._base_manager.exclude(pk=record.pk)
    found: Model | None = merged_into(others, [slug]).get(slug)
    return found


def unused_slug(model: type[Model], wanted: str, limit: int = 100) -> str:
    """A slug that no record of the model has: the wanted one, if need be with a number behind."""
    alike = model._base_manager.filter(slug__startswith=wanted[: limit - 6])
    taken = set(alike.values_list("slug", flat=True))
    if hasattr(model, "former_slugs"):
        former = model._base_manager.exclude(former_slugs=[])
        taken.update(*former.values_list("former_slugs", flat=True))
    return free_slug(wanted, taken, limit)
