"""Reading dossiers: one, many, their files and papers. What the caller may not see does not exist."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from pydantic import AwareDatetime

from motcua.api.callers import Caller, caller
from motcua.api.dossier_view import DossierPage, DossierView, papers_for, row, view
from motcua.api.problems import SIGNED_IN, problems
from motcua.audit.actions import record_read
from motcua.base.errors import Refusal
from motcua.dossiers.queries import dossier_of, paper_pdf
from motcua.dossiers.queries.listing import filed
from motcua.files.serving import serve
from motcua.rules.acts import State
from motcua.rules.codes import BadCode, DossierCode

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

router = Router(tags=["Hồ sơ"])
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_BINARY = {"type": "string", "format": "binary"}


class Wanted(Schema):
    """Which of the dossiers one may see."""

    state: State | None = Field(None, description="Chỉ hồ sơ đang ở trạng thái này")
    since: AwareDatetime | None = Field(None, ge=_EARLIEST, le=_LATEST, description="Chỉ hồ sơ nộp từ lúc này")
    cursor: str = Field("", max_length=100, description="Giá trị `next` của trang trước")
    limit: int = Field(50, ge=1, le=100)


def seen(code: str, who: Caller) -> Dossier:
    """The dossier of this code with its contents. Raises `Refusal` 404 when it is not this caller's to see."""
    try:
        return dossier_of(DossierCode.parse(code).text, who.actor)
    except BadCode:
        raise Refusal(_("Không tìm thấy hồ sơ này."), status=404) from None


def note_reading(found: Dossier, who: Caller, what: str) -> None:
    """Whoever reads another person's dossier leaves a trace (promise G15)."""
    if found.applicant_id != who.actor.account_id:
        record_read(subject=found.subject, by=who.actor, at=who.at, body={"api": what})


@router.get(
    "",
    operation_id="list_dossiers",
    summary="Liệt kê hồ sơ mình được xem, mới nộp trước",
    response={200: DossierPage, **problems(401)},
)
def list_dossiers(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """Người nộp thấy hồ sơ của mình; cán bộ thấy hồ sơ thuộc phần việc của mình, như trên trang."""
    who = caller(request)
    rows = filed(
        who.actor,
        state=wanted.state,
        since=wanted.since,
        before=_read_cursor(wanted.cursor),
        most=wanted.limit + 1,
    )
    items = rows[: wanted.limit]
    last = items[-1] if len(rows) > wanted.limit else None
    return {
        "items": [row(one, now=who.at) for one in items],
        "next": _cursor(last) if last is not None else None,
    }


@router.get(
    "/{code}",
    operation_id="read_dossier",
    summary="Một hồ sơ: thông tin, diễn biến, các bước, thời hạn và vì sao, giấy tờ, tệp",
    response={200: DossierView, **problems(*SIGNED_IN)},
)
def read_dossier(request: HttpRequest, code: str) -> dict[str, Any]:
    """Việc cán bộ đọc hồ sơ của người khác được ghi lại."""
    who = caller(request)
    found = seen(code, who)
    note_reading(found, who, "dossier")
    return view(found, who.actor, now=who.at)


@router.get(
    "/{code}/files/{uuid:file}",
    operation_id="download_file",
    summary="Tải một tệp đã nộp",
    response={**problems(*SIGNED_IN)},
    openapi_extra={
        "responses": {200: {"description": "OK", "content": {"application/octet-stream": {"schema": _BINARY}}}}
    },
)
def download_file(request: HttpRequest, code: str, file: UUID) -> HttpResponseBase:
    """Đúng từng byte như lúc nộp; so với `sha256` của hồ sơ để kiểm tra."""
    who = caller(request)
    found = seen(code, who)
    enclosure = next((one for one in found.enclosures.all() if one.file_id == file), None)
    if enclosure is None:
        raise Refusal(_("Hồ sơ này không có tệp đó."), status=404)
    note_reading(found, who, f"file {file}")
    return serve(enclosure.file, inline=False)


@router.get(
    "/{code}/papers/{int:paper}",
    operation_id="download_paper",
    summary="Tải một giấy tờ hệ thống đã cấp (PDF)",
    response={**problems(*SIGNED_IN)},
    openapi_extra={"responses": {200: {"description": "OK", "content": {"application/pdf": {"schema": _BINARY}}}}},
)
def download_paper(request: HttpRequest, code: str, paper: int) -> HttpResponse:
    """Biên nhận, giấy tiếp nhận và hẹn trả, phiếu yêu cầu bổ sung, kết quả…"""
    who = caller(request)
    found = seen(code, who)
    papers = papers_for(found, is_owner=found.applicant_id == who.actor.account_id)
    chosen = next((one for one in papers if one.pk == paper), None)
    if chosen is None:
        raise Refusal(_("Không tìm thấy giấy này."), status=404)
    note_reading(found, who, f"paper {paper}")
    response = HttpResponse(paper_pdf(found, chosen), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{chosen.filename}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _cursor(last: Dossier) -> str:
    assert last.submitted_at is not None
    return urlsafe_b64encode(f"{last.submitted_at.isoformat()} {last.pk}".encode()).decode()


def _read_cursor(text: str) -> tuple[datetime, int] | None:
    if not text:
        return None
    try:
        at, pk = urlsafe_b64decode(text.encode()).decode().split(" ")
        moment, number = datetime.fromisoformat(at), int(pk)
    except (ValueError, OverflowError):
        moment, number = None, 0
    if moment is None or moment.tzinfo is None or not _EARLIEST <= moment <= _LATEST or not 0 < number < 2**63:
        raise Refusal(_("Trang này không còn dùng được."), field_errors={"cursor": [_("Hãy lấy lại từ đầu.")]})
    return moment, number
