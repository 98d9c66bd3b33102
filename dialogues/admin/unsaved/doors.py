"""The addresses at which unsaved work is kept and dropped, and the form's own, left unguarded by a
session that has ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dialogues.models import UnsavedWork

from .slips import Slip

View = Callable[..., HttpResponseBase]


@never_cache
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what a form sends as it is typed; say when, and whether saving will ask for a sign-in.

    Not behind the admin's door: it is there for those whose session has ended, too.
    """
    slip = Slip.unsigned(request.POST.get("slip", ""))
    work = slip.keep(request.POST) if slip else None
    if slip is None or work is None:
        said = _("What you type cannot be kept any more: open the page anew in another window.")
        return JsonResponse({"said": said}, status=403)
    when = date_format(localtime(work.kept_at), "H:i")
    if request.user.pk == slip.user:
        said = _("Not saved yet; kept for you at %(when)s.") % {"when": when}
    else:
        said = _(
            "You have been signed out. What you type is kept (last at %(when)s); saving asks you to"
            " sign in, and then you go on here."
        ) % {"when": when}
    return JsonResponse({"said": said})


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Throw one's own unsaved work away, and go back to where it was offered."""
    own = UnsavedWork.objects.filter(user=request.user.pk).exclude(sent="")
    work = next((w for w in own if str(w.key) == request.POST.get("key")), None)
    if work is None:
        return HttpResponseRedirect(reverse("admin:index"))
    Slip(work.user_id, work.round_id, str(work.key)).settle()
    messages.success(request, _("The unsaved work is dropped."))
    if "start" in request.POST:
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(address_of(work.round_id))


def kept_for_its_author(site: AdminSite, view: View) -> View:
    """The same view; but what is sent there when its author is not signed in any more, or
    somebody else is, is kept for them, and offered back once they have signed in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        slip = Slip.unsigned(request.POST.get("slip", "")) if request.method == "POST" else None
        if slip is None or (site.has_permission(request) and request.user.pk == slip.user):
            return view(request, *args, **kwargs)
        # What was settled before (one went back to a form that was saved) is work of its own.
        sent = request.POST, request.FILES
        work = slip.keep(*sent) or Slip.new(slip.user, slip.round).keep(*sent)
        if site.has_permission(request):
            messages.warning(
                request,
                _(
                    "Not saved: somebody else had opened the form, and signed in here. What they "
                    "typed is kept for them."
                ),
            )
            return HttpResponseRedirect(reverse("admin:index"))
        back = address_of(slip.round) + (f"?take-up={work.key}" if work else "")
        return redirect_to_login(back, resolve_url("admin:login"))

    return guarded


def address_of(round_id: int | None) -> str:
    """The form that unsaved work was typed into."""
    if round_id is None:
        return reverse("admin:dialogues_round_add")
    return reverse("admin:dialogues_round_change", args=[round_id])
