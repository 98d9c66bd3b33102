"""What checks of the record found and somebody let stand."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0008_review'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='AcceptedFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identity', models.CharField(max_length=1000, unique=True, verbose_name='finding')),
                ('note', models.CharField(max_length=500, verbose_name='why it stands')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='accepted at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='accepted by')),
            ],
            options={
                'verbose_name': 'accepted finding',
                'verbose_name_plural': 'data checks',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='AcceptedFindingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('identity', models.CharField(max_length=1000, verbose_name='finding')),
                ('note', models.CharField(max_length=500, verbose_name='why it stands')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='accepted at')),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='accepted by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='dialogues.acceptedfinding')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='acceptedfinding',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='acceptedfinding_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acceptedfinding',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_acceptedfindingevent" ("at", "by_id", "id", "identity", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."at", new_values."by_id", new_values."id", new_values."identity", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cccba514738ef5886b4e44ffec7bf24112ca0ef1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_622fe', referencing='REFERENCING NEW TABLE AS new_values ', table='dialogues_acceptedfinding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acceptedfinding',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_acceptedfindingevent" ("at", "by_id", "id", "identity", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."at", new_values."by_id", new_values."id", new_values."identity", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f95e0c2e38d93aa1f7532c8a426268b34351d825', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c8c00', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='dialogues_acceptedfinding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acceptedfinding',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_acceptedfindingevent" ("at", "by_id", "id", "identity", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."at", old_values."by_id", old_values."id", old_values."identity", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dec9f795c197e16cd469e87a5307a1d58ae01ef0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_109fe', referencing='REFERENCING OLD TABLE AS old_values ', table='dialogues_acceptedfinding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acceptedfindingevent',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is kept: % cannot be emptied', TG_TABLE_NAME;", hash='9cf3c5d5de17c4ec2b6748e03b219cde2c8d3550', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d4611', table='dialogues_acceptedfindingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acceptedfindingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3834d60803f33d1eeaa305619945851bba78720c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_414b8', table='dialogues_acceptedfindingevent', when='BEFORE')),
        ),
    ]
