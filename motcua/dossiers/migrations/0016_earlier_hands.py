"""Whoever once had a dossier in hand goes on seeing it: those that were handed on twice get their first hands back."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import Q

FROM_THE_RECORD = """
UPDATE dossiers_dossier SET earlier_hands = found.hands
FROM (
    SELECT dossier.id, array_agg(DISTINCT hand.id ORDER BY hand.id) AS hands
    FROM dossiers_dossier AS dossier
    JOIN audit_event AS event
        ON event.subject_kind = 'dossier' AND event.subject_id = dossier.public_id::text AND event.verb = 'transfer'
    JOIN agencies_agency AS hand ON hand.code = event.body ->> 'from_agency'
    WHERE dossier.transferred_from_id IS NOT NULL
        AND hand.id NOT IN (dossier.transferred_from_id, dossier.agency_id)
    GROUP BY dossier.id
) AS found
WHERE found.id = dossiers_dossier.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("audit", "0001_initial"),
        ("dossiers", "0015_once_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="earlier_hands",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, null=True, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["earlier_hands"],
                condition=Q(("earlier_hands__isnull", False)),
                name="dossier_earlier_hands",
            ),
        ),
        migrations.RunSQL(FROM_THE_RECORD, migrations.RunSQL.noop),
    ]
