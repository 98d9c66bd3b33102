"""Search across everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from dialogues.queries.search import LONGEST_QUERY, Wider, says_nothing, suggestion, widenings
from dialogues.queries.search.suggesting import NO_EXCLUSION, NO_QUOTES

from .listing import Problem
from .search_groups import RECORDS, Group, count_in_words, groups_found


@dataclass(frozen=True)
class Link:
    """Another search."""

    words: str
    query: str
    count: str = ""


class Search(TemplateView):
    """`/search/?q=`: what there is of each kind, the best of it, and where all of it is listed."""

    template_name = "dialogues/search.html"
    request: HttpRequest

    @cached_property
    def asked(self) -> str:
        """What to search for; nothing where it is too long to be a search."""
        return self.request.GET.get("q", "").replace("\0", " ").strip()

    @cached_property
    def problems(self) -> list[Problem]:
        """What is wrong with the query string."""
        found = [
            Problem("", _("There is no parameter “%(name)s”.") % {"name": name[:60]})
            for name in self.request.GET
            if name != "q"
        ]
        if len(self.request.GET.getlist("q")) > 1:
            found.append(Problem("q", _("“%(name)s” can be given only once.") % {"name": "q"}))
        if len(self.asked) > LONGEST_QUERY:
            sentence = _("Search for at most %(most)s characters; these are %(given)s.") % {
                "most": LONGEST_QUERY,
                "given": len(self.asked),
            }
            found.append(Problem("q", sentence))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups: list[Group] = []
        if self.asked and not self.problems:
            groups = groups_found(self.request.user, self.asked)
        nothing = {}
        if self.asked and not self.problems and not RECORDS & {group.key for group in groups}:
            nothing = self._instead(named=bool(groups))
        return super().get_context_data(
            section="search",
            asked=self.asked[:LONGEST_QUERY],
            longest=LONGEST_QUERY,
            problems=self.problems,
            groups=groups,
            searched=bool(self.asked) and not self.problems,
            **nothing,
            **kwargs,
        )

    def _instead(self, *, named: bool) -> dict[str, Any]:
        """What to say where nothing is found, or names alone."""
        if says_nothing(self.asked):
            return {"says_nothing": True}
        meant = suggestion(self.request.user, self.asked)
        wider = [] if named else widenings(self.request.user, self.asked)
        return {
            "meant": Link(meant, urlencode({"q": meant})) if meant else None,
            "wider": [
                Link(
                    wider_in_words(other),
                    urlencode({"q": other.text}),
                    count_in_words("rounds", other.count, more=other.more),
                )
                for other in wider
            ],
        }


def wider_in_words(other: Wider) -> str:
    """What is different about a wider search."""
    if other.kind == NO_EXCLUSION:
        return _("Without leaving anything out: %(text)s") % {"text": other.text}
    if other.kind == NO_QUOTES:
        return _("The words, wherever they stand: %(text)s") % {"text": other.text}
    return _("Any of the words: %(text)s") % {"text": other.text}
