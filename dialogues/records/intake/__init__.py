"""A press release, read by rules and the tracker's own words, as proposals for a round's record."""

from .draft import PointTaken, draft_of
from .reading import Reading, read_release
from .released import LARGEST_FILE, Release, ReleaseRefused, checked, release_of, too_large
from .text.passages import LONGEST_TEXT
from .text.proposals import Proposal
from .words.languages import LANGUAGES
from .words.vocabulary import Vocabulary, general_vocabulary, tracker_vocabulary

__all__ = [
    "LANGUAGES",
    "LARGEST_FILE",
    "LONGEST_TEXT",
    "PointTaken",
    "Proposal",
    "Reading",
    "Release",
    "ReleaseRefused",
    "Vocabulary",
    "checked",
    "draft_of",
    "general_vocabulary",
    "read_release",
    "release_of",
    "too_large",
    "tracker_vocabulary",
]
