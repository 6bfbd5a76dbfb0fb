"""The log of a case is only added to, and what was reported stays as it was reported: the database sees to it (BD-19)."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION feedback_case_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND
       (NEW.id, NEW.public_id, NEW.number, NEW.matter, NEW.kind, NEW.via, NEW.once, NEW.received_at, NEW.within_days,
        NEW.due_at, NEW.account, NEW.place, NEW.happened, NEW.accused_is, NEW.thing, NEW.ref, NEW.dossier_code,
        NEW.evidence, NEW.evidence_sha256)
       IS NOT DISTINCT FROM
       (OLD.id, OLD.public_id, OLD.number, OLD.matter, OLD.kind, OLD.via, OLD.once, OLD.received_at, OLD.within_days,
        OLD.due_at, OLD.account, OLD.place, OLD.happened, OLD.accused_is, OLD.thing, OLD.ref, OLD.dossier_code,
        OLD.evidence, OLD.evidence_sha256)
       AND (OLD.closed_at IS NULL OR (NEW.state, NEW.closed_at, NEW.answer, NEW.passed_to)
            IS NOT DISTINCT FROM (OLD.state, OLD.closed_at, OLD.answer, OLD.passed_to)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what a case reports is kept: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
"""
ADDED_TO = ("feedback_caseentry", "feedback_casefile", "feedback_casereporter")


def added_to_only(table: str) -> migrations.RunSQL:
    """The audit's own guard: no UPDATE, DELETE or TRUNCATE."""
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
    dependencies = [("feedback", "0001_initial"), ("audit", "0002_append_only")]
    operations = [
        *(added_to_only(table) for table in ADDED_TO),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION feedback_case_kept()"),
        migrations.RunSQL(
            [
                "CREATE TRIGGER feedback_case_kept BEFORE UPDATE OR DELETE ON feedback_case "
                "FOR EACH ROW EXECUTE FUNCTION feedback_case_kept()",
                "CREATE TRIGGER feedback_case_no_truncate BEFORE TRUNCATE ON feedback_case "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
            ],
            [
                "DROP TRIGGER feedback_case_kept ON feedback_case",
                "DROP TRIGGER feedback_case_no_truncate ON feedback_case",
            ],
        ),
    ]
