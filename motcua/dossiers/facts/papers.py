"""What each official paper of a dossier says, from its rows (law.md §1.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.conf import settings

from motcua.dossiers.facts.components import components_of
from motcua.dossiers.facts.items import form_of, lookups_of, requirements_of
from motcua.dossiers.models import Apology, Dossier, Enclosure, Handover, Result, SupplementRequest
from motcua.papers import facts as papers
from motcua.papers.forms import Regime
from motcua.reception.models import RegisterEntry
from motcua.rules import words
from motcua.rules.acts import Channel, Outcome
from motcua.rules.components import to_send
from motcua.rules.eforms import print_rows
from motcua.rules.text import grouped
from motcua.rules.worktime import Unit

TIME_WORDS = {
    Unit.WORKING_HOURS: "{n} giờ làm việc",
    Unit.WORKING_DAYS: "{n:02d} ngày làm việc",
    Unit.WORKING_DAYS_CLOCK: "{n:02d} ngày làm việc",
    Unit.CALENDAR_DAYS: "{n:02d} ngày",
    Unit.MONTHS: "{n:02d} tháng",
    Unit.ELAPSED_HOURS: "{n} giờ",
}


def allowed_time(amount: int | None, unit: str, cutoff: str = "") -> str:
    """The published time in words: "07 ngày làm việc"; within the day where the law says so."""
    if amount is None or not unit:
        return ""
    if cutoff:
        hour, minute = cutoff.split(":")
        late = f"{int(hour)} giờ" + (f" {minute} phút" if minute != "00" else "")
        return f"Trong ngày; nhận sau {late} thì trả trong ngày làm việc tiếp theo"
    return TIME_WORDS[Unit(unit)].format(n=amount)


def head_of(dossier: Dossier) -> papers.Letterhead:
    """Letterhead of the competent agency, with the counter that deals with the person."""
    agency = dossier.agency
    return papers.Letterhead(
        agency=agency.name,
        superior=agency.parent.name if agency.parent else "",
        counter=dossier.counter.name,
        place=settings.SITE["seat"],
        address=dossier.counter.address,
        phone=dossier.counter.phone,
        regime=Regime(settings.SITE["regime"]),
        demo=dossier.is_demo or settings.DEMO,
    )


def receiving_head(dossier: Dossier) -> papers.Letterhead:
    """The letterhead of whoever deals with the person: the agency that took in for another gives its own slip."""
    head = head_of(dossier)
    if dossier.taken_in_by is None:
        return head
    above = dossier.taken_in_by.parent
    return replace(head, agency=dossier.taken_in_by.name, superior=above.name if above else "")


def applicant_of(dossier: Dossier) -> papers.Applicant:
    return papers.Applicant(
        name=dossier.applicant_name,
        address=dossier.applicant_address,
        phone=dossier.applicant_phone,
        email=dossier.applicant_email,
    )


def submission_receipt(
    dossier: Dossier, enclosures: Iterable[Enclosure], *, submitted_at: datetime
) -> papers.SubmissionReceipt:
    """Proof of filing with every file's hash. The look-up secret is printed on it, but never stored (`secrets`)."""
    names = {requirement.key: requirement.name for requirement in requirements_of(dossier)}
    return papers.SubmissionReceipt(
        head=head_of(dossier),
        code=dossier.code or "",
        applicant=applicant_of(dossier),
        procedure=dossier.revision.name,
        submitted_at=submitted_at,
        files=tuple(
            papers.FileLine(
                paper=names.get(row.requirement_key, row.requirement_key),
                name=row.file.name,
                size=row.file.size,
                sha256=row.file.sha256,
            )
            for row in enclosures
        ),
        next_deadline=dossier.acceptance_due_at,
        next_deadline_text="cơ quan trả lời tiếp nhận, yêu cầu bổ sung hoặc từ chối",
        lookup_address=f"{settings.BASE_URL}/tra-cuu/",
    )


