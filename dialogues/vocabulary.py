"""Which words? The record format's enumerations, and the steps permitted between them.

A leaf: it imports nothing of the project. Values are what documents, addresses and the database
hold; labels are what people read.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerKind(TextChoices):
    COUNTRY = "country", _("Country")
    ORGANISATION = "organisation", _("Organisation")


class SeriesKind(TextChoices):
    HUMAN_RIGHTS = "human_rights", _("Human rights dialogue")
    POLITICAL_CONSULTATION = "political_consultation", _("Political consultation")
    JOINT_COMMISSION = "joint_commission", _("Joint commission")
    CONSULAR = "consular", _("Consular consultation")
    INTERFAITH = "interfaith", _("Interfaith dialogue")
    POLICY_PLANNING = "policy_planning", _("Policy planning dialogue")
    LEGAL = "legal", _("Legal consultation")
    STRATEGIC = "strategic", _("Strategic dialogue")
    OTHER = "other", _("Other")


class RoundStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Confirmed")
    HELD = "held", _("Held")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class Format(TextChoices):
    IN_PERSON = "in_person", _("In person")
    VIRTUAL = "virtual", _("Virtual")
    HYBRID = "hybrid", _("Hybrid")
    UNKNOWN = "unknown", _("Not recorded")


class Host(TextChoices):
    OWN = "own", _("Own side")
    PARTNER = "partner", _("Partner")
    BOTH = "both", _("Both sides")
    THIRD = "third", _("A third party")
    UNKNOWN = "unknown", _("Not recorded")


class Side(TextChoices):
    OWN = "own", _("Own side")
    PARTNER = "partner", _("Partner")


class Party(TextChoices):
    """Who raised a statement, or who owes what an agreed point says."""

    OWN = "own", _("Own side")
    PARTNER = "partner", _("Partner")
    BOTH = "both", _("Both sides")


class Voice(TextChoices):
    """Who speaks in a source."""

    OWN = "own", _("Own side")
    PARTNER = "partner", _("Partner")
    BOTH = "both", _("Both sides")
    THIRD = "third", _("A third party")
    UNKNOWN = "unknown", _("Not recorded")


class Role(TextChoices):
    HEAD = "head", _("Head of delegation")
    CO_HEAD = "co_head", _("Co-head of delegation")
    OPENER = "opener", _("Opened the meeting")
    MEMBER = "member", _("Member of delegation")


class PointKind(TextChoices):
    COMMITMENT = "commitment", _("Commitment")
    JOINT_POSITION = "joint_position", _("Joint position")
    EXCHANGE = "exchange", _("Exchange")
    NEXT_ROUND = "next_round", _("Next round")
    OTHER = "other", _("Other")


class PointStatus(TextChoices):
    OPEN = "open", _("Open")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    LAPSED = "lapsed", _("Lapsed")
    SUPERSEDED = "superseded", _("Superseded")


class SourceKind(TextChoices):
    PRESS_RELEASE = "press_release", _("Press release")
    NEWS = "news", _("News article")
    JOINT_STATEMENT = "joint_statement", _("Joint statement")
    RECORD = "record", _("Record of the meeting")
    OTHER = "other", _("Other")


class Visibility(TextChoices):
    """Who may ever see a record."""

    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")
    RESTRICTED = "restricted", _("Restricted to its desk")


class Publication(TextChoices):
    """How far a record has come."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class FileKind(TextChoices):
    """The kinds of file that are read or kept, as their content shows them to be."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word document (DOCX)")
    ODT = "odt", _("OpenDocument text (ODT)")
    TEXT = "text", _("plain text")
    PNG = "png", _("PNG picture")
    JPEG = "jpeg", _("JPEG picture")
    GIF = "gif", _("GIF picture")
    WEBP = "webp", _("WebP picture")


#: Addresses under ``/rounds/``, of pages or of the API, that are no round's, so that no round can
#: have them for a slug.
RESERVED_SLUGS = frozenset({"facets", "pictures"})

#: A point in one of these is still owed; past its due date it is overdue.
UNFINISHED = (PointStatus.OPEN, PointStatus.IN_PROGRESS)

#: Who leads a delegation.
LEADING = (Role.HEAD, Role.CO_HEAD)

#: What an editor without the right to publish may do with a record that stands at the key.
EDITORS_STEPS: dict[str, tuple[Publication, ...]] = {
    Publication.DRAFT: (Publication.DRAFT, Publication.IN_REVIEW),
    Publication.IN_REVIEW: (Publication.IN_REVIEW, Publication.DRAFT),
    Publication.PUBLISHED: (Publication.PUBLISHED,),
    Publication.WITHDRAWN: (Publication.WITHDRAWN,),
}

#: What a publisher may do.
PUBLISHERS_STEPS: dict[str, tuple[Publication, ...]] = {
    Publication.DRAFT: (Publication.DRAFT, Publication.IN_REVIEW, Publication.PUBLISHED),
    Publication.IN_REVIEW: (Publication.IN_REVIEW, Publication.DRAFT, Publication.PUBLISHED),
    Publication.PUBLISHED: (Publication.PUBLISHED, Publication.WITHDRAWN),
    Publication.WITHDRAWN: (Publication.WITHDRAWN, Publication.DRAFT, Publication.PUBLISHED),
}
