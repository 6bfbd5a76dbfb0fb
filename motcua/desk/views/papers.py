"""Files and papers of a dossier, served only to who may see the dossier; every reading is recorded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.audit.actions import record_read
from motcua.base.errors import Refusal
from motcua.desk.office import officer
from motcua.dossiers.actions.vault import note_opened
from motcua.dossiers.queries import dossier_of, paper_pdf
from motcua.dossiers.queries.drawing import control_sheet_now, file_in, result_file
from motcua.dossiers.queries.drawing import draft_result as draw_draft
from motcua.files.serving import serve
from motcua.papers.queries import COPIES_OF_SLIP
from motcua.papers.queries import of as papers_of
from motcua.ui import clock
from motcua.ui.middleware import embeddable


@require_safe
def file(request: HttpRequest, code: str, file: UUID) -> FileResponse:
    """A file enclosed in the dossier, for the viewer."""
    found = _read(request, code, {"file": str(file)})
    stored = file_in(found, str(file))
    if stored is None:
        raise Refusal(_("Không tìm thấy tệp này."), status=404)
    note_opened(found, stored, by=officer(request), at=clock.now())
    return serve(stored, inline=True)


@require_safe
def paper(request: HttpRequest, code: str, paper: int) -> HttpResponse:
    """An issued paper as PDF; the slip in its two copies."""
    found = _read(request, code, {"paper": paper})
    issued = next((one for one in papers_of(found.code) if one.pk == paper), None)
    if issued is None:
        raise Refusal(_("Không tìm thấy giấy này."), status=404)
    copies = COPIES_OF_SLIP if issued.kind == "appointment_slip" else ("",)
    return _shown(paper_pdf(found, issued, copies=copies), issued.filename)


@require_safe
def control_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The control sheet as it stands at this moment."""
    found = _read(request, code, {"paper": "control_sheet"})
    return _shown(control_sheet_now(found, at=clock.now()), f"control_sheet-{found.code}.pdf")


@require_safe
def draft_result(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """The draft of the result, before anybody signs it."""
    found = _read(request, code, {"paper": "draft"})
    finished = result_file(found)
    if finished is not None:
        return serve(finished, inline=True)
    drawn = draw_draft(found, at=clock.now())
    if drawn is None:
        raise Refusal(_("Hồ sơ này chưa có dự thảo kết quả."), status=404)
    return _shown(drawn, f"draft-{found.code}.pdf")


def _read(request: HttpRequest, code: str, what: dict[str, Any]) -> Any:
    actor = officer(request)
    found = dossier_of(code, actor)
    record_read(subject=found.subject, by=actor, at=clock.now(), body=what)
    return found


def _shown(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    embeddable(response)
    return response
