"""Search: words, phrases and names, across everything that rounds hold and mention."""

from .asking import LONGEST_QUERY
from .matching import matching_points, matching_rounds
from .names import (
    matching_issues,
    matching_partners,
    matching_people,
    matching_series,
    matching_topics,
)
from .naming import Named, found_names
from .parts import found_sources, found_statements, rounds_to_look_in
from .records import MOST, SHOWN, Found, found_points, found_rounds
from .snippets import Marked, marked
from .suggesting import Wider, says_nothing, suggestion, widenings
from .whereabouts import Part, mentioned, spoken

__all__ = [
    "LONGEST_QUERY",
    "MOST",
    "SHOWN",
    "Found",
    "Marked",
    "Named",
    "Part",
    "Wider",
    "found_names",
    "found_points",
    "found_rounds",
    "found_sources",
    "found_statements",
    "marked",
    "matching_issues",
    "matching_partners",
    "matching_people",
    "matching_points",
    "matching_rounds",
    "matching_series",
    "matching_topics",
    "mentioned",
    "rounds_to_look_in",
    "says_nothing",
    "spoken",
    "suggestion",
    "widenings",
]
