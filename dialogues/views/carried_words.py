"""What went into a round from the ones before it, and out of it into those after, as words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.markup import as_time, items, link, safe, status
from dialogues.models import User
from dialogues.models.outcomes import shortened
from dialogues.queries.carried import TEXT, Mention, Owed, mentions, owed_before
from dialogues.queries.editions import Place
from dialogues.vocabulary import UNFINISHED

from .round_words import Telling
from .sides import is_overdue
from .wording import date_in

Row = dict[str, Any]
#: As many later rounds as are named of each issue.
NAMED = 3


def edition_name(row: Row) -> str:
    """A round of the same series in a few words."""
    if row["edition"]:
        return _("Edition %(edition)s") % {"edition": row["edition"]}
    return row["date"].display() if row["date"] else _("A round without number or date")


def carried(telling: Telling, place: Place, reader: User | AnonymousUser) -> Row:
    """What the page tells of the rounds before and after. Two queries."""
    document = telling.document
    issues = issues_of(document)
    owed, more = owed_before(place.earlier, date_in(document["date"]), reader)
    said = mentions([*place.earlier, *place.later], list(issues), reader)
    earlier = {row["pk"] for row in place.earlier}
    before, after = {}, {}
    for slug, found in said.items():
        if last := next((one for one in found if one.round["pk"] in earlier), None):
            before[slug] = last
        if later := [one for one in found if one.round["pk"] not in earlier]:
            after[slug] = later
    return {
        "owed_before": [_owed(telling, one) for one in owed],
        "more_owed": f"{telling.points_url}?series={document['series']['slug']}"
        + "".join(f"&status={value}" for value in UNFINISHED)
        if more
        else "",
        "issues_before": [
            {"issue": _issue(telling, issues[slug]), "last": _stood(telling, one)}
            for slug, one in before.items()
        ],
        "owed_after": items(_still_owed(telling, point) for point in document["agreed_points"]),
        "issues_after": [
            {"issue": _issue(telling, issues[slug]), "rounds": _rounds(telling, found)}
            for slug, found in after.items()
        ],
    }


def issues_of(document: Row) -> dict[str, Row]:
    """The lifelong issues that a round takes up, by slug, in the order in which it does."""
    parts = [*document["statements"], *document["agreed_points"]]
    return {part["issue"]["slug"]: part["issue"] for part in parts if part["issue"]["slug"]}


def _issue(telling: Telling, issue: Row) -> str:
    return link(telling.issue(issue["slug"]), telling.name(issue))


def _owed(telling: Telling, point: Owed) -> Row:
    name = _("%(edition)s, point %(number)s") % {
        "edition": edition_name(point.round),
        "number": point.number,
    }
    overdue = is_overdue(point.status, point.due)
    return {
        "link": link(f"{telling.points_url}{point.round['slug']}.{point.number}/", name),
        "text": shortened(point.text, TEXT),
        "facts": items(
            (
                status(point.status, telling.statuses[point.status]),
                telling.overdue if overdue else "",
                safe(f"{telling.due_label} {as_time(point.due)}") if point.due else "",
            )
        ),
    }


def _still_owed(telling: Telling, point: Row) -> str:
    """A point of the round itself that is owed still: where it stands on the page, and how."""
    if point["status"] not in UNFINISHED:
        return ""
    number = point["number"]
    pieces = [
        link(f"#point-{number}", telling.point_name % {"number": number}),
        status(point["status"], telling.statuses[point["status"]]),
    ]
    if is_overdue(point["status"], date_in(point["due"])):
        pieces.append(telling.overdue)
    return safe(" ".join(pieces))


def _stood(telling: Telling, mention: Mention) -> str:
    """Where an issue stood in the last round that took it up, as items of a list."""
    raised = [telling.names[side] for side in mention.sides]
    slug = mention.round["slug"]
    return items(
        (
            link(telling.round_url(mention.round), edition_name(mention.round)),
            as_time(mention.round["date"]) if mention.round["edition"] else "",
            _("raised by: %(sides)s") % {"sides": ", ".join(raised)} if raised else "",
            *(
                safe(
                    link(
                        f"{telling.points_url}{slug}.{number}/",
                        telling.point_name % {"number": number},
                    )
                    + " "
                    + status(state, telling.statuses[state])
                )
                for number, state in mention.points
            ),
        )
    )


def _rounds(telling: Telling, found: list[Mention]) -> str:
    """The rounds that came back to an issue, as items of a list; the first few by name."""
    more = len(found) - NAMED
    return items(
        (
            *(link(telling.round_url(one.round), edition_name(one.round)) for one in found[:NAMED]),
            ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
            if more > 0
            else "",
        )
    )


def rail(telling: Telling, place: Place) -> Iterable[Row]:
    """The rounds nearby as rows of the rail."""
    for row in place.nearby:
        yield {
            "url": telling.round_url(row),
            "name": edition_name(row),
            "when": as_time(row["date"]) if row["edition"] else "",
            "status": row["status"],
            "status_label": row["status_label"] if row["status"] != "held" else "",
            "current": row["pk"] == telling.document["id"],
            "gap": ngettext(
                "%(missing)s edition not recorded",
                "%(missing)s editions not recorded",
                row["missing_before"],
            )
            % {"missing": row["missing_before"]}
            if row["missing_before"]
            else "",
        }
