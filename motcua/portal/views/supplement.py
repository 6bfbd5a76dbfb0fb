"""Answering a supplement request: the person lands on the very fields and papers the officer marked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft, submit
from motcua.dossiers.actions.draft import open_request
from motcua.dossiers.facts import form_of, lookups_of, owner_of, unanswered
from motcua.dossiers.queries import dossier_of
from motcua.dossiers.queries.vault import from_vault
from motcua.eforms.render import FieldView, render_step
from motcua.portal.reusing import pressed_reuse, take_reused
from motcua.portal.views.dossier import own_dossier
from motcua.portal.views.papers import boxes_of, signing_words, take_files, take_one, take_ways
from motcua.rules.acts import State
from motcua.rules.eforms import read_flat
from motcua.rules.eforms.buttons import pressed
from motcua.rules.text import plain_number
from motcua.ui import clock
from motcua.ui.asker import asker
from motcua.ui.form_files import take_form_files
from motcua.ui.templatetags.mc import Fault

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier


def supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Show the marked items with the officer's words; take answers and files; send when all is answered."""
    at, actor = clock.now(), asker(request)
    found = own_dossier(code, actor)
    if found.state != State.AWAITING_SUPPLEMENT:
        return redirect("portal:dossier", code=code)
    asked = open_request(found)
    assert asked is not None
    marks = {row["item"]: row["note"] or row["label"] for row in asked.items}
    fields = {item.removeprefix("field:"): note for item, note in marks.items() if item.startswith("field:")}
    keys = [item.removeprefix("paper:") for item in marks if item.startswith("paper:")]
    errors: dict[str, list[str]] = {}
    file_errors: dict[str, list[str]] = {}
    faults: list[Fault] = []
    if request.method == "POST":
        if removed := request.POST.get("_remove"):
            draft.detach(code, plain_number(removed) or 0, by=actor, at=at)
            return redirect("portal:supplement", code=code)
        has_buttons, errors = _take_fields(request, found, set(fields))
        file_errors = take_ways(request, found)
        for key, texts in take_files(request, code, keys).items():
            file_errors.setdefault(key, []).extend(texts)
        if pressed_reuse(request):
            file_errors |= take_reused(request, code, by=actor, at=at)
        draft.explain(code, {item: request.POST.get(f"giai-thich-{item}", "") for item in marks}, by=actor, at=at)
        if not file_errors and pressed_reuse(request):
            return redirect("portal:supplement", code=code)
        if not errors and not file_errors and not has_buttons and "_stay" not in request.POST:
            try:
                submit.supplement(code, by=actor, at=at)
                return redirect("portal:dossier", code=code)
            except Refusal as refusal:
                faults = [Fault(str(words), "") for words in refusal.messages]
        found = dossier_of(code, actor)
        asked = open_request(found) or asked
        if faults and (left := _left(found, asked.items)):
            faults = faults[len(faults) == 1 :]  # said beside each item instead of all in one
            for item in left:
                kind, _, key = item.partition(":")
                told = gettext("Mục này chưa được sửa, cũng chưa ghi lý do giữ nguyên.")
                (errors if kind == "field" else file_errors).setdefault(key, []).append(told)
    views = _views(found, fields, errors, at.date())
    boxes = boxes_of(
        found,
        today=at.date(),
        errors=file_errors,
        route="portal:supplement_upload",
        only=frozenset(keys),
        policy=found.policy,
        kept=from_vault(found, actor, today=at.date()),
    )
    faults += [Fault(f"{view.label}: {words}", f"#{view.id}") for view in views for words in view.errors]
    faults += [Fault(f"{box.label}: {words}", f"#tep-{box.key}") for box in boxes for words in box.errors]
    context = {
        "dossier": found,
        "asked": asked,
        "fields": [(view, asked.explanations.get(f"field:{view.path}", "")) for view in views],
        "boxes": [(box, marks[f"paper:{box.key}"], asked.explanations.get(f"paper:{box.key}", "")) for box in boxes],
        "signing": signing_words(found, at) if boxes else "",
        "shown": ",".join(fields),
        "error_summary": faults,
    }
    return render(request, "portal/supplement.html", context, status=422 if faults else 200)


@require_POST
def upload(request: HttpRequest, code: str, requirement: str) -> HttpResponse:
    """One file at once, from the script."""
    own_dossier(code, asker(request))  # nothing is stored for whoever may not see the dossier
    return take_one(request, code, requirement)


def _left(found: Dossier, items: list[dict[str, str]]) -> list[str]:
    """Marked items that are neither mended nor explained."""
    names = set(unanswered(found))
    return [row["item"] for row in items if row["label"] in names]


def _take_fields(request: HttpRequest, found: Dossier, marked: set[str]) -> tuple[bool, dict[str, list[str]]]:
    """Keep the marked answers that were posted: whether a form button was pressed, and what is wrong."""
    at, actor = clock.now(), asker(request)
    data = dict(request.POST.lists())
    typed: dict[str, object] = {}
    has_buttons = False
    unread: dict[str, list[str]] = {}
    for step in form_of(found).steps:
        if not marked & {field.key for field in step.fields}:
            continue
        dropped, refused = take_form_files(request, step, data, owner=owner_of(found), by=actor, at=at)
        has_buttons, unread = has_buttons or dropped, unread | refused
        raw = read_flat(step, data)
        button = pressed(step, raw, data)
        has_buttons = has_buttons or button is not None
        typed |= {key: value for key, value in (button.raw if button else raw).items() if key in marked}
    if not typed:
        return has_buttons, unread
    outcome = draft.fill(str(found.code), typed, by=actor, at=at)
    wrong = {path: texts for path, texts in outcome.errors.items() if path.split(".", 1)[0] in marked}
    return has_buttons, unread if has_buttons else {**wrong, **unread}


def _views(found: Dossier, fields: dict[str, str], errors: dict[str, list[str]], today: date) -> list[FieldView]:
    """Views of the marked fields only, in the order of the form."""
    views: list[FieldView] = []
    definition = form_of(found)
    for step in definition.steps:
        if not fields.keys() & {field.key for field in step.fields}:
            continue
        page = render_step(
            definition,
            step.key,
            found.answers,
            lookups=lookups_of(found, today=today),
            today=today,
            errors=errors,
            marks=fields,
        )
        views += [view for view in page.fields if view.path in fields]
    return views
