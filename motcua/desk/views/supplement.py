"""A supplement brought to the counter: the marked fields and papers, entered by the officer for the applicant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.audit.actions import record_read
from motcua.base.errors import Refusal
from motcua.desk import enclosing
from motcua.desk.deeds import next_words
from motcua.desk.office import desk_page, officer
from motcua.dossiers.actions import draft, submit
from motcua.dossiers.facts import form_of
from motcua.dossiers.queries import dossier_of, offers
from motcua.eforms.queries import RoomLookups
from motcua.eforms.render import FieldView, render_step
from motcua.rules import words
from motcua.rules.acts import Act, State
from motcua.rules.eforms import pressed, read_flat
from motcua.rules.people import Actor
from motcua.rules.text import plain_number
from motcua.ui import clock
from motcua.ui.templatetags.mc import Fault


@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was marked; take answers, files and explanations; send when all is answered."""
    actor, at = officer(request), clock.now()
    found = _waiting(code, actor, at)
    errors: dict[str, list[str]] = {}
    file_errors: dict[str, list[str]] = {}
    faults: list[Fault] = []
    stays = True
    if request.method == "POST":
        removed = request.POST.get("_remove", "")
        if removed:
            draft.detach(code, plain_number(removed) or 0, by=actor, at=at)
        stays, errors = _take_fields(request, found, actor, at)
        file_errors = enclosing.take_files(request, code, found, by=actor, at=at)
        explained = {item: request.POST.get(f"giai-thich-{item}", "") for item in _notes(found)}
        draft.explain(code, explained, by=actor, at=at)
        stays = stays or bool(removed) or "_stay" in request.POST
        if not stays and not errors and not file_errors:
            try:
                done = submit.supplement(code, by=actor, at=at)
                messages.success(request, f"{code}: {words.HAPPENED[Act.SUPPLEMENT]}. {next_words(done)}")
                return redirect("desk:dossier", code=code)
            except Refusal as refusal:
                faults = [Fault(str(said)) for said in refusal.messages]
        found = dossier_of(code, actor)
    else:
        record_read(subject=found.subject, by=actor, at=at, body={"page": "supplement"})
    return _page(request, found, errors, file_errors, faults)


def _waiting(code: str, actor: Actor, at: datetime) -> Any:
    found = dossier_of(code, actor)
    if Act.SUPPLEMENT not in offers(found, actor, at=at):
        raise Refusal(_("Việc này không thuộc phần việc của bạn đối với hồ sơ này."), status=403)
    if found.state != State.AWAITING_SUPPLEMENT:
        raise Refusal(_("Hồ sơ không còn chờ bổ sung."), status=409)
    return found


def _notes(found: Any) -> dict[str, str]:
    """What the officer wrote on each marked item."""
    asked = draft.open_request(found)
    return {row["item"]: row["note"] or row["label"] for row in asked.items} if asked else {}


def _marked(found: Any, kind: str) -> dict[str, str]:
    return {item.removeprefix(kind): note for item, note in _notes(found).items() if item.startswith(kind)}


def _take_fields(request: HttpRequest, found: Any, actor: Actor, at: datetime) -> tuple[bool, dict[str, list[str]]]:
    """Keep the marked answers; whether a button inside the form was pressed, and what is wrong."""
    data, marked = dict(request.POST.lists()), set(_marked(found, "field:"))
    typed: dict[str, Any] = {}
    has_button = False
    for step in form_of(found).steps:
        if marked & {field.key for field in step.fields}:
            raw = read_flat(step, data)
            button = pressed(step, raw, data)
            has_button = has_button or button is not None
            typed |= {key: value for key, value in (button.raw if button else raw).items() if key in marked}
    if not typed:
        return has_button, {}
    outcome = draft.fill(str(found.code), typed, by=actor, at=at)
    wrong = {path: list(said) for path, said in outcome.errors.items() if path.split(".", 1)[0] in marked}
    return has_button, {} if has_button else wrong


def _views(found: Any, errors: dict[str, list[str]], at: datetime) -> list[FieldView]:
    """The marked fields only, in the order of the form."""
    fields, definition = _marked(found, "field:"), form_of(found)
    views: list[FieldView] = []
    for step in definition.steps:
        if fields.keys() & {field.key for field in step.fields}:
            page = render_step(
                definition,
                step.key,
                found.answers,
                lookups=RoomLookups(),
                today=at.date(),
                errors=errors,
                marks=fields,
            )
            views += [view for view in page.fields if view.path in fields]
    return views


def _page(
    request: HttpRequest,
    found: Any,
    errors: dict[str, list[str]],
    file_errors: dict[str, list[str]],
    faults: list[Fault],
) -> HttpResponse:
    at = clock.now()
    views, papers = _views(found, errors, at), _marked(found, "paper:")
    boxes = enclosing.boxes_of(found, today=at.date(), errors=file_errors, typed=request.POST, only=frozenset(papers))
    asked = draft.open_request(found)
    said = asked.explanations if asked else {}
    faults += [Fault(f"{view.label}: {text}", f"#{view.id}") for view in views for text in view.errors]
    faults += [Fault(f"{box.label}: {text}", f"#tep-{box.key}") for box in boxes for text in box.errors]
    context = {
        "dossier": found,
        "fields": [(view, f"field:{view.path}", said.get(f"field:{view.path}", "")) for view in views],
        "boxes": [(box, papers[box.key], f"paper:{box.key}", said.get(f"paper:{box.key}", "")) for box in boxes],
        "shown": ",".join(view.path for view in views),
        "error_summary": faults,
    }
    return desk_page(request, "desk/supplement.html", context, status=422 if faults else 200)
