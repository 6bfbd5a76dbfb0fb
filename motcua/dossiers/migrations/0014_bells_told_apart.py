"""Several opinions may fall due at one moment, and one limit be carried upward several times: each rings once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0013_crosscheck"),
    ]

    operations = [
        migrations.AddField(
            model_name="timermark",
            name="of",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.RemoveConstraint(model_name="timermark", name="timer_rings_once"),
        migrations.AddConstraint(
            model_name="timermark",
            constraint=models.UniqueConstraint(fields=("dossier", "kind", "due_at", "of"), name="timer_rings_once"),
        ),
    ]
