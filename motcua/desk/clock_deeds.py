"""What the desk asks for and sends on when the clock is spoken of: apologies, further rounds, money due midway."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.desk import clock_forms as forms
from motcua.desk.forms import DeskForm
from motcua.desk.screen import open_run
from motcua.dossiers.actions import apologise, fees, rounds
from motcua.rules.acts import State
from motcua.rules.people import Actor
from motcua.rules.worktime import VIETNAM


def apology_form(data: Any, files: Any, dossier: Any, actor: Actor, at: datetime) -> DeskForm:
    """The draft as it is, or a day that leaves room for the stations still to come."""
    known = getattr(dossier, "apology", None)
    if known is not None:
        initial = {"reason": known.reason, "new_day": known.new_due_at.astimezone(VIETNAM).date()}
    else:
        initial = {"new_day": apologise.suggested_day(dossier, open_run(dossier), at)}
    return forms.ApologyForm(data, initial=initial)


def apology_drafted(code: str, form: Any, by: Actor, at: datetime) -> Any:
    given = form.cleaned_data
    return apologise.draft_apology(code, reason=given["reason"], new_day=given["new_day"], by=by, at=at)


def apology_signed(code: str, form: Any, by: Actor, at: datetime) -> Any:
    return apologise.sign_apology(code, by=by, at=at)


def supplement_allowed(code: str, form: Any, by: Actor, at: datetime) -> Any:
    return rounds.allow_supplement(code, reason=form.cleaned_data["reason"], by=by, at=at)


def duty_form(data: Any, files: Any, dossier: Any, actor: Actor, at: datetime) -> DeskForm | None:
    """Before acceptance there is nothing to ask: the bill stands. While it is examined a duty has a name and a sum."""
    return forms.DutyForm(data) if dossier.state == State.EXAMINING else None


def payment_requested(code: str, form: Any, by: Actor, at: datetime) -> Any:
    given = form.cleaned_data if form is not None else {}
    return fees.request_payment(
        code,
        name=given.get("name", ""),
        amount=given.get("amount"),
        basis=given.get("basis", ""),
        by=by,
        at=at,
    )
