"""What an officer has at hand: own drafts, what came back, what is overdue, what is near."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from dialogues.models import AgreedPoint, Round, Series, User, clearance_of
from dialogues.queries.history import events_of
from dialogues.queries.owed import overdue
from dialogues.queries.review import sent_back
from dialogues.vocabulary import Publication, RoundStatus


def of_desk(user: User, path: str = "") -> Q:
    """What belongs to a series of the user's desks, or to one that no desk keeps, which are every
    officer's; `path` leads to the series (`round__series__`)."""
    desks = sorted(clearance_of(user).desks)
    return Q(**{f"{path}desk__in": desks}) | Q(**{f"{path}desk": None})


def written_by(user: User) -> Q:
    """Rounds that the user entered or changed themselves, in the round's own fields."""
    own = events_of(Round).filter(pgh_obj_id=OuterRef("pk"), pgh_context__metadata__user=user.pk)
    return Q(Exists(own))


def my_drafts(user: User) -> QuerySet[Round]:
    """The user's drafts, the last changed first."""
    found: QuerySet[Round] = (
        Round.objects.visible_to(user)
        .filter(written_by(user), publication=Publication.DRAFT)
        .select_related("series__partner")
        .order_by("-updated", "-pk")
    )
    return found


def sent_back_to(user: User) -> QuerySet[Round]:
    """What the user submitted and a publisher sent back, with who, when and the note."""
    return sent_back(user).filter(Q(submitted_by=user.pk))


def overdue_on_desk(user: User) -> QuerySet[AgreedPoint]:
    """Agreed points of the user's series whose day has passed, the longest overdue first."""
    found: QuerySet[AgreedPoint] = (
        AgreedPoint.objects.visible_to(user)
        .filter(of_desk(user, "round__series__"), overdue())
        .select_related("round__series__partner")
        .order_by("due", "pk")
    )
    return found


def rounds_ahead(user: User) -> QuerySet[Round]:
    """The rounds of the user's series that are planned and may still take place, soonest first."""
    found: QuerySet[Round] = (
        Round.objects.visible_to(user)
        .filter(
            of_desk(user, "series__"),
            Q(date=None) | Q(date__may_fall=(timezone.localdate(), None)),
            status__in=(RoundStatus.PLANNED, RoundStatus.CONFIRMED),
        )
        .select_related("series__partner")
        .order_by(F("date").asc(nulls_last=True), "pk")
    )
    return found


def series_of_desk(user: User) -> QuerySet[Series]:
    """The series that are the user's desks' own."""
    found: QuerySet[Series] = (
        Series.objects.visible_to(user)
        .filter(desk__in=sorted(clearance_of(user).desks))
        .order_by("title", "pk")
    )
    return found
