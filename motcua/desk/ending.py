"""What the desk asks for and sends on when a dossier is stopped, handed to another agency, or corrected."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.desk import forms
from motcua.dossiers.actions import correct, stop, transfer
from motcua.dossiers.actions.draft import return_channels
from motcua.dossiers.facts import requirements_of
from motcua.rules.acts import Channel
from motcua.rules.people import Actor


def stopped(code: str, form: Any, by: Actor, at: datetime) -> Any:
    """Stop, each line a reason."""
    return stop.stop(code, reasons=form.cleaned_data["reasons"].splitlines(), by=by, at=at)


def transfer_form(data: Any, files: Any, dossier: Any, actor: Actor, at: datetime) -> forms.DeskForm:
    """The agencies that offer the same procedure."""
    places = [(place.agency_id, place.agency.name) for place in transfer.places_of(dossier, at=at)]
    return forms.TransferForm(data, places=places)


def transferred(code: str, form: Any, by: Actor, at: datetime) -> Any:
    """Hand the dossier on."""
    return transfer.transfer(code, to=form.cleaned_data["to"], reason=form.cleaned_data["reason"], by=by, at=at)


def correct_form(data: Any, files: Any, dossier: Any, actor: Actor, at: datetime) -> forms.DeskForm:
    """What stands now, to be changed."""
    papers = [(requirement.key, requirement.name) for requirement in requirements_of(dossier)]
    initial = dict(correct.standing(dossier))
    for key, _name in papers:
        counted = dossier.received.get(key, {})
        initial |= {f"originals-{key}": counted.get("originals", 0), f"copies-{key}": counted.get("copies", 0)}
    return forms.CorrectForm(
        data,
        channels=return_channels(dossier, at),
        papers=papers,
        declared_online=dossier.channel == Channel.ONLINE.value,
        initial=initial,
    )


def corrected(code: str, form: Any, by: Actor, at: datetime) -> Any:
    """Put right what was changed; the verb tells which that is."""
    given = form.cleaned_data
    keys = ("name", "identity", "phone", "email", "address", "return_channel", "return_address")
    wanted = correct.Correction(**{key: given[key] for key in keys if key in given}, received=form.received())
    return correct.correct(code, wanted, reason=given["reason"], by=by, at=at)
