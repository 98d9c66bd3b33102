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

__all__ = [
    "LONGEST_QUERY",
    "matching_issues",
    "matching_partners",
    "matching_people",
    "matching_points",
    "matching_rounds",
    "matching_series",
    "matching_topics",
]
