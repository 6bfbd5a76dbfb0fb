"""Performing acts: one address for each, the same verbs as the officers' and applicants' pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from motcua.accounts.queries import by_login
from motcua.api import ending, punctual, together
from motcua.api.callers import Caller, caller
from motcua.api.dossier_view import DossierRow, row
from motcua.api.dossiers import seen
from motcua.api.filing import Faults, attach_all
from motcua.api.problems import SIGNED_IN, problems
from motcua.api.reading_json import Sent, read_sent, shaped
from motcua.base.errors import Refusal
from motcua.dossiers.actions import (
    apologise,
    approve,
    arrivals,
    deliver,
    draft,
    examine,
    fees,
    intake,
    issue,
    recall,
    rounds,
    stop,
    submit,
    withdraw,
)
from motcua.dossiers.facts import requirements_of
from motcua.dossiers.queries import dossier_of
from motcua.files.actions import store
from motcua.files.models import StoredFile
from motcua.rules import words
from motcua.rules.acts import Act, Channel, Outcome, Verdict
from motcua.rules.people import Actor
from motcua.rules.uploads import FileType, UploadLimits
from motcua.rules.vault import Wrong

router = Router(tags=["Thao tác trên hồ sơ"])
_SYSTEM = Actor.system("API")
_LONG = 10_000


class Details(Schema):
    """An act without details: an empty object, or no body."""

    model_config = ConfigDict(extra="forbid")


class Note(Details):
    """Words that go with the act."""

    note: str = Field("", max_length=_LONG)


class Reason(Details):
    """Why; the verb says whether it must be given."""

    reason: str = Field("", max_length=_LONG)


class Message(Details):
    """Words for the applicant beside the marked items."""

    message: str = Field("", max_length=_LONG)


class VerdictOn(Details):
    """A verdict on one item; a wrong one says what is wrong and how to mend it. `wrong` says what is wrong with a paper
    used again from the applicant's vault, which otherwise cannot be asked for again."""

    verdict: Verdict
    note: str = Field("", max_length=1000)
    wrong: Wrong | None = None


class Verdicts(Details):
    """Verdicts by item: `field:<key of the form>` or `paper:<key of the component>`."""

    verdicts: dict[str, VerdictOn] = Field(min_length=1)


class Reasons(Details):
    """Every reason, at least one."""

    reasons: list[str] = Field(min_length=1, max_length=50)


class Assignee(Details):
    """Login of the officer who shall hold the step; left out: the caller."""

    to: str = Field("", max_length=254)


class Draft(Details):
    """The drafted result. A finished PDF may come as the part `file` of a multipart body."""

    outcome: Outcome
    title: str = Field(max_length=250)
    body: str = Field("", max_length=100_000)
    reasons: str = Field("", max_length=_LONG)


class Handing(Details):
    """To whom, how, and what was checked."""

    channel: Channel
    receiver_name: str = Field(max_length=250)
    receiver_identity: str = Field("", max_length=20)
    parcel_number: str = Field("", max_length=60)
    originals_checked: bool = Field(False, strict=True)
    compared_items: list[str] | None = Field(None, max_length=200)
    form_signed: bool = Field(False, strict=True)
    receipt_signed: bool = Field(False, strict=True)
    note: str = Field("", max_length=1000)


class Payment(Details):
    """The receipt, and đồng by position for fees whose amount only an officer can set."""

    receipt_number: str = Field(max_length=60)
    amounts: dict[int, int] = Field(default_factory=dict)


class Supplement(Details):
    """Answers and explanations for marked items, and enclosures to take out; new files come as parts named after
    their component."""

    answers: dict[str, Any] = Field(default_factory=dict)
    explanations: dict[str, str] = Field(default_factory=dict)
    remove: list[int] = Field(default_factory=list, max_length=100)


@dataclass(frozen=True, slots=True)
class Doing:
    """How an act is asked for and done. ``files``: what parts beside `data` mean, None when there are none."""

    shape: type[Schema]
    perform: Callable[[str, Any, Sent, Caller], Any]
    files: Literal["one", "many"] | None = None


