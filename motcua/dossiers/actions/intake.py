"""The counter's verbs: judge, accept, ask once for everything missing, decline (NĐ 61/2018 điều 17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from motcua.base.errors import Refusal
from motcua.dossiers.actions import examine, once
from motcua.dossiers.actions.gate import Passing, passing
from motcua.dossiers.facts import enclosed_keys, judged_items
from motcua.dossiers.facts import papers as paper_facts
from motcua.dossiers.models import Dossier, Finding, SupplementRequest
from motcua.papers.facts import AppointmentSlip
from motcua.policy.queries import calendar
from motcua.reception.actions import enter
from motcua.rules.acts import Act, Verdict
from motcua.rules.people import Actor
from motcua.rules.text import clean_text
from motcua.rules.vault import Wrong
from motcua.rules.worktime import Unit, due


def judge(
    code: str,
    verdicts: Mapping[str, tuple[Verdict, str]],
    *,
    wrongs: Mapping[str, Wrong] | None = None,
    by: Actor,
    at: datetime,
) -> Dossier:
    """Record a verdict and a note on items (``field:…``, ``paper:…``). A wrong item needs words on how to mend it.

    A paper used again from the applicant's vault that still holds is wrong only with what is wrong with it (``wrongs``
    by item); otherwise it would be asked for again, which is refused and kept in the audit record (BN-7, HY-6).
    """
    with once.attempts_are_kept(code, by=by, at=at), passing(Act.JUDGE, code, by=by, at=at) as passage:
        known = {
            item.key: item for item in judged_items(passage.dossier, enclosed_keys(passage.dossier), today=at.date())
        }
        problems: dict[str, list[str]] = {}
        for key, (verdict, note) in verdicts.items():
            if key not in known:
                problems[key] = ["Mục này không có trong hồ sơ."]
            elif verdict == Verdict.WRONG and not clean_text(note):
                problems[key] = [f"Hãy ghi rõ “{known[key].label}” sai hoặc thiếu gì và sửa thế nào."]
        if problems:
            raise Refusal("Chưa ghi được kết quả kiểm tra.", field_errors=problems)
        once.judge_reused(passage.dossier, verdicts, wrongs or {}, by=by, at=at)
        for key, (verdict, note) in verdicts.items():
            Finding.objects.update_or_create(
                dossier=passage.dossier,
                item=key,
                defaults={"verdict": verdict.value, "note": clean_text(note)[:1000], "by_name": by.name, "at": at},
            )
        examine.take(passage)
        passage.is_public = False
        passage.details = {"verdicts": {key: verdict.value for key, (verdict, _) in verdicts.items()}}
    return passage.dossier


@transaction.atomic
def accept(code: str, *, by: Actor, at: datetime) -> Dossier:
    """Accept the dossier: date promised, slip issued, and on its route at once (HY-27, BN-12).

    Both or neither: nobody withdraws, recalls or stops it between being accepted and being forwarded.
    """
    with passing(Act.ACCEPT, code, by=by, at=at) as passage:
        once.keep_papers(passage.dossier, at=at)
        clear_findings(passage)
        passage.holder_id = by.account_id
        passage.paper = lambda: _slip(passage)
        passage.leads_on = True
    return examine.forward(code, by=by, at=at, follows=passage)


def _slip(passage: Passing) -> AppointmentSlip:
    """Mẫu 01 with its place in the register, whose number is taken last: others of this counter wait for it."""
    dossier = passage.dossier
    entry = enter(dossier.counter_id, dossier.code or "", at=passage.at)
    return paper_facts.appointment_slip(dossier, entry, officer=passage.by.name, accepted_at=passage.at)


def request_supplement(code: str, *, message: str = "", by: Actor, at: datetime) -> Dossier:
    """One complete notice from the marked items; the clock waits for the applicant (BN-14, HY-24, HY-28)."""
    with once.attempts_are_kept(code, by=by, at=at), passing(Act.REQUEST_SUPPLEMENT, code, by=by, at=at) as passage:
        dossier = passage.dossier
        labels = {item.key: item.label for item in judged_items(dossier, enclosed_keys(dossier), today=at.date())}
        items = [
            {"item": finding.item, "label": labels.get(finding.item, finding.item), "note": finding.note}
            for finding in dossier.findings.all()
            if finding.verdict == Verdict.WRONG
        ]
        once.must_not_ask_again(dossier, [row["item"] for row in items], at=at)
        answer_by = due(
            calendar(at, agency_id=dossier.agency_id),
            start=at,
            amount=dossier.policy.supplement_answer_days,
            unit=Unit.WORKING_DAYS,
        ).at
        dossier.supplement_rounds += 1
        request = SupplementRequest.objects.create(
            dossier=dossier,
            number=dossier.supplement_rounds,
            items=items,
            before=dossier.answers,
            message=clean_text(message),
            requested_at=at,
            requested_by_name=by.name,
            answer_by=answer_by,
        )
        dossier.supplement_proposed = False
        passage.note = request.message
        passage.details = {"items": [row["item"] for row in items]}
        passage.told = {"items": items, "answer_by": answer_by}
        passage.paper = lambda: paper_facts.supplement_notice(dossier, request, officer=by.name)
    return passage.dossier


def decline(code: str, *, reasons: Sequence[str], by: Actor, at: datetime) -> Dossier:
    """Decline to take the dossier in, with every reason (Mẫu 03). Raises `Refusal` without a reason."""
    cleaned = tuple(filter(None, (clean_text(reason) for reason in reasons)))
    if not cleaned:
        raise Refusal("Chưa ghi lý do từ chối.", field_errors={"reasons": ["Hãy ghi ít nhất một lý do cụ thể."]})
    with passing(Act.DECLINE, code, by=by, at=at) as passage:
        passage.note = "\n".join(cleaned)
        passage.told = {"reasons": list(cleaned)}
        passage.paper = lambda: paper_facts.decline_notice(passage.dossier, cleaned, officer=by.name)
    return passage.dossier


def clear_findings(passage: Passing) -> None:
    """Verdicts of the intake have done their work; a division judges for itself."""
    dossier = passage.dossier
    if dossier.findings.all():
        dossier.findings.all().delete()
        dossier.refresh_from_db(fields=["findings"])
