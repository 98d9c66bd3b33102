"""What rounds refer to: partners and countries, topics and issues, people and venues."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.utils import display_for_value
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogues.admin.alike import AlikeAdmin, named, venues
from dialogues.admin.creating import Creatable, CreatablePartner, CreatableVenue
from dialogues.admin.deleted import BringingBackAdmin
from dialogues.admin.filters import SeenFilter
from dialogues.admin.forms import AskingForm, SluggedForm
from dialogues.admin.guarded import GuardedAdmin
from dialogues.admin.merging import MergingAdmin
from dialogues.dates import PartialDate
from dialogues.models import Country, Issue, Partner, Person, Topic, Venue


def display_date(date: PartialDate | None) -> str:
    """A date as a list shows it: in words, as exactly as it is known."""
    return date.display() if date else display_for_value(None, "–")


@admin.register(Partner)
class PartnerAdmin(CreatablePartner, AlikeAdmin, BringingBackAdmin, GuardedAdmin):
    form = AskingForm
    ask = named(Partner)
    fields = ("kind", "code", "name", "name_id")
    list_display = ("name", "name_id", "code", "kind")
    list_filter = ("kind",)
    search_fields = ("name", "name_id", "code")


@admin.register(Country)
class CountryAdmin(GuardedAdmin):
    fields = ("code", "name", "name_id", "also_written")
    list_display = ("name", "name_id", "code")
    search_fields = ("name", "name_id", "code", "also_written")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Country | None = None
    ) -> tuple[str, ...]:
        return ("code",) if obj else ()  # another code would be another country


@admin.register(Topic)
class TopicAdmin(Creatable, AlikeAdmin, BringingBackAdmin, MergingAdmin, GuardedAdmin):
    named_by = ("name", "name_id")
    form = SluggedForm
    ask = named(Topic)
    fields = ("name", "name_id", "parent", "slug")
    autocomplete_fields = ("parent",)
    list_display = ("name", "name_id", "parent")
    list_filter = (("parent", SeenFilter),)
    search_fields = ("name", "name_id", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return super().get_queryset(request).select_related("parent")


@admin.register(Issue)
class IssueAdmin(Creatable, AlikeAdmin, BringingBackAdmin, MergingAdmin, GuardedAdmin):
    named_by = ("name", "name_id")
    form = SluggedForm
    ask = named(Issue)
    fields = ("name", "name_id", "note", "slug")
    list_display = ("name", "name_id")
    search_fields = ("name", "name_id", "slug", "note")


@admin.register(Person)
class PersonAdmin(Creatable, AlikeAdmin, BringingBackAdmin, MergingAdmin, GuardedAdmin):
    form = SluggedForm
    ask = named(Person)
    fields = ("name", "also_written", "slug")
    list_display = ("name", "spellings")
    search_fields = ("name", "also_written", "slug")

    @admin.display(description=_("also written"))
    def spellings(self, person: Person) -> str:
        return ", ".join(person.also_written)


@admin.register(Venue)
class VenueAdmin(CreatableVenue, AlikeAdmin, BringingBackAdmin, MergingAdmin, GuardedAdmin):
    form = AskingForm
    ask = venues
    told_by = ("name", "city")
    fields = ("name", "city", "country")
    autocomplete_fields = ("country",)
    list_display = ("__str__", "name", "city", "country")
    list_filter = (("country", SeenFilter),)
    search_fields = ("name", "city", "country__name", "country__name_id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Venue]:
        return super().get_queryset(request).select_related("country")
