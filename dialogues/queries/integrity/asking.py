"""All checks, and what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from dialogues.models import AcceptedFinding

from . import lines, people, points, rounds
from .finding import Check, Finding, Scope

CHECKS: tuple[Check, ...] = (
    Check(
        "missing-edition",
        _("Editions missing"),
        _(
            "Enter the round, or say in the series through which edition there are no records: "
            "then older ones are not missed."
        ),
        lines.missing,
    ),
    Check(
        "doubled-round",
        _("Rounds that may be one"),
        _("Two rounds of one series met on the same days. If it is one, withdraw the other."),
        lines.doubled,
    ),
    Check(
        "out-of-order",
        _("Editions out of date order"),
        _("A later edition met before an earlier one: a number or a date is wrong."),
        lines.out_of_order,
    ),
    Check(
        "same-host-twice",
        _("Broken turns of hosts"),
        _("In this series hosts take turns, but here one of them hosted twice in a row."),
        lines.same_host_twice,
    ),
    Check(
        "disputed-date",
        _("Dates that sources dispute"),
        _("A source was out before the round met, or its note names another day."),
        rounds.disputed_dates,
    ),
    Check(
        "overtaken",
        _("Planned rounds whose day has passed"),
        _("Say whether it was held, postponed or cancelled."),
        rounds.overtaken,
    ),
    Check(
        "no-date",
        _("Rounds held without a date"),
        _("The year alone is better than nothing."),
        rounds.without_date,
    ),
    Check(
        "no-source",
        _("Published rounds without a source"),
        _("Readers cannot tell where the record comes from."),
        rounds.without_source,
    ),
    Check(
        "no-head",
        _("Published rounds without heads of delegation"),
        _("Who led is the first thing that colleagues ask."),
        rounds.without_heads,
    ),
    Check(
        "point-without-topic",
        _("Agreed points without a topic"),
        _("Nobody finds them by what they are about."),
        points.without_topic,
    ),
    Check(
        "closed-without-evidence",
        _("Closed points without evidence"),
        _("Add a follow-up with a note or the address of a source that says what became of it."),
        points.closed_without_evidence,
    ),
    Check(
        "same-person",
        _("People who may be one"),
        _("If they are, merge them; each record keeps its own spelling of the name."),
        people.who_may_be_one,
    ),
)
BY_NAME = {check.name: check for check in CHECKS}


def findings(
    scope: Scope, names: Iterable[str] = BY_NAME, *, accepted: bool = False
) -> Iterator[Finding]:
    """What the named checks, or all of them, find; check by check, in a lasting order.

    What somebody has let stand is left out; `accepted` asks for just that. Raises KeyError for an
    unknown check.
    """
    chosen = [BY_NAME[name] for name in names]
    standing = set(AcceptedFinding.objects.values_list("identity", flat=True))
    for check in chosen:
        for finding in check.find(scope):
            if (finding.identity in standing) is accepted:
                yield finding