def _plain(verb: Callable[..., Any]) -> Doing:
    return Doing(Details, lambda code, given, sent, who: verb(code, by=who.actor, at=who.at))


def _noted(verb: Callable[..., Any], shape: type[Details] = Note) -> Doing:
    """A verb whose keyword arguments are the details as they come."""
    return Doing(shape, lambda code, given, sent, who: verb(code, **given.model_dump(), by=who.actor, at=who.at))


def _judge(code: str, given: Verdicts, sent: Sent, who: Caller) -> None:
    verdicts = {item[:200]: (one.verdict, one.note) for item, one in given.verdicts.items()}
    wrongs = {item[:200]: one.wrong for item, one in given.verdicts.items() if one.wrong is not None}
    intake.judge(code, verdicts, wrongs=wrongs, by=who.actor, at=who.at)


def _assign(code: str, given: Assignee, sent: Sent, who: Caller) -> None:
    account = by_login(given.to) if given.to else who.account
    if account is None:
        raise Refusal(
            _("Người được chọn không thuộc bộ phận đang xử lý."), field_errors={"to": [_("Chọn người khác.")]}
        )
    examine.assign(code, to=account.pk, by=who.actor, at=who.at)


def _draft_result(code: str, given: Draft, sent: Sent, who: Caller) -> None:
    examine.draft_result(
        code,
        outcome=given.outcome,
        title=given.title,
        body=given.body,
        reasons=given.reasons,
        file=_finished(sent, who),
        by=who.actor,
        at=who.at,
    )


def _finished(sent: Sent, who: Caller) -> StoredFile | None:
    """The finished document, a PDF."""
    uploads = [upload for parts in sent.files.values() for upload in parts]
    if not uploads:
        return None
    if len(uploads) > 1 or "file" not in sent.files:
        raise Refusal(_("Chỉ nhận một tệp, trong phần mang tên “file”."), field_errors={"file": [_("Gửi một tệp.")]})
    limits = UploadLimits(max_bytes=settings.UPLOAD_MAX_BYTES, types=frozenset({FileType.PDF}))
    try:
        return store(uploads[0], by=who.actor, at=who.at, limits=limits)
    except Refusal as refusal:
        raise Refusal(
            _("Chưa nhận được văn bản."), field_errors={"file": list(map(str, refusal.messages))}, status=refusal.status
        ) from None


def _deliver(code: str, given: Handing, sent: Sent, who: Caller) -> None:
    deliver.deliver(code, **given.model_dump(), by=who.actor, at=who.at)


def _collect(code: str, given: Payment, sent: Sent, who: Caller) -> None:
    too_much = {
        f"amounts.{position}": [_("Số tiền quá lớn.")] for position, sum_ in given.amounts.items() if sum_ > 10**12
    }
    if too_much:
        raise Refusal(_("Chưa ghi nhận được khoản thu."), field_errors=too_much)
    fees.collect(code, receipt_number=given.receipt_number, amounts=given.amounts, by=who.actor, at=who.at)


def _supplement(code: str, given: Supplement, sent: Sent, who: Caller) -> None:
    """The whole answer to a supplement request, or nothing of it."""
    faults = Faults()
    with transaction.atomic():
        for enclosure in given.remove:
            draft.detach(code, enclosure if 0 < enclosure < 2**63 else 0, by=who.actor, at=who.at)
        if given.answers:
            outcome = draft.fill(code, given.answers, by=who.actor, at=who.at)
            sent_keys = set(given.answers)
            for path, texts in outcome.errors.items():
                if path.split(".", 1)[0] in sent_keys:
                    faults.add(f"answers.{path}", *texts)
        draft.explain(code, given.explanations, by=who.actor, at=who.at)
        known = {row.key for row in requirements_of(dossier_of(code, who.actor))}
        attach_all(code, sent.files, known, who, faults)
        faults.stop_if_any()
        submit.supplement(code, by=who.actor, at=who.at)


