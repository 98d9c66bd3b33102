"""What agreed points lack."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dialogues.models import AgreedPoint, FollowUp
from dialogues.vocabulary import UNFINISHED

from .finding import Finding, Scope


def without_topic(scope: Scope) -> Iterator[Finding]:
    """Points that nobody finds by what they are about."""
    for point in _in_order(scope.points_to_mend().filter(topics=None)):
        yield _on("point-without-topic", point, _("It has no topic."))


def closed_without_evidence(scope: Scope) -> Iterator[Finding]:
    """Points that are no longer owed, with nothing that would say why."""
    told = FollowUp.objects.exclude(Q(note="") & Q(source_url="")).values("point")
    closed = scope.points_to_mend().exclude(status__in=UNFINISHED)
    for point in _in_order(closed.exclude(pk__in=told)):
        said = _("It is “%(status)s”, and no follow-up with a note or a source says why.") % {
            "status": point.get_status_display()
        }
        yield _on("closed-without-evidence", point, said, point.status)


def _in_order(points: QuerySet[AgreedPoint]) -> QuerySet[AgreedPoint]:
    ordered = points.select_related("round__series")
    return ordered.order_by("round__series__title", "round__date", "round", "number", "pk")


def _on(check: str, point: AgreedPoint, said: str, about: str = "") -> Finding:
    name = f"{point.round}, {point}"
    series = point.round.series_id
    return Finding(check, AgreedPoint, point.pk, point.reference, name, said, about, series)
