"""A topic's page: who raised it, who agreed on it, when, and what came of it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from dialogues.models import Topic, clearance_of
from dialogues.queries import topic_tree
from dialogues.queries.subjects import of_topic

from .former import FollowsMerges
from .since import SinceForm
from .subject import Lists, statements_and_points, told

#: How many rounds are named that only have a source that mentions the topic.
IN_SOURCES = 5


class TopicDetail(FollowsMerges):
    """`/topics/SLUG/`, with `?date_from=` only what was since then."""

    context_object_name = "topic"
    template_name = "dialogues/topic_detail.html"

    def get_queryset(self) -> QuerySet[Topic]:
        return Topic.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SinceForm(self.request.GET)
        return super().get_context_data(
            section="topics",
            form=form,
            above=topic_tree.above(self.object, self.request.user),
            **(self.about(form) if form.is_valid() else {}),
            **kwargs,
        )

    def about(self, form: SinceForm) -> dict[str, Any]:
        """What is known of the topic since the form's date."""
        topic, user = self.object, self.request.user
        subject = of_topic(topic, user, form.since)
        lists = Lists({"topic": topic.slug, **form.parameters})
        return {
            **told(subject, lists, user),
            **statements_and_points(subject, staff=clearance_of(user).staff),
            "children": topic_tree.children(topic, user, subject.rounds),
            "in_sources": topic_tree.only_in_sources(topic, user, IN_SOURCES),
        }
