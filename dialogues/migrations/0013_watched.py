"""What is kept for searching and for facets is watched as the record is: whoever makes it anew by
hand, in a transaction of its own, makes what was counted stale as well."""

from django.db import migrations

TABLES = ("roundwords", "pointwords", "roundsubjects", "pointsubjects")

NOTE = "\n".join(
    f"CREATE TRIGGER dialogues_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dialogues_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION dialogues_note_write();"
    for table in TABLES
)
FORGET = "\n".join(f"DROP TRIGGER dialogues_noted ON dialogues_{table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = (("dialogues", "0012_deleted"),)

    operations = (migrations.RunSQL(NOTE, FORGET),)
