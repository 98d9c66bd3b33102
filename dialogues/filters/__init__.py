"""Which ones? One FilterSet a listing, the same for page, export, feed and API."""

from .chips import Chip
from .points import AgreedPointFilter
from .rounds import RoundFilter

__all__ = ["AgreedPointFilter", "Chip", "RoundFilter"]
