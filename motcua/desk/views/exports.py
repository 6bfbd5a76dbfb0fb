"""A list taken away as a file: asked for, waited for, downloaded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from motcua.desk import trays
from motcua.desk.asking import Asked
from motcua.desk.office import desk_page, officer
from motcua.dossiers.actions import exports as exporting
from motcua.dossiers.queries.columns import SIGNING
from motcua.dossiers.queries.exports import export_of, exports_of, is_still_open
from motcua.dossiers.queries.fields import fields_of
from motcua.ui import clock

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Make the file of the list that was on the screen, or leave it to a worker where it is long."""
    actor, at = officer(request), clock.now()
    asked = Asked.sent(request)
    fields = fields_of(asked.narrowing.procedure, at=at)
    columns = SIGNING if trays.signs(asked, actor) else asked.columns
    table = exporting.Table(
        tab=asked.tab,
        narrowing=asked.narrowing,
        columns=columns,
        headings=[heading for _, heading in trays.headings_of(columns, fields)],
        said={field.key: field.said for field in fields},
        title=trays.title_of(asked.tab, actor),
    )
    run = exporting.ask(request.POST.get("kind", ""), table, by=actor, at=at)
    return redirect("desk:export_file", key=run.pk) if run.finished_at else redirect("desk:exports")


@require_http_methods(["GET", "HEAD"])
def exports(request: HttpRequest) -> HttpResponse:
    """One's own exports of the last days, each with how far it is."""
    actor = officer(request)
    rows: list[Any] = exports_of(actor)
    is_waiting = any(row.finished_at is None for row in rows)
    context = {
        "rows": [(row, is_still_open(row, actor), row.rows >= exporting.MOST_ROWS) for row in rows],
        "stage": "under_way" if is_waiting else "over",
    }
    return desk_page(request, "desk/exports.html", context)


@require_http_methods(["GET", "HEAD"])
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The file itself; taking it is recorded."""
    actor, at = officer(request), clock.now()
    run = export_of(key, actor)
    content = exporting.taken(run, by=actor, at=at)
    answer = HttpResponse(content, content_type=_TYPES[run.kind])
    answer["Content-Disposition"] = f'attachment; filename="danh-sach-ho-so-{run.asked_at:%Y%m%d-%H%M}.{run.kind}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
