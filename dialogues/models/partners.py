"""The other side: countries and organisations, and what the ministry calls them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dialogues.countries import ISO_CODES
from dialogues.vocabulary import PartnerKind

from .history import recorded
from .publication import MentionQuerySet

ORGANISATION_CODE = RegexValidator(
    r"^[A-Z0-9][A-Z0-9-]{0,19}\Z", _("Write capitals, digits and hyphens, at most 20, such as EU.")
)


def in_readers_language(english: str, indonesian: str) -> str:
    """Choose a name's wording by the active language; the English one always stands."""
    return (indonesian if get_language() == "id" else english) or english


@recorded()
class Country(models.Model):
    """What the ministry calls each country. A migration fills it from CLDR; from then on it is
    the ministry's own table."""

    code = models.CharField(
        _("code"), max_length=2, primary_key=True, help_text=_("ISO 3166-1, two letters.")
    )
    name = models.CharField(_("name in English"), max_length=200)
    name_id = models.CharField(_("name in Indonesian"), max_length=200)
    also_written = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("also written"),
        default=list,
        blank=True,
        help_text=_("Other spellings that sheets and press releases use, separated by commas."),
    )

    objects: ClassVar[models.Manager[Country]]

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                name="country_code_known",
                condition=Q(code__in=sorted(ISO_CODES)),
                violation_error_message=_("This is not an ISO 3166-1 code of two letters."),
            ),
            models.CheckConstraint(name="country_named", condition=~Q(name="") & ~Q(name_id="")),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The country's name in the reader's language."""
        return in_readers_language(self.name, self.name_id)


@recorded()
class Partner(models.Model):
    """A country or an organisation that the ministry holds dialogues with."""

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[ORGANISATION_CODE],
        help_text=_(
            "A country's ISO 3166-1 code of two letters (RU), or a code of an organisation's own "
            "that is no country's (EU)."
        ),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=PartnerKind)
    name = models.CharField(_("name"), max_length=200)
    name_id = models.CharField(
        _("name in Indonesian"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, the name above is shown in both languages."),
    )

    #: Paths from here to the rounds that mention it (see ``MentionQuerySet``).
    mentioned_by = ("series__rounds",)
    objects: ClassVar[models.Manager[Partner]] = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                name="partner_kind_known", condition=Q(kind__in=PartnerKind.values)
            ),
            models.CheckConstraint(
                name="partner_code_shape", condition=Q(code__regex=r"^[A-Z0-9][A-Z0-9-]{0,19}$")
            ),
            models.CheckConstraint(
                name="partner_code_fits_kind",
                condition=(
                    Q(kind=PartnerKind.COUNTRY, code__in=sorted(ISO_CODES))
                    | (Q(kind=PartnerKind.ORGANISATION) & ~Q(code__in=sorted(ISO_CODES)))
                ),
                violation_error_message=_(
                    "A country has its ISO 3166-1 code; an organisation's code is no country's."
                ),
            ),
            models.CheckConstraint(name="partner_named", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("partner-detail", args=[self.code])

    @property
    def label(self) -> str:
        """The partner's name in the reader's language."""
        return in_readers_language(self.name, self.name_id)
