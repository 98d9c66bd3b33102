"""Who took part: people, and what they were at the time."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogues.vocabulary import Role, Side

from .former import former_slugs_field
from .history import recorded
from .publication import MentionQuerySet
from .rounds import Round, RoundPart


@recorded()
class Person(models.Model):
    """Someone who took part in rounds, however the records spell the name."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, help_text=_("Names the person in every address.")
    )
    former_slugs = former_slugs_field()
    also_written = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("also written"),
        default=list,
        blank=True,
        help_text=_("Other spellings of the name in records, separated by commas."),
    )

    mentioned_by = ("participations__round",)
    objects: ClassVar[models.Manager[Person]] = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(name="person_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="person_slug_shape", condition=Q(slug__regex=r"^[-a-z0-9_]+$")
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person-detail", args=[self.slug])


@recorded()
class Participant(RoundPart):
    """A person's part in one round, with the title and institution of that day."""

    round = models.ForeignKey(
        Round, models.CASCADE, related_name="participants", verbose_name=_("round")
    )
    side = models.CharField(_("side"), max_length=8, choices=Side)
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.MEMBER)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="participations", verbose_name=_("person")
    )
    name = models.CharField(
        _("name as recorded"),
        max_length=200,
        blank=True,
        help_text=_("As this round's record spells it; left empty, as the person is called."),
    )
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=300, blank=True)
    institution = models.CharField(_("institution"), max_length=300, blank=True)

    class Meta(RoundPart.Meta):
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = (
            models.CheckConstraint(
                name="participant_side_known", condition=Q(side__in=Side.values)
            ),
            models.CheckConstraint(
                name="participant_role_known", condition=Q(role__in=Role.values)
            ),
        )

    def __str__(self) -> str:
        return self.name or self.person.name
