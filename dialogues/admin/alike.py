"""What may be there already: told while somebody types, and asked once before it is saved anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import Media, Script
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.admin.base import record_address
from dialogues.admin.forms import AskingForm
from dialogues.dates import DateError, PartialDate, understand
from dialogues.models import User
from dialogues.queries.alike import (
    Alike,
    Ask,
    Reader,
    Typed,
    names_like,
    points_like,
    rounds_like,
    venues_like,
)

ALIKE = Media(js=[Script("js/alike.js", type="module")])  # type: ignore[list-item]
#: Longer texts are compared by their beginning.
LONGEST = 2000


def rounds(reader: Reader, typed: Typed, besides: int) -> list[Alike]:
    """By series, edition and date, as far as they are typed and can be understood."""
    series, edition = as_number(typed.get("series")), as_number(typed.get("edition"))
    return rounds_like(reader, series, edition, as_date(typed.get("date")), besides)


def venues(reader: Reader, typed: Typed, besides: int) -> list[Alike]:
    """By name and city."""
    return venues_like(reader, text_of(typed, "name"), text_of(typed, "city"), besides)


def points(reader: Reader, typed: Typed, besides: int) -> list[Alike]:
    """By the words of a point, among those of its series."""
    return points_like(reader, as_number(typed.get("series")), text_of(typed, "text"), besides)


def named(model: type[Model], field: str = "name") -> Ask:
    """By what is typed as the name, which stands in `field`."""
    return lambda reader, typed, besides: names_like(reader, model, text_of(typed, field), besides)


def text_of(typed: Typed, name: str) -> str:
    return " ".join(str(typed.get(name) or "").replace("\0", "").split())[:LONGEST]


def as_number(typed: Any) -> int:
    """The number, or the id, that was typed; 0, which nothing has, where it is none."""
    text = str(getattr(typed, "pk", typed) or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def as_date(typed: Any) -> PartialDate | None:
    if isinstance(typed, PartialDate):
        return typed
    try:
        return understand(str(typed or ""))
    except DateError:
        return None


class LookingAdmin(admin.ModelAdmin):
    """An admin with an address that js/alike.js asks."""

    ask: ClassVar[Ask]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.look)
        name = f"dialogues_{self.opts.model_name}_alike"
        return [path("alike/", view, name=name), *super().get_urls()]

    def look(self, request: HttpRequest) -> JsonResponse:
        """Answer what may be the same as what is typed, as far as the editor sees it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        besides = as_number(request.GET.get("besides"))
        return JsonResponse({"found": told(type(self).ask(request.user, request.GET, besides))})


class AlikeAdmin(LookingAdmin):
    """For admins whose form is an `AskingForm`; mixed in before the admin of records."""

    #: The fields by which one is like another. What is found is told under the last.
    told_by: ClassVar[tuple[str, ...]] = ("name",)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = cast("type[AskingForm]", super().get_form(request, obj, change, **kwargs))
        form.ask = staticmethod(type(self).ask)
        last = form.base_fields.get(self.told_by[-1])
        if last:
            last.widget.attrs |= asking(
                reverse(f"admin:dialogues_{self.opts.model_name}_alike"), self.told_by, obj
            )
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save it; what is there already and hidden from the editor becomes theirs to find."""
        twin = getattr(form, "twin", None)
        if twin is None:
            super().save_model(request, obj, form, change)
            return
        workflow.adopt(cast("User", request.user), twin, form.cleaned_data)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["alike"] = told(getattr(context["adminform"].form, "alike", ()))
        return super().render_change_form(request, context, *args, **kwargs)

    @property
    def media(self) -> Media:
        return super().media + ALIKE


def asking(address: str, fields: tuple[str, ...], record: Any = None) -> dict[str, str]:
    """What a widget says so that js/alike.js asks `address` about these fields of its form."""
    return {
        "data-alike": address,
        "data-alike-by": " ".join(fields),
        "data-alike-besides": str(record.pk) if record else "",
        "data-alike-heading": _("There already:"),
    }


def told(found: Iterable[Alike]) -> list[dict[str, str]]:
    """What was found, with where it stands in the admin."""
    return [
        {
            "name": str(one.record),
            "why": one.why,
            "address": record_address(type(one.record), one.record.pk),
        }
        for one in found
    ]
