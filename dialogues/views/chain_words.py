"""A chain of rounds as words and marks: what the pages of a series and of a partner write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.dates import PartialDate
from dialogues.pictures import Mark
from dialogues.queries.chains import Chain, Pause, Row
from dialogues.vocabulary import Format, Host, RoundStatus

from .rows import date_of
from .spans import months_in_words

Names = Mapping[str | None, str]


def name_of(row: Row) -> str:
    """A round within its series: "Edition 11", else its date."""
    if row["edition"]:
        return _("Edition %(edition)s") % {"edition": row["edition"]}
    if row["date"]:
        return _("Round of %(date)s") % {"date": row["date"].display()}
    return _("A round without number or date")


def link_to(row: Row) -> dict[str, Any]:
    """A round's name, address and date."""
    return {
        "name": name_of(row),
        "url": reverse("round-detail", args=[row["slug"]]),
        "dated": bool(row["edition"] and row["date"]),
        **date_of(row["date"]),
    }


def mark_of(row: Row) -> Mark:
    """A round as a picture's mark."""
    return Mark(
        row["date"],
        row["format"],
        row["status"],
        name_of(row),
        reverse("round-detail", args=[row["slug"]]),
        row["edition"],
        row["missing_before"],
    )


def chain_rows(rows: list[Row], names: Names, unrecorded: int | None) -> list[dict[str, Any]]:
    """Rounds as words, the newest first, each with what is missing before it."""
    formats = {value: str(label) for value, label in Format.choices if value != Format.UNKNOWN}
    return [
        {
            **link_to(row),
            "format": formats.get(row["format"], ""),
            "host": host_of(row, names),
            "status": row["status"],
            "status_label": ""
            if row["status"] == RoundStatus.HELD
            else RoundStatus(row["status"]).label,
            "missing": missing_in_words(row, unrecorded),
            "pk": row["pk"],
        }
        for row in reversed(rows)
    ]


def missing_in_words(row: Row, unrecorded: int | None) -> str:
    """Which editions are not there before a round, and whether that is a mistake; or nothing."""
    count = row["missing_before"]
    if not count:
        return ""
    first, last = row["edition"] - count, row["edition"] - 1
    editions = f"{first}–{last}" if count > 1 else f"{last}"
    if unrecorded and last <= unrecorded:
        return ngettext(
            "Edition %(editions)s took place before records were kept here",
            "Editions %(editions)s took place before records were kept here",
            count,
        ) % {"editions": editions}
    return ngettext(
        "Edition %(editions)s is not recorded", "Editions %(editions)s are not recorded", count
    ) % {"editions": editions}


def host_of(row: Row, names: Names) -> str:
    """Who hosted, or nothing where that is not recorded."""
    return "" if row["host"] == Host.UNKNOWN else names[row["host"]]


def standing_of(chain: Chain, names: Names, today: date) -> dict[str, Any]:
    """When a series last met, how often it does, what comes next and who would host."""
    last, coming, overtaken = chain.last_held, chain.coming(today), chain.overtaken(today)
    return {
        "last": link_to(last) if last else None,
        "ago": ago(last["date"], today) if last and last["date"] else "",
        "cadence": months_in_words(chain.cadence) if chain.cadence is not None else "",
        "pauses": len(chain.pauses),
        "longest": pause_of(chain.longest) if chain.longest else None,
        "coming": coming_of(coming, names) if coming else None,
        "overtaken": link_to(overtaken) if overtaken and not coming else None,
        "said": last["next_round_note"] if last else "",
        "turns": turns_of(chain, names),
    }


def pause_of(pause: Pause) -> dict[str, Any]:
    """The longest pause in words, and its two rounds."""
    return {
        "length": months_in_words(pause.months),
        "before": link_to(pause.before),
        "after": link_to(pause.after),
    }


def coming_of(row: Row, names: Names) -> dict[str, Any]:
    """The next round: how far it is, and who hosts."""
    return {
        **link_to(row),
        "status": row["status"],
        "status_label": RoundStatus(row["status"]).label,
        "host": host_of(row, names),
    }


def turns_of(chain: Chain, names: Names) -> dict[str, Any]:
    """Whose turn it would be to host the next round, and what tells so."""
    turns = chain.turns
    if not turns.known:
        evidence = ""
    elif turns.changed == turns.known:
        evidence = ngettext(
            "the host changed the one time that both are recorded",
            "the host changed each of the %(count)s times that both are recorded",
            turns.known,
        ) % {"count": turns.known}
    else:
        evidence = ngettext(
            "the host changed %(changed)s time of %(count)s",
            "the host changed %(changed)s times of %(count)s",
            turns.changed,
        ) % {"changed": turns.changed, "count": turns.known}
    return {"next": names[turns.next] if turns.next else "", "evidence": evidence}


def ago(when: PartialDate, today: date) -> str:
    """How long ago that was, only as exactly as the date is known; nothing if it is to come."""
    days = (today - when.latest).days
    if days < 0:
        return ""
    if when.precision == "year":
        years = today.year - when.latest.year
        if not years:
            return _("this year")
        return ngettext("%(count)s year ago", "%(count)s years ago", years) % {"count": years}
    return _("%(length)s ago") % {"length": months_in_words(days * 12 / 365.2425)}
