"""What the desk asks for and sends on when officers work together on a dossier, and what it shows of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.desk import team_forms as forms
from motcua.desk.forms import DeskForm
from motcua.desk.screen import open_run
from motcua.dossiers.actions import children, consult, examine, recall
from motcua.dossiers.facts import route_of
from motcua.dossiers.queries import coordination
from motcua.procedures.queries import catalogue
from motcua.rules.people import Actor


def consult_form(data: Any, files: Any, dossier: Any, actor: Actor, at: datetime) -> DeskForm:
    """Every unit that may be asked."""
    run = open_run(dossier)
    units = coordination.units_to_ask(dossier, run, at=at) if run is not None else []
    return forms.ConsultForm(data, units=units)


def consulted(code: str, form: Any, by: Actor, at: datetime) -> Any:
    given = form.cleaned_data
    return consult.ask(code, units=form.asked(), question=given["question"], hours=given["hours"], by=by, at=at)


def opine_form(data: Any, files: Any, dossier: Any, actor: Actor, at: datetime) -> DeskForm:
    """The questions this officer may answer; the first is chosen."""
    rows = [row for row, _post in coordination.answerable(dossier, actor)]
    questions = [(row.pk, f"{row.unit_name}: {row.question}") for row in rows]
    return forms.OpineForm(data, questions=questions, initial={"consultation": rows[0].pk if rows else None})


def opined(code: str, form: Any, by: Actor, at: datetime) -> Any:
    given = form.cleaned_data
    return consult.opine(
        code,
        agrees=given["agrees"] == "1",
        opinion=given["opinion"],
        consultation=given["consultation"],
        by=by,
        at=at,
    )


def part_form(data: Any, files: Any, dossier: Any, actor: Actor, at: datetime) -> DeskForm:
    """The parts the present step names, by the names of their procedures."""
    steps = route_of(dossier)
    parts = steps[dossier.step_index].parts if dossier.step_index is not None else ()
    known = catalogue(at).by_code
    named = [
        (number, known[part.procedure].title if part.procedure in known else part.procedure)
        for number, part in enumerate(parts)
    ]
    return forms.PartForm(data, parts=named, initial={"part": 0})


def part_opened(code: str, form: Any, by: Actor, at: datetime) -> Any:
    """Open it; what follows is told of the whole."""
    return children.open_child(code, part=form.cleaned_data["part"], by=by, at=at).parent


def silence_form(data: Any, files: Any, dossier: Any, actor: Actor, at: datetime) -> DeskForm | None:
    """Asked only when somebody let the time pass."""
    open_ones = [row for row in dossier.consultations.all() if row.answered_at is None]
    silent = [row.unit_name for row in open_ones if row.due_at < at]
    return forms.SilenceForm(data, silent=silent) if silent and len(silent) == len(open_ones) else None


def proposed(code: str, form: Any, by: Actor, at: datetime) -> Any:
    return examine.propose(code, silence_noted=form is not None, by=by, at=at)


def passed_on(code: str, form: Any, by: Actor, at: datetime) -> Any:
    return examine.pass_on(code, silence_noted=form is not None, by=by, at=at)


def recalled(code: str, form: Any, by: Actor, at: datetime) -> Any:
    return recall.recall(code, reason=form.cleaned_data["reason"], by=by, at=at)


def returned(code: str, form: Any, by: Actor, at: datetime) -> Any:
    return recall.return_to_giver(code, reason=form.cleaned_data["reason"], by=by, at=at)


def panel_of(dossier: Any, actor: Actor, at: datetime) -> dict[str, Any]:
    """What stands on a dossier's screen about working together."""
    return {
        "opinions": coordination.opinions_of(dossier, at=at),
        "parts": coordination.parts_of(dossier, at=at),
        "whole": coordination.whole_of(dossier, at=at),
        "notes": coordination.notes_of(dossier, actor),
        "may_note": dossier.applicant_id != actor.account_id,
    }
