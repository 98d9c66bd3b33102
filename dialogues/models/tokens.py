"""Tokens, by which programs read and write in an account's name."""

from __future__ import annotations

import ipaddress
import re
import zlib
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .accounts import User
from .history import recorded
from .keys import LENGTH, LETTERS, hashed, new_key

#: `dt_`, eight letters that name the token to people and in the database, the key itself, and a
#: checksum. Programs that look for leaked secrets find it by this shape and, by the checksum, find
#: nothing else; and what somebody made up is refused without asking the database.
SHAPE = re.compile(r"dt_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}\Z")
PREFIX_LENGTH = 8
CHECKSUM_LENGTH = 6

LONGEST = timedelta(days=366)
#: How exactly it is kept when a token was last used; so that reading does not mean writing.
EXACTLY = timedelta(minutes=1)


def network(text: str) -> None:
    """Refuse what is no range of addresses, such as 192.0.2.0/24 or 2001:db8::/32."""
    try:
        ipaddress.ip_network(text)
    except ValueError as error:
        raise ValidationError(
            gettext("“%(given)s” is no range of addresses, such as 192.0.2.0/24.") % {"given": text}
        ) from error


def checksum(text: str) -> str:
    """Six letters that a mistyped or made-up token does not end in."""
    number, letters = zlib.crc32(text.encode()), ""
    for _place in range(CHECKSUM_LENGTH):
        number, digit = divmod(number, len(LETTERS))
        letters = LETTERS[digit] + letters
    return letters


def is_well_formed(secret: str) -> bool:
    """Whether a text has a token's shape and checksum."""
    return (
        bool(SHAPE.match(secret))
        and checksum(secret[:-CHECKSUM_LENGTH]) == secret[-CHECKSUM_LENGTH:]
    )


class ApiTokenQuerySet(models.QuerySet):
    def make(self, **fields: Any) -> ApiToken:
        """Keep a new token. What is returned carries its secret, which nobody is shown again."""
        prefix = new_key(PREFIX_LENGTH)
        begun = f"dt_{prefix}_{new_key(LENGTH)}"
        secret = begun + checksum(begun)
        token: ApiToken = self.create(prefix=prefix, key_hash=hashed(secret), **fields)
        token.secret = secret
        return token

    def of_secret(self, secret: str) -> ApiToken | None:
        """The token whose secret this is, whether or not it still lets anybody in."""
        if not is_well_formed(secret):
            return None
        prefix = secret[3 : 3 + PREFIX_LENGTH]
        found = self.select_related("owner").filter(prefix=prefix).first()
        known = found is not None and constant_time_compare(found.key_hash, hashed(secret))
        return found if known else None

    def revoke(self) -> int:
        """Let these tokens end now; return how many had not ended before."""
        return self.filter(revoked=None).update(revoked=Now())


@recorded(exclude=("key_hash", "last_used", "last_address"))
class ApiToken(models.Model):
    """What lets a program read, and perhaps write, in an account's name.

    It ends when it expires, is revoked or its account is switched off, whichever comes first;
    that last is a trigger of the accounts' table.
    """

    owner = models.ForeignKey(
        User, models.CASCADE, related_name="api_tokens", verbose_name=_("account")
    )
    name = models.CharField(
        _("name"), max_length=120, help_text=_("Which program uses it, so that you know it again.")
    )
    prefix = models.CharField(_("begins with"), max_length=12, unique=True, editable=False)
    key_hash = models.CharField(_("hash of the key"), max_length=64, unique=True, editable=False)
    may_write = models.BooleanField(
        _("may write"),
        default=False,
        help_text=_("Else it only reads. It never does more than the account itself may."),
    )
    networks = ArrayField(
        models.CharField(max_length=43, validators=[network]),
        verbose_name=_("only from"),
        default=list,
        blank=True,
        size=20,
        help_text=_(
            "Ranges of addresses that it is good from, with commas between: 192.0.2.0/24. Left "
            "empty, from everywhere."
        ),
    )
    made = models.DateTimeField(_("made"), db_default=Now(), editable=False)
    expires = models.DateTimeField(_("expires"), help_text=_("After at most a year."))
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    last_used = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    last_address = models.GenericIPAddressField(
        _("last used from"), null=True, blank=True, editable=False
    )

    #: Of a token that has just been made: what the program sends. It is kept nowhere.
    secret = ""

    objects: ClassVar[ApiTokenQuerySet] = ApiTokenQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ("-made", "-pk")
        constraints = (models.CheckConstraint(name="apitoken_named", condition=~Q(name="")),)

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning})"

    def clean(self) -> None:
        expires: Any = self.expires  # None where what was typed is no date
        if expires and not timezone.now() < expires <= timezone.now() + LONGEST:
            raise ValidationError(
                {"expires": _("A token expires in the future, after at most a year.")}
            )

    @property
    def beginning(self) -> str:
        """By what one knows the token, without being able to use it."""
        return f"dt_{self.prefix}…"

    @property
    def works(self) -> bool:
        return self.revoked is None and self.expires > timezone.now()

    def is_good_from(self, address: str) -> bool:
        """Whether the token lets in who asks from this address."""
        if not self.networks:
            return True
        try:
            asked: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address)
        except ValueError:
            return False
        asked = getattr(asked, "ipv4_mapped", None) or asked
        return any(asked in ipaddress.ip_network(given) for given in self.networks)

    def note_use(self, address: str) -> None:
        """Keep when and from where it was used: one write a minute, whatever number of requests."""
        now = timezone.now()
        if self.last_used is not None and self.last_used > now - EXACTLY:
            return
        stale = Q(last_used=None) | Q(last_used__lte=now - EXACTLY)
        ApiToken.objects.filter(stale, pk=self.pk).update(
            last_used=now, last_address=_address_or_none(address)
        )


def _address_or_none(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None
