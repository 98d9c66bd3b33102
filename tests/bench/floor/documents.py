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

FROM = """
FROM dialogues_round r
JOIN dialogues_series s ON s.id = r.series_id JOIN dialogues_partner p ON p.id = s.partner_id
WHERE r.visibility = 'public' AND r.publication = 'published'
"""

LATEST = f"ORDER BY r.date DESC NULLS LAST, r.id DESC LIMIT {PAGE + 1}"
OF_PARTNER = " AND p.code = %(partner)s "

LIST = f"SELECT {DOCUMENT}, r.date, r.id {FROM} {{}} {LATEST}"
COUNT = f"SELECT count(*) {FROM} {{}}"
ONE = f"SELECT {DOCUMENT} {FROM} AND r.slug = %(slug)s"


def page(connection: psycopg.Connection, root: str, query: dict[str, str]) -> bytes:
    """The latest rounds with all that belongs to them, of one partner or of all."""
    given = {"root": root, **query}
    where = OF_PARTNER if "partner" in query else ""
    rows = connection.execute(LIST.format(where), given).fetchall()
    (count,) = connection.execute(COUNT.format(where), given).fetchone()  # type: ignore[misc]
    following: Any = None
    if len(rows) > PAGE:
        _document, day, pk = rows[PAGE - 1]
        following = f"{root}rounds/?cursor={day}.{pk}"
    head = {"count": count, "next": following, "previous": None}
    results = ",".join(row[0] for row in rows[:PAGE])
    return orjson.dumps(head)[:-1] + b',"results":[' + results.encode() + b"]}"


def one(connection: psycopg.Connection, slug: str) -> dict[str, Any]:
    """One round's document."""
    row = connection.execute(ONE, {"root": "", "slug": slug}).fetchone()
    if row is None:
        raise LookupError(slug)
    return orjson.loads(row[0])  # type: ignore[no-any-return]
