"""A line of rounds with one partner."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogues.vocabulary import SeriesKind

from .accounts import Desk, User
from .history import recorded
from .partners import Partner
from .publication import MentionQuerySet, clearance_of


class SeriesQuerySet(MentionQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What shows through its rounds; to staff also their own desk's, whatever is in them."""
        clearance = clearance_of(user)
        seen = super().visible_to(user)
        if clearance.staff and clearance.desks and not clearance.everything:
            return self.filter(Q(pk__in=seen.values("pk")) | Q(desk__in=sorted(clearance.desks)))
        return seen


@recorded()
class Series(models.Model):
    """A line of rounds with one partner, such as the Indonesia–Russia Human Rights Dialogue."""

    title = models.CharField(_("title"), max_length=300)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, help_text=_("Names the series in every address.")
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="series", verbose_name=_("partner")
    )
    kind = models.CharField(_("kind"), max_length=24, choices=SeriesKind, default=SeriesKind.OTHER)
    desk = models.ForeignKey(
        Desk,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="series",
        verbose_name=_("desk"),
        help_text=_("The unit that keeps this series and alone sees its restricted rounds."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What is known of the series as a whole. Public.")
    )
    unrecorded_through = models.PositiveSmallIntegerField(
        _("unrecorded through edition"),
        null=True,
        blank=True,
        help_text=_(
            "Rounds up to this edition took place before records were kept here, so that it is no "
            "mistake when they are missing."
        ),
    )

    mentioned_by = ("rounds",)
    objects: ClassVar[models.Manager[Series]] = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ("title", "pk")
        constraints = (
            models.CheckConstraint(
                name="series_kind_known", condition=Q(kind__in=SeriesKind.values)
            ),
            models.CheckConstraint(name="series_titled", condition=~Q(title="")),
            models.CheckConstraint(
                name="series_slug_shape", condition=Q(slug__regex=r"^[-a-z0-9_]+$")
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("series-detail", args=[self.slug])
