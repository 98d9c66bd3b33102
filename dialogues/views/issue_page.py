"""A lifelong issue's page: its story, round by round, and what came of it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from dialogues.models import Issue, Round
from dialogues.queries.subjects import of_issue, story

from .former import FollowsMerges
from .sides import is_overdue, names_in
from .since import SinceForm
from .subject import Lists, told

#: How many rounds the story tells; the list has them all.
ROUNDS = 25


class IssueDetail(FollowsMerges):
    """`/issues/SLUG/`, with `?date_from=` only what was since then."""

    context_object_name = "issue"
    template_name = "dialogues/issue_detail.html"

    def get_queryset(self) -> QuerySet[Issue]:
        return Issue.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SinceForm(self.request.GET)
        return super().get_context_data(
            section="issues",
            form=form,
            **(self.about(form) if form.is_valid() else {}),
            **kwargs,
        )

    def about(self, form: SinceForm) -> dict[str, Any]:
        """What is known of the issue since the form's date."""
        subject = of_issue(self.object, self.request.user, form.since)
        lists = Lists({"issue": self.object.slug, **form.parameters})
        return {
            **told(subject, lists, self.request.user),
            "story": [chapter(round_) for round_ in story(subject, ROUNDS)],
        }


def chapter(round_: Round) -> dict[str, Any]:
    """What a round says of the issue, its sides named."""
    names = names_in(round_.series)
    return {
        "round": round_,
        "partner": round_.series.partner.label,
        "said": [(names[one.side], one) for one in round_.said],  # type: ignore[attr-defined]
        "agreed": [
            (point, names.get(point.responsible, ""), is_overdue(point.status, point.due))
            for point in round_.agreed  # type: ignore[attr-defined]
        ],
    }
