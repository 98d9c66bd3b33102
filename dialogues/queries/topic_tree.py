"""Where a topic stands in the tree, as far as a reader sees the tree."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Func, QuerySet

from dialogues.models import Round, Source, Topic, User

Reader = User | AnonymousUser


def above(topic: Topic, user: Reader) -> list[Topic]:
    """What the topic lies under, the highest first. One query.

    It ends below a heading that `user` may not see.
    """
    seen = {one.pk: one for one in Topic.objects.visible_to(user).above(topic.pk)}
    chain: list[Topic] = []
    parent = seen.get(topic.parent_id) if topic.parent_id else None
    while parent is not None:
        chain.append(parent)
        parent = seen.get(parent.parent_id) if parent.parent_id else None
    return chain[::-1]


def children(topic: Topic, user: Reader, rounds: QuerySet[Round]) -> list[tuple[Topic, int]]:
    """What lies right under the topic, and how many of `rounds` each has. Two queries.

    `rounds` are those about the topic, which all that are about a topic under it are as well.
    """
    under = sorted(Topic.objects.visible_to(user).filter(parent=topic), key=lambda one: one.label)
    if not under:
        return []
    every = Func(F("subjects__topics"), function="unnest")
    counts = dict(rounds.values_list(every).annotate(rounds=Count("pk")))
    return [(one, counts.get(one.pk, 0)) for one in under]


def only_in_sources(topic: Topic, user: Reader, count: int) -> QuerySet[Round]:
    """The `count` latest rounds that are not about the topic, but have a source that mentions it.

    What lies under the topic counts as the topic.
    """
    under = Topic.objects.under([topic.slug]).values("pk")
    mentioned = Source.topics.through._base_manager.filter(topic__in=under)
    return (
        Round.objects.visible_to(user)
        .filter(sources__in=mentioned.values("source"))
        .exclude(subjects__topics__contains=[topic.pk])
        .distinct()
        .select_related("series__partner")
        .order_by(F("date").desc(nulls_last=True), "-pk")[:count]
    )
