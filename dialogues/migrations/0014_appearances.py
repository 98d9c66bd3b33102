"""How rounds have appeared to whom: what a copy elsewhere is kept exact by."""

import django.db.models.deletion
from django.db import migrations, models

# What a round's readers would see differently moves its present appearance on; what they would not
# see any more leaves a former one behind. One that nobody can have seen, as it began and ended in
# one transaction, leaves nothing: nobody is to be told of what they never saw.
APPEAR = """
CREATE FUNCTION dialogues_appear(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    me bigint := pg_current_xact_id()::text::bigint;
BEGIN
    WITH now_as AS (
        SELECT round.id, round.slug, round.visibility, round.publication,
            CASE WHEN round.visibility = 'restricted' THEN series.desk_id END AS desk_id
        FROM dialogues_round round JOIN dialogues_series series ON series.id = round.series_id
        WHERE round.id = ANY (ids)
    ), ended AS (
        SELECT kept.id, kept.entered FROM dialogues_appearance kept
        WHERE kept.round_id = ANY (ids) AND kept.present AND NOT EXISTS (
            SELECT FROM now_as WHERE now_as.id = kept.round_id AND now_as.slug = kept.slug
                AND now_as.visibility = kept.visibility AND now_as.publication = kept.publication
                AND now_as.desk_id IS NOT DISTINCT FROM kept.desk_id)
    ), unseen AS (
        DELETE FROM dialogues_appearance kept USING ended
        WHERE kept.id = ended.id AND ended.entered = me
    ), former AS (
        UPDATE dialogues_appearance kept SET present = false, writer = me, at = now()
        FROM ended WHERE kept.id = ended.id AND ended.entered <> me
    )
    INSERT INTO dialogues_appearance AS kept
        (round_id, slug, visibility, publication, desk_id, entered, writer, at, present)
    SELECT id, slug, visibility, publication, desk_id, me, me, now(), true FROM now_as
    ON CONFLICT (round_id, slug, visibility, publication, desk_id)
        DO UPDATE SET writer = me, at = now(), present = true
        WHERE kept.writer <> me OR NOT kept.present;
END;
$$;

CREATE FUNCTION dialogues_round_appears() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM dialogues_appear(array_agg(id)) FROM changed;
    RETURN NULL;
END;
$$;
CREATE TRIGGER dialogues_appears_inserted AFTER INSERT ON dialogues_round
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION dialogues_round_appears();
CREATE TRIGGER dialogues_appears_updated AFTER UPDATE ON dialogues_round
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION dialogues_round_appears();
CREATE TRIGGER dialogues_appears_deleted AFTER DELETE ON dialogues_round
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION dialogues_round_appears();

-- For what rounds only mention. Arguments: when a change of it shows in their documents, and how it
-- leads to them.
CREATE FUNCTION dialogues_mention_appears() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    seen bigint[];
BEGIN
    EXECUTE format(
        'SELECT array_agg(DISTINCT round_id) FROM (
            WITH changed AS (
                SELECT written.id FROM written JOIN replaced USING (id) WHERE %s
            ) %s) found (round_id)', TG_ARGV[0], TG_ARGV[1]
    ) INTO seen;
    IF seen IS NOT NULL THEN
        -- Whoever is writing one of them is waited for, and what they wrote is then seen.
        PERFORM FROM dialogues_round WHERE id = ANY (seen) ORDER BY id FOR NO KEY UPDATE;
        PERFORM dialogues_appear(seen);
    END IF;
    RETURN NULL;
END;
$$;
"""

DROP = """
DROP FUNCTION dialogues_mention_appears() CASCADE;
DROP FUNCTION dialogues_round_appears() CASCADE;
DROP FUNCTION dialogues_appear(bigint[]);
"""

#: What is shown of it in documents, or decides who sees them; and the rounds that mention it.
MENTIONS = {
    "series": (
        ("slug", "title", "kind", "partner_id", "desk_id"),
        "SELECT id FROM dialogues_round WHERE series_id IN (SELECT id FROM changed)",
    ),
    "partner": (
        ("code", "name", "kind"),
        "SELECT round.id FROM dialogues_round round "
        "JOIN dialogues_series series ON series.id = round.series_id "
        "WHERE series.partner_id IN (SELECT id FROM changed)",
    ),
    "person": (
        ("name",),
        "SELECT round_id FROM dialogues_participant "
        "WHERE name = '''' AND person_id IN (SELECT id FROM changed)",
    ),
    "issue": (
        ("slug",),
        "SELECT round_id FROM dialogues_statement WHERE issue_id IN (SELECT id FROM changed) "
        "UNION SELECT round_id FROM dialogues_agreedpoint "
        "WHERE issue_id IN (SELECT id FROM changed)",
    ),
    "venue": (
        ("name", "city", "country_id"),
        "SELECT round_id FROM dialogues_round_venues WHERE venue_id IN (SELECT id FROM changed)",
    ),
    "topic": (
        ("slug",),
        "SELECT round_id FROM dialogues_round_topics WHERE topic_id IN (SELECT id FROM changed) "
        + "".join(
            f"UNION SELECT part.round_id FROM dialogues_{part} part "
            f"JOIN dialogues_{part}_topics link ON link.{part}_id = part.id "
            "WHERE link.topic_id IN (SELECT id FROM changed) "
            for part in ("statement", "agreedpoint", "source")
        ),
    ),
}

