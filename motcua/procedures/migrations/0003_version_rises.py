"""The version of the catalogue rises with every change of it, in the transaction of the change."""

from django.db import migrations

TABLES = (
    "procedures_sector",
    "procedures_procedure",
    "procedures_procedurerevision",
    "procedures_requirement",
    "procedures_method",
    "procedures_offering",
    "procedures_defect",
    "procedures_lifeevent",
    "procedures_lifeevent_procedures",
    "agencies_agency",
    "agencies_onestopcounter",
)
FUNCTION = """
INSERT INTO procedures_catalogueversion (id, number) VALUES (1, 0) ON CONFLICT DO NOTHING;
CREATE FUNCTION procedures_version_rises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE procedures_catalogueversion SET number = number + 1 WHERE id = 1;
  RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE TRIGGER catalogue_version_rises AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION procedures_version_rises();
"""
DROP = "DROP TRIGGER catalogue_version_rises ON {table};"


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_published"), ("agencies", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION procedures_version_rises()"),
        migrations.RunSQL(
            "".join(TRIGGER.format(table=table) for table in TABLES),
            "".join(DROP.format(table=table) for table in TABLES),
        ),
    ]
