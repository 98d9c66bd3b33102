"""What each value of a facet would leave: counted plainly, each time anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import psycopg

from .words import called

SHOWN = 10

# Each counts the rows of ``base``, which have the columns that are compared here.
BY_COLUMN = "SELECT '{0}', {0}::text, NULL, count(*) FROM base GROUP BY 2"
BY_PARTNER = """
SELECT 'partner', p.code, p.name, n FROM
  (SELECT partner_id, count(*) AS n FROM base GROUP BY 1) c
  JOIN dialogues_partner p ON p.id = c.partner_id
"""
BY_YEAR = """
SELECT 'year', y::text, NULL, sum(n)::bigint FROM (
  SELECT left(date, 4)::int AS first, left(split_part(date, '/', -1), 4)::int AS last,
    count(*) AS n FROM base WHERE date IS NOT NULL GROUP BY 1, 2
) c, generate_series(first, last) y GROUP BY 2
UNION ALL SELECT 'year', NULL, NULL, count(*) FROM base WHERE date IS NULL
"""
BY_TOPIC = """
SELECT 'topic', t.slug, t.name, n FROM (
  SELECT topic, count(*) AS n FROM base
    JOIN dialogues_{0}subjects a ON a.{0}_id = base.id, unnest(topics) topic GROUP BY 1
) c JOIN dialogues_topic t ON t.id = topic
UNION ALL SELECT 'topic', NULL, NULL, count(*) FROM base
WHERE NOT EXISTS (SELECT FROM dialogues_{0}subjects a WHERE a.{0}_id = base.id)
"""
BY_COUNTRY = """
SELECT 'country', d.code, d.name, n FROM (
  SELECT v.country_id, count(DISTINCT base.id) AS n FROM base
    JOIN dialogues_round_venues l ON l.round_id = base.round_id
    JOIN dialogues_venue v ON v.id = l.venue_id GROUP BY 1
) c JOIN dialogues_country d ON d.code = c.country_id
UNION ALL SELECT 'country', NULL, NULL, count(*) FROM base WHERE NOT EXISTS (
  SELECT FROM dialogues_round_venues l JOIN dialogues_venue v ON v.id = l.venue_id
  WHERE l.round_id = base.round_id AND v.country_id IS NOT NULL)
"""

Ticks = dict[str, list[tuple[str | None, str, int]]]


def tallies(rows: str, names: Sequence[str]) -> dict[str, str]:
    """The SQL of each facet over rounds ("round") or agreed points ("point")."""
    special = {
        "partner": BY_PARTNER,
        "year": BY_YEAR,
        "topic": BY_TOPIC.format(rows),
        "country": BY_COUNTRY,
    }
    return {name: special.get(name) or BY_COLUMN.format(name) for name in names}


def statement(base: str, conditions: Mapping[str, str], facets: Mapping[str, str]) -> str:
    """One statement for all facets: those that nothing is asked of share their rows."""
    shared = [sql for name, sql in facets.items() if name not in conditions]
    parts = [counted(base, conditions.values(), shared)]
    for name, sql in facets.items():
        if name in conditions:
            others = [condition for own, condition in conditions.items() if own != name]
            parts.append(counted(base, others, [sql]))
    return " UNION ALL ".join(parts)


def counted(base: str, conditions: Any, tallied: Sequence[str]) -> str:
    rows = base + "".join(conditions)
    return f"(WITH base AS MATERIALIZED ({rows}) {' UNION ALL '.join(tallied)})"


def ticks(connection: psycopg.Connection, sql: str, given: dict[str, Any]) -> Ticks:
    """All counts, the largest of a facet first."""
    found: Ticks = {}
    for name, value, label, count in connection.execute(sql, given):
        if count:
            unset = value in (None, "unknown") and label is None
            words = "Not recorded" if unset else label or called(value)
            found.setdefault(name, []).append((value, words, count))
    for values in found.values():
        values.sort(key=lambda one: (-one[2], one[1]))
    return found


def as_html(found: Ticks, given: Mapping[str, Any], names: Sequence[str]) -> str:
    """What a reader can tick: what is ticked already, then the most frequent."""
    parts = []
    for name in names:
        values = found.get(name, [])
        known = [one for one in values if one[0] is not None]
        ticked = [one for one in known if one[0] == given.get(name)]
        others = [one for one in known if one[0] != given.get(name)]
        missing = [one for one in values if one[0] is None]
        parts += [tick(name, *one, " checked") for one in ticked]
        parts += [tick(name, *one) for one in others[:SHOWN]]
        parts += [tick(f"{name}__empty", "true", *one[1:]) for one in missing]
    return "".join(parts)


def tick(name: str, value: str | None, label: str, count: int, state: str = "") -> str:
    return (
        f'<label class="tick"><input name="{name}" value="{value}"{state}> '
        f"<span>{escape(label)}</span> <span>{count:,}</span></label>"
    )