DOINGS: dict[Act, Doing] = {
    Act.ACCEPT: _plain(intake.accept),
    Act.FORWARD: _plain(examine.forward),
    Act.JUDGE: Doing(Verdicts, _judge),
    Act.REQUEST_SUPPLEMENT: _noted(intake.request_supplement, Message),
    Act.DECLINE: _noted(intake.decline, Reasons),
    Act.REQUEST_PAYMENT: Doing(punctual.Duty, punctual.request_payment),
    Act.DRAFT_APOLOGY: Doing(punctual.Apology, punctual.draft_apology),
    Act.SIGN_APOLOGY: _plain(apologise.sign_apology),
    Act.ALLOW_SUPPLEMENT: _noted(rounds.allow_supplement, Reason),
    Act.COLLECT_FEE: Doing(Payment, _collect),
    Act.ASSIGN: Doing(Assignee, _assign),
    Act.PROPOSE_SUPPLEMENT: _noted(examine.propose_supplement),
    Act.DRAFT_RESULT: Doing(Draft, _draft_result, files="one"),
    Act.PASS_ON: Doing(together.HandedOn, together.pass_on),
    Act.PROPOSE: Doing(together.HandedOn, together.propose),
    Act.SEND_BACK: _noted(approve.send_back, Reason),
    Act.APPROVE: _noted(approve.approve),
    Act.SEAL: _plain(issue.seal),
    Act.DELIVER: Doing(Handing, _deliver),
    Act.RECORD_ARRIVAL: _noted(arrivals.record_arrival),
    Act.STOP: _noted(stop.stop, Reasons),
    Act.TRANSFER: Doing(ending.Handed, ending.hand_on),
    Act.CORRECT: Doing(ending.Corrected, ending.put_right),
    Act.CONSULT: Doing(together.Asked, together.ask),
    Act.OPINE: Doing(together.Opinion, together.answer),
    Act.OPEN_CHILD: Doing(together.PartOf, together.open_part),
    Act.RECALL: _noted(recall.recall, Reason),
    Act.RETURN_TO_GIVER: _noted(recall.return_to_giver, Reason),
    Act.WITHDRAW: _noted(withdraw.withdraw, Reason),
    Act.SUPPLEMENT: Doing(Supplement, _supplement, files="many"),
}


def _body(doing: Doing) -> dict[str, Any]:
    """The request body as OpenAPI tells it."""
    schema = doing.shape.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    content: dict[str, Any] = {"application/json": {"schema": schema}}
    binary = {"type": "string", "format": "binary"}
    if doing.files is not None:
        parts = {"type": "object", "properties": {"data": schema}}
        if doing.files == "one":
            parts["properties"] = {"data": schema, "file": binary}
        else:
            parts["additionalProperties"] = {"type": "array", "items": binary}
        encoding = {"data": {"contentType": "application/json"}}
        content["multipart/form-data"] = {"schema": parts, "encoding": encoding}
    return {"requestBody": {"required": bool(schema.get("required")), "content": content}}


def _operation(act: Act, doing: Doing) -> None:
    def perform(request: HttpRequest, code: str) -> dict[str, Any]:
        who, sent = caller(request), read_sent(request)
        found = seen(code, who)
        assert found.code is not None
        if sent.files and doing.files is None:
            raise Refusal(_("Thao tác này không nhận tệp."))
        doing.perform(found.code, shaped(sent.data, doing.shape), sent, who)
        # Whoever has just acted is told what came of it, even when it has left his sight with that.
        return row(dossier_of(found.code, _SYSTEM), now=who.at)

    perform.__name__ = act.value
    router.post(
        f"/{{code}}/acts/{act.value}",
        operation_id=f"act_{act.value}",
        summary=words.ACTS[act],
        description=(doing.shape.__doc__ or "").strip(),
        response={200: DossierRow, **problems(*SIGNED_IN)},
        openapi_extra=_body(doing),
        url_name=f"act-{act.value}",
    )(perform)


for _act, _doing in DOINGS.items():
    _operation(_act, _doing)
