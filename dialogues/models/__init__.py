"""What is it? Fields and the QuerySet that reads them, a file for each family."""

from .accounts import ADMINISTRATORS, ANALYSTS, DESK_OFFICERS, PUBLISHERS, Desk, User
from .appearances import Appearance
from .delegations import Participant, Person
from .files import File
from .idempotency import IdempotencyKey
from .integrity import AcceptedFinding
from .naming import NamedAnew
from .outcomes import AgreedPoint, FollowUp, Statement
from .partners import Country, Partner
from .pending import PendingImport
from .publication import Clearance, clearance_of, visible
from .review import ReviewStep
from .rounds import Round, RoundPart, Venue
from .saved import Digest, PrivateFeed, SavedView, StartPage
from .series import Series
from .sources import RelatedEvent, Source
from .subjects import PointSubjects, RoundSubjects
from .tokens import ApiToken
from .topics import Issue, Topic
from .unsaved import UnsavedWork
from .words import PointWords, RoundWords

__all__ = [
    "ADMINISTRATORS",
    "ANALYSTS",
    "DESK_OFFICERS",
    "PUBLISHERS",
    "AcceptedFinding",
    "AgreedPoint",
    "ApiToken",
    "Appearance",
    "Clearance",
    "Country",
    "Desk",
    "Digest",
    "File",
    "FollowUp",
    "IdempotencyKey",
    "Issue",
    "NamedAnew",
    "Participant",
    "Partner",
    "PendingImport",
    "Person",
    "PointSubjects",
    "PointWords",
    "PrivateFeed",
    "RelatedEvent",
    "ReviewStep",
    "Round",
    "RoundPart",
    "RoundSubjects",
    "RoundWords",
    "SavedView",
    "Series",
    "Source",
    "StartPage",
    "Statement",
    "Topic",
    "UnsavedWork",
    "User",
    "Venue",
    "clearance_of",
    "visible",
]
