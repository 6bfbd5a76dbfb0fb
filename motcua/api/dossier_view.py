"""One dossier as JSON: what its owner's page or an officer's screen would show, no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime
from ninja import Schema

from motcua.dossiers.queries import issued_papers, main_badge, offers, promises_of, why
from motcua.rules import words
from motcua.rules.acts import Act, Paper, State
from motcua.rules.lifecycle import Granted, Refused
from motcua.rules.national_status import national_status
from motcua.rules.people import Actor

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

OWNERS_PAPERS = frozenset(Paper) - {Paper.CONTROL_SHEET, Paper.EFORM_PRINT}
"""Papers an applicant may have; the control sheet stays with the offices."""


class DossierRow(Schema):
    """A dossier as lists show it. Times carry their offset (+07:00)."""

    code: str
    procedure: str
    title: str
    agency: str
    state: str
    state_words: str
    applicant_name: str
    submitted_at: datetime | None
    accepted_at: datetime | None
    promised_at: datetime | None
    due_words: str
    urgency: str
    outcome: str


class DossierPage(Schema):
    """Dossiers, newest first; `next` is the `cursor` of the page after this one, null at the end."""

    items: list[DossierRow]
    next: str | None


class Applicant(Schema):
    """Who files, as shown to the owner and to the officers who deal with the dossier."""

    kind: str
    name: str
    identity: str
    phone: str
    email: str
    address: str


class TimelineLine(Schema):
    """Something that happened."""

    at: datetime
    act: str
    words: str
    state_after: str
    by: str
    unit: str
    note: str


class SpanView(Schema):
    """A line of the explanation of a date."""

    counted: bool
    amount: str
    when: str
    words: str


class DeadlineView(Schema):
    """A date that was promised, and why it is that date."""

    what: str
    due_at: datetime
    lead: str
    spans: list[SpanView]


class StepRunView(Schema):
    """A station of the dossier; times in working minutes. `holder` is told to officers only."""

    title: str
    kind: str
    unit: str
    given_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    budget_minutes: int
    used_minutes: int
    holder: str


class PaperView(Schema):
    """A paper given out; its PDF is at `papers/{id}` below the dossier."""

    id: int
    kind: str
    name: str
    number: str
    issued_at: datetime
    is_void: bool


class FileView(Schema):
    """A file handed in; its bytes are at `files/{id}` below the dossier."""

    id: str
    enclosure: int
    requirement: str
    name: str
    size: int
    content_type: str
    sha256: str
    added_at: datetime
    removed_at: datetime | None


class FeeView(Schema):
    """An amount due, in đồng; null until an officer sets it."""

    position: int
    name: str
    words: str
    amount: int | None
    moment: str
    paid_at: datetime | None
    receipt_number: str


class FindingView(Schema):
    """An officer's verdict on an item. Told to officers only."""

    item: str
    verdict: str
    note: str


class SupplementView(Schema):
    """One request for everything missing; `items` name fields and papers with what is wrong."""

    number: int
    items: list[dict[str, str]]
    message: str
    requested_at: datetime
    answer_by: datetime | None
    answered_at: datetime | None


class ResultView(Schema):
    """The result once it is numbered and sealed; to officers also while it is drafted."""

    outcome: str
    title: str
    number: str
    reasons: str
    sealed_at: datetime | None


class ActView(Schema):
    """An act that is any of the caller's business: whether it may be done now, else every reason why not."""

    act: str
    words: str
    granted: bool
    reasons: list[str]


class DossierView(DossierRow):
    """Everything about one dossier that the caller may know. `national_status` is its code on the national portal."""

    national_status: int | None
    national_status_words: str
    case: str
    channel: str
    counter: str
    holder: str
    applicant: Applicant
    answers: dict[str, Any]
    return_channel: str
    return_address: str
    acceptance_due_at: datetime | None
    first_promised_at: datetime | None
    paused_at: datetime | None
    result_at: datetime | None
    closed_at: datetime | None
    timeline: list[TimelineLine]
    deadlines: list[DeadlineView]
    steps: list[StepRunView]
    papers: list[PaperView]
    files: list[FileView]
    fees: list[FeeView]
    findings: list[FindingView]
    supplements: list[SupplementView]
    result: ResultView | None
    acts: list[ActView]


def local(at: datetime | None) -> datetime | None:
    """The same moment on Việt Nam's clock."""
    return None if at is None else localtime(at)


def row(found: Dossier, *, now: datetime) -> dict[str, Any]:
    """The values of a `DossierRow`."""
    due = main_badge(found, now=now)
    return {
        "code": found.code or "",
        "procedure": found.revision.procedure.code,
        "title": found.revision.title,
        "agency": found.agency.code,
        "state": found.state,
        "state_words": found.state_words,
        "applicant_name": found.applicant_name,
        "submitted_at": local(found.submitted_at),
        "accepted_at": local(found.accepted_at),
        "promised_at": local(found.promised_at),
        "due_words": due.words,
        "urgency": due.urgency,
        "outcome": found.outcome,
    }


