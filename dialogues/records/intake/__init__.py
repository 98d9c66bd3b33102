"""A press release, read by rules and the tracker's own words, as proposals for a round's record."""

from .languages import LANGUAGES
from .passages import LONGEST_TEXT
from .proposals import Proposal
from .reading import Reading, read_release
from .released import ReleaseRefused, text_of
from .vocabulary import Vocabulary, general_vocabulary, tracker_vocabulary

__all__ = [
    "LANGUAGES",
    "LONGEST_TEXT",
    "Proposal",
    "Reading",
    "ReleaseRefused",
    "Vocabulary",
    "general_vocabulary",
    "read_release",
    "text_of",
    "tracker_vocabulary",
]
