"""Saved views: a name on the filters, columns and order of a listing, and who makes use of it.

A view says what to ask, never what is answered: its rows are always those that its reader may see
at that moment.
"""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .accounts import Desk, User
from .history import recorded
from .publication import clearance_of

#: The listings that views can be of, as `dialogues.listings` calls them.
LISTINGS = ("agreed-points", "issues", "partners", "people", "rounds", "series", "topics")


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, those shared with one's desks, and those of everyone who signs in."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        desks = sorted(clearance_of(user).desks)
        return self.filter(Q(owner=user) | Q(desk__in=desks) | Q(for_everyone=True))


@recorded()
class SavedView(models.Model):
    """What somebody asks of a listing, under a name."""

    owner = models.ForeignKey(
        User, models.CASCADE, related_name="saved_views", verbose_name=_("owner")
    )
    listing = models.CharField(_("listing"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    query = models.CharField(
        _("filters, columns and order"),
        max_length=4000,
        blank=True,
        help_text=_("The query string of the listing's address, without a question mark."),
    )
    # Not shared any more where the desk is no more.
    desk = models.ForeignKey(
        Desk,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="saved_views",
        verbose_name=_("shared with the desk"),
    )
    for_everyone = models.BooleanField(_("shared with everyone"), default=False)

    objects: ClassVar[models.Manager[SavedView]] = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "name"),
                name="savedview_name_once",
                violation_error_message=_("You have a view of this name already."),
            ),
            models.CheckConstraint(name="savedview_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="savedview_listing_known", condition=Q(listing__in=LISTINGS)
            ),
            models.CheckConstraint(
                name="savedview_one_audience", condition=Q(desk=None) | Q(for_everyone=False)
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("saved-view", args=[self.pk])


class Use(models.Model):
    """What one user makes of a view that they may see: their own, or one shared with them.

    It counts only as long as they may; whoever reads it asks `SavedView.objects.visible_to` again.
    """

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("user"))
    view = models.ForeignKey(SavedView, models.CASCADE, verbose_name=_("saved view"))

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(fields=("user", "view"), name="%(class)s_once_a_view"),
        )

    def __str__(self) -> str:
        return f"{self.view_id} · {self.user_id}"


class StartPage(models.Model):
    """The view that a user sees first after signing in."""

    user = models.OneToOneField(
        User,
        models.CASCADE,
        primary_key=True,
        related_name="start_page",
        verbose_name=_("user"),
    )
    view = models.ForeignKey(SavedView, models.CASCADE, verbose_name=_("saved view"))

    objects: ClassVar[models.Manager[StartPage]]

    class Meta:
        verbose_name = _("start page")
        verbose_name_plural = _("start pages")

    def __str__(self) -> str:
        return f"{self.view_id} · {self.user_id}"


class PrivateFeed(Use):
    """A feed of a view that needs no signing in: whoever has its key reads it as the user would.

    Of the key only a hash is kept (`keys`).
    """

    key_hash = models.CharField(_("hash of the key"), max_length=64, unique=True)
    made = models.DateTimeField(_("made"), db_default=Now(), editable=False)

    objects: ClassVar[models.Manager[PrivateFeed]]

    class Meta(Use.Meta):
        verbose_name = _("private feed")
        verbose_name_plural = _("private feeds")


class Digest(Use):
    """A daily mail of what is new in a view."""

    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    since = models.DateTimeField(
        _("told until"), help_text=_("What was written before is in a mail that has been sent.")
    )
    #: Whoever has it may stop the mails, and do nothing else; it stands in each of them.
    stop_key = models.UUIDField(_("key to stop"), default=uuid.uuid4, unique=True, editable=False)

    objects: ClassVar[models.Manager[Digest]]

    class Meta(Use.Meta):
        verbose_name = _("mail digest")
        verbose_name_plural = _("mail digests")
        constraints = (  # type: ignore[assignment]  # one more than the base has
            *Use.Meta.constraints,
            models.CheckConstraint(
                name="digest_language_known",
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
            ),
        )
