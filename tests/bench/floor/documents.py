"""Rounds as JSON: one statement builds the documents of a whole page."""

from __future__ import annotations

from typing import Any

import orjson
import psycopg

PAGE = 50

DOCUMENT = """
json_build_object(
  'slug', r.slug,
  'series', json_build_object('slug', s.slug, 'title', s.title, 'kind', s.kind,
    'partner', json_build_object('code', p.code, 'name', p.name, 'kind', p.kind)),
  'edition', r.edition, 'status', r.status, 'date', r.date, 'format', r.format,
  'format_note', r.format_note, 'host', r.host,
  'venues', to_json(ARRAY(
    SELECT json_build_object('name', v.name, 'city', v.city, 'country', coalesce(v.country_id, ''))
    FROM dialogues_round_venues l JOIN dialogues_venue v ON v.id = l.venue_id
    WHERE l.round_id = r.id ORDER BY l.id)),
  'participants', to_json(ARRAY(
    SELECT json_build_object('side', m.side, 'role', m.role,
      'name', coalesce(nullif(m.name, ''), w.name),
      'title', m.title, 'institution', m.institution)
    FROM dialogues_participant m JOIN dialogues_person w ON w.id = m.person_id
    WHERE m.round_id = r.id ORDER BY m.position, m.id)),
  'topics', to_json(ARRAY(
    SELECT t.slug FROM dialogues_round_topics l JOIN dialogues_topic t ON t.id = l.topic_id
    WHERE l.round_id = r.id ORDER BY l.id)),
  'summary', r.summary,
  'statements', to_json(ARRAY(
    SELECT json_build_object('side', m.side, 'text', m.text,
      'topics', to_json(ARRAY(
        SELECT t.slug FROM dialogues_statement_topics l JOIN dialogues_topic t ON t.id = l.topic_id
        WHERE l.statement_id = m.id ORDER BY l.id)),
      'issue', i.slug)
    FROM dialogues_statement m LEFT JOIN dialogues_issue i ON i.id = m.issue_id
    WHERE m.round_id = r.id ORDER BY m.position, m.id)),
  'agreed_points', to_json(ARRAY(
    SELECT json_build_object('number', m.number, 'text', m.text,
      'original_text', m.original_text, 'original_language', m.original_language, 'kind', m.kind,
      'topics', to_json(ARRAY(
        SELECT t.slug FROM dialogues_agreedpoint_topics l
        JOIN dialogues_topic t ON t.id = l.topic_id WHERE l.agreedpoint_id = m.id ORDER BY l.id)),
      'responsible', m.responsible, 'due', m.due, 'status', m.status, 'issue', i.slug,
      'follow_ups', to_json(ARRAY(
        SELECT json_build_object('date', f.date, 'status', f.status, 'note', f.note,
          'source_url', f.source_url)
        FROM dialogues_followup f WHERE f.point_id = m.id ORDER BY f.position, f.id)))
    FROM dialogues_agreedpoint m LEFT JOIN dialogues_issue i ON i.id = m.issue_id
    WHERE m.round_id = r.id ORDER BY m.number)),
  'next_round_note', r.next_round_note,
  'related_events', to_json(ARRAY(
    SELECT json_build_object('kind', m.kind, 'title', m.title, 'date', m.date, 'place', m.place,
      'note', m.note)
    FROM dialogues_relatedevent m WHERE m.round_id = r.id ORDER BY m.position, m.id)),
  'sources', to_json(ARRAY(
    SELECT json_build_object('kind', m.kind, 'publisher', m.publisher, 'title', m.title,
      'url', m.url, 'published_on', m.published_on, 'language', m.language, 'side', m.side,
      'topics', to_json(ARRAY(
        SELECT t.slug FROM dialogues_source_topics l JOIN dialogues_topic t ON t.id = l.topic_id
        WHERE l.source_id = m.id ORDER BY l.id)),
      'note', m.note)
    FROM dialogues_source m WHERE m.round_id = r.id ORDER BY m.position, m.id)),
  'visibility', r.visibility, 'publication', r.publication,
  'url', %(root)s || 'rounds/' || r.slug || '/', 'created', r.created, 'updated', r.updated
)::text
"""

VISIBLE = "r.visibility = 'public' AND r.publication = 'published'"
JOINED = """
FROM dialogues_round r
JOIN dialogues_series s ON s.id = r.series_id JOIN dialogues_partner p ON p.id = s.partner_id
"""
FROM = f"{JOINED} WHERE {VISIBLE}"

LATEST = f"ORDER BY r.date DESC NULLS LAST, r.id DESC LIMIT {PAGE + 1}"
OF_PARTNER = " AND p.code = %(partner)s "
# Behind a row: rows with a date and rows without are each read off the index.
BEHIND = " AND r.date <= %(date)s AND (r.date < %(date)s OR r.id < %(id)s) "
BEHIND_UNDATED = " AND r.date IS NULL AND r.id < %(id)s "

LIST = f"SELECT {DOCUMENT}, r.date, r.id {FROM} {{}} {LATEST}"
COUNT = f"SELECT count(*) {FROM} {{}}"
ONE = f"SELECT {DOCUMENT} {FROM} AND r.slug = %(slug)s"


def page(connection: psycopg.Connection, root: str, query: dict[str, str]) -> bytes:
    """A page of rounds with all that belongs to them, of one partner or of all."""
    given: dict[str, Any] = {"root": root, **query}
    where = OF_PARTNER if "partner" in query else ""
    day, _dot, pk = query.get("cursor", "").rpartition(".")
    behind = ""
    if pk:
        given |= {"date": day, "id": int(pk)}
        behind = BEHIND if day else BEHIND_UNDATED
    rows = connection.execute(LIST.format(where + behind), given).fetchall()
    if behind is BEHIND and len(rows) <= PAGE:
        undated = connection.execute(LIST.format(f"{where} AND r.date IS NULL "), given)
        rows += undated.fetchmany(PAGE + 1 - len(rows))
    (count,) = connection.execute(COUNT.format(where), given).fetchone()  # type: ignore[misc]
    following: Any = None
    if len(rows) > PAGE:
        _document, day, last = rows[PAGE - 1]
        following = f"{root}rounds/?cursor={day or ''}.{last}"
    head = {"count": count, "next": following, "previous": f"{root}rounds/" if behind else None}
    results = ",".join(row[0] for row in rows[:PAGE])
    return orjson.dumps(head)[:-1] + b',"results":[' + results.encode() + b"]}"


def tag(connection: psycopg.Connection) -> str:
    """Another one after every write to the record."""
    (written,) = connection.execute("SELECT dialogues_written()").fetchone()  # type: ignore[misc]
    return f'"{written}"'


def one(connection: psycopg.Connection, slug: str) -> dict[str, Any]:
    """One round's document."""
    row = connection.execute(ONE, {"root": "", "slug": slug}).fetchone()
    if row is None:
        raise LookupError(slug)
    return orjson.loads(row[0])  # type: ignore[no-any-return]
