"""What is typed and not saved is kept for its author."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0010_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnsavedWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True, verbose_name='key')),
                ('sent', models.TextField(verbose_name='what was typed')),
                ('kept_at', models.DateTimeField(db_index=True, verbose_name='kept at')),
                ('round', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='unsaved_work', to='dialogues.round', verbose_name='round')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unsaved_work', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'unsaved work',
                'verbose_name_plural': 'unsaved work',
                'ordering': ('-kept_at', '-pk'),
                'default_permissions': (),
            },
        ),
    ]
