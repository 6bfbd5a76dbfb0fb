"""Settling a defect of an imported record: who, when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.procedures.models import Defect, ProcedureRevision
from motcua.rules.people import Actor
from motcua.rules.text import clean_text


@transaction.atomic
def resolve(defect_id: int, *, finding: str, by: Actor, at: datetime) -> Defect:
    """Settle a defect: `finding` says what was found to be right, and goes to the record of acts.

    Raises `Refusal` 404 for an unknown defect, 409 when somebody has settled it, 422 without a finding.
    """
    defect = Defect.objects.select_for_update(of=("self",)).filter(pk=defect_id).first()
    if defect is None:
        raise Refusal("Không có lỗi dữ liệu này.", status=404)
    if defect.resolved_at is not None:
        raise Refusal(f"{defect.resolved_by} đã xử lý lỗi này.", status=409)
    if not (found := clean_text(finding)):
        raise Refusal("Hãy ghi đã xác minh thế nào.", field_errors={"finding": ["Chưa ghi đã xác minh thế nào."]})
    defect.resolved_at, defect.resolved_by = at, by.name[:120]
    defect.save(update_fields=["resolved_at", "resolved_by"])
    ProcedureRevision.objects.filter(pk=defect.revision_id).update(open_defects=F("open_defects") - 1)
    code = defect.revision.procedure.code
    body = {"defect": defect.code, "where": defect.where, "words": defect.words, "finding": found[:2000]}
    record(subject=("procedure", code), verb="resolve_defect", by=by, at=at, body=body)
    return defect
