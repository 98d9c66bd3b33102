"""What was deleted is found without reading a whole history."""

from django.db import migrations

#: Of the records that can be brought back; few rows of a history tell of a deletion.
MODELS = ("round", "series", "partner", "topic", "issue", "person", "venue")


def index(model: str) -> str:
    return (
        f"CREATE INDEX dialogues_{model}_gone ON dialogues_{model}event (pgh_obj_id, pgh_id) "
        "WHERE pgh_label = 'delete'"
    )


class Migration(migrations.Migration):
    dependencies = (("dialogues", "0011_unsaved_work"),)

    operations = tuple(
        migrations.RunSQL(index(model), f"DROP INDEX dialogues_{model}_gone") for model in MODELS
    )
