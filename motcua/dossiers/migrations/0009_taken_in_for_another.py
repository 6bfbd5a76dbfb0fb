import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_counter_and_clock"),
        ("dossiers", "0008_ways_and_means"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="taken_in_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=Q(("taken_in_by__isnull", False)),
                fields=["taken_in_by", "turn", "sort_at", "id"],
                name="dossier_taken_in_for",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=Q(("taken_in_by__isnull", False)),
                fields=["agency", "turn", "sort_at", "id"],
                name="dossier_taken_in_elsewhere",
            ),
        ),
    ]
