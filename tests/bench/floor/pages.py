"""Pages as strings: the table of the list and the text of a round, with nothing around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

import psycopg

from . import documents

FORMATS = {"in_person": "In person", "virtual": "Virtual", "hybrid": "Hybrid", "unknown": ""}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

UNDER = """
WITH RECURSIVE tree AS (
  SELECT id FROM dialogues_topic WHERE slug = %(topic)s
  UNION ALL SELECT t.id FROM dialogues_topic t JOIN tree ON t.parent_id = tree.id)
SELECT array_agg(id) FROM tree
"""
# Asked round by round of the few that the other filters leave, which OFFSET keeps PostgreSQL to:
# collecting all rounds that mention a topic would read most of the record.
TOPIC = """
 AND (EXISTS (SELECT FROM dialogues_round_topics l
    WHERE l.round_id = r.id AND l.topic_id = ANY (%(topics)s) OFFSET 0)
  OR EXISTS (SELECT FROM dialogues_statement m
    JOIN dialogues_statement_topics l ON l.statement_id = m.id
    WHERE m.round_id = r.id AND l.topic_id = ANY (%(topics)s) OFFSET 0)
  OR EXISTS (SELECT FROM dialogues_agreedpoint m
    JOIN dialogues_agreedpoint_topics l ON l.agreedpoint_id = m.id
    WHERE m.round_id = r.id AND l.topic_id = ANY (%(topics)s) OFFSET 0))
"""
CONDITIONS = {
    "partner": documents.OF_PARTNER,
    "status": " AND r.status = %(status)s ",
    "date_from": " AND dialogues_edtf_span(r.date) &&"
    " daterange(make_date(%(date_from)s, 1, 1), make_date(%(date_to)s, 12, 31), '[]') ",
    "topic": TOPIC,
}

SHOWN = """
SELECT r.slug, s.title, r.edition, r.date, p.name, r.format, r.status,
  ARRAY(SELECT coalesce(nullif(v.city, ''), nullif(v.name, ''), c.name)
    FROM dialogues_round_venues l JOIN dialogues_venue v ON v.id = l.venue_id
    LEFT JOIN dialogues_country c ON c.code = v.country_id
    WHERE l.round_id = r.id ORDER BY l.id),
  (SELECT ARRAY[count(*), count(*) FILTER (WHERE m.status = 'open')]
    FROM dialogues_agreedpoint m WHERE m.round_id = r.id),
"""
LATEST = f"ORDER BY r.date DESC NULLS LAST, r.id DESC LIMIT {documents.PAGE}"

# All that fit are found once, counted, and the latest of them shown.
FILTERED = f"""
WITH found AS MATERIALIZED (SELECT r.id, r.date {documents.FROM} {{}}),
  r AS (SELECT r.* FROM (SELECT id FROM found r {LATEST}) page JOIN dialogues_round r USING (id))
{SHOWN} (SELECT count(*) FROM found)
FROM r JOIN dialogues_series s ON s.id = r.series_id JOIN dialogues_partner p ON p.id = s.partner_id
{LATEST}
"""
# Without filters the latest stand in the index, and only the count reads everything.
ALL = f"{SHOWN} (SELECT count(*) {documents.FROM}) {documents.FROM} {LATEST}"


def listing(connection: psycopg.Connection, query: dict[str, str]) -> bytes:
    """The list of rounds."""
    given: dict[str, Any] = dict(query)
    if query:
        given |= {"date_from": int(query["date_from"]), "date_to": int(query["date_to"])}
        (given["topics"],) = connection.execute(UNDER, given).fetchone()  # type: ignore[misc]
    where = "".join(CONDITIONS.get(name, "") for name in query)
    rows = connection.execute(FILTERED.format(where) if query else ALL, given).fetchall()
    count = rows[0][-1] if rows else 0
    body = "".join(row_of(*row) for row in rows)
    return f"<p>{count:,} rounds</p><table><tbody>{body}</tbody></table>".encode()


def row_of(
    slug: str, title: str, edition: int | None, day: str | None, partner: str, format_: str,
    status: str, places: list[str], points: list[int], _count: int,
) -> str:  # fmt: skip
    """A row of the list."""
    name = escape(title if edition is None else f"{title}, edition {edition}")
    if status != "held":
        name += f'</a> <span class="status status--{status}">{status.capitalize()}</span>'
    else:
        name += "</a>"
    many, still_open = points
    agreed = f"{many}, {still_open} open" if still_open else f"{many}"
    if many == still_open:
        agreed = f"{many}, all open"
    return (
        f"<tr><td>{in_words(day)}</td>"
        f'<td><a href="/rounds/{slug}/">{name}</td>'
        f"<td>{escape(partner)}</td><td>{FORMATS[format_]}</td>"
        f"<td>{escape('; '.join(dict.fromkeys(places)))}</td><td>{agreed}</td></tr>"
    )


def in_words(day: str | None) -> str:
    """A date as people write it."""
    if day is None:
        return ""
    start, _slash, end = day.partition("/")
    if not end:
        return f'<time datetime="{day}">{one_in_words(start)}</time>'
    if start[:7] == end[:7]:
        return f"{int(start[8:])}–{one_in_words(end)}"
    if start[:4] == end[:4]:
        return f"{one_in_words(start)[:-5]} – {one_in_words(end)}"
    return f"{one_in_words(start)} – {one_in_words(end)}"


def one_in_words(day: str) -> str:
    """A year, a month or a day as people write it."""
    year, *rest = day.split("-")
    words = [MONTHS[int(rest[0]) - 1], year] if rest else [year]
    return " ".join([str(int(rest[1])), *words] if rest[1:] else words)


def detail(connection: psycopg.Connection, slug: str) -> bytes:
    """All that a round's document says, as HTML."""
    return "".join(said(documents.one(connection, slug))).encode()


def said(value: Any) -> Iterator[str]:
    """Whatever a document holds, in its order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"<dt>{key}</dt><dd>"
            yield from said(inner)
            yield "</dd>"
    elif isinstance(value, list):
        yield from listed(value)
    elif value is not None:
        yield f"<p>{escape(str(value))}</p>"


def listed(values: Iterable[Any]) -> Iterator[str]:
    yield "<ul>"
    for value in values:
        yield "<li>"
        yield from said(value)
        yield "</li>"
    yield "</ul>"
