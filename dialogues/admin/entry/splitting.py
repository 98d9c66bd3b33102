"""A pasted list in pieces, for the form to make a row of each."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dialogues.models import Round
from dialogues.records.numbered import split_list

#: As many as a round may be sent with; more is no list of agreed points.
MOST = 200


def split_view(site: ModelAdmin[Round]) -> Any:
    """The view that splits `text`: answers `points`, what stood `before` them, and a sentence."""

    @require_POST
    def view(request: HttpRequest) -> JsonResponse:
        text = request.POST.get("text", "")
        before, points = split_list(text)
        if len(points) > MOST:
            said = _("That would be %(count)s points; paste %(most)s at most at once.")
            return JsonResponse(
                {
                    "before": text,
                    "points": [],
                    "said": said % {"count": len(points), "most": MOST},
                }
            )
        said = (
            ngettext(
                "%(count)s point added below; look through it.",
                "%(count)s points added below; look through them.",
                len(points),
            )
            if points
            else _("There is nothing to split.")
        )
        if before:
            said += " " + _("What stood before the list is left here.")
        return JsonResponse(
            {"before": before, "points": points, "said": said % {"count": len(points)}}
        )

    return view
