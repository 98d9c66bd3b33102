"""A series' rounds as a line: editions that are missing, stand twice or out of order; hosts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.models import Round, Series
from dialogues.queries.chains import OTHER_SIDE, Chain
from dialogues.vocabulary import Host, RoundStatus

from .finding import Finding, Scope

Row = dict[str, Any]
#: With fewer pairs of neighbouring rounds nothing tells whether hosts take turns.
ENOUGH_TURNS = 3
#: What did not take place collides with nothing.
NOT_MEETING = (RoundStatus.CANCELLED, RoundStatus.POSTPONED)


def lines(scope: Scope) -> Iterator[tuple[Series, Chain]]:
    """Each series with its rounds in order, by title. One query, and one for all such checks."""
    for series in Series.objects.filter(pk__in=scope.chains).order_by("title", "pk"):
        yield series, scope.chains[series.pk]


def missing(scope: Scope) -> Iterator[Finding]:
    """Editions between those recorded, and before the first, that nobody has entered."""
    for series, chain in lines(scope):
        for row in chain.rows:
            last = (row["edition"] or 0) - 1
            first = max(last - row["missing_before"], series.unrecorded_through or 0) + 1
            if row["missing_before"] and first <= last:
                about = str(first) if first == last else f"{first}–{last}"
                yield _on_series(
                    "missing-edition",
                    series,
                    ngettext(
                        "Edition %(editions)s is not recorded.",
                        "Editions %(editions)s are not recorded.",
                        last - first + 1,
                    )
                    % {"editions": about},
                    about,
                )


def doubled(scope: Scope) -> Iterator[Finding]:
    """Two rounds of one series on the same days: one meeting that was entered twice, perhaps."""
    for series, chain in lines(scope):
        dated = [
            row
            for row in chain.rows
            if row["date"] and row["date"].known_to == "day" and row["status"] not in NOT_MEETING
        ]
        dated.sort(key=lambda row: (row["date"].earliest, row["pk"]))
        for before, after in pairwise(dated):
            if after["date"].earliest <= before["date"].latest:
                yield _on_round(
                    "doubled-round",
                    series,
                    after,
                    _("On the same days as %(other)s: %(date)s.")
                    % {"other": _called(series, before), "date": before["date"].display()},
                    f"{before['slug']} {after['date']}",
                )


def out_of_order(scope: Scope) -> Iterator[Finding]:
    """A later edition that certainly met before an earlier one."""
    for series, chain in lines(scope):
        numbered = [row for row in chain.rows if row["edition"] and row["date"]]
        for before, after in pairwise(numbered):
            if after["date"].latest < before["date"].earliest:
                yield _on_round(
                    "out-of-order",
                    series,
                    after,
                    _("%(date)s is before edition %(edition)s, which met %(other)s.")
                    % {
                        "date": after["date"].display(),
                        "edition": before["edition"],
                        "other": before["date"].display(),
                    },
                    f"{after['date']} {before['edition']} {before['date']}",
                )


def same_host_twice(scope: Scope) -> Iterator[Finding]:
    """The same side hosting twice in a row, in a series in which hosts otherwise take turns."""
    for series, chain in lines(scope):
        turns = chain.turns
        if turns.known < ENOUGH_TURNS or 2 * turns.changed <= turns.known:
            continue
        for before, after in chain.neighbours():
            if before["host"] in OTHER_SIDE and before["host"] == after["host"]:
                yield _on_round(
                    "same-host-twice",
                    series,
                    after,
                    _("%(host)s hosted here and the time before, though hosts take turns.")
                    % {"host": Host(after["host"]).label},
                    f"{before['slug']} {after['host']}",
                )


def _called(series: Series, row: Row) -> str:
    if row["edition"]:
        return _("edition %(edition)s") % {"edition": row["edition"]}
    return row["date"].display() if row["date"] else series.title


def _on_series(check: str, series: Series, said: str, about: str) -> Finding:
    return Finding(check, Series, series.pk, series.slug, series.title, said, about, series.pk)


def _on_round(check: str, series: Series, row: Row, said: str, about: str) -> Finding:
    name = f"{series.title}, {_called(series, row)}"
    return Finding(check, Round, row["pk"], row["slug"], name, said, about, series.pk)
