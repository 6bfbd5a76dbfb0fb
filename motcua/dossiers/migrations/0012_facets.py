"""Answers that lists are filtered by are kept beside the row: to compute them anew for each row read is dear."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0011_bells'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='dossier', name='dossier_answers'),
        migrations.AddField(
            model_name='dossier',
            name='facets',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.F('answers'), models.F('agency_id'), function='dossier_facets'), output_field=models.JSONField()),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=django.contrib.postgres.indexes.GinIndex(fields=['facets'], name='dossier_facets', opclasses=['jsonb_path_ops']),
        ),
    ]
