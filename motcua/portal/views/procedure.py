"""One procedure: how long, how much, where, how far online; then everything else one needs to know (BD-25)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.dossiers.queries import running_of
from motcua.dossiers.queries.figures import figures_of
from motcua.policy.queries import policy_at
from motcua.portal import procedure_view as parts
from motcua.portal.catalogue_rows import online_words
from motcua.portal.present import rows_of
from motcua.portal.rating import asked_about
from motcua.portal.visitors import kept_for_visitors
from motcua.procedures.queries import Contact, catalogue, contacts_of, revision_in_force
from motcua.rules.policy_words import sentence_of
from motcua.ui import clock
from motcua.ui.asker import asker

CONTACTS_SHOWN = 4


@kept_for_visitors
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """The procedure of this code as it holds today."""
    at = clock.now()
    revision = revision_in_force(code, on=at.date())
    entry = catalogue(at).by_code.get(revision.procedure.code)
    policy = policy_at(at, procedure_code=revision.procedure.code)
    contacts = contacts_of(revision.procedure_id, on=at.date(), most=CONTACTS_SHOWN + 1)
    can_file = (
        entry is not None and entry.accepts_online and _somewhere_online(contacts, revision.procedure_id, at.date())
    )
    context: dict[str, Any] = {
        "revision": revision,
        "facts": parts.facts(
            revision,
            on=at.date(),
            scheme=policy.service_scheme,
            elsewhere=str(online_words(entry)) if entry and entry.is_elsewhere else "",
        ),
        "papers": parts.papers(revision),
        "steps": parts.steps(revision),
        "methods": parts.methods(revision),
        "fees": parts.fees(revision, on=at.date()),
        "levels": parts.levels(revision, scheme=policy.service_scheme),
        "blanks": parts.blanks(revision),
        "contacts": contacts[:CONTACTS_SHOWN],
        "has_more_contacts": len(contacts) > CONTACTS_SHOWN,
        "figures": figures_of(revision.procedure_id, at=at) if revision.service_level >= 3 else None,
        "can_file": can_file,
        "at_ministry": entry if entry and entry.ministry else None,
        "acceptance_hours": policy.acceptance_within_hours,
        "files_rule": sentence_of("separate_files", policy.separate_files),
        "abilities": parts.abilities(revision, policy, on=at.date(), can_file=can_file),
        "events": entry.life_events if entry else frozenset(),
        "running": [],
        "rating": asked_about(request, f"procedure:{revision.procedure.code}"),
    }
    if request.user.is_authenticated:
        running = running_of(asker(request), procedure_code=revision.procedure.code, now=at)
        context["running"] = rows_of(running)
    return render(request, "portal/procedure.html", context)


def _somewhere_online(shown: list[Contact], procedure_id: int, on: date) -> bool:
    """Whether some agency takes the procedure on the network: one of those shown, or any other (BD-69)."""
    if any(contact.is_online for contact in shown):
        return True
    return bool(shown) and bool(contacts_of(procedure_id, on=on, online=True, most=1))
