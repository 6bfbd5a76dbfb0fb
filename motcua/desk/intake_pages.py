"""An intake step by step, at the counter and at the post office alike: its pages in order, and reading it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.desk.walkin import FinishForm
from motcua.dossiers.actions import draft
from motcua.dossiers.facts import form_of, missing
from motcua.dossiers.queries import bill_of
from motcua.eforms.queries import RoomLookups
from motcua.eforms.reading import sections
from motcua.rules import words
from motcua.rules.eforms import visible_steps
from motcua.ui.templatetags.mc import form_faults

COUNTER, POST = "counter", "post_intake"
"""Beginnings of the routes' names."""


@dataclass(frozen=True, slots=True)
class Station:
    """One page of an intake, for `ui/components/steps_list.html`."""

    key: str
    title: str
    href: str
    state: str


def stations_of(dossier: Any, here: str, *, face: str, today: date) -> list[Station]:
    """The form's visible steps, papers, finish; ``here`` is the key of the present page, those before it are done."""
    key = dossier.public_id
    steps = visible_steps(form_of(dossier), dossier.answers, today=today)
    pages = [(f"form:{step.key}", step.title, reverse(f"desk:{face}_fill", args=[key, step.key])) for step in steps]
    pages.append(("papers", _("Giấy tờ"), reverse(f"desk:{face}_papers", args=[key])))
    pages.append(("finish", _("Nhận kết quả và nộp"), reverse(f"desk:{face}_finish", args=[key])))
    position = next((number for number, page in enumerate(pages) if page[0] == here), 0)
    return [
        Station(name, title, href, "done" if number < position else "now" if number == position else "todo")
        for number, (name, title, href) in enumerate(pages)
    ]


def after(stations: list[Station]) -> str:
    """The address of the page after the present one."""
    position = next(number for number, station in enumerate(stations) if station.state == "now")
    return stations[min(position + 1, len(stations) - 1)].href


def frame(dossier: Any, here: str, *, face: str, today: date) -> dict[str, Any]:
    """What every page of an intake shows beside its own: whose it is, and where one stands."""
    stations = stations_of(dossier, here, face=face, today=today)
    position = next(number for number, station in enumerate(stations, 1) if station.state == "now")
    return {"dossier": dossier, "stations": stations, "position": position, "here": stations[position - 1]}


def finish_form(dossier: Any, sent: Any, *, at: datetime) -> FinishForm:
    """How the result shall come, among what is on offer; ``sent`` is what was posted, None where nothing was."""
    return FinishForm(sent, channels=draft.return_channels(dossier, at), labels=words.CHANNELS, dossier=dossier)


def read_back(dossier: Any, form: FinishForm, *, today: date) -> dict[str, Any]:
    """Everything that was taken in, for the last look before it is filed."""
    return {
        "form": form,
        "error_summary": form_faults(form),
        "lacking": missing(dossier, today=today),
        "bill": bill_of(dossier, on=today),
        "sections": sections(form_of(dossier), dossier.answers, lookups=RoomLookups(), today=today),
        "enclosed": [row for row in dossier.enclosures.all() if row.removed_at is None],
    }
