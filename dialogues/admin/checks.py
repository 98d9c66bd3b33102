"""“Data checks”: what is inconsistent or missing, and the word of whoever lets it stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.admin.base import record_address
from dialogues.models import AcceptedFinding, Series, User, clearance_of
from dialogues.queries.integrity import BY_NAME, CHECKS, Check, Finding, Scope, findings

#: How many findings of each check the page of all shows, and the page of one.
SHORT, LONG = 5, 50


class ScopeForm(forms.Form):
    """What the page is asked to look at."""

    check = forms.ChoiceField(required=False, choices=lambda: [(c.name, c.title) for c in CHECKS])
    series = forms.SlugField(required=False)
    desk = forms.ChoiceField(required=False, choices=[("mine", "mine")])
    accepted = forms.BooleanField(required=False)

    def scope(self, user: User) -> Scope:
        """Whose series are looked at: one, those of the user's desks, or all that the user sees.

        A series that the user does not see has no findings, as one that does not exist.
        """
        slug = self.cleaned_data["series"]
        seen = Series.objects.visible_to(user)
        if slug:
            ids = seen.filter(slug=slug)
        elif self.cleaned_data["desk"]:
            ids = seen.filter(desk__in=clearance_of(user).desks)
        else:
            return Scope(user)
        return Scope(user, frozenset(ids.values_list("pk", flat=True)))


class NoteForm(forms.ModelForm):
    """Why a finding stands."""

    class Meta:
        model = AcceptedFinding
        fields = ("note",)


class Row(NamedTuple):
    """A finding, where it is mended, and why it stands, if somebody has said so."""

    finding: Finding
    address: str
    kept: AcceptedFinding | None


class Section(NamedTuple):
    """A check and what it found, as the page shows them."""

    check: Check
    total: int
    page: Page[Finding]
    rows: list[Row]
    rest: int
    """How many more the page of this check has."""


@admin.register(AcceptedFinding)
class ChecksAdmin(admin.ModelAdmin):
    """The page stands where the list of what was accepted would: it is where that is done."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.checks), name="dialogues_acceptedfinding_changelist"),
            path("settle/", view(self.settle), name="dialogues_acceptedfinding_settle"),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("dialogues.view_round")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def checks(self, request: HttpRequest) -> HttpResponse:
        """The findings of every check, or all of one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = ScopeForm(request.GET)
        if not form.is_valid():
            for field, errors in form.errors.items():
                messages.error(request, f"{field}: {' '.join(map(str, errors))}")
            return HttpResponseRedirect(self.address())
        user = cast("User", request.user)
        asked = form.cleaned_data
        names = [asked["check"]] if asked["check"] else list(BY_NAME)
        found = list(findings(form.scope(user), names, accepted=asked["accepted"]))
        kept = AcceptedFinding.objects.select_related("by") if asked["accepted"] else ()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Data checks"),
            "opts": self.opts,
            "asked": asked,
            "sections": list(sections(found, names, request.GET.get("p"), kept)),
            "within": within(request.GET),
            "back": request.GET.urlencode(),
            "has_desk": bool(clearance_of(user).desks),
            "may_mend": user.has_perm("dialogues.change_round"),
        }
        return TemplateResponse(request, "admin/dialogues/checks.html", context)

    def settle(self, request: HttpRequest) -> HttpResponse:
        """Let one finding stand, or ask again about it; the finding has to be there still."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(self.address())
        user, again = cast("User", request.user), "again" in request.POST
        check, identity = request.POST.get("check"), request.POST.get("identity")
        known = findings(Scope(user), [check], accepted=again) if check in BY_NAME else ()
        finding = next((one for one in known if one.identity == identity), None)
        form = NoteForm(request.POST)
        try:
            if finding is None:
                messages.warning(request, _("That is no longer found: the record has changed."))
            elif again:
                workflow.reopen(user, finding)
                messages.success(request, _("Asked again: %s") % finding.name)
            elif not form.is_valid():
                messages.error(
                    request, _("Why it stands: %s") % " ".join(map(str, form.errors["note"]))
                )
            else:
                workflow.accept(user, finding, form.cleaned_data["note"])
                messages.success(request, _("Let stand: %s") % finding.name)
        except PermissionDenied as refused:
            messages.error(request, str(refused))
        # Only the query is taken from the form, so that it leads to this page and nowhere else.
        return HttpResponseRedirect(self.address(f"?{request.POST.get('back', '')}"))

    @staticmethod
    def address(query: str = "") -> str:
        return reverse("admin:dialogues_acceptedfinding_changelist") + query


def sections(
    found: list[Finding], names: list[str], page: str | None, kept: Iterable[AcceptedFinding]
) -> Iterator[Section]:
    """The checks that found something; of a single one, the page that is asked for."""
    notes = {row.identity: row for row in kept}
    for name in names:
        some = [finding for finding in found if finding.check == name]
        if some:
            only = len(names) == 1
            shown = Paginator(some, LONG if only else SHORT).get_page(page if only else 1)
            rows = [
                Row(one, record_address(one.model, one.pk), notes.get(one.identity))
                for one in shown
            ]
            yield Section(
                BY_NAME[name], len(some), shown, rows, 0 if only else len(some) - len(rows)
            )


def within(query: QueryDict) -> str:
    """What is looked at, as the beginning of a query to which a check is added."""
    kept = query.copy()
    for name in ("check", "p"):
        kept.pop(name, None)
    return f"{kept.urlencode()}&" if kept else ""
