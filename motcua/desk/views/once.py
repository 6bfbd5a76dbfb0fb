"""A whole intake on one page: form, papers with their counts, how the result comes; filed and accepted at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.base.errors import Refusal
from motcua.desk import enclosing, intake_pages
from motcua.desk.office import desk_page
from motcua.desk.views.counter import draft_here, filed, officer_at_counter
from motcua.dossiers.actions import draft
from motcua.dossiers.facts import form_of, lookups_of
from motcua.dossiers.queries import bill_of, draft_of
from motcua.eforms.render import render_step
from motcua.rules.eforms import Step, not_yet_seen, pressed, read_flat, visible, visible_steps
from motcua.rules.people import Actor
from motcua.ui import clock
from motcua.ui.templatetags.mc import Fault, form_faults

Faults = Mapping[str, Sequence[str]]


@require_http_methods(["GET", "HEAD", "POST"])
def once(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything at once; what is wrong is told beside each place, and nothing typed is lost."""
    actor, at = officer_at_counter(request), clock.now()
    found = draft_here(request, key)
    sent = request.method == "POST"
    errors: dict[str, Any] = {}
    raw, only_shown = dict(found.answers), not sent
    papers: dict[str, list[str]] = {}
    if sent:
        raw, errors, only_shown = _fill(request, found, actor, at)
        papers = enclosing.take_papers(request, found, by=actor, at=at)
        only_shown = only_shown or "_remove" in request.POST
        found = draft_of(str(key), actor)
    form = intake_pages.finish_form(found, request.POST if sent else None, at=at)
    status = 200
    if sent and "luu" in request.POST:
        messages.success(request, _("Đã lưu những gì đã nhập."))
        return redirect("desk:counter_once", key=key)
    if sent and not only_shown:
        status = 422
        if form.is_valid() and not errors and not papers:
            try:
                return filed(request, str(key), form, actor, at)
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
    steps = _views(found, raw, {} if only_shown else errors, at)
    boxes = enclosing.boxes_of(found, today=at.date(), errors=papers, typed=request.POST)
    context = {
        "dossier": found,
        "steps": steps,
        "boxes": boxes,
        "form": form,
        "bill": bill_of(found, on=at.date()),
        "error_summary": [] if only_shown and not papers else _summary(steps, boxes, form),
    }
    return desk_page(request, "desk/counter_once.html", context, status=status)


def _steps(found: Any, at: Any) -> list[Step]:
    return list(visible_steps(form_of(found), found.answers, today=at.date()))


def _fill(request: HttpRequest, found: Any, actor: Actor, at: Any) -> tuple[dict[str, Any], dict[str, Any], bool]:
    """Keep every step as typed. The answers to show, what is wrong by path, and whether the page is only shown again:
    a button inside the form was pressed, or the answers opened questions nobody has seen yet.
    """
    data = dict(request.POST.lists())
    raw: dict[str, Any] = dict(found.answers)
    errors: dict[str, Any] = {}
    again = False
    asked = _steps(found, at)
    for step in asked:
        typed = read_flat(step, data)
        button = pressed(step, typed, data)
        given = button.raw if button else typed
        outcome = draft.fill(str(found.public_id), given, step=step.key, by=actor, at=at)
        raw = {**raw, **outcome.draft, **given}
        errors |= outcome.errors
        seen_later = not_yet_seen(step, visible(form_of(found), outcome.draft, today=at.date()), data)
        again = again or button is not None or bool(seen_later)
    opened = visible_steps(form_of(found), raw, today=at.date())
    return raw, errors, again or bool({step.key for step in opened} - {step.key for step in asked})


def _views(found: Any, raw: Mapping[str, Any], errors: Faults, at: Any) -> list[Any]:
    definition, today = form_of(found), at.date()
    lookups = lookups_of(found, today=today)
    return [
        render_step(definition, step.key, raw, lookups=lookups, today=today, errors=errors)
        for step in _steps(found, at)
    ]


def _summary(steps: Sequence[Any], boxes: Sequence[Any], form: Any) -> list[Fault]:
    """Everything that is wrong, once, in the order of the page."""
    faults = [Fault(one.message, one.href) for step in steps for one in step.summary]
    return [*faults, *enclosing.faults_of(boxes), *form_faults(form)]
