"""Whether the national portal vouches for an account's owner (HY-4)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_consents'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='identified_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='account',
            name='assurance',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
