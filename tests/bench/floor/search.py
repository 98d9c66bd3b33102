"""Everything that has a phrase: all matches counted and ranked, the best shown with a snippet."""

from __future__ import annotations

from html import escape
from typing import Any

import psycopg

from .documents import VISIBLE

SHOWN = 5
BEST = f"ORDER BY rank DESC, date DESC NULLS LAST, round_id DESC, id LIMIT {SHOWN}"
MARKED = "ts_headline('dialogues_en', {}, q, 'MaxFragments=1, StartSel=<mark>, StopSel=</mark>')"

# The rounds that have it are found once; what was said and cited is then looked for in these.
SEARCH = f"""
WITH asked AS MATERIALIZED (SELECT dialogues_term(%(phrase)s) AS q),
  rounds AS MATERIALIZED (
    SELECT r.id, r.id AS round_id, r.date, ts_rank(w.public, q, 1) AS rank
    FROM asked, dialogues_roundwords w JOIN dialogues_round r ON r.id = w.round_id
    WHERE w.public @@ q AND {VISIBLE}),
  points AS MATERIALIZED (
    SELECT m.id, r.id AS round_id, r.date, ts_rank(w.public, q, 1) AS rank
    FROM asked, dialogues_pointwords w JOIN dialogues_agreedpoint m ON m.id = w.point_id
      JOIN dialogues_round r ON r.id = m.round_id
    WHERE w.public @@ q AND {VISIBLE}),
  latest AS MATERIALIZED (
    SELECT id, date FROM rounds ORDER BY date DESC NULLS LAST, id DESC LIMIT 100),
  shown AS (
    (SELECT 1 AS place, 'rounds' AS kind, r.slug, NULL::int AS number,
      concat_ws(E'\\n', r.summary, r.next_round_note,
        (SELECT string_agg(m.text, E'\\n') FROM dialogues_agreedpoint m WHERE m.round_id = r.id),
        (SELECT string_agg(m.text, E'\\n') FROM dialogues_statement m WHERE m.round_id = r.id))
        AS said, row_number() OVER () AS row
    FROM (SELECT * FROM rounds {BEST}) best JOIN dialogues_round r USING (id))
    UNION ALL
    (SELECT 2, 'points', r.slug, m.number, m.text, row_number() OVER ()
    FROM (SELECT * FROM points {BEST}) best JOIN dialogues_agreedpoint m USING (id)
      JOIN dialogues_round r ON r.id = m.round_id)
    UNION ALL
    (SELECT 3, 'statements', r.slug, NULL, m.text, row_number() OVER ()
    FROM asked, latest JOIN dialogues_round r USING (id)
      JOIN dialogues_statement m ON m.round_id = r.id
    WHERE dialogues_words(m.text) @@ q
    ORDER BY r.date DESC NULLS LAST, r.id DESC, m.position, m.id LIMIT {SHOWN})
    UNION ALL
    (SELECT 4, 'sources', r.slug, NULL, m.title, row_number() OVER ()
    FROM asked, latest JOIN dialogues_round r USING (id)
      JOIN dialogues_source m ON m.round_id = r.id
    WHERE dialogues_words(concat_ws(E'\\n', m.publisher, m.title, m.note)) @@ q
    ORDER BY r.date DESC NULLS LAST, r.id DESC, m.position, m.id LIMIT {SHOWN})
    UNION ALL
    SELECT 0, name.kind, name.slug, NULL, name.said, 0 FROM asked, LATERAL (
      SELECT 'people' AS kind, slug, name AS said FROM dialogues_person
      WHERE dialogues_words_of(array_append(also_written, name)) @@ q
      UNION ALL SELECT 'partners', code, name FROM dialogues_partner
      WHERE dialogues_words_of(ARRAY[name, name_id, code]) @@ q
      UNION ALL SELECT 'series', slug, title FROM dialogues_series
      WHERE dialogues_words_of(ARRAY[title, note]) @@ q
      UNION ALL SELECT 'topics', slug, name FROM dialogues_topic
      WHERE dialogues_words_of(ARRAY[name, name_id]) @@ q
      UNION ALL SELECT 'issues', slug, name FROM dialogues_issue
      WHERE dialogues_words_of(ARRAY[name, name_id, note]) @@ q
    ) name)
SELECT kind, slug, number, {MARKED.format("said")},
  (SELECT count(*) FROM rounds), (SELECT count(*) FROM points)
FROM shown, asked ORDER BY place, row
"""


def found(connection: psycopg.Connection, query: dict[str, str]) -> bytes:
    """Kind by kind, the best of each."""
    rows = connection.execute(SEARCH, {"phrase": query["q"].strip('"')}).fetchall()
    counts = dict(zip(("rounds", "points"), rows[0][-2:], strict=True)) if rows else {}
    head = "".join(f'<li><a href="#{kind}">{count:,}</a></li>' for kind, count in counts.items())
    return f"<ul>{head}</ul>{''.join(hit(*row) for row in rows)}".encode()


def hit(kind: str, slug: str, number: int | None, said: str, *_counts: Any) -> str:
    address = {
        "rounds": f"/rounds/{slug}/",
        "points": f"/agreed-points/{slug}.{number}/",
        "statements": f"/rounds/{slug}/#raised",
        "sources": f"/rounds/{slug}/#sources",
    }.get(kind, f"/{kind}/{slug}/")
    marked = escape(said).replace("&lt;mark&gt;", "<mark>").replace("&lt;/mark&gt;", "</mark>")
    return f'<p class="hit__title"><a href="{address}">{marked}</a></p>'
