"""A published version never changes, whoever writes to the table."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION eforms_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published form version never changes: % refused', TG_OP USING ERRCODE =
    'insufficient_privilege'; END $$;
"""
TRIGGER = """
CREATE TRIGGER eforms_eformversion_stays BEFORE UPDATE OR DELETE ON eforms_eformversion
FOR EACH ROW EXECUTE FUNCTION eforms_published_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("eforms", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION eforms_published_stays()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER eforms_eformversion_stays ON eforms_eformversion"),
    ]
