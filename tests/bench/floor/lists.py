"""Lists of rounds and of agreed points, with their facets: strings, with nothing around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import psycopg

from . import facets
from .documents import FROM, PAGE
from .words import OWN, called, in_words, is_past

IN_YEARS = """
 AND dialogues_edtf_span(r.date) &&
 daterange(make_date(%(date_from)s, 1, 1), make_date(%(date_to)s, 12, 31), '[]') """
# By the topic's id, which is looked up before: then PostgreSQL knows how many have it.
TOPIC = "SELECT id FROM dialogues_topic WHERE slug = %(topic)s"
ABOUT = """
 AND EXISTS (SELECT FROM dialogues_{0}subjects a WHERE a.{0}_id = {1}.id
   AND a.topics @> ARRAY[{{topic}}::bigint]) """
OF_PARTNER = " AND p.code = %(partner)s "
NEWEST = "r.date DESC NULLS LAST, r.id DESC"


@dataclass(frozen=True)
class Listing:
    """What is written by hand for one listing."""

    words: str
    facets: dict[str, str]
    base: str
    """The rows, with the columns that facets count by."""
    conditions: dict[str, str]
    found: str
    """Finds, counts and sorts all that fit, and shows a page of them."""
    all: str
    """The same of everything: there the latest stand in the index, and only the count reads on."""

    def page(self, connection: psycopg.Connection, query: dict[str, str]) -> bytes:
        given: dict[str, Any] = dict(query)
        for name in ("date_from", "date_to"):
            if name in given:
                given[name] = int(given[name])
        if "topic" in query:
            (given["topic"],) = connection.execute(TOPIC, query).fetchone()  # type: ignore[misc]
        conditions = {
            name: sql.format(**given) for name, sql in self.conditions.items() if name in query
        }
        found = self.found.format("".join(conditions.values())) if conditions else self.all
        rows = connection.execute(found, given).fetchall()
        sql = facets.statement(self.base, conditions, self.facets)
        ticks = facets.ticks(connection, sql, given)
        count = rows[0][-1] if rows else 0
        body = "".join(ROW[self.words](*row) for row in rows)
        return (
            f"<p>{count:,} {self.words}</p>{facets.as_html(ticks, query, list(self.facets))}"
            f"<table><tbody>{body}</tbody></table>"
        ).encode()


SHOWN = """
SELECT r.slug, s.title, r.edition, r.date, p.name, r.format, r.status,
  ARRAY(SELECT coalesce(nullif(v.city, ''), nullif(v.name, ''), c.name)
    FROM dialogues_round_venues l JOIN dialogues_venue v ON v.id = l.venue_id
    LEFT JOIN dialogues_country c ON c.code = v.country_id
    WHERE l.round_id = r.id ORDER BY l.id),
  (SELECT ARRAY[count(*), count(*) FILTER (WHERE m.status = 'open')]
    FROM dialogues_agreedpoint m WHERE m.round_id = r.id),
"""
OF_ROUNDS = """
FROM r JOIN dialogues_series s ON s.id = r.series_id JOIN dialogues_partner p ON p.id = s.partner_id
"""
ROUNDS = Listing(
    "rounds",
    facets.tallies(
        "round", ("partner", "format", "year", "topic", "kind", "status", "host", "country")
    ),
    "SELECT r.id, r.id AS round_id, r.date, r.format, r.status, r.host, s.kind, s.partner_id"
    + FROM,
    {
        "partner": OF_PARTNER,
        "status": " AND r.status = %(status)s ",
        "date_from": IN_YEARS,
        "topic": ABOUT.format("round", "r"),
    },
    f"""
    WITH found AS MATERIALIZED (SELECT r.id, r.date {FROM} {{}}),
      r AS (SELECT r.* FROM (SELECT id FROM found r ORDER BY {NEWEST} LIMIT {PAGE}) page
        JOIN dialogues_round r USING (id))
    {SHOWN} (SELECT count(*) FROM found) {OF_ROUNDS} ORDER BY {NEWEST}
    """,
    f"{SHOWN} (SELECT count(*) {FROM}) {FROM} ORDER BY {NEWEST} LIMIT {PAGE}",
)

FROM_POINTS = FROM.replace(
    "FROM dialogues_round r",
    "FROM dialogues_agreedpoint m JOIN dialogues_round r ON r.id = m.round_id",
)
POINTS = Listing(
    "agreed points",
    facets.tallies(
        "point", ("status", "responsible", "partner", "topic", "year", "kind", "country")
    ),
    "SELECT m.id, r.id AS round_id, r.date, m.status, m.responsible, s.kind, s.partner_id"
    + FROM_POINTS,
    {
        "status": " AND m.status = %(status)s ",
        "topic": ABOUT.format("point", "m"),
        "partner": OF_PARTNER,
    },
    f"""
    WITH found AS MATERIALIZED (SELECT m.id, r.date, r.id AS round_id, m.number {FROM_POINTS} {{}}),
      page AS (SELECT id FROM found
        ORDER BY date DESC NULLS LAST, round_id DESC, number LIMIT {PAGE})
    SELECT r.slug, s.title, r.edition, r.date, p.name, m.number, m.text, m.status, m.due,
      m.responsible, (SELECT count(*) FROM found)
    FROM page JOIN dialogues_agreedpoint m USING (id) JOIN dialogues_round r ON r.id = m.round_id
      JOIN dialogues_series s ON s.id = r.series_id JOIN dialogues_partner p ON p.id = s.partner_id
    ORDER BY {NEWEST}, m.number
    """,
    "",
)


def round_row(
    slug: str, title: str, edition: int | None, day: str | None, partner: str, format_: str,
    status: str, places: list[str], points: list[int], _count: int,
) -> str:  # fmt: skip
    many, still_open = points
    agreed = f"{many}, {still_open} open" if still_open else f"{many}"
    if many == still_open:
        agreed = f"{many}, all open"
    minded = "" if status == "held" else f" {as_status(status)}"
    return (
        f"<tr><td>{in_words(day)}</td><td>{link_to(slug, title, edition)}{minded}</td>"
        f"<td>{escape(partner)}</td><td>{'' if format_ == 'unknown' else called(format_)}</td>"
        f"<td>{escape('; '.join(dict.fromkeys(places)))}</td><td>{agreed}</td></tr>"
    )


def point_row(
    slug: str, title: str, edition: int | None, day: str | None, partner: str, number: int,
    text: str, status: str, due: str | None, responsible: str | None, _count: int,
) -> str:  # fmt: skip
    shown = text if len(text) <= 220 else f"{text[:219]}…"
    late = bool(due) and status in {"open", "in_progress"} and is_past(due or "")
    owes = {"own": OWN, "partner": partner, "both": "Both sides", None: ""}[responsible]
    return (
        f'<tr><td><a href="/agreed-points/{slug}.{number}/">{escape(shown)}</a></td>'
        f"<td>{as_status(status)}</td>"
        f"<td>{in_words(due)}{' ' + as_status('overdue') if late else ''}</td>"
        f"<td>{escape(owes)}</td><td>{link_to(slug, title, edition)}</td>"
        f"<td>{in_words(day)}</td></tr>"
    )


def link_to(slug: str, title: str, edition: int | None) -> str:
    name = title if edition is None else f"{title}, edition {edition}"
    return f'<a href="/rounds/{slug}/">{escape(name)}</a>'


def as_status(status: str) -> str:
    return f'<span class="status status--{status}">{called(status)}</span>'


ROW: dict[str, Callable[..., str]] = {"rounds": round_row, "agreed points": point_row}
