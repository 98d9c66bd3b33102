"""What to call the parties of a round, and whether what one owes is overdue."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.dates import PartialDate
from dialogues.models import Series
from dialogues.vocabulary import UNFINISHED, Voice


def party_names(partner: str) -> dict[str | None, str]:
    """What to call each party, when the other side is called `partner`."""
    return {
        Voice.OWN: settings.OWN_NAME,
        Voice.PARTNER: partner,
        Voice.BOTH: _("Both sides"),
        Voice.THIRD: _("A third party"),
    }


def names_in(series: Series) -> dict[str | None, str]:
    """What to call each party of the series' rounds."""
    return party_names(series.partner.label)


def is_overdue(status: str, due: PartialDate | None) -> bool:
    """Whether the last day that a point's due date may mean has passed while it is still owed."""
    return due is not None and status in UNFINISHED and due.latest < timezone.localdate()
