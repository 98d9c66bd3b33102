"""What each side raised, what both agreed, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogues.dates import PartialDateField, Span
from dialogues.vocabulary import Party, PointKind, PointStatus

from .history import recorded
from .publication import PartQuerySet
from .rounds import Round, RoundPart
from .topics import Issue, Topic


@recorded()
class Statement(RoundPart):
    """A position that one side, or both, put forward in a round."""

    round = models.ForeignKey(
        Round, models.CASCADE, related_name="statements", verbose_name=_("round")
    )
    side = models.CharField(_("side"), max_length=8, choices=Party)
    text = models.TextField(_("text"))
    topics: models.ManyToManyField[Topic, models.Model] = models.ManyToManyField(
        Topic, related_name="statements", blank=True, verbose_name=_("topics")
    )
    issue = models.ForeignKey(
        Issue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("lifelong issue"),
    )
    internal_note = models.TextField(
        _("internal note"), blank=True, help_text=_("Seen by staff only; never served to others.")
    )

    class Meta(RoundPart.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = (
            models.CheckConstraint(name="statement_side_known", condition=Q(side__in=Party.values)),
            models.CheckConstraint(name="statement_says_something", condition=~Q(text="")),
        )

    def __str__(self) -> str:
        return shortened(self.text)


@recorded()
class AgreedPoint(models.Model):
    """Something both sides agreed. Its lasting reference is the round's slug, a dot, its number."""

    round = models.ForeignKey(
        Round, models.CASCADE, related_name="agreed_points", verbose_name=_("round")
    )
    number = models.PositiveSmallIntegerField(
        _("number"), help_text=_("Part of the point's lasting reference; do not use it again.")
    )
    text = models.TextField(_("text"))
    original_text = models.TextField(_("original text"), blank=True)
    original_language = models.CharField(
        _("original language"),
        max_length=35,
        blank=True,
        help_text=_("A language tag (BCP 47): id, en, ru."),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=PointKind, default=PointKind.OTHER)
    topics: models.ManyToManyField[Topic, models.Model] = models.ManyToManyField(
        Topic, related_name="agreed_points", blank=True, verbose_name=_("topics")
    )
    # Null, not empty, where nobody is named: so the record format and the API say it too.
    responsible = models.CharField(  # noqa: DJ001
        _("responsible"),
        max_length=8,
        choices=Party,
        null=True,
        blank=True,
    )
    due = PartialDateField(
        _("due"),
        null=True,
        blank=True,
        help_text=_("As exactly as it was agreed: 2022, June 2022, 30 June 2022."),
    )
    status = models.CharField(
        _("status"), max_length=12, choices=PointStatus, default=PointStatus.OPEN
    )
    issue = models.ForeignKey(
        Issue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreed_points",
        verbose_name=_("lifelong issue"),
    )
    internal_note = models.TextField(
        _("internal note"), blank=True, help_text=_("Seen by staff only; never served to others.")
    )

    objects: ClassVar[models.Manager[AgreedPoint]] = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreed point")
        verbose_name_plural = _("agreed points")
        ordering = ("number", "pk")
        indexes = (
            GistIndex(Span("due"), name="agreedpoint_due_span"),
            models.Index("status", "round", name="agreedpoint_by_status"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("round", "number"),
                name="agreedpoint_number_once",
                violation_error_message=_("This round has a point of this number already."),
            ),
            models.CheckConstraint(
                name="agreedpoint_number_counts_from_1", condition=Q(number__gte=1)
            ),
            models.CheckConstraint(name="agreedpoint_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="agreedpoint_kind_known", condition=Q(kind__in=PointKind.values)
            ),
            models.CheckConstraint(
                name="agreedpoint_status_known", condition=Q(status__in=PointStatus.values)
            ),
            models.CheckConstraint(
                name="agreedpoint_responsible_known",
                condition=Q(responsible=None) | Q(responsible__in=Party.values),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {shortened(self.text)}"

    def get_absolute_url(self) -> str:
        return reverse("agreed-point-detail", args=[self.reference])

    @property
    def reference(self) -> str:
        """The point's lasting reference, such as ``indonesia-russia-11.2``."""
        return f"{self.round.slug}.{self.number}"


class FollowUpQuerySet(PartQuerySet):
    round_path = "point__round__"


@recorded()
class FollowUp(models.Model):
    """What became of an agreed point, as reported on a day."""

    point = models.ForeignKey(
        AgreedPoint, models.CASCADE, related_name="follow_ups", verbose_name=_("agreed point")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, editable=False)
    date = PartialDateField(_("date"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=PointStatus, default=PointStatus.IN_PROGRESS
    )
    note = models.TextField(_("note"), blank=True)
    source_url = models.URLField(_("source"), max_length=1000, blank=True)

    objects: ClassVar[models.Manager[FollowUp]] = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                name="followup_status_known", condition=Q(status__in=PointStatus.values)
            ),
        )

    def __str__(self) -> str:
        return " · ".join(
            part
            for part in (
                self.date.display() if self.date else "",
                self.get_status_display(),
                shortened(self.note),
            )
            if part
        )


def shortened(text: str, limit: int = 80) -> str:
    """The beginning of a text, for a list or a title, cut at ``limit`` characters."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


@recorded(identified=False)
class StatementTopic(Statement.topics.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True


@recorded(identified=False)
class AgreedPointTopic(AgreedPoint.topics.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
