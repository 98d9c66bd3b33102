"""The name of a view, and whom it is for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.models import Desk, SavedView, User, clearance_of

OWN, EVERYONE, OF_DESK = "own", "everyone", "desk-"


class SavedViewForm(forms.Form):
    """Names `view`, which has its owner, and says whom it is for. `save` writes it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    audience = forms.ChoiceField(
        label=gettext_lazy("Who sees it"), widget=forms.RadioSelect, initial=OWN
    )

    def __init__(self, data: Any, *, view: SavedView) -> None:
        super().__init__(data, initial={"name": view.name, "audience": audience_of(view)})
        self.view = view
        choices = audiences(view.owner, view)
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["audience"].required = False

    def clean_name(self) -> str:
        # Names stand in one line of a list and in the subject of mails.
        name = "".join(char if char.isprintable() else " " for char in self.cleaned_data["name"])
        name = " ".join(name.split())
        if not name:
            raise ValidationError(_("Write a name."))
        others = SavedView.objects.filter(owner=self.view.owner, name=name)
        if others.exclude(pk=self.view.pk).exists():
            raise ValidationError(_("You have a view of this name already."))
        return name

    def save(self) -> SavedView:
        audience = self.cleaned_data["audience"] or OWN
        self.view.name = self.cleaned_data["name"]
        self.view.for_everyone = audience == EVERYONE
        shared = audience.startswith(OF_DESK)
        self.view.desk_id = int(audience.removeprefix(OF_DESK)) if shared else None
        self.view.save()
        return self.view


def audience_of(view: SavedView) -> str:
    """The form's word for whom the view is for."""
    if view.desk_id:
        return f"{OF_DESK}{view.desk_id}"
    return EVERYONE if view.for_everyone else OWN


def audiences(user: User, view: SavedView) -> list[tuple[str, str]]:
    """Whom `user` may share with: their desks, and everyone if they are staff.

    What the view is shared with already may stand, though its owner has left the desk since.
    """
    desks = set(clearance_of(user).desks)
    if view.desk_id:
        desks.add(view.desk_id)
    choices = [(OWN, _("Only I"))]
    if desks:
        choices += [
            (f"{OF_DESK}{desk.pk}", _("The desk “%(desk)s”") % {"desk": desk.name})
            for desk in Desk.objects.filter(pk__in=desks)
        ]
    if user.is_staff or view.for_everyone:
        choices.append((EVERYONE, _("Everyone who signs in")))
    return choices
