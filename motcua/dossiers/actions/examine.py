"""The division's verbs: take or assign, draft the result, hand on, propose to the leader (HY-28, HY-29, BD-34)."""

from __future__ import annotations

from datetime import datetime

from motcua.agencies.queries import colleagues
from motcua.base.errors import Refusal
from motcua.dossiers.actions import officers, opinions
from motcua.dossiers.actions.gate import Passing, passing
from motcua.dossiers.facts.control import control_sheet
from motcua.dossiers.models import Dossier, Result, StepRun
from motcua.dossiers.queries.coordination import ONLY_FREE, heads
from motcua.files.actions import claim
from motcua.files.models import StoredFile
from motcua.rules.acts import Act, Outcome, State
from motcua.rules.people import Actor, Role
from motcua.rules.text import clean_line, clean_text


def forward(code: str, *, by: Actor, at: datetime, follows: Passing | None = None) -> Dossier:
    """Send an accepted dossier to the first division of its route; the control sheet starts to travel with it.

    ``follows`` is the acceptance in whose transaction this happens.
    """
    with passing(Act.FORWARD, code, by=by, at=at, follows=follows) as passage:
        passage.paper = lambda: control_sheet(passage.dossier)
    return passage.dossier


def take(passage: Passing) -> None:
    """The first examiner who works on an unheld step holds it from then on; two never work on one dossier. What a
    stand-in takes is the absent colleague's: it is there when that one comes back.

    Work on a step is proof that it was opened, whatever the work came through.
    """
    if passage.facts.state != State.EXAMINING or passage.run is None:
        return
    if passage.facts.holder_id is None:
        hand = passage.by.hand(passage.granted.through)
        hold(passage.dossier, passage.run, account_id=hand, name=passage.by.name, at=passage.at)
    elif passage.run.opened_at is None:
        passage.run.opened_at = passage.at
        passage.run.save(update_fields=["opened_at"])


def hold(dossier: Dossier, run: StepRun, *, account_id: int | None, name: str, at: datetime) -> None:
    """Put the open step into somebody's hands."""
    run.holder_id, run.holder_name = account_id, name
    run.taken_at = run.taken_at or at
    run.opened_at = run.opened_at or at
    run.save()
    dossier.holder_id = account_id


def assign(code: str, *, to: int, by: Actor, at: datetime) -> Dossier:
    """Give the open step to an officer of the division. A case officer may only take what nobody holds, or somebody who
    is no longer there; a stand-in takes it for the colleague.
    """
    with passing(Act.ASSIGN, code, by=by, at=at) as passage:
        facts, run = passage.facts, passage.run
        assert run is not None
        posts = colleagues(
            run.agency_id, division_id=run.division_id, roles=(Role.CASE_OFFICER, Role.DIVISION_HEAD), at=at
        )
        there = {post.account_id: post.account for post in posts if post.account.is_active}
        chosen = there.get(to)
        if chosen is None:
            raise Refusal("Người được chọn không thuộc bộ phận đang xử lý.", field_errors={"to": ["Chọn người khác."]})
        if not heads(run, by) and (to not in by.hands or facts.holder_id in there.keys() - {to}):
            raise Refusal(ONLY_FREE, status=403)
        hold(passage.dossier, run, account_id=chosen.pk, name=chosen.name, at=at)
        passage.note = chosen.name
        passage.is_public = False
        passage.details = {"holder": chosen.pk}
        officers.tell_step_given(passage.dossier, run, by=by, at=at)
    return passage.dossier


def propose_supplement(code: str, *, note: str = "", by: Actor, at: datetime) -> Dossier:
    """Ask the counter to send the supplement notice; divisions never write to applicants past the counter (HY-28)."""
    with passing(Act.PROPOSE_SUPPLEMENT, code, by=by, at=at) as passage:
        take(passage)
        passage.dossier.supplement_proposed = True
        passage.note = clean_text(note)
        passage.is_public = False
    return passage.dossier


def draft_result(
    code: str,
    *,
    outcome: Outcome,
    title: str,
    body: str = "",
    reasons: str = "",
    file: StoredFile | None = None,
    by: Actor,
    at: datetime,
) -> Dossier:
    """Write (or rewrite) the draft of the result. A refusal must say why (BD-38)."""
    problems: dict[str, list[str]] = {}
    if not clean_line(title):
        problems["title"] = ["Hãy ghi tên văn bản kết quả."]
    if outcome == Outcome.REFUSED and not clean_text(reasons):
        problems["reasons"] = ["Hãy nêu rõ lý do không giải quyết."]
    if outcome == Outcome.GRANTED and not clean_text(body) and file is None:
        problems["body"] = ["Hãy ghi nội dung kết quả hoặc đính kèm văn bản đã soạn."]
    if problems:
        raise Refusal("Dự thảo chưa đủ.", field_errors=problems)
    with passing(Act.DRAFT_RESULT, code, by=by, at=at) as passage:
        take(passage)
        Result.objects.update_or_create(
            dossier=passage.dossier,
            defaults={
                "outcome": outcome.value,
                "title": clean_line(title)[:250],
                "body": clean_text(body),
                "reasons": clean_text(reasons) if outcome == Outcome.REFUSED else "",
                "file": file,
                "drafted_by_name": passage.by.name,
                "drafted_at": at,
                "approved_by": None,
                "approved_by_name": "",
                "approved_at": None,
            },
        )
        if file is not None:
            claim([file], owner=f"dossier:{passage.dossier.public_id}")
        passage.is_public = False
        passage.details = {"outcome": outcome.value}
    return passage.dossier


def pass_on(code: str, *, note: str = "", silence_noted: bool = False, by: Actor, at: datetime) -> Dossier:
    """Finish this examining step and hand the dossier to the next one of its route (``silence_noted``: `propose`)."""
    with passing(Act.PASS_ON, code, by=by, at=at) as passage:
        _hand_on(passage, note, silence_noted=silence_noted)
    return passage.dossier


def propose(code: str, *, note: str = "", silence_noted: bool = False, by: Actor, at: datetime) -> Dossier:
    """Submit the draft result to the leader (HY-29).

    ``silence_noted`` says that whoever was asked and let the time pass is taken to agree; without it the act is refused
    (422) naming them, so that nobody goes on over an answer he merely overlooked.
    """
    with passing(Act.PROPOSE, code, by=by, at=at) as passage:
        _hand_on(passage, note, silence_noted=silence_noted)
    return passage.dossier


def _hand_on(passage: Passing, note: str, *, silence_noted: bool) -> None:
    take(passage)
    passage.note = clean_text(note)
    passage.is_public = False
    silent = passage.facts.silent_consultations
    if silent and not silence_noted:
        words = f"Quá hạn mà chưa trả lời: {', '.join(silent)}. Hãy xác nhận coi như đồng ý để đi tiếp."
        raise Refusal(words, field_errors={"silence_noted": [words]})
    if silent:
        units = opinions.note_silence(passage.dossier, at=passage.at)
        passage.note = f"{passage.note}\n{opinions.SILENCE}: {', '.join(units)}.".strip()
        passage.details = {"silent": units}
