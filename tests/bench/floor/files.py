"""All rounds as files: CSV by COPY, NDJSON document by document."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from .documents import DOCUMENT, FROM, JOINED, VISIBLE

HEADS = "date,round,series,edition,status,publication,visibility,partner,partner_code,format,where"
CSV = f"""
COPY (
  SELECT r.date, r.slug, s.title, r.edition, r.status, r.publication, r.visibility, p.name, p.code,
    r.format, w.places, coalesce(c.points, 0), coalesce(c.open, 0)
  {JOINED}
  LEFT JOIN (
    SELECT l.round_id, string_agg(
      coalesce(nullif(v.city, ''), nullif(v.name, ''), d.name), '; ' ORDER BY l.id) AS places
    FROM dialogues_round_venues l JOIN dialogues_venue v ON v.id = l.venue_id
      LEFT JOIN dialogues_country d ON d.code = v.country_id GROUP BY 1
  ) w ON w.round_id = r.id
  LEFT JOIN (
    SELECT round_id, count(*) AS points, count(*) FILTER (WHERE status = 'open') AS open
    FROM dialogues_agreedpoint GROUP BY 1
  ) c ON c.round_id = r.id
  WHERE {VISIBLE} ORDER BY r.date DESC NULLS LAST, r.id DESC
) TO STDOUT (FORMAT csv)
"""
NDJSON = f"SELECT {DOCUMENT} {FROM} ORDER BY r.date DESC NULLS LAST, r.id DESC"
PIECE = 64 * 1024


def csv(connection: psycopg.Connection) -> Iterator[bytes]:
    """All rounds as the list's columns."""
    yield f"{HEADS},points,points_open\n".encode()
    with connection.cursor() as cursor, cursor.copy(CSV) as copied:
        piece = bytearray()
        for line in copied:
            piece += line
            if len(piece) >= PIECE:
                yield bytes(piece)
                piece.clear()
        yield bytes(piece)


def ndjson(connection: psycopg.Connection) -> Iterator[bytes]:
    """All rounds as documents."""
    with connection.transaction(), connection.cursor(name="documents") as cursor:
        cursor.itersize = 500
        for (document,) in cursor.execute(NDJSON, {"root": ""}):
            yield document.encode() + b"\n"
