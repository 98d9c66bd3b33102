"""How the record looks from here, by a function whose plans a connection keeps."""

from django.db import migrations

# As dialogues_written() says it, with what tells a record from its restored copy. This is all that a
# 304 costs, and to plan it anew each time would take longer than to answer it.
SEEN = """
CREATE FUNCTION dialogues_seen(OUT stamp bigint, OUT written timestamptz)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF pg_current_xact_id_if_assigned() IS NULL THEN
        stamp := (SELECT coalesce(sum(times), 0)::bigint FROM dialogues_writes);
    END IF;
    written := (SELECT max(updated) FROM dialogues_round);
END;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dialogues", "0017_mentioned_meanwhile"),
    ]

    operations = [
        migrations.RunSQL(SEEN, "DROP FUNCTION dialogues_seen();"),
    ]
