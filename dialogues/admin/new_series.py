"""A series that an autocomplete does not find is made beside it: it needs a partner and a kind."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.forms import HiddenInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from dialogues import workflow
from dialogues.admin.creating import Creatable
from dialogues.admin.forms import SluggedForm
from dialogues.countries import LANGUAGES
from dialogues.models import Partner
from dialogues.vocabulary import SeriesKind

#: What the form's fields are called on the page of the round, and the form that they belong to.
PREFIX = "new-series"


class SeriesForm(SluggedForm):
    slug_source: ClassVar[str] = "title"


class CreatableSeries(Creatable):
    """Before the admin of series. `create/?name=` shows the form, which is sent there too."""

    named_by = ("title",)
    asks_for_more = True

    def create_view(self, request: HttpRequest) -> HttpResponse:
        """A piece of a page: the form, or the form with its errors as 400; what is made as JSON."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        fields = ["title", "partner", "kind", "slug"]
        if workflow.desks_for_new(request.user).exists():
            fields.append("desk")
        made = self.get_form(request, fields=fields)
        if request.method != "POST":
            name = " ".join(request.GET.get("name", "").split())
            return self.shown(request, made(prefix=PREFIX, initial=self.proposed(request, name)))
        # What is alike was shown before the offer to create, and is while a title is typed.
        form = made({**request.POST.dict(), "another": "on"}, prefix=PREFIX)
        title = form.data.get(f"{PREFIX}-title", "")
        if taken := self.same(request, " ".join(title.split())):
            said = _("There is a series “%(title)s” already. Choose it, or write another title.")
            form.add_error("title", said % {"title": taken})
        return (
            self.created(request, form)
            if form.is_valid()
            else self.shown(request, form, status=400)
        )

    def shown(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        """The form as it stands amid the round's, whose fields it leaves alone."""
        form.fields["slug"].widget = HiddenInput()  # it is made of the title
        form.required_css_class = "required"
        for field in form.fields.values():
            if isinstance(field.widget, RelatedFieldWidgetWrapper):
                field.widget = field.widget.widget  # its links would lead away
                field.widget.choices = field.choices
            field.widget.attrs["form"] = PREFIX
        context = {"form": form, "belongs_to": PREFIX}
        return render(request, "admin/dialogues/series/new.html", context, status=status)

    def proposed(self, request: HttpRequest, name: str) -> dict[str, Any]:
        """What a series of that name is likely to be; of partners those that the editor sees."""
        desk = workflow.desk_for_new(request.user)
        return {
            "title": name,
            "partner": partner_in(name, Partner.objects.visible_to(request.user)),
            "kind": kind_in(name),
            "desk": desk and desk.pk,
        }


def partner_in(name: str, partners: Any) -> int | None:
    """The partner that the name has in it; of several the longest, as Papua New Guinea has two."""
    called = [
        (len(word), partner.pk)
        for partner in partners
        for word in (partner.name, partner.name_id)
        if word and re.search(rf"\b{re.escape(word)}\b", name, re.IGNORECASE)
    ]
    return max(called)[1] if called else None


def kind_in(name: str) -> str:
    """The kind of which the name has the words, in either language."""
    for language in LANGUAGES:
        with override(language):
            for kind in SeriesKind:
                if kind != SeriesKind.OTHER and kind.label.casefold() in name.casefold():
                    return kind.value
    return SeriesKind.OTHER.value
