"""Accounts, their roles, and the desks they belong to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogues.admin.base import Seen, SeenAdmin
from dialogues.models import ADMINISTRATORS, ANALYSTS, DESK_OFFICERS, PUBLISHERS, Desk, User

# Roles are made by migration; an account has them, and nothing beside them.
admin.site.unregister(Group)

ROLES = {
    ANALYSTS: _("Analysts"),
    DESK_OFFICERS: _("Desk officers"),
    PUBLISHERS: _("Publishers"),
    ADMINISTRATORS: _("Administrators"),
}


def role_name(group: Group) -> str:
    """What the editor calls a role; the database knows it by its English name."""
    return str(ROLES.get(group.name, group.name))


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return role_name(obj)


class RoleFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        return [(group.pk, role_name(group)) for group in Group.objects.order_by("name")]


class MembershipInline(Seen, admin.TabularInline):
    model = Desk.members.through
    extra = 0
    autocomplete_fields = ("desk",)
    verbose_name = _("desk")
    verbose_name_plural = _("desks")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("desk", "user")


@admin.register(User)
class AccountAdmin(SeenAdmin, UserAdmin):
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (_("Roles"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    inlines = (MembershipInline,)
    list_display = ("username", "full_name", "email", "is_active", "is_staff", "roles")
    list_filter = ("is_active", "is_staff", ("groups", RoleFilter), "desks")
    filter_horizontal = ()

    form = UserChangeForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["form_class"] = RolesField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # A superuser stands outside roles and desks; only another one makes, changes or removes one.
    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and may_touch(request, obj)

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(role_name(group) for group in user.groups.all())


def may_touch(request: HttpRequest, user: User | None) -> bool:
    """Whether the editor may change the account, as far as superusers are concerned."""
    return request.user.is_superuser or user is None or not user.is_superuser


@admin.register(Desk)
class DeskAdmin(SeenAdmin):
    fields = ("name", "members")
    autocomplete_fields = ("members",)
    list_display = ("name",)
    search_fields = ("name",)
