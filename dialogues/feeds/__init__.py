"""What is new, and when is it? Atom and iCalendar of a listing, as narrow as its page.

`/rounds.atom?partner=NO` and `/rounds.ics?partner=NO` take the query string of `/rounds/`. `atom`
and `ics` make the same answers for any reader, such as the owner of a saved view.
"""

from .addresses import ADDRESSES
from .atom import atom
from .calendars import ics
from .kinds import KINDS

__all__ = ["ADDRESSES", "KINDS", "atom", "ics"]
