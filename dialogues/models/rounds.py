"""One round of a series: when, where, how; and the venues it met at."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GistIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialogues.dates import PartialDateField, Span
from dialogues.vocabulary import (
    RESERVED_SLUGS,
    Format,
    Host,
    Publication,
    RoundStatus,
    Visibility,
)

from .history import recorded
from .partners import Country
from .publication import MentionQuerySet, PartQuerySet
from .series import Series
from .topics import Topic


@recorded()
class Venue(models.Model):
    """A place where rounds meet. Often no more than its city is known."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="venues",
        verbose_name=_("country"),
    )

    mentioned_by = ("rounds",)
    objects: ClassVar[models.Manager[Venue]] = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ("city", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("name", "city", "country"), name="venue_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="venue_says_something",
                condition=~Q(name="") | ~Q(city="") | Q(country__isnull=False),
                violation_error_message=_("Write at least a name, a city or a country."),
            ),
        )

    def __str__(self) -> str:
        return ", ".join(
            part for part in (self.name, self.city, self.country and self.country.label) if part
        )


class RoundQuerySet(PartQuerySet):
    round_path = ""


@recorded(exclude=("created", "updated"))
class Round(models.Model):
    """One meeting in a series. What belongs to it hangs on it and is as visible as it is."""

    series = models.ForeignKey(
        Series, models.PROTECT, related_name="rounds", verbose_name=_("series")
    )
    edition = models.PositiveSmallIntegerField(
        _("edition"),
        null=True,
        blank=True,
        help_text=_("11 for the 11th round. Left empty where the round has no number."),
    )
    slug = models.SlugField(
        _("slug"),
        max_length=140,
        unique=True,
        blank=True,
        help_text=_(
            "Names the round in every address. Left empty, it is made of series and edition."
        ),
    )
    status = models.CharField(_("status"), max_length=12, choices=RoundStatus)
    date = PartialDateField(
        _("date"),
        interval=True,
        null=True,
        blank=True,
        help_text=_(
            "As exactly as it is known: 2022, October 2021, 15 October 2021, 5–6 Nov 2019."
        ),
    )
    format = models.CharField(_("format"), max_length=12, choices=Format, default=Format.UNKNOWN)
    format_note = models.CharField(
        _("note on the format"), max_length=300, blank=True, help_text=_("In person if possible, …")
    )
    host = models.CharField(_("host"), max_length=8, choices=Host, default=Host.UNKNOWN)
    # The order of venues and topics is the order in which they were added.
    venues: models.ManyToManyField[Venue, models.Model] = models.ManyToManyField(
        Venue, related_name="rounds", blank=True, verbose_name=_("venues")
    )
    topics: models.ManyToManyField[Topic, models.Model] = models.ManyToManyField(
        Topic, related_name="rounds", blank=True, verbose_name=_("topics")
    )
    summary = models.TextField(_("summary"), blank=True)
    next_round_note = models.TextField(
        _("next round"),
        blank=True,
        help_text=_("What was said of the next round, even if only “at an appropriate time”."),
    )
    internal_note = models.TextField(
        _("internal note"), blank=True, help_text=_("Seen by staff only; never served to others.")
    )
    visibility = models.CharField(
        _("visibility"),
        max_length=12,
        choices=Visibility,
        default=Visibility.INTERNAL,
        help_text=_("Who may ever see it."),
    )
    publication = models.CharField(
        _("publication"),
        max_length=12,
        choices=Publication,
        default=Publication.DRAFT,
        help_text=_("How far it has come. Only what is published reaches anyone but staff."),
    )
    created = models.DateTimeField(_("created"), db_default=Now(), editable=False)
    #: Kept by triggers: any write to the round, or to anything that belongs to it, moves it.
    updated = models.DateTimeField(_("updated"), db_default=Now(), editable=False)

    objects: ClassVar[models.Manager[Round]] = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = (F("date").desc(nulls_last=True), "-pk")
        permissions = (("publish_round", _("Can publish and withdraw rounds")),)
        indexes = (
            models.Index(F("date").desc(nulls_last=True), F("id").desc(), name="round_by_date"),
            models.Index("updated", "id", name="round_by_updated"),
            GistIndex(Span("date"), name="round_span"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("series", "edition"),
                name="round_edition_once",
                violation_error_message=_("This series has a round of this edition already."),
            ),
            models.CheckConstraint(
                name="round_edition_counts_from_1", condition=Q(edition=None) | Q(edition__gte=1)
            ),
            models.CheckConstraint(
                name="round_slug_shape", condition=Q(slug__regex=r"^[-a-z0-9_]+$")
            ),
            models.CheckConstraint(
                name="round_status_known", condition=Q(status__in=RoundStatus.values)
            ),
            models.CheckConstraint(
                name="round_format_known", condition=Q(format__in=Format.values)
            ),
            models.CheckConstraint(name="round_host_known", condition=Q(host__in=Host.values)),
            models.CheckConstraint(
                name="round_visibility_known", condition=Q(visibility__in=Visibility.values)
            ),
            models.CheckConstraint(
                name="round_publication_known", condition=Q(publication__in=Publication.values)
            ),
        )

    def __str__(self) -> str:
        if self.edition is not None:
            return gettext("%(series)s, edition %(edition)s") % {
                "series": self.series.title,
                "edition": self.edition,
            }
        if self.date is not None:
            return f"{self.series.title}, {self.date.display()}"
        return self.series.title

    def get_absolute_url(self) -> str:
        return reverse("round-detail", args=[self.slug])

    def clean(self) -> None:
        if self.edition == 0:
            raise ValidationError({"edition": _("Editions count from 1.")})
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This is the address of a page of the site.")})


class RoundPart(models.Model):
    """What belongs to a round, in the order in which it was entered."""

    round_id: int
    position = models.PositiveSmallIntegerField(_("position"), default=0, editable=False)

    objects: ClassVar[models.Manager[RoundPart]] = PartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("position", "pk")


@recorded(identified=False)
class RoundTopic(Round.topics.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True


@recorded(identified=False)
class RoundVenue(Round.venues.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
