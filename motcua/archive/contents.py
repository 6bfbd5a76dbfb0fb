"""What goes into a dossier's package: its record, its answers to read and to compute with, originals as they came in,
papers as given out, signatures, and the extract of the record of acts.

Origin, destination and moments stand in ``metadata.json`` (conditions of an electronic archive: readable later, in the
format it was made, sent and received in or one that shows it truly, with where it came from, where it went and when).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.archive import pdfs
from motcua.archive.bag import Part
from motcua.archive.facts import Said
from motcua.archive.rows import as_json, process_of
from motcua.audit.queries import export_of
from motcua.base.errors import Refusal
from motcua.dossiers.facts import form_files, form_of, lookups_of, requirements_of
from motcua.dossiers.facts.papers import applicant_of, head_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import paper_pdf
from motcua.files.models import StoredFile
from motcua.files.queries import open_file
from motcua.papers import queries as papers
from motcua.papers.facts import EFormPrint, FormStep, Row
from motcua.papers.models import IssuedPaper
from motcua.papers.render import render
from motcua.rules import words
from motcua.rules.acts import Channel, Paper
from motcua.rules.eforms import print_rows
from motcua.rules.retention import ends_on
from motcua.rules.uploads import FileType

FORM = "to-khai.pdf"
_ENDINGS = {FileType.PDF: "pdf", FileType.JPEG: "jpg", FileType.PNG: "png", FileType.DOCX: "docx"}

READ_ME = """HỒ SƠ LƯU TRỮ ĐIỆN TỬ {code}

metadata.json     nguồn gốc, nơi gửi, nơi nhận, thời điểm, thủ tục, phiên bản biểu mẫu, thời hạn lưu trữ, danh sách tệp
answers.json      nội dung tờ khai điện tử, từng câu hỏi và câu trả lời
to-khai.pdf       tờ khai để đọc (PDF/A)
originals/        tệp đúng như người nộp đã gửi, không sửa một byte nào
papers/           giấy tờ cơ quan đã cấp, papers.json nói số, ngày, hiệu lực
signatures/       chữ ký số lấy ra từ tệp đã ký (CMS) và phạm vi byte đã ký
process.json      toàn bộ quá trình giải quyết
log/              lịch sử dễ đọc và trích nhật ký kiểm toán có chuỗi mã băm