MENTIONED = "\n".join(
    f"CREATE TRIGGER dialogues_appears AFTER UPDATE ON dialogues_{table} "
    "REFERENCING NEW TABLE AS written OLD TABLE AS replaced FOR EACH STATEMENT "
    "EXECUTE FUNCTION dialogues_mention_appears("
    f"'({', '.join(f'written.{column}' for column in columns)}) IS DISTINCT FROM "
    f"({', '.join(f'replaced.{column}' for column in columns)})', '{rounds}');"
    for table, (columns, rounds) in MENTIONS.items()
)

# The number of the oldest transaction that has not ended, or of the next: all that was written under a
# lower one is seen, or never will be. Others' databases in the same server write under these numbers
# too; a transaction that is known to be there cannot hold anything up here.
SETTLED = """
CREATE FUNCTION dialogues_settled() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(min(running), pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
    FROM (
        SELECT xip::text::bigint AS running FROM pg_snapshot_xip(pg_current_snapshot()) AS xip
        WHERE NOT EXISTS (
            SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND granted
                AND transactionid = xip::xid
                AND datid <> (SELECT oid FROM pg_database WHERE datname = current_database()))
    ) here
$$;
"""

DROP_SETTLED = "DROP FUNCTION dialogues_settled();"

# Numbers of transactions mean something in the server that gave them alone. A copy of the database
# that is put back has others' numbers; until they are made its own, no place in them can be told.
PLACE = """
CREATE FUNCTION dialogues_server() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws('.', (SELECT system_identifier FROM pg_control_system()),
        (SELECT timeline_id FROM pg_control_checkpoint()), 'dialogues_appearance'::regclass::oid)
$$;

CREATE TABLE dialogues_place (server text NOT NULL);
INSERT INTO dialogues_place VALUES (dialogues_server());

CREATE FUNCTION dialogues_take_place() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE dialogues_place SET server = dialogues_server() WHERE server <> dialogues_server();
    IF FOUND THEN
        UPDATE dialogues_appearance SET writer = pg_current_xact_id()::text::bigint, entered = 0;
    END IF;
END;
$$;
"""

DROP_PLACE = """
DROP FUNCTION dialogues_take_place();
DROP TABLE dialogues_place;
DROP FUNCTION dialogues_server();
"""

FILL = """
INSERT INTO dialogues_appearance
    (round_id, slug, visibility, publication, desk_id, entered, writer, at, present)
SELECT round.id, round.slug, visibility, publication,
    CASE WHEN visibility = 'restricted' THEN series.desk_id END,
    0, pg_current_xact_id()::text::bigint, round.updated, true
FROM dialogues_round round JOIN dialogues_series series ON series.id = round.series_id
ORDER BY round.updated, round.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0013_watched'),
    ]

    operations = [
        migrations.CreateModel(
            name='Appearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=140)),
                ('visibility', models.CharField(max_length=12)),
                ('publication', models.CharField(max_length=12)),
                ('entered', models.BigIntegerField()),
                ('writer', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('present', models.BooleanField()),
                ('desk', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='dialogues.desk')),
                ('round', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='appearances', to='dialogues.round')),
            ],
            options={
                'ordering': ('writer', 'pk'),
                'default_permissions': (),
                'indexes': [models.Index(models.F('writer'), models.F('id'), name='appearance_by_writer')],
                'constraints': [models.UniqueConstraint(fields=('round', 'slug', 'visibility', 'publication', 'desk'), name='appearance_once', nulls_distinct=False)],
            },
        ),
        migrations.RunSQL(APPEAR, DROP),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(SETTLED, DROP_SETTLED),
        migrations.RunSQL(PLACE, DROP_PLACE),
        migrations.RunSQL(MENTIONED, migrations.RunSQL.noop),
    ]