def appointment_slip(
    dossier: Dossier, entry: RegisterEntry | None, *, officer: str, accepted_at: datetime
) -> papers.AppointmentSlip:
    """Mẫu 01 with the promised date and the place in the register."""
    revision = dossier.revision
    present: dict[str, int] = {}
    for row in dossier.enclosures.all():
        if row.removed_at is None:
            present[row.requirement_key] = present.get(row.requirement_key, 0) + 1
    online = dossier.channel == Channel.ONLINE.value
    lines = [papers.PaperLine(name=form_of(dossier).title, electronic=1)]
    lines += [
        papers.PaperLine(
            name=requirement.name,
            originals=dossier.received.get(requirement.key, {}).get("originals", 0),
            plain_copies=dossier.received.get(requirement.key, {}).get("copies", 0),
            electronic=present.get(requirement.key, 0),
        )
        for requirement in requirements_of(dossier)
        if requirement.key in present or requirement.key in dossier.received
    ]
    assert dossier.promised_at is not None
    return papers.AppointmentSlip(
        head=receiving_head(dossier),
        code=dossier.code or "",
        applicant=applicant_of(dossier),
        request=_asked(dossier),
        papers=tuple(lines),
        sets=revision.copies_of_dossier,
        allowed_time=allowed_time(revision.time_amount, revision.time_unit, revision.same_day_cutoff),
        accepted_at=accepted_at,
        promised_at=dossier.promised_at,
        return_place=return_place(dossier),
        register_book=entry.book if entry else "",
        register_number=entry.number_text if entry else "",
        officer=officer,
        filed_online=online,
    )


def _asked(dossier: Dossier) -> str:
    """What is asked for, and of whom where another agency took it in."""
    name = dossier.revision.name
    return f"{name} (cơ quan giải quyết: {dossier.agency.name})" if dossier.taken_in_by_id else name


def return_place(dossier: Dossier) -> str:
    """Where and how the applicant asked to receive the result."""
    match dossier.return_channel:
        case Channel.POST.value:
            return f"Bưu chính công ích, địa chỉ: {dossier.return_address}"
        case Channel.ONLINE.value:
            return f"Bản điện tử trên {settings.SITE['portal_name']}"
        case _:
            return dossier.counter.name


def supplement_notice(dossier: Dossier, request: SupplementRequest, *, officer: str) -> papers.SupplementNotice:
    """Mẫu 02: every marked item with the officer's words."""
    return papers.SupplementNotice(
        head=head_of(dossier),
        code=dossier.code or "",
        applicant=applicant_of(dossier),
        request=dossier.revision.name,
        items=tuple(f"{row['label']}: {row['note']}" if row["note"] else row["label"] for row in request.items),
        reason=request.message or "Hồ sơ chưa đủ hoặc chưa đúng theo quy định của thủ tục.",
        contact_name=officer,
        contact_phone=dossier.counter.phone,
        officer=officer,
    )


def decline_notice(dossier: Dossier, reasons: tuple[str, ...], *, officer: str) -> papers.DeclineNotice:
    """Mẫu 03 with every reason."""
    return papers.DeclineNotice(
        head=head_of(dossier),
        code=dossier.code or "",
        applicant=applicant_of(dossier),
        request=dossier.revision.name,
        reasons=reasons,
        contact_name=officer,
        contact_phone=dossier.counter.phone,
        officer=officer,
    )


def stop_notice(
    dossier: Dossier, reasons: tuple[str, ...], *, signer: str = "", position: str = ""
) -> papers.StopNotice:
    """Mẫu 05 of 2025; ``signer`` and ``position`` are the leader's, empty when a rule ends the dossier."""
    return papers.StopNotice(
        head=head_of(dossier),
        code=dossier.code or "",
        applicant=applicant_of(dossier),
        request=dossier.revision.name,
        reasons=reasons,
        accepted_at=dossier.accepted_at,
        money=money_note(dossier),
        contact_name=dossier.counter.name,
        contact_phone=dossier.counter.phone,
        position=position,
        signer=signer,
    )


def apology_notice(dossier: Dossier, apology: Apology) -> papers.ApologyNotice:
    """Mẫu 04 with the reason and the one new date; unsigned when the clock sends it."""
    assert dossier.accepted_at is not None
    return papers.ApologyNotice(
        head=head_of(dossier),
        code=dossier.code or "",
        applicant=applicant_of(dossier),
        request=dossier.revision.name,
        accepted_at=dossier.accepted_at,
        was_due_at=apology.was_due_at,
        reason=apology.reason,
        new_due_at=apology.new_due_at,
        contact_phone=dossier.counter.phone,
        position=apology.signed_title,
        signer=apology.signed_by_name,
    )


