"""Ways in and out: what one sees after signing in, and the link that stops a daily mail."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dialogues.models import Digest, SavedView, StartPage


class SignIn(LoginView):
    """Leads to where one came from; from the overview or nowhere, to one's start page."""

    extra_context = {"section": "account"}

    def get_success_url(self) -> str:
        url = super().get_success_url()
        if url != reverse("overview"):
            return url
        user = self.request.user
        start = StartPage.objects.filter(
            user=user.pk, view__in=SavedView.objects.visible_to(user)
        ).first()
        return reverse("saved-view", args=[start.view_id]) if start else url


# Mail programs stop a digest by a POST of their own (RFC 8058): without a cookie, so without what
# guards forms against other sites. What guards this one is its key.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_digest(request: HttpRequest, key: UUID) -> HttpResponse:
    """`/views/stop-mails/KEY/`: a button, and behind it the end of the mails.

    To open it stops nothing, since programs that look through mails open every address in them.
    An unknown key is answered like one that has been used.
    """
    digest = Digest.objects.select_related("view").filter(stop_key=key).first()
    name = digest.view.name if digest else ""
    if digest and request.method == "POST":
        digest.delete()
    context = {"section": "views", "name": name, "asking": digest and request.method != "POST"}
    response = render(request, "dialogues/views/stop_mails.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
