"""Where the record is taken from, and what took place around the round."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogues.dates import PartialDateField
from dialogues.vocabulary import SourceKind, Voice

from .files import LONGEST_NAME, File
from .history import recorded
from .rounds import Round, RoundPart
from .topics import Topic


@recorded()
class Source(RoundPart):
    """A text that a round's record rests on, and whose words it is."""

    round = models.ForeignKey(
        Round, models.CASCADE, related_name="sources", verbose_name=_("round")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=SourceKind, default=SourceKind.OTHER)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    published_on = PartialDateField(_("published on"), null=True, blank=True)
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        help_text=_("A language tag (BCP 47): id, en, ru."),
    )
    side = models.CharField(_("who speaks"), max_length=8, choices=Voice, default=Voice.UNKNOWN)
    topics: models.ManyToManyField[Topic, models.Model] = models.ManyToManyField(
        Topic,
        related_name="sources",
        blank=True,
        verbose_name=_("topics"),
        help_text=_("Which topics it mentions, so that two readouts can be compared."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("Where it differs from other sources, such as a date.")
    )

    file = models.ForeignKey(
        File,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("file"),
        help_text=_("Whoever sees the round may download it, and its text is searched."),
    )
    file_name = models.CharField(
        _("name of the file"), max_length=LONGEST_NAME, blank=True, default="", db_default=""
    )

    class Meta(RoundPart.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = (
            models.CheckConstraint(
                name="source_kind_known", condition=Q(kind__in=SourceKind.values)
            ),
            models.CheckConstraint(name="source_side_known", condition=Q(side__in=Voice.values)),
            models.CheckConstraint(
                name="source_says_something",
                condition=~Q(publisher="") | ~Q(title="") | ~Q(url=""),
                violation_error_message=_("Write at least a publisher, a title or an address."),
            ),
            models.CheckConstraint(
                name="source_file_named",
                condition=Q(file=None, file_name="") | (Q(file__isnull=False) & ~Q(file_name="")),
            ),
        )

    def __str__(self) -> str:
        return ", ".join(part for part in (self.publisher, self.title) if part) or self.url

    @property
    def file_url(self) -> str:
        """The address of the file that it carries."""
        return reverse("source-file", args=[self.round.slug, self.pk])


@recorded()
class RelatedEvent(RoundPart):
    """Something that took place around a round: a seminar, a visit, a side event."""

    round = models.ForeignKey(
        Round, models.CASCADE, related_name="related_events", verbose_name=_("round")
    )
    kind = models.CharField(
        _("kind"), max_length=60, blank=True, help_text=_("seminar, visit, side event, …")
    )
    title = models.CharField(_("title"), max_length=500)
    date = PartialDateField(_("date"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(RoundPart.Meta):
        verbose_name = _("related event")
        verbose_name_plural = _("related events")
        constraints = (models.CheckConstraint(name="relatedevent_titled", condition=~Q(title="")),)

    def __str__(self) -> str:
        return self.title


@recorded(identified=False)
class SourceTopic(Source.topics.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
