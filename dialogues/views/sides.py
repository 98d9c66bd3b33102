"""A round told by its sides: what templates loop over, named as the reader knows the sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.dates import PartialDate
from dialogues.models import Participant, Round, Series, Statement
from dialogues.vocabulary import UNFINISHED, Format, Host, Party, Role, RoundStatus, Side, Voice

LEADING = (Role.HEAD, Role.CO_HEAD)


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


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who came for one side."""

    name: str
    heads: list[Participant]
    others: list[Participant]


def delegations(round_: Round, names: dict[str | None, str]) -> list[Delegation]:
    """Both sides' delegations, in the order in which their members were entered."""
    people = list(round_.participants.all())
    return [
        Delegation(
            names[side],
            [one for one in people if one.side == side and one.role in LEADING],
            [one for one in people if one.side == side and one.role not in LEADING],
        )
        for side in Side
    ]


def raised(round_: Round, names: dict[str | None, str]) -> list[tuple[str, list[Statement]]]:
    """What each side raised; what both did comes last, and only where there is something."""
    by_party = {
        party: [one for one in round_.statements.all() if one.side == party] for party in Party
    }
    if not any(by_party.values()):
        return []
    return [(names[party], said) for party, said in by_party.items() if said or party != Party.BOTH]


def is_overdue(status: str, due: PartialDate | None) -> bool:
    """Whether the last day that a point's due date may mean has passed while it is still owed."""
    return due is not None and status in UNFINISHED and due.latest < timezone.localdate()


def host_in_words(round_: Round, names: dict[str | None, str]) -> str:
    """Who hosts; nothing where that is not recorded."""
    return "" if round_.host == Host.UNKNOWN else names[round_.host]


def not_recorded(round_: Round) -> list[str]:
    """What a reader would look for and the record does not hold, in words."""
    return [*_arrangements_missing(round_), *_contents_missing(round_)]


def _arrangements_missing(round_: Round) -> Iterator[str]:
    if round_.date is None:
        yield _("date")
    if round_.format == Format.UNKNOWN:
        yield _("format")
    if round_.format != Format.VIRTUAL and not round_.venues.all():
        yield _("place")
    if round_.host == Host.UNKNOWN:
        yield _("host")


def _contents_missing(round_: Round) -> Iterator[str]:
    if round_.status != RoundStatus.HELD:
        return
    leading = {one.side for one in round_.participants.all() if one.role in LEADING}
    for side, name in names_in(round_.series).items():
        if side in Side.values and side not in leading:
            yield _("who led for %(side)s") % {"side": name}
    if not round_.summary:
        yield _("summary")
    if not round_.statements.all():
        yield _("what each side raised")
    if not round_.agreed_points.all():
        yield _("what was agreed")
    if not round_.sources.all():
        yield _("sources")
