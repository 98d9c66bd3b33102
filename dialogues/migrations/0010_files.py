"""Files of sources: what is kept of them, and their words among those of the rounds."""

from importlib import import_module

import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

SEARCH = import_module("dialogues.migrations.0003_search")

# As many pieces of a text as fit, so that the words of a round have room for two files beside its
# own; PostgreSQL takes a megabyte. Positions end at 16,383, so that phrases far behind are missed.
WORDS = r"""
CREATE FUNCTION dialogues_file_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    piece tsvector;
    place int := 1;
BEGIN
    NEW.words := '';
    WHILE place <= length(NEW.text) LOOP
        piece := dialogues_words(substr(NEW.text, place, 50000));
        EXIT WHEN pg_column_size(NEW.words || '') + pg_column_size(piece || '') > 400000;
        NEW.words := NEW.words || piece;
        place := place + 50000;
    END LOOP;
    RETURN NEW;
END;
$$;
CREATE TRIGGER dialogues_words_kept BEFORE INSERT OR UPDATE OF text ON dialogues_file
    FOR EACH ROW EXECUTE FUNCTION dialogues_file_words();
"""

DROP_WORDS = "DROP FUNCTION dialogues_file_words() CASCADE;"

# The function of 0003, which 0004 calls so, with the words of files behind those of points.
BEFORE = SEARCH.REFRESH.replace(
    "CREATE FUNCTION dialogues_refresh_words", "CREATE OR REPLACE FUNCTION dialogues_refresh_texts"
)
REFRESH = BEFORE.replace(
    "coalesce(dialogues_join(own.words, points.words), own.words) AS public",
    """dialogues_join(
            dialogues_join(own.words, coalesce(points.words, '')), coalesce(files.words, '')
        ) AS public""",
).replace(
    ") points USING (round_id)",
    """) points USING (round_id) LEFT JOIN (
            SELECT s.round_id, dialogues_joined(f.words ORDER BY f.id) AS words
            FROM dialogues_source s JOIN dialogues_file f ON f.id = s.file_id
            WHERE s.round_id = ANY (ids) GROUP BY s.round_id
        ) files USING (round_id)""",
)


def watching(columns: str) -> str:
    """The trigger on updates of sources, for these columns."""
    return f"""
DROP TRIGGER dialogues_words_update ON dialogues_source;
CREATE TRIGGER dialogues_words_update AFTER UPDATE ON dialogues_source
    REFERENCING NEW TABLE AS written OLD TABLE AS replaced FOR EACH STATEMENT
    EXECUTE FUNCTION dialogues_keep_words('{columns}', '{SEARCH.OF_ROUND}');
"""


SAID = SEARCH.PARTS["dialogues_source"][0]


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0009_integrity'),
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='SHA-256')),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word document (DOCX)'), ('odt', 'OpenDocument text (ODT)'), ('text', 'plain text'), ('png', 'PNG picture'), ('jpeg', 'JPEG picture'), ('gif', 'GIF picture'), ('webp', 'WebP picture')], max_length=8, verbose_name='kind')),
                ('size', models.PositiveIntegerField(help_text='In bytes.', verbose_name='size')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('words', django.contrib.postgres.search.SearchVectorField(default='', editable=False)),
            ],
            options={
                'verbose_name': 'file',
                'verbose_name_plural': 'files',
                'default_permissions': (),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='source',
            name='file_name',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='name of the file'),
        ),
        migrations.AddField(
            model_name='sourceevent',
            name='file_name',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='name of the file'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_sourceevent" ("file_id", "file_name", "id", "kind", "language", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_on", "publisher", "round_id", "side", "title", "url") SELECT new_values."file_id", new_values."file_name", new_values."id", new_values."kind", new_values."language", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."published_on", new_values."publisher", new_values."round_id", new_values."side", new_values."title", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bb1f58820a1389a4dc8bf9445672b7a6bdd650a1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5ab1a', referencing='REFERENCING NEW TABLE AS new_values ', table='dialogues_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_sourceevent" ("file_id", "file_name", "id", "kind", "language", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_on", "publisher", "round_id", "side", "title", "url") SELECT new_values."file_id", new_values."file_name", new_values."id", new_values."kind", new_values."language", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."published_on", new_values."publisher", new_values."round_id", new_values."side", new_values."title", new_values."url" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ba9c32b4f580d00a0519f57df2b64c2ca6c65894', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_21640', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='dialogues_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_sourceevent" ("file_id", "file_name", "id", "kind", "language", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_on", "publisher", "round_id", "side", "title", "url") SELECT old_values."file_id", old_values."file_name", old_values."id", old_values."kind", old_values."language", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."published_on", old_values."publisher", old_values."round_id", old_values."side", old_values."title", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='82297c944385e664f35ecc5f6a934868cf1c54d3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c760c', referencing='REFERENCING OLD TABLE AS old_values ', table='dialogues_source', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'docx', 'odt', 'text', 'png', 'jpeg', 'gif', 'webp'])), name='file_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='file_hashed'),
        ),
        migrations.AddField(
            model_name='source',
            name='file',
            field=models.ForeignKey(blank=True, help_text='Whoever sees the round may download it, and its text is searched.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='dialogues.file', verbose_name='file'),
        ),
        migrations.AddField(
            model_name='sourceevent',
            name='file',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='Whoever sees the round may download it, and its text is searched.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='dialogues.file', verbose_name='file'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', None), ('file_name', '')), models.Q(('file__isnull', False), models.Q(('file_name', ''), _negated=True)), _connector='OR'), name='source_file_named'),
        ),
        migrations.RunSQL(WORDS, DROP_WORDS),
        migrations.RunSQL(REFRESH, BEFORE),
        migrations.RunSQL(watching(f"{SAID}, file_id"), watching(SAID)),
    ]
