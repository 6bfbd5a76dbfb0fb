"""Which services an agency offers: it proposes, the office of the provincial committee approves (BD-69).

An agency answers for its own services and publishes them together with that office, so two people always decide: one of
the agency, another who runs the portal (acceptance BD-69).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from motcua.agencies.models import Agency, OneStopCounter
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.procedures.actions.answer_for import answers_for, in_words
from motcua.procedures.actions.places import faults_at
from motcua.procedures.actions.telling import tell_decided, tell_proposed
from motcua.procedures.models import Offering, ProcedureRevision, ServiceProposal
from motcua.procedures.queries.completeness import gaps_for
from motcua.procedures.queries.ministry import service_of
from motcua.rules.acts import Channel
from motcua.rules.completeness import Place
from motcua.rules.levels import offering_faults
from motcua.rules.people import Actor, Role
from motcua.rules.text import clean_line

Kind, State = ServiceProposal.Kind, ServiceProposal.State


@dataclass(frozen=True, slots=True)
class Service:
    """How an agency would offer a procedure."""

    counter_id: int
    level: int
    mode: str
    channels: tuple[Channel, ...]


@transaction.atomic
def propose(
    code: str, service: Service | None, *, agency_id: int, since: date, reason: str, by: Actor, at: datetime
) -> ServiceProposal:
    """An officer who answers for the agency asks to offer procedure ``code`` so from ``since`` on; None: to stop.

    Whether that begins or changes a service follows from what the agency offers that day. Raises `Refusal` 403 for
    others, 404 for an unknown procedure, 409 while a proposal waits, 422 with every reason: parts missing (BN-1,
    BD-23), a level against the rules, a day gone by, nothing that would change.
    """
    if not answers_for(by, agency_id) or by.account_id is None:
        raise Refusal("Chỉ lãnh đạo cơ quan, trưởng phòng chuyên môn đề nghị thay đổi dịch vụ của cơ quan.", status=403)
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency_id)
    revision = _revision(code, max(since, at.date()))
    if ServiceProposal.objects.filter(agency=agency, procedure=revision.procedure, state=State.OPEN).exists():
        raise Refusal("Đang có một đề nghị về thủ tục này chờ đơn vị vận hành cổng.", status=409)
    running = _offered(revision.procedure_id, agency_id, since)
    proposal = ServiceProposal(
        kind=Kind.STOP if service is None else Kind.START if running is None else Kind.CHANGE,
        procedure=revision.procedure,
        agency=agency,
        counter_id=service.counter_id if service else None,
        service_level=service.level if service else None,
        service_mode=service.mode if service else "",
        channels=[channel.value for channel in Channel if service and channel in service.channels],
        since=since,
        reason=clean_line(reason)[:500],
        proposed_by_id=by.account_id,
        proposed_by_name=by.name[:250],
        proposed_at=at,
    )
    faults = _given_wrongly(proposal, running, revision, at)
    if faults:
        raise Refusal("Đề nghị chưa gửi được.", field_errors=faults)
    _must_stand(proposal, revision)
    proposal.save()
    _record(proposal, "propose_service", by, at)
    tell_proposed(proposal, revision.title, by=by, at=at)
    return proposal


@transaction.atomic
def approve(pk: int, *, words: str = "", by: Actor, at: datetime) -> ServiceProposal:
    """The service changes from the day asked for, at the earliest today.

    Raises `Refusal` 403 for who does not run the portal and for the proposer himself, 409 when it has been decided, 422
    when it no longer stands: a part has gone missing, the procedure was published anew at another level.
    """
    proposal = _to_decide(pk, by)
    day = max(proposal.since, at.date())
    revision = _revision(proposal.procedure.code, day)
    _must_stand(proposal, revision)
    _carry_out(proposal, day)
    proposal.effective = day
    return _decided(proposal, State.APPROVED, words, revision.title, by, at)


@transaction.atomic
def send_back(pk: int, *, reason: str, by: Actor, at: datetime) -> ServiceProposal:
    """Nothing changes; the agency is told why. Raises as `approve`, and 422 without a reason."""
    proposal = _to_decide(pk, by)
    if not clean_line(reason):
        raise Refusal("Hãy ghi lý do trả lại.", field_errors={"words": ["Hãy ghi lý do để cơ quan sửa lại."]})
    return _decided(proposal, State.RETURNED, reason, _title(proposal), by, at)


@transaction.atomic
def withdraw(pk: int, *, by: Actor, at: datetime) -> ServiceProposal:
    """The agency takes its proposal back. Raises `Refusal` 403 for others, 409 when it has been decided."""
    proposal = _locked(pk)
    if not answers_for(by, proposal.agency_id):
        raise Refusal("Chỉ cơ quan đề nghị rút được đề nghị này.", status=403)
    _must_be_open(proposal)
    proposal.state, proposal.decided_at, proposal.decided_by_name = State.WITHDRAWN, at, by.name[:250]
    proposal.decided_by_id = by.account_id
    proposal.save()
    _record(proposal, "withdraw_service", by, at)
    return proposal


def _revision(code: str, day: date) -> ProcedureRevision:
    revision = ProcedureRevision.objects.in_force(day).select_related("procedure").filter(procedure__code=code).first()
    if revision is None:
        raise Refusal("Không có thủ tục nào mang mã này đang có hiệu lực.", status=404)
    return revision


def _offered(procedure_id: int, agency_id: int, day: date) -> Offering | None:
    """What the agency offers on a day."""
    rows = Offering.objects.filter(procedure_id=procedure_id, agency_id=agency_id, since__lte=day)
    return rows.exclude(until__lte=day).order_by("-since", "-pk").first()


def _given_wrongly(
    proposal: ServiceProposal, running: Offering | None, revision: ProcedureRevision, at: datetime
) -> dict[str, list[str]]:
    """What is wrong with the proposal itself, by field."""
    found: dict[str, list[str]] = {}
    if proposal.since < at.date():
        found["since"] = ["Ngày áp dụng phải từ hôm nay trở đi."]
    if not proposal.reason:
        found["reason"] = ["Hãy ghi lý do, căn cứ của đề nghị."]
    if proposal.kind == Kind.STOP:
        if running is None:
            found["procedure"] = ["Cơ quan không cung cấp thủ tục này nên không có gì để ngừng."]
        return found
    if revision.external_url or service_of(revision.procedure.code, on=proposal.since) is not None:
        found["procedure"] = ["Bộ, ngành tự nhận hồ sơ của thủ tục này; cổng chỉ chuyển người nộp sang đó."]
    elif running is None and revision.tiers and proposal.agency.tier not in revision.tiers:
        found["procedure"] = ["Thủ tục này không thuộc thẩm quyền của cấp cơ quan."]
    counter = OneStopCounter.objects.filter(pk=proposal.counter_id or 0).first()
    if counter is None or not _serves(counter, proposal.agency):
        found["counter"] = ["Bộ phận một cửa này không tiếp nhận hồ sơ của cơ quan."]
    if not found and running is not None and _same(running, proposal, revision):
        found["service_level"] = ["Cơ quan đang cung cấp đúng như vậy, không có gì thay đổi."]
    return found


def _serves(counter: OneStopCounter, agency: Agency) -> bool:
    return counter.host_id == agency.pk or counter.serves.filter(pk=agency.pk).exists()


def _same(running: Offering, proposal: ServiceProposal, revision: ProcedureRevision) -> bool:
    ways = {channel.value for channel in Channel if running.takes(channel.value)}
    return (running.counter_id, running.level_of(revision), running.service_mode or revision.service_mode, ways) == (
        proposal.counter_id, proposal.service_level, proposal.service_mode, set(proposal.channels)
    )  # fmt: skip


def _must_stand(proposal: ServiceProposal, revision: ProcedureRevision) -> None:
    """Only what is whole and standardised is offered (BN-1, BD-23), at a level that holds together; 422 otherwise."""
    if proposal.kind == Kind.STOP or proposal.counter is None:
        return
    counter, agency = proposal.counter, proposal.agency
    place = Place(counter.address or agency.address, counter.phone or agency.phone)
    if gaps := gaps_for(revision.procedure_id, place, on=max(proposal.since, revision.since)):
        words = in_words(gaps)
        raise Refusal(["Thông tin của thủ tục còn thiếu nên chưa được cung cấp.", *words])
    faults = offering_faults(
        proposal.service_level or 0,
        proposal.service_mode,
        [Channel(value) for value in proposal.channels],
        published_level=revision.service_level,
        has_form=_has_form(revision),
    )
    if faults:
        raise Refusal("Đề nghị chưa gửi được.", field_errors={key: [words] for key, words in faults.items()})
    if unknown := faults_at(revision.route, [agency]):
        raise Refusal(unknown)


def _has_form(revision: ProcedureRevision) -> bool:
    return revision.eform_id is not None or any(row.form_names for row in revision.requirements.all())


def _carry_out(proposal: ServiceProposal, day: date) -> None:
    """End what was offered that day or would have been later, and begin what was asked for."""
    standing = Offering.objects.select_for_update(of=("self",)).filter(
        Q(until__isnull=True) | Q(until__gt=day), procedure=proposal.procedure, agency=proposal.agency
    )
    for row in standing.order_by("pk"):
        row.until = max(day, row.since)
        row.save(update_fields=["until"])
    if proposal.kind != Kind.STOP and proposal.counter is not None:
        Offering.objects.create(
            procedure=proposal.procedure,
            agency=proposal.agency,
            counter=proposal.counter,
            since=day,
            service_level=proposal.service_level,
            service_mode=proposal.service_mode,
            channels=proposal.channels,
        )


def _to_decide(pk: int, by: Actor) -> ServiceProposal:
    """The proposal, locked, for who may decide it now."""
    if not by.holds(Role.OPERATOR) or by.account_id is None:
        raise Refusal("Chỉ người của đơn vị vận hành cổng quyết định đề nghị.", status=403)
    proposal = _locked(pk)
    if proposal.proposed_by_id == by.account_id:
        raise Refusal("Người đề nghị không tự quyết định được; phải là người thứ hai.", status=403)
    _must_be_open(proposal)
    return proposal


def _locked(pk: int) -> ServiceProposal:
    rows = ServiceProposal.objects.select_for_update(of=("self",)).select_related("agency", "procedure", "counter")
    proposal = rows.filter(pk=pk).first()
    if proposal is None:
        raise Refusal("Không tìm thấy đề nghị này.", status=404)
    return proposal


def _must_be_open(proposal: ServiceProposal) -> None:
    if proposal.state != State.OPEN:
        words = f"Đề nghị này không còn chờ quyết định: {State(proposal.state).label.lower()}."
        raise Refusal(words, status=409)


def _decided(
    proposal: ServiceProposal, state: ServiceProposal.State, words: str, title: str, by: Actor, at: datetime
) -> ServiceProposal:
    proposal.state, proposal.decision = state, clean_line(words)[:500]
    proposal.decided_by_id, proposal.decided_by_name, proposal.decided_at = by.account_id, by.name[:250], at
    proposal.save()
    _record(proposal, "approve_service" if state == State.APPROVED else "return_service", by, at)
    tell_decided(proposal, title, at=at)
    return proposal


def _title(proposal: ServiceProposal) -> str:
    revision = proposal.procedure.revisions.order_by("-number").first()
    return revision.title if revision else proposal.procedure.code


def _record(proposal: ServiceProposal, verb: str, by: Actor, at: datetime) -> None:
    channels: Iterable[str] = proposal.channels
    body = {
        "proposal": proposal.pk,
        "kind": proposal.kind,
        "agency": proposal.agency.code,
        "counter": proposal.counter_id,
        "level": proposal.service_level,
        "mode": proposal.service_mode,
        "channels": list(channels),
        "since": proposal.since.isoformat(),
        "effective": proposal.effective.isoformat() if proposal.effective else None,
        "words": proposal.decision or proposal.reason,
    }
    record(subject=("procedure", proposal.procedure.code), verb=verb, by=by, at=at, body=body)
