"""DossierFacts from a dossier's rows: the only bridge from tables to rules."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Prefetch

from motcua.dossiers.facts.components import paper_faults
from motcua.dossiers.facts.items import form_of, judged_items, lookups_of, requirements_of
from motcua.dossiers.facts.promises import open_request
from motcua.dossiers.models import Dossier, Enclosure, FeeDue, Finding, StepRun, SupplementRequest
from motcua.parcels.queries import carrying_unit
from motcua.procedures.models import Requirement
from motcua.procedures.queries import catalogue
from motcua.rules.acts import Channel, Outcome, State
from motcua.rules.eforms import validate
from motcua.rules.needs import DossierFacts
from motcua.rules.route import Step, next_step
from motcua.rules.route_data import parse_route

RELATED = ("revision__procedure", "agency", "counter", "holder", "step_division", "result", "apology")
"""What `select_related` loads with a dossier so that its facts ask the database nothing more."""

CONTENTS: tuple[str | Prefetch[Any], ...] = (
    Prefetch("revision__requirements", Requirement.objects.order_by("position")),
    Prefetch("enclosures", Enclosure.objects.select_related("file").order_by("requirement_key", "pk")),
    Prefetch("findings", Finding.objects.order_by("item")),
    Prefetch("fees", FeeDue.objects.order_by("position")),
    Prefetch("supplement_requests", SupplementRequest.objects.order_by("number")),
)
"""The same for `prefetch_related`. The order is said here: the tables' own begins with the dossier, for which each of
these would be joined to it (and to what it is ordered by) once more."""

HEAVY = ("revision__raw", "revision__steps_text", "revision__conditions")
"""Long texts of the catalogue that no act looks at; the e-form is kept parsed in the process."""

FILLING = frozenset({State.DRAFT, State.AWAITING_SUPPLEMENT})
"""States in which the applicant may change answers, so that completeness must be asked anew."""


def route_of(dossier: Dossier) -> tuple[Step, ...]:
    """The route of the pinned revision."""
    return _route(json.dumps(dossier.revision.route))


@lru_cache(maxsize=1000)
def _route(written: str) -> tuple[Step, ...]:
    """Asked several times at every act, and the same for all dossiers of a procedure."""
    return parse_route(json.loads(written))


def enclosed_keys(dossier: Dossier) -> set[str]:
    """Requirement keys with at least one paper in place."""
    return {enclosure.requirement_key for enclosure in dossier.enclosures.all() if enclosure.removed_at is None}


def facts_of(dossier: Dossier, *, run: StepRun | None, at: datetime) -> DossierFacts:
    """The dossier as the rules see it at this moment. ``run`` is its open step; the day matters to dates in the form.

    Who was asked and which parts are open is looked up only while the dossier is examined: nothing else depends on it.
    """
    state, today = State(dossier.state), at.date()
    route = route_of(dossier) if dossier.step_index is not None else ()
    step = route[dossier.step_index] if dossier.step_index is not None else None
    following = next_step(route, step.index) if step else None
    findings = {finding.item: finding for finding in dossier.findings.all()}
    enclosed = enclosed_keys(dossier)
    items = judged_items(dossier, enclosed, today=today) if state != State.DRAFT else []
    labels = {item.key: item.label for item in items}
    fees = list(dossier.fees.all())
    result = getattr(dossier, "result", None)
    apology = getattr(dossier, "apology", None)
    waiting = open_request(dossier) if state == State.AWAITING_SUPPLEMENT else None
    asked = [row for row in dossier.consultations.all() if row.answered_at is None] if state == State.EXAMINING else []
    parts = list(dossier.children.all()) if state == State.EXAMINING and dossier.parent_id is None else []
    return DossierFacts(
        state=state,
        agency_id=dossier.agency_id,
        applicant_id=dossier.applicant_id,
        counter_id=dossier.counter_id,
        taken_in_by_id=dossier.taken_in_by_id,
        resume_state=State(dossier.resume_state) if dossier.resume_state else None,
        step_kind=step.kind if step else None,
        step_role=step.role if step else None,
        step_division_id=dossier.step_division_id,
        step_agency_id=run.agency_id if run else None,
        step_decides=step.decides if step else None,
        next_kind=following.kind if following else None,
        holder_id=dossier.holder_id,
        holder_name=_holder_name(dossier, run),
        missing=missing(dossier, today=today) if state in FILLING else (),
        unjudged=tuple(item.label for item in items if item.key not in findings),
        wrong=tuple(labels.get(key, key) for key, finding in findings.items() if finding.verdict == "wrong"),
        unanswered=unanswered(dossier) if state == State.AWAITING_SUPPLEMENT else (),
        supplement_rounds=dossier.supplement_rounds,
        supplement_proposed=dossier.supplement_proposed,
        due_before_acceptance=sum(
            fee.amount or 0 for fee in fees if fee.moment == FeeDue.Moment.BEFORE and fee.paid_at is None
        ),
        unpaid=sum(fee.amount or 0 for fee in fees if fee.paid_at is None),
        unknown_fees=sum(1 for fee in fees if fee.amount is None),
        outcome=Outcome(result.outcome) if result else None,
        signed_by_leader=bool(result and result.approved_at),
        not_digitised=not_digitised(dossier, enclosed) if state == State.SUBMITTED else (),
        paper_owed=dossier.paper_owed and dossier.paper_arrived_at is None,
        extra_rounds=dossier.extra_rounds,
        answer_overdue=bool(waiting and waiting.answer_by and waiting.answer_by < at),
        apology_drafted=apology is not None,
        apology_signed=bool(apology and apology.signed_at),
        open_consultations=tuple(row.unit_name for row in asked if row.due_at >= at),
        silent_consultations=tuple(row.unit_name for row in asked if row.due_at < at),
        asked_of=tuple((row.agency_id, row.division_id) for row in asked),
        open_children=tuple(part.code or "" for part in parts if part.result_at is None and not part.is_closed),
        unopened_parts=_unopened(dossier, step, at) if state == State.EXAMINING and step and step.parts else (),
        opened=bool(run and run.opened_at),
        filed_by_id=dossier.created_by_id,
        carrier_id=_carrier(dossier, state),
        given_by_id=run.given_by_id if run else None,
        is_child=dossier.parent_id is not None,
        accepted=dossier.accepted_at is not None,
    )


def _unopened(dossier: Dossier, step: Step, at: datetime) -> tuple[str, ...]:
    """Titles of the parts this step has to open of which there never was one; a part has none of its own."""
    if dossier.parent_id is not None:
        return ()
    opened = set(dossier.children.values_list("revision__procedure__code", flat=True))
    codes = [part.procedure for part in step.parts if not part.optional and part.procedure not in opened]
    known = catalogue(at).by_code if codes else {}
    return tuple(known[code].title if code in known else code for code in codes)


def _holder_name(dossier: Dossier, run: StepRun | None) -> str:
    """Who holds the dossier, by the account's name of today where the open step does not say."""
    if dossier.holder_id is None:
        return ""
    said = run.holder_name if run is not None and run.holder_id == dossier.holder_id else ""
    return said or (dossier.holder.name if dossier.holder else "")


