"""Who sees what: asked once, here, by every page, count, feed, export and API answer.

A round carries its own visibility and publication state; whatever belongs to a round (participant,
statement, agreed point …) is exactly as visible as the round; and what rounds merely mention
(partner, topic, person …) is visible when a visible round mentions it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import OuterRef, Q

from dialogues.vocabulary import Publication, Visibility

if TYPE_CHECKING:
    from .accounts import User


@dataclass(frozen=True, slots=True)
class Clearance:
    """What one reader may see, worked out once for a request."""

    internal: bool = False
    """Sees what is internal, not only what is public: analysts and staff."""
    staff: bool = False
    """Sees what is not published, and staff's internal notes."""
    everything: bool = False
    """Sees every desk's restricted records too: superusers alone, who hold the database anyway."""
    desks: frozenset[int] = frozenset()
    """The desks whose restricted records the reader sees."""


def clearance_of(user: User | AnonymousUser) -> Clearance:
    """Return what ``user`` may see; kept on the user, so that a request asks the database once."""
    if not user.is_authenticated or not user.is_active:
        return Clearance()
    kept = user.__dict__.get("_clearance")
    if kept is None:
        kept = user.__dict__["_clearance"] = Clearance(
            internal=user.is_staff or user.is_analyst,
            staff=user.is_staff,
            everything=user.is_superuser,
            desks=frozenset(user.desks.values_list("pk", flat=True)),
        )
    return kept


def visible(user: User | AnonymousUser, prefix: str = "", desk: str = "series__desk") -> Q:
    """When ``user`` sees a round; ``prefix`` is the path that leads to it (``round__``), ``desk``
    the path from there to the desk that it may be restricted to."""
    clearance = clearance_of(user)
    if clearance.everything:
        return Q()
    levels = [Visibility.PUBLIC]
    if clearance.internal:
        levels.append(Visibility.INTERNAL)
    seen = Q(**{f"{prefix}visibility__in": levels})
    if clearance.desks:
        seen |= Q(
            **{
                f"{prefix}visibility": Visibility.RESTRICTED,
                f"{prefix}{desk}__in": sorted(clearance.desks),
            }
        )
    if not clearance.staff:
        seen &= Q(**{f"{prefix}publication": Publication.PUBLISHED})
    return seen


class PartQuerySet(models.QuerySet):
    """Rows that belong to a round, reached by ``round_path``; never more visible than it."""

    round_path: ClassVar[str] = "round__"

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(visible(user, self.round_path))


class MentionQuerySet(models.QuerySet):
    """Rows that rounds mention. The model's ``mentioned_by`` lists the paths from it to rounds."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        clearance = clearance_of(user)
        if clearance.everything:
            return self.all()
        seen = self._mentioned(lambda path: visible(user, f"{path}__"))
        if clearance.staff:
            # What no round mentions yet is nobody's secret, and an editor has to find it.
            seen |= ~self._mentioned(lambda path: Q(**{f"{path}__isnull": False}))
            # Nor can be what one of them has named without seeing it (workflow.naming).
            named = apps.get_model("dialogues", "NamedAnew")._base_manager
            seen |= Q(pk__in=named.filter(model=self.model._meta.model_name).values("row"))
        return self.filter(seen)

    def mentioned_to(self, user: User | AnonymousUser) -> Self:
        """What a round mentions that the user sees."""
        return self.filter(self._mentioned(lambda path: visible(user, f"{path}__")))

    def mentioned(self) -> Self:
        """What any round mentions, whoever may see that round."""
        return self.filter(self._mentioned(lambda path: Q(**{f"{path}__isnull": False})))

    def _mentioned(self, condition: Callable[[str], Q]) -> Q:
        """Whether a round that meets ``condition`` stands at the end of any of the paths.

        A subquery a path, since each stops at the first round that it finds; a join would have to
        walk every mention and then drop the doubles. IN and not EXISTS, which PostgreSQL, where
        several stand side by side, turns into lists of all that are mentioned.
        """
        found = Q()
        for path in self.model.mentioned_by:
            found |= Q(
                pk__in=self.model._base_manager.filter(condition(path), pk=OuterRef("pk"))
                .order_by()
                .values("pk")
            )
        return found
