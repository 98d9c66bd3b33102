"""API tokens: people make their own on the site; administrators make those of service accounts,
and can end anybody's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialogues.admin.base import SeenAdmin
from dialogues.models import ApiToken, User


def service_accounts() -> QuerySet[User]:
    """Accounts that nobody signs in with, so that a token of theirs is in no person's name."""
    return User.objects.filter(
        is_active=True, is_superuser=False, password__startswith=UNUSABLE_PASSWORD_PREFIX
    )


class TokenForm(forms.ModelForm):
    class Meta:
        model = ApiToken
        fields = ("owner", "name", "may_write", "networks", "expires")

    def save(self, commit: bool = True) -> ApiToken:
        """Keep the token; the one page that answers this shows its secret."""
        return ApiToken.objects.make(**self.cleaned_data)

    def save_m2m(self) -> None:
        """There is nothing of the kind; the admin asks."""


@admin.register(ApiToken)
class ApiTokenAdmin(SeenAdmin):
    """Whose tokens there are, when they were last used, and the end of them."""

    form = TokenForm
    list_display = (
        "name", "owner", "begins", "may_write", "expires", "revoked", "last_used", "last_address",
    )  # fmt: skip
    list_filter = ("may_write", "revoked")
    search_fields = ("name", "prefix", "owner__username", "owner__last_name")
    actions = ("revoke",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("owner")

    def get_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> tuple[str, ...]:
        told = ("owner", "name", "may_write", "networks", "expires")
        return told if obj is None else (*told, "begins", "made", *USED)

    def get_readonly_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> Any:
        return () if obj is None else self.get_fields(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "expires":  # a day and an hour, which have no label each
            for part, said in zip(field.widget.widgets, (_("Date"), _("Time")), strict=True):
                part.attrs["aria-label"] = f"{capfirst(str(field.label))}: {said}"
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "owner":
            kwargs["queryset"] = service_accounts()
            kwargs["help_text"] = _(
                "A service account: one without a password, which nobody signs in with. People "
                "make tokens of their own on the site."
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The form has kept it."""

    def response_add(
        self, request: HttpRequest, obj: ApiToken, post_url_continue: Any = None
    ) -> HttpResponse:
        """Show the secret in this answer, and not in a message, which a cookie would carry."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("A new token"),
            "opts": self.opts,
            "token": obj,
        }
        response = TemplateResponse(request, "admin/dialogues/apitoken/made.html", context)
        add_never_cache_headers(response)
        return response

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what has ended stays to be read

    @admin.display(description=gettext_lazy("begins with"))
    def begins(self, token: ApiToken) -> str:
        return token.beginning

    @admin.action(description=gettext_lazy("Revoke the chosen tokens"), permissions=["change"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiToken]) -> None:
        count = chosen.revoke()  # type: ignore[attr-defined]
        messages.success(
            request,
            ngettext("%(count)d token revoked.", "%(count)d tokens revoked.", count)
            % {"count": count},
        )


USED = ("revoked", "last_used", "last_address")
