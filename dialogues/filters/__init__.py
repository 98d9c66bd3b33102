"""Which ones? One FilterSet a listing, the same for page, export, feed and API."""

from .chips import Chip
from .facets import Counted, counts
from .finding import as_tree, found
from .listing import ListingFilter
from .mentions import IssueFilter, PartnerFilter, PersonFilter, SeriesFilter, TopicFilter
from .points import AgreedPointFilter
from .rounds import RoundFilter

__all__ = [
    "AgreedPointFilter",
    "Chip",
    "Counted",
    "IssueFilter",
    "ListingFilter",
    "PartnerFilter",
    "PersonFilter",
    "RoundFilter",
    "SeriesFilter",
    "TopicFilter",
    "as_tree",
    "counts",
    "found",
]
