"""The first page: what comes, what was, what is owed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.views.generic import TemplateView

from dialogues.queries import overview


class Overview(TemplateView):
    """`/`, as much of it as the reader may see."""

    template_name = "dialogues/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        series = overview.series_with_counts(user)
        return super().get_context_data(
            coming=overview.coming(user),
            overtaken=overview.overtaken(user),
            overtaken_query=urlencode(
                {
                    "status": overview.AHEAD,
                    "date_to": overview.yesterday(),
                    "date_match": "certain",
                },
                doseq=True,
            ),
            latest=overview.latest(user),
            owed=overview.owed(user),
            series=series,
            round_count=sum(row["count"] for _series, row in series),
            **kwargs,
        )
