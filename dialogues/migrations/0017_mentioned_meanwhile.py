"""What is renamed while somebody else lets a round mention it is told of that round as well."""

from django.db import migrations

# A transaction that newly mentions something is seen by nobody until it commits; and when it does,
# its foreign keys are checked, which takes a share in the key of what it mentions. Whoever renames
# that claims the key for themselves, before they look for rounds: so either the other has committed
# and its round is found, or it commits after the rename, and is told after it. Neither waits for more
# than the other's commit: foreign keys are checked at the end, however long an import has run.
#
# Where no key is checked, something else has to be claimed: a partner is mentioned by its series;
# and a participant whose own spelling is taken away shows the person's name, without a new key.
MENTION = """
CREATE OR REPLACE FUNCTION dialogues_mention_appears() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed text := format(
        '(SELECT written.id FROM written JOIN replaced USING (id) WHERE %s)', TG_ARGV[0]);
    seen bigint[];
BEGIN
    EXECUTE format('SELECT FROM %I WHERE id IN %s ORDER BY id FOR UPDATE', TG_TABLE_NAME, changed);
    IF TG_TABLE_NAME = 'dialogues_partner' THEN
        EXECUTE format('SELECT FROM dialogues_series WHERE partner_id IN %s
            ORDER BY id FOR UPDATE', changed);
    ELSIF TG_TABLE_NAME = 'dialogues_person' THEN
        EXECUTE format('SELECT FROM dialogues_round WHERE id IN
            (SELECT round_id FROM dialogues_participant WHERE person_id IN %s)
            ORDER BY id FOR NO KEY UPDATE', changed);
    END IF;
    EXECUTE format(
        'SELECT array_agg(DISTINCT round_id) FROM (
            WITH changed AS %s %s) found (round_id)', changed, TG_ARGV[1]
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

# What is restricted appears to its series' desk as this stood when it was written. So the series is
# held to that, and handed over only when the writer has ended.
RESTRICTED = """
CREATE OR REPLACE FUNCTION dialogues_round_appears() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM dialogues_series
        WHERE id IN (SELECT series_id FROM changed WHERE visibility = 'restricted')
        ORDER BY id FOR KEY SHARE;
    PERFORM dialogues_appear(array_agg(id)) FROM changed;
    RETURN NULL;
END;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dialogues", "0016_named_anew"),
    ]

    operations = [
        # Back again nothing has to be undone: these do all that the former ones did.
        migrations.RunSQL(MENTION, migrations.RunSQL.noop),
        migrations.RunSQL(RESTRICTED, migrations.RunSQL.noop),
    ]