def view(found: Dossier, actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The values of a `DossierView`, for the owner or for an officer."""
    is_owner = found.applicant_id == actor.account_id
    steps = list(found.steps.order_by("pk"))
    return {
        **row(found, now=now),
        **_national(found),
        "case": found.case,
        "channel": found.channel,
        "counter": found.counter.name,
        "holder": steps[-1].unit_name if steps and not found.is_closed else found.counter.name,
        "applicant": _applicant(found),
        "answers": found.answers,
        "return_channel": found.return_channel,
        "return_address": found.return_address,
        **{name: local(getattr(found, name)) for name in _MOMENTS},
        "timeline": _timeline(found, is_owner=is_owner),
        "deadlines": _deadlines(found),
        "steps": [_step(run, is_owner=is_owner) for run in steps],
        "papers": [_paper(paper) for paper in papers_for(found, is_owner=is_owner)],
        "files": [_file(enclosure) for enclosure in found.enclosures.all()],
        "fees": [_fee(fee) for fee in found.fees.all()],
        "findings": [] if is_owner else [_pick(one, "item", "verdict", "note") for one in found.findings.all()],
        "supplements": [_supplement(one) for one in found.supplement_requests.all()],
        "result": _result(found, is_owner=is_owner),
        "acts": _acts(offers(found, actor, at=now)),
    }


def _national(found: Dossier) -> dict[str, Any]:
    """A projection of our state onto the ten codes; none for a draft."""
    status = national_status(State(found.state))
    return {"national_status": status, "national_status_words": status.label if status else ""}


_MOMENTS = ("acceptance_due_at", "first_promised_at", "paused_at", "result_at", "closed_at")


def papers_for(found: Dossier, *, is_owner: bool) -> list[Any]:
    """Issued papers this reader may have."""
    papers = issued_papers(found)
    return [paper for paper in papers if Paper(paper.kind) in OWNERS_PAPERS] if is_owner else papers


def _applicant(found: Dossier) -> dict[str, str]:
    return {
        "kind": found.applicant_kind,
        "name": found.applicant_name,
        "identity": found.applicant_identity,
        "phone": found.applicant_phone,
        "email": found.applicant_email,
        "address": found.applicant_address,
    }


def _timeline(found: Dossier, *, is_owner: bool) -> list[dict[str, Any]]:
    """The owner reads what is public, with offices instead of officers' names."""
    return [
        {
            "at": local(entry.at),
            "act": entry.act,
            "words": words.HAPPENED[Act(entry.act)],
            "state_after": entry.state_after,
            "by": "" if is_owner and entry.by_account_id != found.applicant_id else entry.by_name,
            "unit": entry.unit_name,
            "note": entry.note,
        }
        for entry in found.timeline.order_by("pk")
        if entry.is_public or not is_owner
    ]


def _deadlines(found: Dossier) -> list[dict[str, Any]]:
    told = []
    for promise in promises_of(found):
        reason = why(promise)
        spans = [_pick(span, "counted", "amount", "when", "words") for span in reason.spans]
        told.append({"what": promise.what, "due_at": local(reason.due_at), "lead": reason.lead, "spans": spans})
    return told


def _step(run: Any, *, is_owner: bool) -> dict[str, Any]:
    return {
        **_pick(run, "title", "kind", "budget_minutes", "used_minutes"),
        "unit": run.unit_name,
        "given_at": local(run.given_at),
        "due_at": local(run.due_at),
        "finished_at": local(run.finished_at),
        "holder": "" if is_owner else run.holder_name,
    }


def _paper(paper: Any) -> dict[str, Any]:
    return {**_pick(paper, "kind", "name", "number", "is_void"), "id": paper.pk, "issued_at": local(paper.issued_at)}


def _file(enclosure: Any) -> dict[str, Any]:
    return {
        **_pick(enclosure.file, "name", "size", "content_type", "sha256"),
        "id": str(enclosure.file_id),
        "enclosure": enclosure.pk,
        "requirement": enclosure.requirement_key,
        "added_at": local(enclosure.added_at),
        "removed_at": local(enclosure.removed_at),
    }


def _fee(fee: Any) -> dict[str, Any]:
    return {
        **_pick(fee, "position", "name", "words", "amount", "moment", "receipt_number"),
        "paid_at": local(fee.paid_at),
    }


def _supplement(one: Any) -> dict[str, Any]:
    return {
        **_pick(one, "number", "items", "message"),
        "requested_at": local(one.requested_at),
        "answer_by": local(one.answer_by),
        "answered_at": local(one.answered_at),
    }


def _result(found: Dossier, *, is_owner: bool) -> dict[str, Any] | None:
    result = getattr(found, "result", None)
    if result is None or (is_owner and result.sealed_at is None):
        return None
    return {**_pick(result, "outcome", "title", "number", "reasons"), "sealed_at": local(result.sealed_at)}


def _acts(offered: Mapping[Act, Granted | Refused]) -> list[dict[str, Any]]:
    return [
        {
            "act": act.value,
            "words": words.ACTS[act],
            "granted": isinstance(answer, Granted),
            "reasons": [] if isinstance(answer, Granted) else [reason.words for reason in answer.reasons],
        }
        for act, answer in offered.items()
        if act != Act.SUBMIT
    ]


def _pick(thing: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


STATES = tuple(state.value for state in State if state != State.DRAFT)
"""States a filed dossier may be in."""
