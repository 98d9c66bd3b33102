"""What a saved view asks: the query string as it is kept, and whether it can be answered."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from dialogues.filters.chips import PLACE
from dialogues.listings import LISTINGS, UnknownColumn
from dialogues.models import SavedView

#: As much of a query string as is kept.
LONGEST_QUERY = SavedView._meta.get_field("query").max_length or 0


def canonical(query: str) -> str:
    """The query string without empty values and pages, its parameters in alphabetical order."""
    given = QueryDict(query.removeprefix("?"))
    kept = QueryDict(mutable=True)
    for name in sorted(given):
        values = [value for value in given.getlist(name) if value]
        if name not in PLACE and values:
            kept.setlist(name, values)
    return kept.urlencode()


def address(listing_key: str, query: str) -> str:
    """Where the listing stands with this query string."""
    page = reverse(LISTINGS[listing_key].url_name)
    return f"{page}?{query}" if query else page


def problems(request: HttpRequest, listing_key: str, query: str) -> list[str]:
    """A sentence for everything in the query string that the listing would refuse the reader."""
    if len(query) > LONGEST_QUERY:
        return [
            _("These filters are too long to be kept: %(length)s characters, of %(most)s.")
            % {"length": len(query), "most": LONGEST_QUERY}
        ]
    listing, data = LISTINGS[listing_key], QueryDict(query)
    filters = listing.filtered(request, data)
    found = [str(sentence) for said in filters.errors.values() for sentence in said]
    try:
        listing.chosen(data.get("columns", ""), request.user)
    except UnknownColumn as problem:
        found.append(str(problem))
    return found


def in_words(request: HttpRequest, listing_key: str, query: str) -> list[str]:
    """The filters as the reader's chips say them; nothing where the listing would refuse them."""
    filters = LISTINGS[listing_key].filtered(request, QueryDict(query))
    return [chip.words for chip in filters.describe()]
