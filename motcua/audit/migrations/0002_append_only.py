"""Events and anchors can only be added: the database itself refuses to change or remove one (ASVS 13.2.2, 16.4.2)."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE =
    'insufficient_privilege'; END $$;
"""


def triggers(table: str) -> migrations.RunSQL:
    """Refuse UPDATE and DELETE row by row, and TRUNCATE as a whole."""
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION audit_append_only()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
        ],
        [f"DROP TRIGGER {table}_append_only ON {table}", f"DROP TRIGGER {table}_no_truncate ON {table}"],
    )


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION audit_append_only()"),
        triggers("audit_event"),
        triggers("audit_anchor"),
        # Heads are rewritten by every event of their chain: leave room beside them so that no index has to
        # change.
        migrations.RunSQL("ALTER TABLE audit_chainhead SET (fillfactor = 70)", migrations.RunSQL.noop),
    ]
