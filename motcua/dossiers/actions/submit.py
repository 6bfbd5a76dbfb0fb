"""Filing: a draft becomes a dossier with a code, a pinned policy and a legal deadline; and its supplements."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, transaction

from motcua.base.errors import Refusal
from motcua.dossiers.actions import once
from motcua.dossiers.actions.draft import fee_ways, return_channels
from motcua.dossiers.actions.gate import Passing, lock, passing
from motcua.dossiers.actions.taking import settle_place
from motcua.dossiers.facts import (
    form_of,
    handling_now,
    handling_of,
    lookups_of,
    paper_faults,
    policy_for,
    requirements_of,
)
from motcua.dossiers.facts import papers as paper_facts
from motcua.dossiers.models import Dossier, Enclosure, FeeDue
from motcua.papers.actions import issue
from motcua.rules.acts import Act, Channel, Paper, State, Verdict
from motcua.rules.codes import dossier_code
from motcua.rules.components import FAULTS, Fault
from motcua.rules.consents import Purpose
from motcua.rules.eforms import Outcome, validate
from motcua.rules.fees import Due, compute, parse_fee_rules
from motcua.rules.people import Actor

_TAKE_NUMBER = """
INSERT INTO dossiers_codeseries (agency_code, day, last) VALUES (%s, %s, 1)
ON CONFLICT (agency_code, day) DO UPDATE SET last = dossiers_codeseries.last + 1 RETURNING last
"""


@transaction.atomic
def submit(
    public_id: str,
    *,
    declared: bool,
    agrees: Collection[Purpose] = (),
    heir: int | None = None,
    by: Actor,
    at: datetime,
) -> Dossier:
    """File a draft. Filing twice gives the one dossier both times: the public id is the idempotency key.

    ``agrees`` is what the applicant consents to with it: what may be kept for the next time (HY-12). ``heir`` is the
    key of the agency chosen where the draft's own has ended and several follow it (`queries.heirs`).

    Raises `Refusal` when something is missing, a paper does not come as it has to, nothing was declared (BD-76), no way
    of receiving the result was chosen, or nobody takes it in that way any more.
    """
    dossier = lock(public_id)
    if dossier.state != State.DRAFT and by.account_id in (dossier.applicant_id, dossier.created_by_id):
        return dossier
    if not declared:
        words = "Bạn cần cam đoan chịu trách nhiệm về nội dung đã khai."
        raise Refusal(words, field_errors={"declared": [words]})
    settle_place(dossier, heir=heir, by=by, at=at)
    offered = {channel.value for channel in return_channels(dossier, at)}
    if dossier.return_channel not in offered:
        raise Refusal("Hãy chọn cách nhận kết quả.", field_errors={"return_channel": ["Hãy chọn một hình thức."]})
    _papers_come_as_they_must(dossier, at)
    ways = fee_ways(dossier, at)
    if dossier.fee_channel and dossier.fee_channel not in {way.value for way in ways.open}:
        words = "Hãy chọn lại cách nộp phí, lệ phí."
        raise Refusal(words, field_errors={"fee_channel": [words]})
    with passing(Act.SUBMIT, public_id, by=by, at=at, locked=dossier) as passage:
        _pin(dossier, at)
        if not _compute_fees(dossier, at):
            dossier.fee_channel = ""
        elif not dossier.fee_channel:
            dossier.fee_channel = ways.open[0].value
        dossier.code = _take_code(dossier.agency.code, at.date())
        _describe_submission(passage)
        once.agree(dossier, agrees, by=by, at=at)
        once.remember_answers(dossier, at=at)
    if dossier.paper_owed:
        _issue_cover(dossier, by=by, at=at)
    return dossier


@transaction.atomic
def supplement(code: str, *, by: Actor, at: datetime) -> Dossier:
    """Send the answer to a supplement request; the clock runs on with what was left.

    What signatures make of the dossier is asked anew, by the policy pinned to it: papers signed by now lift it to its
    own level and need no copies by post, unsigned ones do the contrary (BD-30, KT-13).
    """
    with passing(Act.SUPPLEMENT, code, by=by, at=at) as passage:
        dossier = passage.dossier
        _papers_come_as_they_must(dossier, at)
        request = next(row for row in dossier.supplement_requests.all() if row.answered_at is None)
        dossier.answers = _judged(dossier, at).answers
        request.answered_at = at
        request.save(update_fields=["answered_at"])
        # What was wrong has to be looked at again; what was found right stays right (users-ask 4).
        dossier.findings.filter(verdict=Verdict.WRONG.value).delete()
        was_owed = dossier.paper_owed
        passage.note = _handle_anew(dossier, at)
        passage.details = {
            "request": request.number,
            "modes": dossier.component_modes,
            "handled_as_level": dossier.handled_as_level,
            "paper_owed": dossier.paper_owed,
        }
    if dossier.paper_owed and not was_owed:
        _issue_cover(dossier, by=by, at=at)
    return dossier


def _handle_anew(dossier: Dossier, at: datetime) -> str:
    """Keep how it is handled with the papers as they are now; answers what the applicant has to know of it.

    Copies that have come stay what they are. Ways of the old level that the new one does not know give way to its
    first; money that was paid stays where it went.
    """
    handled, said = handling_now(dossier, at), []
    dossier.handled_as_level = handled.as_level
    if dossier.paper_arrived_at is None:
        dossier.paper_owed = handled.paper_owed
    offered = [channel.value for channel in return_channels(dossier, at)]
    if dossier.return_channel not in offered:
        dossier.return_channel = offered[0]
        said.append(f"Kết quả trả theo cách khác: {dossier.return_words}.")
    ways = [way.value for way in fee_ways(dossier, at).open]
    is_open = any(fee.paid_at is None for fee in dossier.fees.all())
    if dossier.fee_channel and is_open and ways and dossier.fee_channel not in ways:
        dossier.fee_channel = ways[0]
        said.append(f"Phí, lệ phí nộp theo cách khác: {dossier.fee_words}.")
    return " ".join(said)


def _issue_cover(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    """Beside the paper of the act itself: what goes into the envelope (KT-13)."""
    cover = paper_facts.cover_sheet(dossier, today=at.date())
    issue(Paper.COVER_SHEET, subject=dossier.code or "", agency_code=dossier.agency.code, data=cover, by=by, at=at)


def _pin(dossier: Dossier, at: datetime) -> None:
    """Freeze the canonical answers and the policy in force at this moment."""
    dossier.answers = _judged(dossier, at).answers
    dossier.service_level = min(dossier.service_level, dossier.revision.service_level)
    handled = handling_of(dossier, at)
    dossier.handled_as_level, dossier.paper_owed = handled.as_level, handled.paper_owed
    dossier.policy_data = policy_for(dossier, at).to_data()


def _judged(dossier: Dossier, at: datetime) -> Outcome:
    return validate(form_of(dossier), dossier.answers, today=at.date(), lookups=lookups_of(dossier, today=at.date()))


def _papers_come_as_they_must(dossier: Dossier, at: datetime) -> None:
    """Each paper comes in a way the agency accepts, signed where it must be (CB-7…CB-11, HY-10, KT-12).

    Raises `Refusal` with ``paper:<key>`` for each that does not; papers that are simply absent the gate names.
    """
    faults = paper_faults(dossier, today=at.date(), policy=policy_for(dossier, at))
    absent = FAULTS[Fault.NO_FILE]
    wrong = {key: list(words) for key, words in faults.items() if absent not in words}
    if wrong:
        names = {requirement.key: requirement.name for requirement in requirements_of(dossier)}
        raise Refusal(
            [f"{names[key]}: {' '.join(words)}" for key, words in wrong.items()],
            field_errors={f"paper:{key}": words for key, words in wrong.items()},
        )


def _compute_fees(dossier: Dossier, at: datetime) -> bool:
    """Fix the fees of this day; whether there are any."""
    bill = compute(
        parse_fee_rules(dossier.revision.fees),
        answers=dossier.answers,
        channel=Channel(dossier.channel),
        on=at.date(),
    )
    made = FeeDue.objects.bulk_create(
        FeeDue(
            dossier=dossier,
            position=position,
            kind=line.kind.value,
            name=line.name,
            words=line.words,
            amount=line.amount,
            moment=FeeDue.Moment.BEFORE if line.due is Due.BEFORE else FeeDue.Moment.RETURN,
            refundable=line.refundable,
            basis=line.basis,
        )
        for position, line in enumerate(bill.lines)
        if line.amount != 0
    )
    return bool(made)


def _take_code(agency_code: str, day: date) -> str:
    """The next code of the agency on this day. The row stays locked until commit, so no code is given twice."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_NUMBER, [agency_code, day])
        (number,) = cursor.fetchone()
    return dossier_code(agency_code, day, number)


def _describe_submission(passage: Passing) -> None:
    dossier = passage.dossier
    passage.details = {
        "files": {str(row.file_id): row.file.sha256 for row in _present(dossier)},
        "modes": dossier.component_modes,
        "handled_as_level": dossier.handled_as_level,
        "paper_owed": dossier.paper_owed,
    }
    passage.told = {"paper_owed": dossier.paper_owed, "handled_as_level": dossier.handled_as_level}
    passage.paper = lambda: paper_facts.submission_receipt(dossier, _present(dossier), submitted_at=passage.at)


def _present(dossier: Dossier) -> list[Enclosure]:
    return [row for row in dossier.enclosures.all() if row.removed_at is None]
