"""Where a list can go as it stands, each with the query string that takes it there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from dialogues.listings import Column

#: The listings that have feeds.
FED = frozenset({"rounds", "agreed-points"})


def ways_out(key: str, given: QueryDict, chosen: Sequence[Column]) -> dict[str, Any]:
    """Where the list ``key`` can go: files, feeds, pictures, a calendar, a saved view."""
    query = changed(given, page="", columns=",".join(one.key for one in chosen))
    filters = changed(given, page="", columns="", ordering="")
    narrow = f"?{filters}" if filters else ""
    named = {
        "csv": _("CSV, for programs"),
        "xlsx": _("Excel workbook"),
        "ndjson": _("NDJSON, one record a line"),
    }
    excel = (
        _("CSV for Excel, with semicolons"),
        f"/{key}.csv?{query}&separator=semicolon&bom=true",
    )
    fed = {"atom": _("Atom feed"), "ics": _("Calendar to subscribe to (iCalendar)")}
    seen = [
        (_("In pictures"), f"{reverse('round-pictures')}{narrow}"),
        (_("As a calendar"), f"{reverse('calendar')}{narrow}"),
    ]
    saving = urlencode({"listing": key, "query": changed(given, page="")})
    save = (_("Save this view"), f"{reverse('saved-view-new')}?{saving}")
    return {
        "downloads": [
            *(
                (suffix, label, f"{reverse(f'{key}-{suffix}')}?{query}")
                for suffix, label in named.items()
            ),
            ("csv", *excel),
        ],
        "feeds": [
            (label, f"{reverse(f'{key}-{kind}')}{narrow}")
            for kind, label in fed.items()
            if key in FED
        ],
        "elsewhere": [*(seen if key == "rounds" else []), save],
    }


def changed(data: QueryDict, **parameters: str) -> str:
    """The query string with these parameters instead; an empty value takes one out."""
    query = data.copy()
    for name, value in parameters.items():
        query.pop(name, None)
        if value:
            query[name] = value
    for name, values in list(query.lists()):
        query.setlist(name, [value for value in values if value])
    return query.urlencode()
