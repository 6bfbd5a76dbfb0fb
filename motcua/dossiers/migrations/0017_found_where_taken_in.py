"""A name is found in the lists of the agency that took it in for another too, and of the one that handed it on."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models.functions import Cast


def word(column):
    return models.Func(Cast(column, models.TextField()), template="coalesce(' zq' || %(expressions)s, '')")


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0016_earlier_hands"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="dossier", name="dossier_search"),
        migrations.RemoveField(model_name="dossier", name="search"),
        migrations.AddField(
            model_name="dossier",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("applicant_name"),
                    word("agency_id"),
                    word("taken_in_by_id"),
                    word("transferred_from_id"),
                    arg_joiner=" || ",
                    template="vi_tsv(%(expressions)s)",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="dossier_search"),
        ),
    ]
