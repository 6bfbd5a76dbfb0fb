"""How whole the published information of procedures is: agency by agency, procedure by procedure (BN-1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.base.errors import Refusal
from motcua.desk.office import desk_page, officer
from motcua.files.sheets import Value, csv_bytes, xlsx_bytes
from motcua.procedures.actions import check_information, remind, supplies
from motcua.procedures.actions.supplied_rows import HINTS
from motcua.procedures.queries import Completeness, completeness_of
from motcua.procedures.queries.completeness import (
    Line,
    agencies_answered_for,
    reminders_of,
    supplies_of,
    without_taker,
)
from motcua.rules.completeness import PART_WORDS, SUPPLIER_WORDS, Gap, Part
from motcua.rules.people import Actor, Role
from motcua.rules.text import plain_number
from motcua.ui import clock

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency one answers for, or runs the portal for; who answers for one only is shown that one."""
    actor, at = officer(request), clock.now()
    whose = agencies_answered_for(actor)
    if whose is not None and len(whose) == 1:
        return redirect("desk:completeness_of", agency=next(iter(whose)))
    reports = completeness_of(whose, on=at.date())
    context = {
        "reports": [{"report": report, "parts": _parts(report)} for report in reports],
        "procedures": sum(report.total for report in reports),
        "lacking": sum(report.lacking for report in reports),
        "untaken": without_taker(at.date()) if whose is None else None,
    }
    return desk_page(request, "desk/completeness.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agency(request: HttpRequest, agency: int) -> HttpResponse:
    """One agency's procedures, each with what is missing and who supplies it; a POST confirms one, or reminds."""
    actor, at = officer(request), clock.now()
    report = _report(actor, agency, at)
    if request.method == "POST":
        messages.success(request, _done(request, agency, actor, at))
        return redirect("desk:completeness_of", agency=agency)
    answers = any(post.agency_id == agency for post in actor.posts if post.role in (Role.LEADER, Role.DIVISION_HEAD))
    only = request.GET.get("con-thieu") == "1"
    context = {
        "report": report,
        "parts": _parts(report),
        "lines": [_shown(line) for line in report.lines if not only or line.gaps],
        "only": only,
        "may_check": answers,
        "may_remind": actor.holds(Role.OPERATOR) and report.lacking,
        "sees_all": agencies_answered_for(actor) is None,
        "reminders": reminders_of(agency),
        "supplies": [{"row": row, "part": PART_WORDS[Part(row.part)]} for row in supplies_of(agency)],
        "may_settle": actor.holds(Role.OPERATOR),
    }
    return desk_page(request, "desk/completeness_of.html", context)


@require_safe
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The report as a table: one row a missing part, and one for each procedure that is whole."""
    actor, at = officer(request), clock.now()
    if kind not in _TYPES:
        raise Refusal(_("Không tìm thấy tệp này."), status=404)
    chosen = plain_number(request.GET.get("co-quan", ""))
    reports = [_report(actor, chosen, at)] if chosen else completeness_of(agencies_answered_for(actor), on=at.date())
    headings = [
        _("Mã cơ quan"), _("Cơ quan"), _("Mã thủ tục"), _("Thủ tục"), _("Mức độ"), _("Tình trạng"), _("Phần còn thiếu"),
        _("Nội dung"), _("Ai cung cấp"), _("Cơ quan kiểm tra ngày"),
    ]  # fmt: skip
    rows = list(_rows(reports))
    if kind == "csv":
        content = csv_bytes(headings, rows)
    else:
        about = [(_("Lập lúc"), f"{at:%H:%M %d/%m/%Y}"), (_("Người lập"), actor.name)]
        content = xlsx_bytes(headings, rows, title=_("Tình trạng công bố"), about=about)
    answer = HttpResponse(content, content_type=_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="tinh-trang-cong-bo-{at:%Y%m%d}.{kind}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _done(request: HttpRequest, agency: int, actor: Actor, at: datetime) -> str:
    """Do what was pressed, and say so."""
    given, code = request.POST, request.POST.get("thu-tuc", "")[:40]
    if "nhac" in given:
        return _("Đã nhắc %(count)s người của cơ quan.") % {"count": remind(agency, by=actor, at=at).told}
    if "phan" in given:
        supplies.supply(code, given["phan"][:12], given.get("noi-dung", ""), agency_id=agency, by=actor, at=at)
        return _("Đã gửi nội dung. Đơn vị vận hành cổng đối chiếu rồi cập nhật.")
    if number := plain_number(given.get("cung-cap", "")):
        _report(actor, agency, at)
        taken = "nhan" in given
        supplies.settle(number, taken=taken, answer=given.get("tra-loi", ""), by=actor, at=at)
        return _("Đã cập nhật vào danh mục, cơ quan được báo.") if taken else _("Đã trả lời cơ quan.")
    check_information(code, agency_id=agency, by=actor, at=at)
    return _("Đã ghi nhận cơ quan kiểm tra thông tin của thủ tục.")


def _report(actor: Actor, agency_id: int, at: Any) -> Completeness:
    """The report of an agency one may ask about; 404 otherwise. An agency that takes nothing in has none."""
    whose = agencies_answered_for(actor)
    found = completeness_of([agency_id], on=at.date()) if whose is None or agency_id in whose else []
    if found:
        return found[0]
    if whose is not None and agency_id in whose:
        return Completeness(agency_id, "", _("Cơ quan của bạn"), ())
    raise Refusal(_("Không tìm thấy cơ quan này."), status=404)


def _parts(report: Completeness) -> list[str]:
    return [f"{PART_WORDS[part]}: {count}" for part, count in report.by_part.items()]


def _shown(line: Line) -> dict[str, Any]:
    parts = {gap.part.value: PART_WORDS[gap.part] for gap in line.gaps}
    hints = [f"{PART_WORDS[gap]}: {HINTS[gap]}." for gap in map(Part, parts) if gap in HINTS]
    return {"line": line, "gaps": [_gap(gap) for gap in line.gaps], "parts": list(parts.items()), "hints": hints}


def _gap(gap: Gap) -> dict[str, str]:
    return {"part": PART_WORDS[gap.part], "words": gap.words, "supplier": SUPPLIER_WORDS[gap.supplier]}


def _rows(reports: list[Completeness]) -> Iterator[list[Value]]:
    for report in reports:
        for line in report.lines:
            head: list[Value] = [report.code, report.name, line.code, line.title, str(line.level)]
            checked = line.checked_at.date() if line.checked_at else None
            for gap in line.gaps:
                said = _gap(gap)
                yield [*head, _("Còn thiếu"), said["part"], said["words"], said["supplier"], checked]
            if not line.gaps:
                yield [*head, _("Đầy đủ"), "", "", "", checked]
