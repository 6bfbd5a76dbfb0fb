"""A step of the e-form filled in by somebody for the applicant: at the counter and at the post office alike."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft
from motcua.dossiers.facts import form_of
from motcua.eforms.queries import RoomLookups
from motcua.eforms.render import render_step
from motcua.rules.eforms import not_yet_seen, pressed, read_flat, visible
from motcua.rules.people import Actor

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier


def answer_step(request: HttpRequest, found: Dossier, step: str, *, by: Actor, at: datetime) -> tuple[Any, int]:
    """The step as a page shows it, with its HTTP status; None for the step when all is right and the next may come.

    Whatever was typed is kept, right or wrong. Raises `Refusal` 404 for a step the form does not have.
    """
    definition = form_of(found)
    page = next((one for one in definition.steps if one.key == step), None)
    if page is None:
        raise Refusal(_("Tờ khai không có phần này."), status=404)
    raw, errors, warnings, status = dict(found.answers), {}, {}, 200
    if request.method == "POST":
        data = dict(request.POST.lists())
        typed = read_flat(page, data)
        button = pressed(page, typed, data)
        given = button.raw if button else typed
        outcome = draft.fill(str(found.public_id), given, step=step, by=by, at=at)
        raw = {**outcome.draft, **given}
        fresh = not_yet_seen(page, visible(definition, outcome.draft, today=at.date()), data)
        if button is None and not fresh:
            if not outcome.errors:
                return None, 200
            errors, warnings, status = outcome.errors, outcome.warnings, 422
    today = at.date()
    view = render_step(definition, step, raw, lookups=RoomLookups(), today=today, errors=errors, warnings=warnings)
    return view, status
