"""Full text: two languages' configurations, the words of rounds and points, what keeps them true."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Copies, so that accents can be taken off in front of the stemmers.
CONFIGURATIONS = """
CREATE TEXT SEARCH CONFIGURATION dialogues_en (COPY = english);
ALTER TEXT SEARCH CONFIGURATION dialogues_en
    ALTER MAPPING FOR word, hword, hword_part WITH unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION dialogues_en
    ALTER MAPPING FOR numword, numhword, hword_numpart WITH unaccent, simple;
CREATE TEXT SEARCH CONFIGURATION dialogues_id (COPY = indonesian);
ALTER TEXT SEARCH CONFIGURATION dialogues_id
    ALTER MAPPING FOR word, hword, hword_part WITH unaccent, indonesian_stem;
ALTER TEXT SEARCH CONFIGURATION dialogues_id
    ALTER MAPPING FOR numword, numhword, hword_numpart WITH unaccent, simple;
"""

DROP_CONFIGURATIONS = """
DROP TEXT SEARCH CONFIGURATION dialogues_id;
DROP TEXT SEARCH CONFIGURATION dialogues_en;
"""

# What joins words is read as a space, in documents and in queries: PostgreSQL would take COVID-19
# for a negative number and health/development for a file, and find neither part. Beyond ASCII signs
# are named by range, since a database of the locale C takes all of them for letters; accents that
# stand as characters of their own are dropped. A text vector holds a megabyte, and no write may
# fail of it: of one text the first 100,000 characters are searched.
# In plpgsql, which keeps its plans; PostgreSQL would plan such functions in SQL anew at each call.
READING = r"""
CREATE FUNCTION dialogues_plain(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN regexp_replace(
        regexp_replace(left(said, 100000), '[\u0300-\u036F]', '', 'g'),
        '[-/_''\u00A0-\u00BF\u00D7\u00F7\u2000-\u2BFF\u3000-\u303F\uFE00-\uFE1F\uFF00-\uFF0F\U0001F000-\U0001FBFF]',
        ' ', 'g');
END;
$$;

CREATE FUNCTION dialogues_words(said text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    plain text := dialogues_plain(said);
BEGIN
    RETURN to_tsvector('dialogues_en', plain) || to_tsvector('dialogues_id', plain);
END;
$$;

-- Leaves out what would make the vector too long.
CREATE FUNCTION dialogues_join(one tsvector, other tsvector) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF pg_column_size(one) + pg_column_size(other || '') > 1000000 THEN
        RETURN one;
    END IF;
    RETURN one || other;
END;
$$;

CREATE AGGREGATE dialogues_joined(tsvector) (
    SFUNC = dialogues_join, STYPE = tsvector, INITCOND = ''
);

-- One word or phrase, in either language; nothing where English knows only stop words in it.
CREATE FUNCTION dialogues_term(asked text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    plain text := dialogues_plain(asked);
    english tsquery := phraseto_tsquery('dialogues_en', plain);
BEGIN
    IF numnode(english) = 0 THEN
        RETURN english;
    END IF;
    RETURN english || phraseto_tsquery('dialogues_id', plain);
END;
$$;
"""

DROP_READING = """
DROP FUNCTION dialogues_term(text);
DROP AGGREGATE dialogues_joined(tsvector);
DROP FUNCTION dialogues_join(tsvector, tsvector);
DROP FUNCTION dialogues_words(text);
DROP FUNCTION dialogues_plain(text);
"""

# Rounds are locked first, so that of two writers the second reads what the first has committed.
# Points come before rounds: a round's words are its own and those of its points, read once.
REFRESH = r"""
CREATE FUNCTION dialogues_refresh_words(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM dialogues_round WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;

    INSERT INTO dialogues_pointwords AS kept (point_id, public, staff)
    SELECT id, public, CASE WHEN noted <> '' THEN dialogues_join(public, dialogues_words(noted)) END
    FROM (
        SELECT p.id, p.internal_note AS noted, dialogues_words(concat_ws(E'\n',
            p.text, p.original_text, i.name, i.name_id,
            (SELECT string_agg(concat_ws(E'\n', t.name, t.name_id), E'\n' ORDER BY t.id)
             FROM dialogues_agreedpoint_topics pt JOIN dialogues_topic t ON t.id = pt.topic_id
             WHERE pt.agreedpoint_id = p.id),
            (SELECT string_agg(f.note, E'\n' ORDER BY f.id)
             FROM dialogues_followup f WHERE f.point_id = p.id))) AS public
        FROM dialogues_agreedpoint p LEFT JOIN dialogues_issue i ON i.id = p.issue_id
        WHERE p.round_id = ANY (ids)
        OFFSET 0  -- or the words would be read once for each mention above
    ) point
    ON CONFLICT (point_id) DO UPDATE SET public = excluded.public, staff = excluded.staff
        WHERE (kept.public, kept.staff) IS DISTINCT FROM (excluded.public, excluded.staff);

    INSERT INTO dialogues_roundwords AS kept (round_id, public, staff)
    SELECT round_id, public,
        CASE WHEN noted <> '' THEN dialogues_join(public, dialogues_words(noted)) END
    FROM (
        SELECT own.round_id, coalesce(dialogues_join(own.words, points.words), own.words) AS public,
            concat_ws(E'\n', own.noted, points.noted) AS noted
        FROM (
            -- In an order of its own, so that the same round always has the same words.
            SELECT round_id,
                dialogues_words(string_agg(said, E'\n' ORDER BY said COLLATE "C")) AS words,
                string_agg(noted, E'\n' ORDER BY noted COLLATE "C") AS noted
            FROM (
                SELECT r.id AS round_id, nullif(r.internal_note, '') AS noted,
                    concat_ws(E'\n', s.title, p.name, nullif(p.name_id, p.name), r.summary,
                        r.next_round_note, r.format_note) AS said
                FROM dialogues_round r JOIN dialogues_series s ON s.id = r.series_id
                    JOIN dialogues_partner p ON p.id = s.partner_id
                WHERE r.id = ANY (ids)
                UNION ALL
                SELECT part.round_id, NULL, concat_ws(E'\n', nullif(part.name, p.name), p.name,
                    array_to_string(p.also_written, E'\n'), part.title, part.institution)
                FROM dialogues_participant part JOIN dialogues_person p ON p.id = part.person_id
                WHERE part.round_id = ANY (ids)
                UNION ALL
                SELECT rv.round_id, NULL,
                    concat_ws(E'\n', v.name, v.city, c.name, nullif(c.name_id, c.name))
                FROM dialogues_round_venues rv JOIN dialogues_venue v ON v.id = rv.venue_id
                    LEFT JOIN dialogues_country c ON c.code = v.country_id
                WHERE rv.round_id = ANY (ids)
                UNION ALL
                SELECT s.round_id, nullif(s.internal_note, ''),
                    concat_ws(E'\n', s.text, i.name, nullif(i.name_id, i.name))
                FROM dialogues_statement s LEFT JOIN dialogues_issue i ON i.id = s.issue_id
                WHERE s.round_id = ANY (ids)
                UNION ALL
                SELECT round_id, NULL, concat_ws(E'\n', publisher, title, note)
                FROM dialogues_source WHERE round_id = ANY (ids)
                UNION ALL
                SELECT round_id, NULL, concat_ws(E'\n', kind, title, place, note)
                FROM dialogues_relatedevent WHERE round_id = ANY (ids)
                UNION ALL
                SELECT mention.round_id, NULL, concat_ws(E'\n', t.name, nullif(t.name_id, t.name))
                FROM (
                    SELECT round_id, topic_id FROM dialogues_round_topics WHERE round_id = ANY (ids)
                    UNION
                    SELECT s.round_id, st.topic_id FROM dialogues_statement s
                        JOIN dialogues_statement_topics st ON st.statement_id = s.id
                    WHERE s.round_id = ANY (ids)
                    UNION
                    SELECT s.round_id, st.topic_id FROM dialogues_source s
                        JOIN dialogues_source_topics st ON st.source_id = s.id
                    WHERE s.round_id = ANY (ids)
                ) mention JOIN dialogues_topic t ON t.id = mention.topic_id
            ) part GROUP BY round_id
        ) own LEFT JOIN (
            SELECT p.round_id, dialogues_joined(w.public ORDER BY p.number) AS words,
                string_agg(nullif(p.internal_note, ''), E'\n' ORDER BY p.number) AS noted
            FROM dialogues_agreedpoint p JOIN dialogues_pointwords w ON w.point_id = p.id
            WHERE p.round_id = ANY (ids) GROUP BY p.round_id
        ) points USING (round_id)
        OFFSET 0
    ) document
    ON CONFLICT (round_id) DO UPDATE SET public = excluded.public, staff = excluded.staff
        WHERE (kept.public, kept.staff) IS DISTINCT FROM (excluded.public, excluded.staff);
END;
$$;
"""

DROP_REFRESH = "DROP FUNCTION dialogues_refresh_words(bigint[]);"

# Arguments: the columns that words are taken from, and how the changed rows ("changed") lead to
# rounds. An update counts where one of those columns differs; both its rows do, as the row may have
# moved from one round to another.
KEEP = """
CREATE FUNCTION dialogues_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    compared text := '';
    ids bigint[];
BEGIN
    IF current_setting('dialogues.words_later', true) = 'on' THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        compared := format('WITH changed AS (
            (SELECT %1$s FROM written EXCEPT SELECT %1$s FROM replaced) UNION ALL
            (SELECT %1$s FROM replaced EXCEPT SELECT %1$s FROM written))', TG_ARGV[0]);
    END IF;
    EXECUTE format(
        '%s SELECT array_agg(DISTINCT round_id) FROM (%s) AS led (round_id)', compared, TG_ARGV[1]
    ) INTO ids;
    IF ids IS NOT NULL THEN
        PERFORM dialogues_refresh_words(ids);
    END IF;
    RETURN NULL;
END;
$$;

-- Arguments: the table of words and its key.
CREATE FUNCTION dialogues_forget_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DELETE FROM %I WHERE %I IN (SELECT id FROM gone)', TG_ARGV[0], TG_ARGV[1]);
    RETURN NULL;
END;
$$;
CREATE TRIGGER dialogues_words_forgotten AFTER DELETE ON dialogues_round
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
    EXECUTE FUNCTION dialogues_forget_words('dialogues_roundwords', 'round_id');
CREATE TRIGGER dialogues_words_forgotten AFTER DELETE ON dialogues_agreedpoint
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
    EXECUTE FUNCTION dialogues_forget_words('dialogues_pointwords', 'point_id');
"""

DROP_KEEP = """
DROP FUNCTION dialogues_keep_words() CASCADE;
DROP FUNCTION dialogues_forget_words() CASCADE;
"""

OF_ROUND = "SELECT round_id FROM changed"
OF_STATEMENT = "SELECT round_id FROM dialogues_statement WHERE id IN (SELECT statement_id FROM changed)"
OF_POINT = "SELECT round_id FROM dialogues_agreedpoint WHERE id IN (SELECT {} FROM changed)"
OF_SOURCE = "SELECT round_id FROM dialogues_source WHERE id IN (SELECT source_id FROM changed)"

# What belongs to a round: any write to it changes the round's words. Column by column what is said.
PARTS = {
    "dialogues_participant": ("round_id, person_id, name, title, institution", OF_ROUND),
    "dialogues_statement": ("round_id, text, issue_id, internal_note", OF_ROUND),
    "dialogues_agreedpoint": (
        "round_id, id, text, original_text, issue_id, internal_note",
        OF_ROUND,
    ),
    "dialogues_source": ("round_id, publisher, title, note", OF_ROUND),
    "dialogues_relatedevent": ("round_id, kind, title, place, note", OF_ROUND),
    "dialogues_round_venues": ("round_id, venue_id", OF_ROUND),
    "dialogues_round_topics": ("round_id, topic_id", OF_ROUND),
    "dialogues_statement_topics": ("statement_id, topic_id", OF_STATEMENT),
    "dialogues_agreedpoint_topics": ("agreedpoint_id, topic_id", OF_POINT.format("agreedpoint_id")),
    "dialogues_followup": ("point_id, note", OF_POINT.format("point_id")),
    "dialogues_source_topics": ("source_id, topic_id", OF_SOURCE),
}

ROUND = {
    "dialogues_round": (
        "id, series_id, summary, next_round_note, format_note, internal_note",
        "SELECT id FROM changed",
    )
}

OF_SERIES = "SELECT id FROM dialogues_round WHERE series_id IN (SELECT id FROM {})"
AT_VENUE = "SELECT round_id FROM dialogues_round_venues WHERE venue_id IN (SELECT id FROM {})"

# What rounds refer to: its name is among their words. New ones no round refers to yet, and those
# that one does cannot be deleted.
REFERRED = {
    "dialogues_series": ("id, title, partner_id", OF_SERIES.format("changed")),
    "dialogues_partner": (
        "id, name, name_id",
        OF_SERIES.format(
            "dialogues_series WHERE partner_id IN (SELECT id FROM changed)"
        ),
    ),
    "dialogues_person": (
        "id, name, also_written",
        "SELECT round_id FROM dialogues_participant WHERE person_id IN (SELECT id FROM changed)",
    ),
    "dialogues_venue": ("id, name, city, country_id", AT_VENUE.format("changed")),
    "dialogues_country": (
        "code, name, name_id",
        AT_VENUE.format("dialogues_venue WHERE country_id IN (SELECT code FROM changed)"),
    ),
    "dialogues_issue": (
        "id, name, name_id",
        "SELECT round_id FROM dialogues_statement WHERE issue_id IN (SELECT id FROM changed)"
        " UNION "
        "SELECT round_id FROM dialogues_agreedpoint WHERE issue_id IN (SELECT id FROM changed)",
    ),
    "dialogues_topic": (
        "id, name, name_id",
        "SELECT round_id FROM dialogues_round_topics WHERE topic_id IN (SELECT id FROM changed)"
        " UNION SELECT s.round_id FROM dialogues_statement s "
        "JOIN dialogues_statement_topics st ON st.statement_id = s.id "
        "WHERE st.topic_id IN (SELECT id FROM changed)"
        " UNION SELECT p.round_id FROM dialogues_agreedpoint p "
        "JOIN dialogues_agreedpoint_topics pt ON pt.agreedpoint_id = p.id "
        "WHERE pt.topic_id IN (SELECT id FROM changed)"
        " UNION SELECT s.round_id FROM dialogues_source s "
        "JOIN dialogues_source_topics st ON st.source_id = s.id "
        "WHERE st.topic_id IN (SELECT id FROM changed)",
    ),
}

INSERT = ("INSERT", "NEW TABLE AS changed")
UPDATE = ("UPDATE", "NEW TABLE AS written OLD TABLE AS replaced")
DELETE = ("DELETE", "OLD TABLE AS changed")


def keeping_triggers() -> str:
    """A trigger for each table and kind of write that changes words; they follow the touching ones
    in the alphabet, and so in time, so that the round is locked already."""
    watched = (
        *((table, PARTS[table], (INSERT, UPDATE, DELETE)) for table in PARTS),
        *((table, ROUND[table], (INSERT, UPDATE)) for table in ROUND),
        *((table, REFERRED[table], (UPDATE,)) for table in REFERRED),
    )
    return "\n".join(
        f"CREATE TRIGGER dialogues_words_{operation.lower()} AFTER {operation} ON {table} "
        f"REFERENCING {rows} FOR EACH STATEMENT "
        f"EXECUTE FUNCTION dialogues_keep_words('{columns}', '{rounds}');"
        for table, (columns, rounds), writes in watched
        for operation, rows in writes
    )


# A thousand rounds at a time, so that a large record needs no large memory.
FILL = """
SELECT dialogues_refresh_words(ids) FROM (
    SELECT array_agg(id) AS ids FROM (
        SELECT id, row_number() OVER (ORDER BY id) / 1000 AS batch FROM dialogues_round
    ) numbered GROUP BY batch
) batches
"""


def words_of(model: str, owner: str) -> migrations.CreateModel:
    return migrations.CreateModel(
        name=f"{model}Words",
        fields=[
            ("public", django.contrib.postgres.search.SearchVectorField()),
            ("staff", django.contrib.postgres.search.SearchVectorField(null=True)),
            (
                model.lower(),
                models.OneToOneField(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    primary_key=True,
                    related_name="words",
                    serialize=False,
                    to=f"dialogues.{owner}",
                ),
            ),
        ],
        options={
            "abstract": False,
            "default_permissions": (),
            "indexes": [
                django.contrib.postgres.indexes.GinIndex(
                    fields=[column], name=f"{model.lower()}words_{column}"
                )
                for column in ("public", "staff")
            ],
        },
    )


class Migration(migrations.Migration):
    dependencies = (("dialogues", "0002_foundations"),)

    operations = (
        migrations.RunSQL(CONFIGURATIONS, DROP_CONFIGURATIONS),
        migrations.RunSQL(READING, DROP_READING),
        words_of("Point", "agreedpoint"),
        words_of("Round", "round"),
        migrations.RunSQL(REFRESH, DROP_REFRESH),
        migrations.RunSQL(KEEP, DROP_KEEP),
        migrations.RunSQL(keeping_triggers(), migrations.RunSQL.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    )
