"""The form, a step a page: every answer is kept, right or wrong, and works without a script."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft
from motcua.dossiers.facts import form_of, lookups_of, owner_of
from motcua.dossiers.queries import draft_of
from motcua.eforms.render import render_step
from motcua.portal.filing import Path, first_open, path_of
from motcua.rules.acts import State
from motcua.rules.eforms import Step, merge_flat, read_flat, visible
from motcua.rules.eforms.buttons import not_yet_seen, pressed
from motcua.ui import clock
from motcua.ui.asker import asker
from motcua.ui.form_files import take_form_files


def resume(request: HttpRequest, key: UUID) -> HttpResponse:
    """Back to where something is still open; a dossier already filed shows itself."""
    found = draft_of(str(key), asker(request))
    if found.code:
        return redirect("portal:dossier", code=found.code)
    return redirect(first_open(found, today=clock.now().date()))


def fill(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Show a step; take its answers; show it again with what is wrong, or go on."""
    at, actor = clock.now(), asker(request)
    found = draft_of(str(key), actor)
    if found.code:
        return redirect("portal:dossier", code=found.code)
    definition = form_of(found)
    page = _step(definition.steps, step)
    path = path_of(found, f"form:{step}", today=at.date())
    raw, errors, warnings, status = dict(found.answers), {}, {}, 200
    if request.method == "POST":
        data = dict(request.POST.lists())
        stays, unread = take_form_files(request, page, data, owner=owner_of(found), by=actor, at=at)
        typed = read_flat(page, data)
        button = pressed(page, typed, data)
        stays = stays or button is not None
        outcome = draft.fill(str(key), button.raw if button else typed, step=step, by=actor, at=at)
        raw = {**outcome.draft, **(button.raw if button else typed)}
        fresh = not_yet_seen(page, visible(definition, outcome.draft, today=at.date()), data)
        if not stays and not outcome.errors and not unread and not fresh:
            return redirect(_next(request, path_of(draft_of(str(key), actor), f"form:{step}", today=at.date())))
        if unread or (not stays and not fresh):
            told = {} if stays or fresh else outcome.errors
            errors, warnings, status = {**told, **unread}, outcome.warnings, 422
        found.saved_at = at
    view = render_step(
        definition,
        step,
        raw,
        lookups=lookups_of(found, today=at.date()),
        today=at.date(),
        errors=errors,
        warnings=warnings,
        provenance=found.provenance,
    )
    context = {"dossier": found, "step": view, "path": path, "back_to_review": "kiem-tra" in request.GET}
    return render(request, "portal/fill.html", context, status=status)


@require_POST
def autosave(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Keep the answers a script sends while the person types; judged only when the page is sent."""
    at, actor = clock.now(), asker(request)
    found = draft_of(str(key), actor)
    page = _step(form_of(found).steps, step)
    typed = merge_flat(page, dict(request.POST.lists()), found.answers)
    draft.fill(str(key), typed, step=step, by=actor, at=at)
    return JsonResponse({"saved_at": localtime(at).strftime("%H:%M")})


def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw the draft away, after asking once."""
    found = draft_of(str(key), asker(request))
    if found.state != State.DRAFT:
        return redirect("portal:dossier", code=found.code)
    if request.method == "POST":
        draft.discard(str(key), by=asker(request), at=clock.now())
        return redirect("portal:dossiers")
    return render(request, "portal/discard.html", {"dossier": found})


def _step(steps: tuple[Step, ...], key: str) -> Step:
    for step in steps:
        if step.key == key:
            return step
    raise Refusal("Tờ khai không có phần này.", status=404)


def _next(request: HttpRequest, path: Path) -> str:
    """On to the next page, or back to the check page when the person came from there."""
    if request.POST.get("_back") == "review":
        return path.steps[-1].href
    return path.after.href if path.after else reverse("portal:dossiers")