Kiểm tra gói này: python3 kiem-tra.py GOI.zip (chỉ cần Python, không cần hệ thống).
Cấu trúc gói theo chuẩn BagIt (RFC 8493).
"""


@dataclass(frozen=True, slots=True)
class _Original:
    """A file that came in, where it lies in the package, and what is known of its coming."""

    path: str
    file: StoredFile
    told: Mapping[str, Any]


def parts_of(dossier: Dossier, said: Said, *, at: datetime) -> list[Part]:
    """Every part of the package. Raises `Refusal` while a file still waits for its scan, or is not as it came in."""
    originals = _originals(dossier)
    issued = papers.of(dossier.code or "")
    drawn = [_paper(dossier, number, paper) for number, paper in enumerate(issued, 1)]
    form = Part(FORM, _form_pdf(dossier))
    shown = [one for one in originals if one.file.is_readable]
    signed, signatures = _signatures(shown)
    told = _metadata(dossier, said, at)
    told["files"] = [_file_told(one) for one in shown]
    told["withheld"] = [
        {"name": one.file.name, "sha256": one.file.sha256, "reason": one.file.get_state_display()}
        for one in originals
        if not one.file.is_readable
    ]
    told["made_by_us"] = [_format(part) for part in (form, *drawn)]
    return [
        Part("DOC-TRUOC.txt", READ_ME.format(code=dossier.code).encode()),
        Part("metadata.json", as_json(told)),
        Part("answers.json", as_json(_answers(dossier))),
        form,
        Part("process.json", as_json(process_of(dossier))),
        Part("log/timeline.json", as_json(_timeline(dossier))),
        Part("log/audit.jsonl", "".join(f"{line}\n" for line in export_of(dossier.subject)).encode()),
        Part("papers/papers.json", as_json([_paper_told(*pair) for pair in zip(issued, drawn, strict=True)])),
        *drawn,
        *(Part(one.path, stored=one.file) for one in shown),
        Part("signatures/signatures.json", as_json(signatures)),
        *signed,
    ]


def _originals(dossier: Dossier) -> list[_Original]:
    """Everything handed in, replaced files too, in the order it came."""
    names = {requirement.key: requirement.name for requirement in requirements_of(dossier)}
    found: list[tuple[StoredFile, dict[str, Any]]] = []
    for row in dossier.enclosures.select_related("file").order_by("pk"):
        told = {
            "component": row.requirement_key,
            "component_name": names.get(row.requirement_key, ""),
            "enclosed_at": row.added_at,
            "enclosed_by": row.added_by_name,
            "supplement_number": row.supplement_number,
            "removed_at": row.removed_at,
        }
        found.append((row.file, told))
    found += [(file, {"component": "eform", "component_name": label}) for label, file in form_files(dossier)]
    result = getattr(dossier, "result", None)
    if result is not None and result.file is not None:
        found.append((result.file, {"component": "result", "component_name": result.title}))
    if any(file.state == "quarantined" for file, _ in found):
        raise Refusal("Còn tệp đang chờ quét mã độc.", status=409)
    return [
        _Original(f"originals/{number:03}-{told['component']}.{_ending(file)}", file, told)
        for number, (file, told) in enumerate(found, 1)
    ]


def _ending(file: StoredFile) -> str:
    return _ENDINGS.get(FileType(file.content_type), "bin") if file.content_type in set(FileType) else "bin"


def _file_told(one: _Original) -> dict[str, Any]:
    file = one.file
    return {
        "path": f"data/{one.path}",
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "content_type": file.content_type,
        "pages": file.page_count,
        "signatures": file.signatures,
        "scan": file.get_state_display(),
        "received_at": file.uploaded_at,
        **one.told,
    }


def _paper(dossier: Dossier, number: int, paper: IssuedPaper) -> Part:
    """The paper as PDF; the control sheet as it stands now. The receipt's look-up secret stays out."""
    content = paper_pdf(dossier, paper) if paper.kind == Paper.CONTROL_SHEET else papers.pdf(paper)
    return Part(f"papers/{number:02}-{paper.kind}.pdf", content)


def _paper_told(paper: IssuedPaper, part: Part) -> dict[str, Any]:
    return {
        "path": f"data/{part.path}",
        "kind": paper.kind,
        "name": paper.name,
        "number": paper.number,
        "issued_at": paper.issued_at,
        "issued_by": paper.issued_by_name,
        "token": paper.token,
        "voided_at": paper.voided_at,
        "voided_by": paper.voided_by_name,
        "void_reason": paper.void_reason,
        "sha256_given_out": paper.sha256,
        "says": paper.data,
    }


def _format(part: Part) -> dict[str, Any]:
    seen = pdfs.look(part.content)
    return {"path": f"data/{part.path}", "pdfa": seen.pdfa, "fonts_within": seen.fonts_within}


def _form_pdf(dossier: Dossier) -> bytes:
    """The answered form as PDF/A, in the words the applicant saw."""
    form, day = form_of(dossier), localtime(dossier.submitted_at or dossier.created_at)
    steps = print_rows(form, dossier.answers, lookups_of(dossier, today=day.date()), today=day.date())
    sheet = EFormPrint(
        head=head_of(dossier),
        code=dossier.code or "",
        title=form.title,
        version=str(dossier.revision.eform or ""),
        procedure=dossier.revision.name,
        addressee=dossier.agency.name,
        applicant=applicant_of(dossier),
        steps=tuple(
            FormStep(title=title, rows=tuple(Row(label=label, value=value) for label, value in pairs))
            for title, pairs in steps
        ),
        submitted_at=dossier.submitted_at,
    )
    return render(Paper.EFORM_PRINT, sheet.to_data(), issued_at=day)


