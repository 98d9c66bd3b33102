"""What is talked about: the tree of topics, and issues that live across rounds and partners."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, Self

import pgtrigger
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .former import former_slugs_field
from .history import recorded
from .partners import in_readers_language
from .publication import MentionQuerySet

UNDER = """
WITH RECURSIVE tree AS (
    SELECT id FROM dialogues_topic WHERE slug = ANY(%s)
    UNION SELECT child.id FROM dialogues_topic child JOIN tree ON child.parent_id = tree.id
) SELECT id FROM tree
"""

ABOVE = """
WITH RECURSIVE tree AS (
    SELECT id, parent_id FROM dialogues_topic WHERE id IN ({seen})
    UNION SELECT above.id, above.parent_id
    FROM dialogues_topic above JOIN tree ON above.id = tree.parent_id
) SELECT id FROM tree
"""

NO_CYCLE = """
IF NEW.parent_id IS NOT NULL AND NEW.id IN (
    WITH RECURSIVE above AS (
        SELECT id, parent_id FROM dialogues_topic WHERE id = NEW.parent_id
        UNION SELECT topic.id, topic.parent_id
        FROM dialogues_topic topic JOIN above ON topic.id = above.parent_id
    ) SELECT id FROM above
) THEN
    RAISE EXCEPTION 'topic % cannot lie under itself', NEW.slug USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class TopicQuerySet(MentionQuerySet):
    def under(self, slugs: Iterable[str]) -> Self:
        """These topics and everything that lies under them, at any depth."""
        return self.filter(pk__in=RawSQL(UNDER, [list(slugs)]))  # noqa: S611 (constant SQL)

    def above(self, pk: int) -> Self:
        """The topic with this id and everything that it lies under."""
        return self.filter(pk__in=RawSQL(ABOVE.format(seen="%s"), [pk]))  # noqa: S611 (constant)

    def _mentioned(self, condition: Callable[[str], Q]) -> Q:
        """What rounds are about or their sources mention, and the headings above that in the tree.

        What rounds are about is kept with its headings (``RoundSubjects``); to gather it from
        rounds, statements and points each time would read them all.
        """
        kept = apps.get_model("dialogues", "RoundSubjects")._base_manager
        about = kept.filter(condition("round"), topics__contains=[OuterRef("pk")])
        below = self.model._base_manager.filter(condition("sources__round")).order_by()
        sql, params = below.values("pk").query.sql_with_params()
        above = RawSQL(ABOVE.format(seen=sql), params)  # noqa: S611 (the ORM's own SQL)
        return Q(Exists(about)) | Q(pk__in=above)


class NamedThing(models.Model):
    """Something with a slug and a name in two languages."""

    name = models.CharField(_("name"), max_length=200)
    name_id = models.CharField(
        _("name in Indonesian"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, the name above is shown in both languages."),
    )
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, help_text=_("Names it in every address.")
    )
    former_slugs = former_slugs_field()

    class Meta:
        abstract = True
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(name="%(class)s_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="%(class)s_slug_shape", condition=Q(slug__regex=r"^[-a-z0-9_]+$")
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return in_readers_language(self.name, self.name_id)


@recorded()
class Topic(NamedThing):
    """A subject. A filter by a topic includes the topics that lie under it."""

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("lies under"),
    )

    mentioned_by = (
        "rounds",
        "statements__round",
        "agreed_points__round",
        "sources__round",
    )
    objects: ClassVar[models.Manager[Topic]] = TopicQuerySet.as_manager()

    class Meta(NamedThing.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = (  # type: ignore[assignment]  # one more than the base has
            *NamedThing.Meta.constraints,
            models.CheckConstraint(
                name="topic_not_under_itself", condition=Q(parent=None) | ~Q(parent=F("pk"))
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="no_cycle",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NO_CYCLE,
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("topic-detail", args=[self.slug])

    def clean(self) -> None:
        above = self.parent
        while above is not None and self.pk is not None:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("A topic cannot lie under itself.")})
            above = above.parent


@recorded()
class Issue(NamedThing):
    """A lifelong issue: what statements and points of many rounds and partners come back to."""

    note = models.TextField(_("note"), blank=True)

    mentioned_by = ("statements__round", "agreed_points__round")
    objects: ClassVar[models.Manager[Issue]] = MentionQuerySet.as_manager()

    class Meta(NamedThing.Meta):
        verbose_name = _("lifelong issue")
        verbose_name_plural = _("lifelong issues")

    def get_absolute_url(self) -> str:
        return reverse("issue-detail", args=[self.slug])
