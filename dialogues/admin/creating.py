"""What an autocomplete does not find is created where it is needed, after what is alike was shown.

`Creatable` goes before the admin of what may be created so; its autocomplete then offers it.
"""

from __future__ import annotations

import json
from typing import Any, cast

from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.postgres.search import TrigramSimilarity
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from dialogues.countries import find_country, organisation_code
from dialogues.models import Country, Partner
from dialogues.vocabulary import PartnerKind

#: From which likeness on (0 to 1) a name is shown as one that may be meant.
ALIKE = 0.35
#: How many of them.
SHOWN = 5


class Creatable(ModelAdmin):
    """An admin whose things can be created by their name, from an autocomplete."""

    #: The fields in which a name may be found again, however it is spelled.
    named_by: tuple[str, ...] = ("name",)
    #: Whether a name is not enough, and `create/` shows a form for the rest.
    asks_for_more = False

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, f"dialogues_{self.opts.model_name}"
        offers = OffersJsonView.as_view(admin_site=self.admin_site)
        return [
            path("create/", wrap(self.create_view), name=f"{name}_create"),
            path("offers/", wrap(offers), name=f"{name}_offers"),
            *super().get_urls(),
        ]

    def create_view(self, request: HttpRequest) -> HttpResponse:
        """Create what the sent `name` names: answers `id`, `text`, and `said`, a sentence.

        A name that is taken answers with what has it; a bad one with why, as 400.
        """
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        name = " ".join(request.POST.get("name", "").split())
        if taken := self.same(request, name):
            said = _("“%(name)s” was there already.") % {"name": taken}
            return JsonResponse({"id": str(taken.pk), "text": str(taken), "said": said})
        # What is alike was shown before the offer to create.
        form = self.get_form(request)({**self.said_by(name), "another": "on"})
        if not form.is_valid():
            errors = [str(error) for some in form.errors.values() for error in some]
            return JsonResponse({"said": " ".join(errors)}, status=400)
        return self.created(request, form)

    def created(self, request: HttpRequest, form: Any) -> JsonResponse:
        """Save a valid form, and tell of it."""
        with transaction.atomic():
            created = form.save(commit=False)
            self.save_model(request, created, form, change=False)
        said = _("“%(name)s” is created.") % {"name": created}
        return JsonResponse({"id": str(created.pk), "text": str(created), "said": said}, status=201)

    def said_by(self, name: str) -> dict[str, Any]:
        """What the form is told of a name."""
        return {"name": name}

    def same(self, request: HttpRequest, name: str) -> Model | None:
        """What is called just so, as far as the editor sees it."""
        matching = self.get_queryset(request).filter(**{f"{self.named_by[0]}__iexact": name})
        found: Model | None = matching.order_by("pk").first()
        return found

    def alike(self, request: HttpRequest, name: str) -> QuerySet[Any]:
        """What is called nearly so, the nearest first."""
        likeness = [TrigramSimilarity(field, name) for field in self.named_by]
        found: QuerySet[Any] = (
            self.get_queryset(request)
            .annotate(likeness=Greatest(*likeness) if len(likeness) > 1 else likeness[0])
            .filter(likeness__gte=ALIKE)
            .order_by("-likeness", "pk")
        )
        return found


class CreatableVenue(Creatable):
    """“Hotel Indonesia, Jakarta, Indonesia”: what comes last may be a country, and before that
    stands the city."""

    named_by = ("city", "name")

    def said_by(self, name: str) -> dict[str, Any]:
        parts = [part.strip() for part in name.split(",") if part.strip()]
        country = find_country(parts[-1], own_wordings()) if len(parts) > 1 else None
        if country:
            parts.pop()
        city = parts.pop() if parts else ""
        return {"name": ", ".join(parts), "city": city, "country": country or ""}

    def same(self, request: HttpRequest, name: str) -> Model | None:
        said = self.said_by(name)
        exact = {f"{key}__iexact": said[key] for key in ("name", "city")}
        matching = self.get_queryset(request).filter(**exact, country=said["country"] or None)
        found: Model | None = matching.first()
        return found


class CreatablePartner(Creatable):
    """A country by any of its names; what is none is an organisation, with a code of its own."""

    named_by = ("name", "name_id")

    def said_by(self, name: str) -> dict[str, Any]:
        code = find_country(name, own_wordings())
        if code is None:
            same = Partner.objects.filter(name__iexact=name).first()
            taken = Partner.objects.values_list("code", flat=True)
            code = organisation_code(name, set(taken)) if name else ""
            code = same.code if same else code
            return {"kind": PartnerKind.ORGANISATION, "code": code, "name": name, "name_id": ""}
        country = Country.objects.filter(code=code).first()
        said = {"name": country.name, "name_id": country.name_id} if country else {"name": name}
        return {"kind": PartnerKind.COUNTRY, "code": code, **said}

    def same(self, request: HttpRequest, name: str) -> Model | None:
        asked = Q(name__iexact=name) | Q(name_id__iexact=name) | Q(code__iexact=name)
        if code := find_country(name, own_wordings()):
            asked |= Q(code=code)
        found: Model | None = self.get_queryset(request).filter(asked).order_by("pk").first()
        return found


def own_wordings() -> dict[str, str]:
    """Each name that the ministry has for a country, with the country's code."""
    return {
        wording: country.code
        for country in Country.objects.all()
        for wording in (country.name, country.name_id, *country.also_written)
    }


class OffersJsonView(AutocompleteJsonView):
    """Django's autocomplete; behind what it finds stands what is spelled alike, and the offer to
    create what was typed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        answer = json.loads(super().get(request, *args, **kwargs).content)
        name, found = " ".join(self.term.split()), answer["results"]
        maker = cast("Creatable", self.model_admin)
        if name and not answer["pagination"]["more"]:
            same = maker.same(request, name)
            if same and str(same.pk) not in {row["id"] for row in found}:
                found.append({"id": str(same.pk), "text": str(same)})  # by another of its names
            known = {row["id"] for row in found}
            alike = maker.alike(request, name)[: SHOWN + len(known)]
            found += [
                {"id": str(one.pk), "text": _("%(name)s (spelled alike)") % {"name": one}}
                for one in alike
                if str(one.pk) not in known
            ][:SHOWN]
            if same is None and maker.has_add_permission(request):
                found.append(self.offer(name))
        return JsonResponse(answer)

    def offer(self, name: str) -> dict[str, Any]:
        """The row that creates it; the rest of it is for the script that does so."""
        url = reverse(f"admin:dialogues_{self.model_admin.opts.model_name}_create")
        return {
            "id": f"create:{name}",
            "text": _("Create “%(name)s”") % {"name": name},
            "create": {
                "name": name,
                "url": url,
                "asks": cast("Creatable", self.model_admin).asks_for_more,
                "failed": _("It could not be created just now. Try again in a moment."),
            },
        }