def money_note(dossier: Dossier) -> str:
    """What becomes of fees already paid when the dossier ends without a result (BD-32, KT-21); '' when none was."""
    paid = sum(fee.amount or 0 for fee in dossier.fees.all() if fee.paid_at is not None)
    if not paid:
        return ""
    amount = grouped(paid)
    if dossier.policy.refund_when_not_performed:
        return f"Phí, lệ phí đã nộp: {amount} đồng. Phần chưa thực hiện được hoàn trả theo quy định tại nơi đã nộp."
    return f"Phí, lệ phí đã nộp: {amount} đồng, không hoàn trả theo quy định đang áp dụng."


def result(dossier: Dossier, found: Result) -> papers.Result:
    """The document that answers the request."""
    today = (found.sealed_at or found.drafted_at).date()
    steps = print_rows(form_of(dossier), dossier.answers, lookups_of(dossier, today=today), today=today)
    rows: list[papers.Row] = [papers.Row(label="Nội dung", value=found.body)] if found.body else []
    for title, pairs in steps:
        rows.append(papers.Row(label=title, heading=True))
        rows += [papers.Row(label=label, value=value) for label, value in pairs]
    return papers.Result(
        head=head_of(dossier),
        code=dossier.code or "",
        title=found.title,
        outcome=Outcome(found.outcome),
        applicant=applicant_of(dossier),
        procedure=dossier.revision.name,
        bases=tuple(str(row.get("name") or row.get("code")) for row in dossier.revision.legal_bases),
        rows=tuple(rows),
        reasons=tuple(found.reasons.splitlines()),
        position=found.approved_title,
        leader=found.approved_by_name,
        approved_at=found.approved_at,
        sealed_at=found.sealed_at,
        recipients=("Người nộp hồ sơ", "Lưu: VT, hồ sơ"),
        document=papers.Document(file_id=str(found.file.pk), name=found.file.name, sha256=found.file.sha256)
        if found.file
        else None,
    )


def cover_sheet(dossier: Dossier, *, today: date) -> papers.CoverSheet:
    """What to send by post after an unsigned filing, with the code on it (KT-13)."""
    assert dossier.submitted_at is not None
    asked = {
        requirement.key: max(requirement.originals, requirement.copies, 1) for requirement in requirements_of(dossier)
    }
    sent = to_send(components_of(dossier, today=today, policy=dossier.policy))
    return papers.CoverSheet(
        head=head_of(dossier),
        code=dossier.code or "",
        applicant=applicant_of(dossier),
        procedure=dossier.revision.name,
        submitted_at=dossier.submitted_at,
        papers=tuple(papers.Copies(name=component.name, copies=asked[component.key]) for component in sent),
    )


def handover_record(dossier: Dossier, handover: Handover) -> papers.HandoverRecord:
    """Proof that the result was handed over."""
    found = dossier.result
    names = {requirement.key: requirement.name for requirement in requirements_of(dossier)}
    paid = sum(fee.amount or 0 for fee in dossier.fees.all() if fee.paid_at is not None)
    return papers.HandoverRecord(
        head=head_of(dossier),
        code=dossier.code or "",
        applicant=applicant_of(dossier),
        procedure=dossier.revision.name,
        channel=Channel(handover.channel),
        receiver_name=handover.receiver_name,
        receiver_identity=handover.receiver_identity,
        receiver_capacity=words.CHANNELS[Channel(handover.channel)],
        delivery_address=dossier.return_address,
        tracking_number=handover.parcel_number,
        documents=(papers.ResultLine(name=found.title, number=found.number),),
        originals_checked=handover.originals_checked if handover.compared_with else None,
        compared=tuple(names.get(key, key) for key in handover.compared_items),
        fee_settled=f"{grouped(paid)} đồng" if paid else "",
        handed_at=handover.handed_at,
        officer=handover.handed_by_name,
        note=handover.note,
    )
