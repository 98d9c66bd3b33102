"""Atom: what has changed, newest first."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, linebreaks
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogues.filters.chips import with_only
from dialogues.filters.values import Reader

from .answers import answer, refusal
from .kinds import KINDS
from .told import Told, lasting_id, spoken

#: How many entries a feed has; a reader asks often enough to miss none.
ENTRIES = 50
#: As much of a summary as an entry shows.
LONGEST_TEXT = 1000


class Feed(Atom1Feed):
    """Atom that is the same bytes as long as nothing changes."""

    def latest_post_date(self) -> datetime:
        # Django would call an empty feed changed just now, each time anew.
        times = [item["updateddate"] for item in self.items]
        return max(times, default=datetime(1970, 1, 1, tzinfo=UTC))


def atom(
    request: HttpRequest, user: Reader, listing_key: str, data: QueryDict, title: str = ""
) -> HttpResponse:
    """The listing's last changes as `user` sees them, filtered by `data`; 400 if that is wrong.

    The request says only by which host and in which language: its own user is not asked. `title`
    stands in place of the filters' words.
    """
    kind = KINDS[listing_key]
    filters = kind.filtered(request, user, data)
    if not filters.is_valid():
        return refusal(user, filters)
    newest = filters.qs.order_by(f"-{kind.updated}", "-pk").values_list("pk", flat=True)[:ENTRIES]
    page = reverse(kind.list_name)
    query = with_only(data, "page", [])
    feed = Feed(
        title=spoken(title or kind.title(filters)),
        link=request.build_absolute_uri(f"{page}?{query}" if query else page),
        description=None,
        subtitle=_("The dialogues of %(own)s: what has changed") % {"own": settings.OWN_NAME},
        language=get_language(),
        author_name=settings.OWN_NAME,
        feed_url=request.build_absolute_uri(),
        feed_guid=f"urn:uuid:{lasting_id(f'{page}?{query}')}",
    )
    for told in kind.told(list(newest)):
        add(feed, told, request)
    return answer(request, user, feed.writeString("utf-8").encode(), Feed.content_type)


def add(feed: Feed, told: Told, request: HttpRequest) -> None:
    """An entry for one round or agreed point."""
    feed.add_item(
        title=told.title,
        link=request.build_absolute_uri(told.path),
        description=summary(told),
        unique_id=f"urn:uuid:{told.uid}",
        updateddate=told.updated,
        categories=[told.partner],
    )


def summary(told: Told) -> str:
    """The facts in a line, and the text, as HTML."""
    text = linebreaks(Truncator(told.text).chars(LONGEST_TEXT), autoescape=True)
    facts = format_html("<p>{}</p>", " · ".join(told.facts))
    return facts + mark_safe(text) if told.text else facts  # noqa: S308 - linebreaks escapes
