"""What would people rather look at? Data in, marks with their places out; no HTML, no database.

Across, a place is a share of the picture's width in per cent, so that a picture fills whatever
room it has and its text and marks keep their size. Down, and for the narrowest width at which
nothing overlaps, lengths are pixels. The templates under ``templates/pictures/`` write the SVG.
"""

from .axis import Axis
from .bars import Bars, bars
from .grid import Grid, Head, grid
from .timeline import Lane, Mark, Timeline, timeline, years_of

__all__ = [
    "Axis",
    "Bars",
    "Grid",
    "Head",
    "Lane",
    "Mark",
    "Timeline",
    "bars",
    "grid",
    "timeline",
    "years_of",
]
