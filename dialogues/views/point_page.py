"""An agreed point by its lasting reference."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from .round_page import citation, for_staff, head, read

# One point has one address: no leading zeros.
REFERENCE = re.compile(r"([-a-z0-9_]+)\.([1-9][0-9]{0,4})")


class AgreedPointDetail(TemplateView):
    """An agreed point's page; its address ends in its lasting reference."""

    template_name = "dialogues/agreedpoint_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reference = REFERENCE.fullmatch(kwargs["reference"])
        if reference is None:
            raise Http404
        telling = read(self.request, reference[1])
        points = telling.document["agreed_points"]
        numbers = [str(point["number"]) for point in points]
        if reference[2] not in numbers:
            raise Http404
        at = numbers.index(reference[2])
        point, round_ = telling.point(points[at]), head(telling)
        heading = _("Agreed point %(number)s") % {"number": point["number"]}
        return super().get_context_data(
            **kwargs,
            section="points",
            point=point,
            supporting=telling.supporting(points[at]),
            round=round_,
            heading=heading,
            previous=self._neighbour(telling.points_url, round_["slug"], numbers[:at][-1:]),
            next=self._neighbour(telling.points_url, round_["slug"], numbers[at + 1 :][:1]),
            citation=citation(self.request, round_["title"], heading.lower()),
            **for_staff(self.request, telling.document),
        )

    @staticmethod
    def _neighbour(base: str, slug: str, numbers: list[str]) -> dict[str, str] | None:
        if not numbers:
            return None
        return {
            "url": f"{base}{slug}.{numbers[0]}/",
            "name": _("Point %(number)s") % {"number": numbers[0]},
        }
