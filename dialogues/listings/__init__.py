"""What is listed? One declaration a listing: its filters, facets, columns and order."""

from .columns import Column
from .delimited import SEPARATORS, delimited, in_pieces
from .listing import PARAMETERS, Listing, UnknownColumn
from .mentions import ISSUES, PARTNERS, PEOPLE, SERIES, TOPICS
from .records import POINTS, ROUNDS

LISTINGS: dict[str, Listing] = {
    one.key: one for one in (ROUNDS, POINTS, SERIES, PARTNERS, TOPICS, ISSUES, PEOPLE)
}

__all__ = [
    "LISTINGS",
    "PARAMETERS",
    "SEPARATORS",
    "Column",
    "Listing",
    "UnknownColumn",
    "delimited",
    "in_pieces",
]
