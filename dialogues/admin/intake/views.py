"""The two steps of the intake: paste or upload; then review, and make the draft."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from dialogues.dates import PartialDate
from dialogues.models import Round, Series, User
from dialogues.records.intake import LONGEST_TEXT, Reading, read_release, tracker_vocabulary

from .drafting import make_draft
from .fields import LANGUAGE_NAMES, lines_of
from .filling import initial_of, initial_points, series_for, standing_rounds
from .forms import PointFormSet, Points, ReviewForm
from .page import groups, labels_of, numbered, pieces, point_rows
from .pasting import PasteForm

log = logging.getLogger(__name__)

#: The fields that are only asked of a new series.
NEW_SERIES = frozenset({"new_series", "kind", "partner", "partner_kind"})


class IntakeAdmin(admin.ModelAdmin):
    """For the admin of rounds: reads a press release and makes a draft of it."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.intake)
        return [path("intake/", view, name="dialogues_round_intake"), *super().get_urls()]

    def intake(self, request: HttpRequest) -> HttpResponse:
        """Ask for the text; show what was read in it; make the draft of what is let stand."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and "_draft" in request.POST:
            return self._draft(request)
        form = PasteForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            return self._reviewed(request, form)
        context = {
            "title": _("Read a press release"),
            "form": form,
            "media": self.media + form.media,
        }
        return self._page(request, "intake.html", context)

    def _reviewed(self, request: HttpRequest, pasted: PasteForm) -> HttpResponse:
        """The first look at what was read."""
        said, user = pasted.cleaned_data, user_of(request)
        text, language = said["text"], said["language"]
        published = said["published"].edtf if said["published"] else ""
        reading = self._read(request, text, published, language)
        if not reading:
            messages.warning(
                request,
                _(
                    "Nothing in this text tells of a round of a dialogue. You may still fill "
                    "in the form by hand."
                ),
            )
        series = series_for(user)
        try:
            upload = pasted.kept()
        except OSError:
            log.exception("An uploaded release could not be kept")
            upload = None
            messages.warning(
                request,
                _("The file itself could not be kept; its text was read. Upload it to the source."),
            )
        form = ReviewForm(
            initial={
                **initial_of(reading, series, published),
                "text": text,
                "published": published,
                "language": language or reading.language,
                "upload": upload.signed(user.pk) if upload else "",
            },
            user=user,
            series=series,
            topics=topics_of(reading),
        )
        points = PointFormSet(prefix="points", initial=initial_points(reading))
        return self._review(request, reading, form, points)

    def _draft(self, request: HttpRequest) -> HttpResponse:
        """Make the draft, or show the form again with what is wrong, all typed still there."""
        sent = lines_of(request.POST.get("text", ""))[:LONGEST_TEXT]
        published, language = request.POST.get("published", ""), request.POST.get("language", "")
        language = language if language in LANGUAGE_NAMES else ""
        reading = self._read(request, sent, published, language)
        user = user_of(request)
        form = ReviewForm(
            request.POST, user=user, series=series_for(user), topics=topics_of(reading)
        )
        points = PointFormSet(request.POST, prefix="points")
        if form.is_valid() and points.is_valid():
            record = make_draft(user, form, points)
            if record is not None:
                messages.success(request, _("A draft was made of the text: %s") % record)
                return HttpResponseRedirect(
                    reverse("admin:dialogues_round_change", args=[record.pk])
                )
        return self._review(request, reading, form, points)

    @staticmethod
    def _read(request: HttpRequest, text: str, published: str, language: str) -> Reading:
        known = tracker_vocabulary(request.user)
        return read_release(text, known, day_of(published), language)

    def _review(
        self, request: HttpRequest, reading: Reading, form: ReviewForm, points: Points
    ) -> HttpResponse:
        marks = numbered(reading)
        text = lines_of(str(form["text"].value() or ""))
        context = {
            "title": _("What was read"),
            "form": form,
            "points": points,
            "point_rows": point_rows(points, marks),
            "groups": list(groups(form, marks)),
            "pieces": list(pieces(text, marks, labels_of(form))),
            "new_series": not form["series"].value() or {*form.errors} & NEW_SERIES,
            "standing": self._standing(request, form, reading),
            "language": LANGUAGE_NAMES.get(str(form["language"].value() or ""), ""),
            "media": self.media + form.media,
        }
        return self._page(request, "review.html", context)

    @staticmethod
    def _standing(request: HttpRequest, form: ReviewForm, reading: Reading) -> list[Round]:
        """Rounds that may be the one that the form is about."""
        if form.is_bound:
            said = getattr(form, "cleaned_data", {})
            return standing_rounds(
                user_of(request), said.get("series"), said.get("edition"), said.get("date") or None
            )
        series = Series.objects.filter(pk=form.initial["series"]).first()
        edition, held = reading.single.get("edition"), reading.single.get("date")
        return standing_rounds(
            user_of(request),
            series,
            int(edition.value) if edition else None,
            PartialDate.from_edtf(str(held.value)) if held else None,
        )

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        context |= {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/dialogues/round/intake/{name}", context)


def user_of(request: HttpRequest) -> User:
    """The signed-in user: the admin lets nobody else in."""
    return cast("User", request.user)


def topics_of(reading: Reading) -> list[tuple[str, str]]:
    """The topics that were read, as choices."""
    return [(str(one.value), one.label) for one in reading.many.get("topics", ())]


def day_of(text: str) -> date | None:
    """The publication day that the form carries; None where it was tampered with or left out."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
