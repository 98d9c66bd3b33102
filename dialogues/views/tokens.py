"""`/accounts/tokens/`: the tokens by which one's programs use the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dialogues.models import ApiToken, User, clearance_of

LIFETIMES = (
    (7, gettext_lazy("a week")),
    (30, gettext_lazy("30 days")),
    (90, gettext_lazy("90 days")),
    (365, gettext_lazy("a year")),
)


class TokenForm(forms.ModelForm):
    """What one says of a new token; only staff may have one that writes."""

    lifetime = forms.TypedChoiceField(
        label=gettext_lazy("Good for"), choices=LIFETIMES, coerce=int, initial=90
    )

    class Meta:
        model = ApiToken
        fields = ("name", "lifetime", "may_write", "networks")

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        if not clearance_of(user).staff:
            del self.fields["may_write"]

    def make(self) -> ApiToken:
        """Keep the token; what is returned carries its secret."""
        given = {name: self.cleaned_data[name] for name in self.fields if name != "lifetime"}
        expires = timezone.now() + timedelta(days=self.cleaned_data["lifetime"])
        return ApiToken.objects.make(owner=self.user, expires=expires, **given)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Shows one's tokens; a POST makes a new one, or with `revoke` ends one of them."""
    user: User = request.user  # type: ignore[assignment]  # login_required
    if request.method != "POST":
        return page(request, user, TokenForm(None, user=user))
    if "revoke" in request.POST:
        return revoke(request, user, request.POST["revoke"])
    form = TokenForm(request.POST, user=user)
    if not form.is_valid():
        return page(request, user, form)
    made = form.make()
    return page(request, user, TokenForm(None, user=user), made=made)


def page(
    request: HttpRequest, user: User, form: TokenForm, made: ApiToken | None = None
) -> HttpResponse:
    """The page as it stands; `made` is a new token, whose secret is shown this once."""
    own = list(ApiToken.objects.filter(owner=user))
    context = {
        "section": "tokens",
        "form": form,
        "working": [token for token in own if token.works],
        "ended": [token for token in own if not token.works],
        "made": made,
    }
    return render(request, "accounts/tokens.html", context)


def revoke(request: HttpRequest, user: User, prefix: str) -> HttpResponse:
    token = get_object_or_404(ApiToken, owner=user, prefix=prefix)
    ApiToken.objects.filter(pk=token.pk).revoke()
    messages.success(request, _("“%(name)s” lets nobody in any more.") % {"name": token.name})
    return HttpResponseRedirect(reverse("tokens"))
