"""What connected databases answered about declarations (HY-20)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0012_facets'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CrossCheck',
            fields=[
                ('request_id', models.UUIDField(primary_key=True, serialize=False)),
                ('register', models.CharField(choices=[('population', 'Cơ sở dữ liệu quốc gia về dân cư'), ('enterprises', 'Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp')], max_length=12)),
                ('path', models.CharField(max_length=100)),
                ('label', models.CharField(max_length=300)),
                ('declared_digest', models.CharField(max_length=64)),
                ('results', models.JSONField()),
                ('source', models.CharField(max_length=200)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer_digest', models.CharField(max_length=64)),
                ('purpose', models.CharField(max_length=300)),
                ('asked_by_name', models.CharField(max_length=250)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='crosschecks', to='dossiers.dossier')),
            ],
            options={
                'ordering': ['dossier', 'asked_at', 'path'],
                'indexes': [models.Index(fields=['dossier', 'asked_at'], name='crosscheck_of_dossier')],
            },
        ),
    ]
