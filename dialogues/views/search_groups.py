"""What a search found, kind by kind, as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialogues.models import Issue, Partner, Person, Series, Topic, User, clearance_of
from dialogues.queries.search import (
    MOST,
    SHOWN,
    Found,
    Named,
    found_names,
    found_points,
    found_rounds,
    found_sources,
    found_statements,
    rounds_to_look_in,
)

from .search_hits import Hit, Page

ABOUT_SERIES = ("series__title", "series__partner__name", "series__partner__name_id")
ABOUT_ROUND = (
    "round__slug", "round__edition", "round__date", "round__visibility", "round__publication",
    *(f"round__{column}" for column in ABOUT_SERIES),
)  # fmt: skip
OF_ROUND = (
    "slug", "edition", "date", "status", "visibility", "publication", "summary",
    "next_round_note", "format_note", "internal_note", *ABOUT_SERIES,
)  # fmt: skip
OF_POINT = (
    "number", "text", "original_text", "internal_note", "status", "due", *ABOUT_ROUND,
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    key: str
    heading: str
    count: str
    """In words."""
    hits: list[Hit]
    all_url: str = ""
    """Where all of them are listed; nothing where all are shown, or no list has them."""


def groups_found(user: User | AnonymousUser, asked: str) -> list[Group]:
    """What `user` may find by what is asked, kind by kind; kinds without anything are left out."""
    staff = clearance_of(user).staff
    names = found_names(user, asked, shown=SHOWN, most=MOST)
    rounds = found_rounds(user, asked, OF_ROUND)
    points = found_points(user, asked, OF_POINT)
    near = rounds_to_look_in(user, asked, rounds)
    noted = ("internal_note",) if staff else ()
    statements = found_statements(user, asked, near, ("side", "text", *noted, *ABOUT_ROUND))
    sources = found_sources(asked, near, ("publisher", "title", "url", "note", *ABOUT_ROUND))
    page = Page(asked, staff=staff)
    page.read(names, (rounds, points, statements, sources))
    hits: list[tuple[str, Found | Named, list[Hit]]] = [
        *((KINDS[model], named, page.names(named.rows)) for model, named in names.items()),
        ("rounds", rounds, page.rounds(rounds.rows)),
        ("points", points, page.points(points.rows)),
        ("statements", statements, page.statements(statements.rows)),
        ("sources", sources, page.sources(sources.rows)),
    ]
    return [
        Group(
            key,
            str(HEADINGS[key]),
            count_in_words(key, found.count, more=found.more),
            shown,
            _all_url(key, asked) if found.more or found.count > len(shown) else "",
        )
        for key, found, shown in hits
        if shown
    ]


KINDS: dict[type[Model], str] = {
    Person: "people",
    Partner: "partners",
    Series: "series",
    Topic: "topics",
    Issue: "issues",
}
#: What is not a name.
RECORDS = {"rounds", "points", "statements", "sources"}
HEADINGS = {
    "people": gettext_lazy("People"),
    "partners": gettext_lazy("Partners"),
    "series": gettext_lazy("Series"),
    "topics": gettext_lazy("Topics"),
    "issues": gettext_lazy("Lifelong issues"),
    "rounds": gettext_lazy("Rounds"),
    "points": gettext_lazy("Agreed points"),
    "statements": gettext_lazy("What was raised"),
    "sources": gettext_lazy("Sources"),
}
#: The listings that take the same `q`; statements and sources have none.
LISTINGS = {
    "people": "person-list",
    "partners": "partner-list",
    "series": "series-list",
    "topics": "topic-list",
    "issues": "issue-list",
    "rounds": "round-list",
    "points": "agreed-point-list",
}


def _all_url(key: str, asked: str) -> str:
    if key not in LISTINGS:
        return ""
    return f"{reverse(LISTINGS[key])}?{urlencode({'q': asked})}"


def count_in_words(key: str, count: int, *, more: bool) -> str:
    """Such as "38 rounds", or "more than 1,000 rounds"."""
    words = {
        "people": ngettext("%(count)s person", "%(count)s people", count),
        "partners": ngettext("%(count)s partner", "%(count)s partners", count),
        "series": ngettext("%(count)s series", "%(count)s series", count),
        "topics": ngettext("%(count)s topic", "%(count)s topics", count),
        "issues": ngettext("%(count)s lifelong issue", "%(count)s lifelong issues", count),
        "rounds": ngettext("%(count)s round", "%(count)s rounds", count),
        "points": ngettext("%(count)s agreed point", "%(count)s agreed points", count),
        "statements": ngettext("%(count)s statement", "%(count)s statements", count),
        "sources": ngettext("%(count)s source", "%(count)s sources", count),
    }[key] % {"count": number_format(count, force_grouping=True)}
    if not more:
        return words
    if count < MOST:
        return _("at least %(count)s") % {"count": words}
    return _("more than %(count)s") % {"count": words}
