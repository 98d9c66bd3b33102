"""Saved views and what people make of them; what is merged leaves its slug behind."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def permit_administrators(apps, schema_editor):
    """Administrators look after the views that people share; everybody keeps their own."""
    config = apps.get_app_config("dialogues")
    config.models_module = True  # a migration's stub has none, and is passed over without
    create_permissions(config, apps=apps, verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="dialogues", codename__in=("view_savedview", "delete_savedview")
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Administrators"):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0005_search_names'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('id', 'Indonesian')], max_length=8, verbose_name='language')),
                ('since', models.DateTimeField(help_text='What was written before is in a mail that has been sent.', verbose_name='told until')),
                ('stop_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key to stop')),
            ],
            options={
                'verbose_name': 'mail digest',
                'verbose_name_plural': 'mail digests',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PrivateFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64, unique=True, verbose_name='hash of the key')),
                ('made', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='made')),
            ],
            options={
                'verbose_name': 'private feed',
                'verbose_name_plural': 'private feeds',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listing', models.CharField(max_length=20, verbose_name='listing')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('query', models.CharField(blank=True, help_text="The query string of the listing's address, without a question mark.", max_length=4000, verbose_name='filters, columns and order')),
                ('for_everyone', models.BooleanField(default=False, verbose_name='shared with everyone')),
            ],
            options={
                'verbose_name': 'saved view',
                'verbose_name_plural': 'saved views',
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SavedViewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('listing', models.CharField(max_length=20, verbose_name='listing')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('query', models.CharField(blank=True, help_text="The query string of the listing's address, without a question mark.", max_length=4000, verbose_name='filters, columns and order')),
                ('for_everyone', models.BooleanField(default=False, verbose_name='shared with everyone')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StartPage',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='start_page', serialize=False, to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'start page',
                'verbose_name_plural': 'start pages',
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='issue',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='issue',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='issue',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='topic',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='topic',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='topic',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='issue',
            name='former_slugs',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, db_default=[], default=list, size=None, verbose_name='formerly'),
        ),
        migrations.AddField(
            model_name='issueevent',
            name='former_slugs',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, db_default=[], default=list, size=None, verbose_name='formerly'),
        ),
        migrations.AddField(
            model_name='person',
            name='former_slugs',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, db_default=[], default=list, size=None, verbose_name='formerly'),
        ),
        migrations.AddField(
            model_name='personevent',
            name='former_slugs',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, db_default=[], default=list, size=None, verbose_name='formerly'),
        ),
        migrations.AddField(
            model_name='topic',
            name='former_slugs',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, db_default=[], default=list, size=None, verbose_name='formerly'),
        ),
        migrations.AddField(
            model_name='topicevent',
            name='former_slugs',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, db_default=[], default=list, size=None, verbose_name='formerly'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issue',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_issueevent" ("former_slugs", "id", "name", "name_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."former_slugs", new_values."id", new_values."name", new_values."name_id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='966fe42e80412f037cc4e2a72b4d9d459d960352', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_91539', referencing='REFERENCING NEW TABLE AS new_values ', table='dialogues_issue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issue',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_issueevent" ("former_slugs", "id", "name", "name_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."former_slugs", new_values."id", new_values."name", new_values."name_id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='56e1b33a4371c01c5b30a2643318eed55ab34352', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_87d54', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='dialogues_issue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issue',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_issueevent" ("former_slugs", "id", "name", "name_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT old_values."former_slugs", old_values."id", old_values."name", old_values."name_id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6fb74cb916c086b9d12f9cfc1b106dcb399db2a1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e0b12', referencing='REFERENCING OLD TABLE AS old_values ', table='dialogues_issue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_personevent" ("also_written", "former_slugs", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."also_written", new_values."former_slugs", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='01b39864055ecce372057d54e3533de69afba8d0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e0cb9', referencing='REFERENCING NEW TABLE AS new_values ', table='dialogues_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_personevent" ("also_written", "former_slugs", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."also_written", new_values."former_slugs", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e5b91717b8ae95354482948a5e9751102b7a91c7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2beb8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='dialogues_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_personevent" ("also_written", "former_slugs", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT old_values."also_written", old_values."former_slugs", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b3d9e5a9ef3b3dd3b4b276d671296348838c4c2b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0de71', referencing='REFERENCING OLD TABLE AS old_values ', table='dialogues_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_topicevent" ("former_slugs", "id", "name", "name_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."former_slugs", new_values."id", new_values."name", new_values."name_id", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='38c8cfa178d0b7cb732db8669a7d051a20a0d7c3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2477c', referencing='REFERENCING NEW TABLE AS new_values ', table='dialogues_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_topicevent" ("former_slugs", "id", "name", "name_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."former_slugs", new_values."id", new_values."name", new_values."name_id", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3bee7031c5a6f38f0a948acff5b4c842bb314d88', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_efc41', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='dialogues_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_topicevent" ("former_slugs", "id", "name", "name_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT old_values."former_slugs", old_values."id", old_values."name", old_values."name_id", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f36f15c25bd5723cdb41ef26463ba4434c146eb6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ff313', referencing='REFERENCING OLD TABLE AS old_values ', table='dialogues_topic', when='AFTER')),
        ),
        migrations.AddField(
            model_name='digest',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL, verbose_name='user'),
        ),
        migrations.AddField(
            model_name='privatefeed',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL, verbose_name='user'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='desk',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='saved_views', to='dialogues.desk', verbose_name='shared with the desk'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
        migrations.AddField(
            model_name='privatefeed',
            name='view',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='dialogues.savedview', verbose_name='saved view'),
        ),
        migrations.AddField(
            model_name='digest',
            name='view',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='dialogues.savedview', verbose_name='saved view'),
        ),
        migrations.AddField(
            model_name='savedviewevent',
            name='desk',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='dialogues.desk', verbose_name='shared with the desk'),
        ),
        migrations.AddField(
            model_name='savedviewevent',
            name='owner',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
        migrations.AddField(
            model_name='savedviewevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='savedviewevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='dialogues.savedview'),
        ),
        migrations.AddField(
            model_name='startpage',
            name='view',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='dialogues.savedview', verbose_name='saved view'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='savedview_name_once', violation_error_message='You have a view of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='savedview_named'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('listing__in', ('agreed-points', 'issues', 'partners', 'people', 'rounds', 'series', 'topics'))), name='savedview_listing_known'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('desk', None), ('for_everyone', False), _connector='OR'), name='savedview_one_audience'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedview',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_savedviewevent" ("desk_id", "for_everyone", "id", "listing", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") SELECT new_values."desk_id", new_values."for_everyone", new_values."id", new_values."listing", new_values."name", new_values."owner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."query" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d200608e7ed6ffabe24e62fec44cfd17353d15ed', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9854b', referencing='REFERENCING NEW TABLE AS new_values ', table='dialogues_savedview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedview',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_savedviewevent" ("desk_id", "for_everyone", "id", "listing", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") SELECT new_values."desk_id", new_values."for_everyone", new_values."id", new_values."listing", new_values."name", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."query" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0a7c915be2846d56cf136f8289f9c054fd03382b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_94d94', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='dialogues_savedview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedview',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_savedviewevent" ("desk_id", "for_everyone", "id", "listing", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") SELECT old_values."desk_id", old_values."for_everyone", old_values."id", old_values."listing", old_values."name", old_values."owner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."query" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='72ff4f3e9f5906140fd275fdbc748673c12416c8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ef07f', referencing='REFERENCING OLD TABLE AS old_values ', table='dialogues_savedview', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='privatefeed',
            constraint=models.UniqueConstraint(fields=('user', 'view'), name='privatefeed_once_a_view'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('user', 'view'), name='digest_once_a_view'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['en', 'id'])), name='digest_language_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedviewevent',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is kept: % cannot be emptied', TG_TABLE_NAME;", hash='fea9fff5d42217f5a56954fe389ed9fb1fef06ae', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_ab7c4', table='dialogues_savedviewevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedviewevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f301c800078dc0561aad191c697e91f10ccb5b7e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b4fa5', table='dialogues_savedviewevent', when='BEFORE')),
        ),
        migrations.RunPython(permit_administrators, migrations.RunPython.noop),
    ]
