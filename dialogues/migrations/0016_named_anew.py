"""What somebody named without seeing it is staff's to find; so lists that were kept are stale then."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


NOTE = (
    "CREATE TRIGGER dialogues_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE "
    "ON dialogues_namedanew FOR EACH STATEMENT EXECUTE FUNCTION dialogues_note_write();"
)


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0015_pending_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='NamedAnew',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=20, verbose_name='kind of record')),
                ('row', models.BigIntegerField(verbose_name='record')),
                ('said', models.JSONField(default=dict, verbose_name='what was said of it')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='named by')),
            ],
            options={
                'verbose_name': 'name given anew',
                'verbose_name_plural': 'names given anew',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('model', 'row'), name='named_anew_once')],
            },
        ),
        migrations.RunSQL(NOTE, "DROP TRIGGER dialogues_noted ON dialogues_namedanew;"),
    ]