def _answers(dossier: Dossier) -> dict[str, Any]:
    form, day = form_of(dossier), localtime(dossier.submitted_at or dossier.created_at).date()
    read = print_rows(form, dossier.answers, lookups_of(dossier, today=day), today=day)
    return {
        "form": str(dossier.revision.eform or ""),
        "answers": dossier.answers,
        "provenance": dossier.provenance,
        "definition": dossier.revision.eform.definition if dossier.revision.eform else None,
        "read": [{"step": title, "rows": [{"question": q, "answer": a} for q, a in pairs]} for title, pairs in read],
    }


def _signatures(originals: list[_Original]) -> tuple[list[Part], list[dict[str, Any]]]:
    """Signatures taken out of signed PDFs, so that they can be validated without reading the PDF."""
    parts, told = [], []
    for one in originals:
        if not one.file.signatures:
            continue
        with open_file(one.file) as stored:
            found = pdfs.signatures(stored.read())
        for number, signature in enumerate(found, 1):
            part = Part(f"signatures/{one.path.split('/')[1]}-{number}.p7s", signature.cms)
            parts.append(part)
            told.append(
                {
                    "file": f"data/{one.path}",
                    "cms": f"data/{part.path}",
                    "byte_range": signature.byte_range,
                    "signed_sha256": signature.signed_sha256,
                    "said_at": signature.said_at,
                    "validation": "Chưa thẩm định khi đóng gói; chứng thư nằm trong tệp CMS.",
                }
            )
    return parts, told


def _timeline(dossier: Dossier) -> list[dict[str, Any]]:
    happened = {act.value: said for act, said in words.HAPPENED.items()}
    return [
        {
            "at": entry.at,
            "act": entry.act,
            "happened": happened.get(entry.act, entry.act),
            "by": entry.by_name,
            "unit": entry.unit_name,
            "note": entry.note,
            "public": entry.is_public,
            "state_after": entry.state_after,
        }
        for entry in dossier.timeline.order_by("pk")
    ]


def _metadata(dossier: Dossier, said: Said, at: datetime) -> dict[str, Any]:
    """Where it came from, where it went, when; what it was filed under; how long it is kept."""
    assert dossier.closed_at is not None
    revision, closed = dossier.revision, localtime(dossier.closed_at).date()
    answered = dossier.supplement_requests.order_by("number").values("number", "requested_at", "answered_at")
    return {
        "format": "motcua.preservation/1",
        "code": dossier.code,
        "procedure": {
            "code": revision.procedure.code,
            "name": revision.name,
            "revision": revision.number,
            "in_force_since": revision.since,
            "decision": revision.decision,
            "sector": {"code": revision.sector.code, "name": revision.sector.name},
            "legal_bases": revision.legal_bases,
        },
        "form": {"version": str(revision.eform or ""), "sha256": revision.eform.digest if revision.eform else ""},
        "origin": {
            "applicant": asdict(applicant_of(dossier)),
            "identity": dossier.applicant_identity,
            "kind": dossier.applicant_kind,
            "channel": dossier.channel,
            "channel_words": words.CHANNELS[Channel(dossier.channel)],
            "filed_by": dossier.created_by.name if dossier.created_by else "",
            "sent_at": dossier.submitted_at,
            "supplements": list(answered),
        },
        "destination": {
            "agency": {"code": dossier.agency.code, "name": dossier.agency.name},
            "counter": dossier.counter.name,
            "taken_in_by": dossier.taken_in_by.name if dossier.taken_in_by else "",
            "received_at": dossier.submitted_at,
            "accepted_at": dossier.accepted_at,
        },
        "end": {
            "state": dossier.state_words,
            "outcome": dossier.outcome_words,
            "result_at": dossier.result_at,
            "closed_at": dossier.closed_at,
            "returned": dossier.return_words,
        },
        "retention": {
            "term": said.term.value,
            "basis": said.basis,
            "confirmed": said.is_confirmed,
            "counts_from": closed,
            "ends_on": ends_on(said.term, closed),
        },
        "policy": dossier.policy_data,
        "packaged_at": at,
    }