def _carrier(dossier: Dossier, state: State) -> int | None:
    """The post office that carries the result. Asked only where there can be one."""
    is_posted = state == State.RESULT_READY and dossier.return_channel == Channel.POST and dossier.code
    return carrying_unit(dossier.code or "") if is_posted else None


def missing(dossier: Dossier, *, today: date) -> tuple[str, ...]:
    """Names of required answers that are absent or wrong, and of papers that are absent or not as they have to be."""
    form = form_of(dossier)
    found = validate(form, dossier.answers, today=today, lookups=lookups_of(dossier, today=today))
    labels = {field.key: field.label for _, field in form.fields()}
    wrong: dict[str, str] = {}
    for path in found.errors:
        key = path.split(".", 1)[0]
        wrong.setdefault(key, labels.get(key, key))
    return (*wrong.values(), *missing_papers(dossier, today=today))


def missing_papers(dossier: Dossier, *, today: date) -> tuple[str, ...]:
    """Names of papers these answers make obligatory that are not there, or not in the way chosen for them."""
    wrong = paper_faults(dossier, today=today)
    return tuple(requirement.name for requirement in requirements_of(dossier) if requirement.key in wrong)


def not_digitised(dossier: Dossier, enclosed: set[str]) -> tuple[str, ...]:
    """Names of the papers handed over the counter of which nobody has enclosed a picture (BN-9)."""
    return tuple(
        row.name for row in requirements_of(dossier) if row.key in dossier.received and row.key not in enclosed
    )


def unanswered(dossier: Dossier) -> tuple[str, ...]:
    """Marked items that are neither changed, replaced by a new paper, nor explained by the applicant."""
    request = next((row for row in dossier.supplement_requests.all() if row.answered_at is None), None)
    if request is None:
        return ()
    renewed = {
        f"paper:{enclosure.requirement_key}"
        for enclosure in dossier.enclosures.all()
        if enclosure.removed_at is None and enclosure.supplement_number == request.number
    }
    changed = {
        f"field:{key}"
        for key in {*request.before, *dossier.answers}
        if request.before.get(key) != dossier.answers.get(key)
    }
    explained = {item for item, words in request.explanations.items() if str(words).strip()}
    done = renewed | changed | explained
    return tuple(row["label"] for row in request.items if row["item"] not in done)
