"""One change to many agreed points at once, each as far as the user may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dialogues.models import AgreedPoint, Round, Topic
from dialogues.workflow.rounds import Asker, may_change


@dataclass(frozen=True)
class Amendment:
    """What is to be changed. What is not named stays as it is in each point."""

    values: Mapping[str, Any] = field(default_factory=dict)
    """New values by field: of `responsible`, `status`, `issue` and `due`; None takes away."""
    add: tuple[Topic, ...] = ()
    """Topics that every point is to have, beside its own."""
    remove: tuple[Topic, ...] = ()
    """Topics that no point is to have any more."""


@dataclass
class Amended:
    """What became of the points, each in one of the three."""

    changed: list[AgreedPoint] = field(default_factory=list)
    same: list[AgreedPoint] = field(default_factory=list)
    """Had all of it already."""
    refused: list[tuple[AgreedPoint, str]] = field(default_factory=list)
    """With the sentence that says why."""


def amend(user: Asker, points: QuerySet[AgreedPoint], amendment: Amendment) -> Amended:
    """Change the points that the user may change, in one transaction, and say what was refused.

    Only the named fields are written, so nothing else about a point can stand in the way. The
    number of queries grows with the points that change, not with what they hold.
    """
    done = Amended()
    with transaction.atomic(), pghistory.context(user=user.pk):
        for point in _locked(user, points):
            if not may_change(user, point.round):
                done.refused.append((point, _("This round is not yours to change.")))
            elif _changed(point, amendment):
                done.changed.append(point)
            else:
                done.same.append(point)
        _link(done.changed, amendment)
    return done


def _locked(user: Asker, points: QuerySet[AgreedPoint]) -> QuerySet[AgreedPoint]:
    """The points as they now stand. Their rounds are locked first, as for whoever writes one."""
    seen = AgreedPoint.objects.visible_to(user).filter(pk__in=points.order_by().values("pk"))
    rounds = Round.objects.filter(pk__in=seen.values("round")).order_by("pk")
    list(rounds.select_for_update().values("pk"))
    ordered = seen.order_by("round__slug", "number").select_related("round__series", "issue")
    return ordered.prefetch_related("topics")


def _changed(point: AgreedPoint, amendment: Amendment) -> bool:
    """Write the point's own fields, if any differs; whether anything of it does."""
    differing = [name for name, to in amendment.values.items() if getattr(point, name) != to]
    for name in differing:
        setattr(point, name, amendment.values[name])
    if differing:
        point.save(update_fields=differing)
    topics = set(point.topics.all())
    return bool(differing or set(amendment.add) - topics or topics & set(amendment.remove))


def _link(points: Iterable[AgreedPoint], amendment: Amendment) -> None:
    links = AgreedPoint.topics.through
    links._base_manager.filter(agreedpoint__in=points, topic__in=amendment.remove).delete()
    links._base_manager.bulk_create(
        [links(agreedpoint=point, topic=topic) for point in points for topic in amendment.add],
        ignore_conflicts=True,
    )
