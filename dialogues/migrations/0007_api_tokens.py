"""Tokens of the API, and what was answered to requests that may come again."""

import dialogues.models.tokens
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def permit_administrators(apps, schema_editor):
    """Administrators make and revoke the tokens of service accounts; everybody has their own."""
    config = apps.get_app_config("dialogues")
    config.models_module = True  # a migration's stub has none, and is passed over without
    create_permissions(config, apps=apps, verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="dialogues",
        codename__in=("view_apitoken", "add_apitoken", "change_apitoken"),
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Administrators"):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0006_saved_views'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Which program uses it, so that you know it again.', max_length=120, verbose_name='name')),
                ('prefix', models.CharField(editable=False, max_length=12, unique=True, verbose_name='begins with')),
                ('key_hash', models.CharField(editable=False, max_length=64, unique=True, verbose_name='hash of the key')),
                ('may_write', models.BooleanField(default=False, help_text='Else it only reads. It never does more than the account itself may.', verbose_name='may write')),
                ('networks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=43, validators=[dialogues.models.tokens.network]), blank=True, default=list, help_text='Ranges of addresses that it is good from, with commas between: 192.0.2.0/24. Left empty, from everywhere.', size=20, verbose_name='only from')),
                ('made', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='made')),
                ('expires', models.DateTimeField(help_text='After at most a year.', verbose_name='expires')),
                ('revoked', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='revoked')),
                ('last_used', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last used')),
                ('last_address', models.GenericIPAddressField(blank=True, editable=False, null=True, verbose_name='last used from')),
            ],
            options={
                'verbose_name': 'API token',
                'verbose_name_plural': 'API tokens',
                'ordering': ('-made', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='ApiTokenEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(help_text='Which program uses it, so that you know it again.', max_length=120, verbose_name='name')),
                ('prefix', models.CharField(editable=False, max_length=12, verbose_name='begins with')),
                ('may_write', models.BooleanField(default=False, help_text='Else it only reads. It never does more than the account itself may.', verbose_name='may write')),
                ('networks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=43, validators=[dialogues.models.tokens.network]), blank=True, default=list, help_text='Ranges of addresses that it is good from, with commas between: 192.0.2.0/24. Left empty, from everywhere.', size=20, verbose_name='only from')),
                ('made', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='made')),
                ('expires', models.DateTimeField(help_text='After at most a year.', verbose_name='expires')),
                ('revoked', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='revoked')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IdempotencyKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=255, verbose_name='key of the request')),
                ('request', models.CharField(max_length=64, verbose_name='hash of the request')),
                ('status', models.PositiveSmallIntegerField(verbose_name='status of the answer')),
                ('headers', models.JSONField(verbose_name='head of the answer')),
                ('body', models.BinaryField(verbose_name='body of the answer')),
                ('rounds', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None, verbose_name='rounds of the answer')),
                ('made', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='made')),
            ],
            options={
                'verbose_name': 'answer kept for an idempotency key',
                'verbose_name_plural': 'answers kept for idempotency keys',
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='end_tokens', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT NEW."is_active" AND OLD."is_active")', func='\nUPDATE dialogues_apitoken SET revoked = now() WHERE owner_id = NEW.id AND revoked IS NULL;\nRETURN NULL;\n', hash='3cefd7966ee2e80a716823fad5ea66eeade389c7', operation='UPDATE', pgid='pgtrigger_end_tokens_51f6a', table='dialogues_user', when='AFTER')),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AddField(
            model_name='apitokenevent',
            name='owner',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AddField(
            model_name='apitokenevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='apitokenevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='dialogues.apitoken'),
        ),
        migrations.AddField(
            model_name='idempotencykey',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='apitoken_named'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitoken',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_apitokenevent" ("expires", "id", "made", "may_write", "name", "networks", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked") SELECT new_values."expires", new_values."id", new_values."made", new_values."may_write", new_values."name", new_values."networks", new_values."owner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."prefix", new_values."revoked" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f4c501959581d09ee214bc610ca22bdef697ca30', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_499f1', referencing='REFERENCING NEW TABLE AS new_values ', table='dialogues_apitoken', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitoken',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_apitokenevent" ("expires", "id", "made", "may_write", "name", "networks", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked") SELECT new_values."expires", new_values."id", new_values."made", new_values."may_write", new_values."name", new_values."networks", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."prefix", new_values."revoked" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."expires" IS DISTINCT FROM (new_values."expires") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."made" IS DISTINCT FROM (new_values."made") OR old_values."may_write" IS DISTINCT FROM (new_values."may_write") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."networks" IS DISTINCT FROM (new_values."networks") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."prefix" IS DISTINCT FROM (new_values."prefix") OR old_values."revoked" IS DISTINCT FROM (new_values."revoked")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c500d5b3d34605c5526fe40e65bd2180698ae780', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_20b8e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='dialogues_apitoken', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitoken',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "dialogues_apitokenevent" ("expires", "id", "made", "may_write", "name", "networks", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked") SELECT old_values."expires", old_values."id", old_values."made", old_values."may_write", old_values."name", old_values."networks", old_values."owner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."prefix", old_values."revoked" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='464816031a512188fddb8f581168e12679699861', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_90207', referencing='REFERENCING OLD TABLE AS old_values ', table='dialogues_apitoken', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitokenevent',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'history is kept: % cannot be emptied', TG_TABLE_NAME;", hash='daeecd32c95dc2689ff03460fd873d6ddd5314b0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_537f6', table='dialogues_apitokenevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitokenevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a60edd42c79aa299e26b9ba70c8d493162e269e9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_986dd', table='dialogues_apitokenevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='idempotencykey',
            index=models.Index(models.F('made'), name='idempotencykey_by_age'),
        ),
        migrations.AddConstraint(
            model_name='idempotencykey',
            constraint=models.UniqueConstraint(fields=('user', 'key'), name='idempotency_once'),
        ),
        migrations.RunPython(permit_administrators, migrations.RunPython.noop),
    ]
