"""What is kept so that pages need not count anew: the topics of rounds and points, and when that is stale."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# A tree that is moved while a round is written would leave that round with the old one: who reads
# the tree to keep something of it shares this lock, who moves a branch holds it alone.
TREE = 7203118

# Called with the rounds locked (by dialogues_refresh_texts), so that writers of one follow each other.
SUBJECTS = f"""
CREATE FUNCTION dialogues_refresh_subjects(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({TREE});

    WITH RECURSIVE mention AS MATERIALIZED (
        SELECT point.id AS point_id, link.topic_id
        FROM dialogues_agreedpoint point
            JOIN dialogues_agreedpoint_topics link ON link.agreedpoint_id = point.id
        WHERE point.round_id = ANY (ids)
    ), tree (topic_id, above) AS (
        SELECT DISTINCT topic_id, topic_id FROM mention
        UNION ALL
        SELECT tree.topic_id, topic.parent_id
        FROM tree JOIN dialogues_topic topic ON topic.id = tree.above
        WHERE topic.parent_id IS NOT NULL
    )
    INSERT INTO dialogues_pointsubjects AS kept (point_id, topics)
    SELECT point_id, array_agg(DISTINCT above ORDER BY above) FROM mention JOIN tree USING (topic_id)
    GROUP BY point_id
    ON CONFLICT (point_id) DO UPDATE SET topics = excluded.topics
        WHERE kept.topics <> excluded.topics;

    DELETE FROM dialogues_pointsubjects kept USING dialogues_agreedpoint point
    WHERE point.id = kept.point_id AND point.round_id = ANY (ids) AND NOT EXISTS (
        SELECT FROM dialogues_agreedpoint_topics WHERE agreedpoint_id = point.id);

    WITH RECURSIVE mention AS MATERIALIZED (
        SELECT round_id, topic_id FROM dialogues_round_topics WHERE round_id = ANY (ids)
        UNION
        SELECT said.round_id, link.topic_id
        FROM dialogues_statement said
            JOIN dialogues_statement_topics link ON link.statement_id = said.id
        WHERE said.round_id = ANY (ids)
        UNION
        SELECT point.round_id, link.topic_id
        FROM dialogues_agreedpoint point
            JOIN dialogues_agreedpoint_topics link ON link.agreedpoint_id = point.id
        WHERE point.round_id = ANY (ids)
    ), tree (topic_id, above) AS (
        SELECT DISTINCT topic_id, topic_id FROM mention
        UNION ALL
        SELECT tree.topic_id, topic.parent_id
        FROM tree JOIN dialogues_topic topic ON topic.id = tree.above
        WHERE topic.parent_id IS NOT NULL
    ), written AS (
        INSERT INTO dialogues_roundsubjects AS kept (round_id, topics)
        SELECT round_id, array_agg(DISTINCT above ORDER BY above)
        FROM mention JOIN tree USING (topic_id)
        GROUP BY round_id
        ON CONFLICT (round_id) DO UPDATE SET topics = excluded.topics
            WHERE kept.topics <> excluded.topics
    )
    DELETE FROM dialogues_roundsubjects
    WHERE round_id = ANY (ids) AND round_id NOT IN (SELECT round_id FROM mention);
END;
$$;

ALTER FUNCTION dialogues_refresh_words(bigint[]) RENAME TO dialogues_refresh_texts;

-- What triggers and imports call: everything that is kept of these rounds.
CREATE FUNCTION dialogues_refresh_words(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM dialogues_refresh_texts(ids);
    PERFORM dialogues_refresh_subjects(ids);
END;
$$;

CREATE FUNCTION dialogues_move_subjects() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved bigint[];
BEGIN
    SELECT array_agg(written.id) INTO moved FROM written JOIN replaced USING (id)
    WHERE written.parent_id IS DISTINCT FROM replaced.parent_id;
    IF moved IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock({TREE});
        -- What lies under the moved topics has them among its own.
        PERFORM dialogues_refresh_subjects(array_agg(round_id))
        FROM dialogues_roundsubjects WHERE topics && moved;
    END IF;
    RETURN NULL;
END;
$$;
CREATE TRIGGER dialogues_subjects_moved AFTER UPDATE ON dialogues_topic
    REFERENCING NEW TABLE AS written OLD TABLE AS replaced FOR EACH STATEMENT
    EXECUTE FUNCTION dialogues_move_subjects();
CREATE TRIGGER dialogues_subjects_forgotten AFTER DELETE ON dialogues_round
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
    EXECUTE FUNCTION dialogues_forget_words('dialogues_roundsubjects', 'round_id');
CREATE TRIGGER dialogues_subjects_forgotten AFTER DELETE ON dialogues_agreedpoint
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
    EXECUTE FUNCTION dialogues_forget_words('dialogues_pointsubjects', 'point_id');
"""

DROP_SUBJECTS = """
DROP TRIGGER dialogues_subjects_forgotten ON dialogues_agreedpoint;
DROP TRIGGER dialogues_subjects_forgotten ON dialogues_round;
DROP FUNCTION dialogues_move_subjects() CASCADE;
DROP FUNCTION dialogues_refresh_words(bigint[]);
ALTER FUNCTION dialogues_refresh_texts(bigint[]) RENAME TO dialogues_refresh_words;
DROP FUNCTION dialogues_refresh_subjects(bigint[]);
"""

# A thousand rounds at a time, so that a large record needs no large memory.
FILL = """
SELECT dialogues_refresh_subjects(ids) FROM (
    SELECT array_agg(id) AS ids FROM (
        SELECT id, row_number() OVER (ORDER BY id) / 1000 AS batch FROM dialogues_round
    ) numbered GROUP BY batch
) batches
"""

# Every transaction that writes to the record adds one row of its own, so that no writer waits for
# another. What a reader sees of these rows are the writes that it sees: commits become visible one
# after the other, and so two readers that see the same sum see the same record. Someone's own
# uncommitted write may yet be taken back, and another's take its number: there is then no sum.
# Now and then a writer gathers the old rows into its own; the sum stays the same.
WRITES = """
CREATE TABLE dialogues_writes (writer xid8 PRIMARY KEY, times bigint NOT NULL);

CREATE FUNCTION dialogues_note_write() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    me xid8 := pg_current_xact_id();
BEGIN
    -- Once a transaction; PostgreSQL takes the setting back with a savepoint, as it does the row.
    IF current_setting('dialogues.noted', true) = me::text THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('dialogues.noted', me::text, true);
    -- A restored database may hold a number that its new server gives again.
    INSERT INTO dialogues_writes AS kept VALUES (me, 1)
        ON CONFLICT (writer) DO UPDATE SET times = kept.times + 1;
    IF mod(me::text::numeric, 64) = 0 THEN
        WITH earlier AS (
            SELECT writer FROM dialogues_writes WHERE writer <> me FOR UPDATE SKIP LOCKED
        ), gone AS (
            DELETE FROM dialogues_writes kept USING earlier WHERE kept.writer = earlier.writer
            RETURNING kept.times
        )
        UPDATE dialogues_writes SET times = times + (SELECT coalesce(sum(gone.times), 0) FROM gone)
        WHERE writer = me;
    END IF;
    RETURN NULL;
END;
$$;

CREATE FUNCTION dialogues_written() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NULL
        THEN (SELECT coalesce(sum(times), 0)::bigint FROM dialogues_writes) END
$$;
"""

DROP_WRITES = """
DROP FUNCTION dialogues_written();
DROP FUNCTION dialogues_note_write() CASCADE;
DROP TABLE dialogues_writes;
"""

#: All that listings show, filter and count.
RECORD = (
    "round", "round_topics", "round_venues", "series", "partner", "country", "venue",
    "participant", "person", "statement", "statement_topics", "agreedpoint", "agreedpoint_topics",
    "followup", "topic", "issue", "source", "source_topics", "relatedevent",
)  # fmt: skip

NOTE = "\n".join(
    f"CREATE TRIGGER dialogues_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dialogues_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION dialogues_note_write();"
    for table in RECORD
)


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0003_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='PointSubjects',
            fields=[
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('point', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='subjects', serialize=False, to='dialogues.agreedpoint')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['topics'], name='pointsubjects_topics')],
            },
        ),
        migrations.CreateModel(
            name='RoundSubjects',
            fields=[
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('round', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='subjects', serialize=False, to='dialogues.round')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['topics'], name='roundsubjects_topics')],
            },
        ),
        migrations.RunSQL(SUBJECTS, DROP_SUBJECTS),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(WRITES, DROP_WRITES),
        migrations.RunSQL(NOTE, migrations.RunSQL.noop),
    ]
