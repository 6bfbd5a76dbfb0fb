from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0009_taken_in_for_another"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="transferred_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=Q(("transferred_from__isnull", False)),
                fields=["transferred_from", "turn", "sort_at", "id"],
                name="dossier_handed_on",
            ),
        ),
    ]
