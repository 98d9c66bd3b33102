"""Daily mails of what is new in saved views, each as its subscriber may see it at that moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.listings import LISTINGS
from dialogues.models import AgreedPoint, Digest, Round, SavedView
from dialogues.queries.recent import changed, settled
from dialogues.vocabulary import PointStatus, RoundStatus

#: How many rows a mail names; the view itself has them all.
NAMED = 50


class Unreadable(Exception):
    """The listing refuses the view's filters, as this subscriber may use them."""


@dataclass(frozen=True)
class Sent:
    """What became of one subscription: how many rows are new; none, and there is no mail."""

    digest: Digest
    rows: int


def subscriptions() -> list[int]:
    """The ids of the digests whose subscribers can be written to."""
    return list(
        Digest.objects.filter(user__is_active=True)
        .exclude(user__email="")
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def send(digest_id: int, *, dry_run: bool = False) -> Sent | None:
    """Send what is new to one subscriber, and then note up to when they have been told.

    None where there is nobody to send to: they may not see the view any more, have stopped the
    mails, or another run is writing to them. Raises Unreadable, and what the mail server raises;
    nothing is noted then, and the next run tries again.
    """
    with transaction.atomic():
        digest = (
            Digest.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("user", "view")
            .filter(pk=digest_id, user__is_active=True)
            .first()
        )
        if digest is None or not is_visible(digest):
            return None
        until = settled()
        if until <= digest.since:
            return Sent(digest, 0)
        with translation.override(digest.language):
            rows = new_rows(digest, until)
            count = rows.count()
            if count and not dry_run:
                mail(digest, rows, count).send()
        if not dry_run:
            Digest.objects.filter(pk=digest.pk).update(since=until)
    return Sent(digest, count)


def is_visible(digest: Digest) -> bool:
    return SavedView.objects.visible_to(digest.user).filter(pk=digest.view_id).exists()


def new_rows(digest: Digest, until: datetime) -> QuerySet[Any]:
    """What of the view is new or changed since the last mail, in the view's order."""
    request = HttpRequest()
    request.method, request.user = "GET", digest.user
    filters = LISTINGS[digest.view.listing].filtered(request, QueryDict(digest.view.query))
    if not filters.is_valid():
        raise Unreadable(
            "; ".join(str(said) for errors in filters.errors.values() for said in errors)
        )
    return changed(filters.qs, digest.user, digest.since, until)


def mail(digest: Digest, rows: QuerySet[Any], count: int) -> EmailMultiAlternatives:
    """The mail, as text and as HTML, in the language that is active."""
    view, user = digest.view, digest.user
    stop = absolute(reverse("digest-stop", args=[digest.stop_key]))
    context = {
        "view": view,
        "count": count,
        "since": digest.since,
        "listing": LISTINGS[view.listing].heading,
        "rows": list(told(rows[:NAMED])),
        "more": max(count - NAMED, 0),
        "view_url": absolute(view.get_absolute_url()),
        "settings_url": absolute(reverse("saved-view-settings", args=[view.pk])),
        "stop_url": stop,
    }
    subject = ngettext(
        "%(name)s: %(count)s new or changed", "%(name)s: %(count)s new or changed", count
    ) % {"name": view.name, "count": count}
    message = EmailMultiAlternatives(
        subject,
        render_to_string("mail/digest.txt", context),
        to=[formataddr((user.get_full_name(), user.email))],
        headers={
            # What a mail program needs to offer “unsubscribe” by itself (RFC 2369, RFC 8058).
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("mail/digest.html", context), "text/html")
    return message


def told(rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Each row's title and address, and what a list would say beside it."""
    paths = {Round: ("series__partner",), AgreedPoint: ("round__series__partner",)}
    for row in rows.select_related(*paths.get(rows.model, ())):
        yield {
            "title": str(row),
            "url": absolute(row.get_absolute_url()),
            "facts": " · ".join(fact for fact in facts(row) if fact),
        }


def facts(row: Any) -> tuple[str, ...]:
    """The few facts of a round or an agreed point that a reader asks first."""
    if isinstance(row, Round):
        date = row.date.display() if row.date else _("No date is recorded")
        return date, str(RoundStatus(row.status).label), row.series.partner.label
    if isinstance(row, AgreedPoint):
        due = _("Due: %(date)s") % {"date": row.due.display()} if row.due else ""
        return str(row.round), str(PointStatus(row.status).label), due
    return ()


def absolute(path: str) -> str:
    """The address with the site's name before it: no request says by which it is reached."""
    return f"{settings.SITE_URL}{path}"
