"""What one row of the flat sheet says, as keys of a document."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from dialogues import vocabulary
from dialogues.dates import understand

from .errors import RecordError
from .sheet_names import SheetNames

REQUIRED = ("series", "partner")

Row = dict[str, str]


def said_by(row: Row, line: int, names: SheetNames, errors: list[RecordError]) -> dict[str, Any]:
    """The document's keys that a row gives; what is wrong with a cell goes to ``errors``."""

    def wrong(column: str, message: str) -> None:
        errors.append(RecordError(message, column, line))

    for column in REQUIRED:
        if not row.get(column):
            wrong(column, _("This cell must not be empty."))
    if errors:
        return {}
    said: dict[str, Any] = {
        "series": _series(row, names, wrong),
        **_words(row, wrong),
        "venues": _venues(row, names, partial(wrong, "country")),
        "participants": [*_heads(row, "own", wrong), *_heads(row, "partner", wrong)],
        "topics": list(dict.fromkeys(names.topic(name) for name in _list(row.get("topics")))),
        "agreed_points": _list(row.get("agreed_points")),
        "sources": _sources(row, wrong),
    }
    if row.get("edition"):
        said["edition"] = _number(row["edition"], partial(wrong, "edition"))
    if row.get("date"):
        said["date"] = _date(row["date"], partial(wrong, "date"))
    return said | {key: row[key] for key in ("summary", "next_round_note") if row.get(key)}


def _series(row: Row, names: SheetNames, wrong: Any) -> dict[str, Any]:
    partner = names.partner(row["partner"], row.get("partner_kind", ""), partial(wrong, "partner"))
    series = names.series(row["series"], partner, partial(wrong, "series"))
    if row.get("kind"):
        series["kind"] = _word(row["kind"], vocabulary.SeriesKind, partial(wrong, "kind"))
    return series


def _words(row: Row, wrong: Any) -> dict[str, str]:
    """The keys whose cells hold one word of a fixed set."""
    return {
        column: _word(row[column], words, partial(wrong, column))
        for column, words in (
            ("status", vocabulary.RoundStatus),
            ("format", vocabulary.Format),
            ("host", vocabulary.Host),
            ("visibility", vocabulary.Visibility),
        )
        if row.get(column)
    }


def _sources(row: Row, wrong: Any) -> list[dict[str, Any]]:
    """The one source that a row can give."""
    source: dict[str, Any] = {
        key: row[f"source_{key}"]
        for key in ("publisher", "title", "url")
        if row.get(f"source_{key}")
    }
    if row.get("source_date"):
        source["published_on"] = _date(row["source_date"], partial(wrong, "source_date"))
    return [source] if source else []


def _list(cell: str | None) -> list[str]:
    return [item for item in (item.strip() for item in (cell or "").split(";")) if item]


def _word(cell: str, words: Any, wrong: Any) -> str:
    given = cell.lower().replace(" ", "_").replace("-", "_")
    for value, label in words.choices:
        if given == value or cell.casefold() == str(label).casefold():
            return str(value)
    wrong(
        _("“%(given)s” is not known here; expected %(expected)s.")
        % {"given": cell, "expected": ", ".join(words.values)}
    )
    return cell


def _number(cell: str, wrong: Any) -> int | None:
    if cell.isascii() and cell.isdigit():
        return int(cell)
    wrong(_("Expected a whole number, not “%(given)s”.") % {"given": cell})
    return None


def _date(cell: str, wrong: Any) -> str | None:
    try:
        date = understand(cell)
    except ValueError as error:
        wrong(str(error))
        return None
    return str(date) if date else None


def _venues(row: Row, names: SheetNames, wrong: Any) -> list[dict[str, str]]:
    """Pair venues, cities and countries; one country serves several cities, and so does a name."""
    columns = [_list(row.get(column)) for column in ("venue", "city", "country")]
    longest = max(map(len, columns))
    if any(len(column) not in (0, 1, longest) for column in columns):
        wrong(_("Give one country for all cities, or as many as there are cities."))
        return []
    padded = [column * longest if len(column) == 1 else column for column in columns]
    found = []
    for place in range(longest):
        name, city, country = (column[place] if column else "" for column in padded)
        found.append(
            {
                "name": name,
                "city": city,
                "country": names.country(country, wrong) if country else "",
            }
        )
    return found


def _heads(row: Row, side: str, wrong: Any) -> list[dict[str, str]]:
    """The heads of one side with their titles; a title that is alone may hold semicolons."""
    names = _list(row.get(f"head_{side}"))
    cell = row.get(f"head_{side}_title", "")
    titles = [cell] if len(names) == 1 and cell else _list(cell)
    if titles and len(titles) != len(names):
        wrong(
            f"head_{side}_title",
            _("Expected as many titles as there are names, separated by semicolons."),
        )
        return []
    return [
        {"side": side, "role": "head", "name": name, **({"title": title} if title else {})}
        for name, title in zip(names, titles or [""] * len(names), strict=True)
    ]
