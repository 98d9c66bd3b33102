"""What waits for somebody: rounds in review, rounds sent back, and changes in published rounds."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dialogues.models import ReviewStep, Round, User
from dialogues.vocabulary import Publication

Reader = User | AnonymousUser


def steps_of(round_: Round, user: Reader) -> QuerySet[ReviewStep]:
    """Every step that was taken with the round, oldest first, with the accounts that took them."""
    return ReviewStep.objects.visible_to(user).filter(round=round_).select_related("by")


def last_step(**which: object) -> QuerySet[ReviewStep]:
    """The newest step of the round that an outer query is at."""
    return ReviewStep.objects.filter(round=OuterRef("pk"), **which).order_by("-pk")[:1]


def waiting(user: Reader) -> QuerySet[Round]:
    """The rounds in review that `user` sees, longest waiting first.

    Each has `step_at` and `step_by` (an account's id): when it was submitted and by whom; nothing
    where it came there by an import. Such a round waits since it was last written.
    """
    submitted = last_step(went_to=Publication.IN_REVIEW)
    found: QuerySet[Round] = (
        Round.objects.visible_to(user)
        .filter(publication=Publication.IN_REVIEW)
        .select_related("series__partner", "series__desk")
        .annotate(
            step_at=Subquery(submitted.values("at")), step_by=Subquery(submitted.values("by_id"))
        )
        .order_by(Coalesce("step_at", "updated"), "pk")
    )
    return found


def sent_back(user: Reader) -> QuerySet[Round]:
    """The drafts that `user` sees and that a publisher has sent back, the latest first.

    Each has `step_at`, `step_by`, `step_note` (when, who, what is to be done) and `submitted_by`,
    so that `.filter(submitted_by=user.pk)` are one's own.
    """
    last, submitted = last_step(), last_step(went_to=Publication.IN_REVIEW)
    found: QuerySet[Round] = (
        Round.objects.visible_to(user)
        .filter(publication=Publication.DRAFT)
        .select_related("series__partner", "series__desk")
        .annotate(
            step_from=Subquery(last.values("came_from")),
            step_at=Subquery(last.values("at")),
            step_by=Subquery(last.values("by_id")),
            step_note=Subquery(last.values("note")),
            submitted_by=Subquery(submitted.values("by_id")),
        )
        .filter(step_from=Publication.IN_REVIEW)
        .exclude(step_by=F("submitted_by"))
        .order_by("-step_at", "-pk")
    )
    return found


def changed_since_published(user: Reader) -> QuerySet[Round]:
    """The published rounds that `user` sees and that were written after a publisher last looked.

    Those that an import published had no publisher, and are its operator's to look after. Each has
    `step_at` and `step_by`: when it was published or last confirmed, and by whom.
    """
    last = last_step()
    found: QuerySet[Round] = (
        Round.objects.visible_to(user)
        .filter(publication=Publication.PUBLISHED)
        .select_related("series__partner", "series__desk")
        .annotate(step_at=Subquery(last.values("at")), step_by=Subquery(last.values("by_id")))
        .filter(updated__gt=F("step_at"))
        .order_by("updated", "pk")
    )
    return found


def was_published(round_: Round) -> bool:
    """Whether the round ever reached anyone but staff."""
    kept = Round.pgh_event_model.objects  # type: ignore[attr-defined]
    return bool(
        round_.publication in (Publication.PUBLISHED, Publication.WITHDRAWN)
        or kept.filter(Q(pgh_obj_id=round_.pk), publication=Publication.PUBLISHED).exists()
    )
