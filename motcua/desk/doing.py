"""From what an officer sent to the verb that does it: one entry for each act that has a page or a button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.agencies.queries import colleagues
from motcua.base.errors import Refusal
from motcua.desk import clock_deeds, clock_forms, ending, forms, team_forms, teamwork
from motcua.desk.screen import open_run
from motcua.dossiers.actions import approve, arrivals, deliver, examine, fees, intake, issue, withdraw
from motcua.dossiers.actions.draft import return_channels
from motcua.dossiers.facts import checklist_of
from motcua.files.actions import store
from motcua.files.models import StoredFile
from motcua.rules.acts import Act, Channel, Outcome
from motcua.rules.people import Actor, Role
from motcua.rules.uploads import FileType, UploadLimits

MakeForm = Callable[[Any, Any, Any, Actor, datetime], forms.DeskForm | None]
Perform = Callable[[str, Any, Actor, datetime], Any]


@dataclass(frozen=True, slots=True)
class Doing:
    """How an act is asked for and done. ``form`` takes data, files, dossier, actor, moment."""

    perform: Perform
    form: MakeForm | None = None
    lead: Any = ""


def _plain(kind: type[forms.DeskForm]) -> MakeForm:
    return lambda data, files, dossier, actor, at: kind(data, files)


def _assign_form(data: Any, files: Any, dossier: Any, actor: Actor, at: datetime) -> forms.DeskForm:
    run = open_run(dossier)
    roles = (Role.CASE_OFFICER, Role.DIVISION_HEAD)
    posts = colleagues(run.agency_id, division_id=run.division_id, roles=roles, at=at) if run else []
    may_choose = actor.holds(Role.DIVISION_HEAD)
    people = {
        post.account_id: _("Tôi") if post.account_id == actor.account_id else post.account.name
        for post in posts
        if may_choose or post.account_id in actor.hands
    }
    only = next(iter(people)) if len(people) == 1 else None
    held = dossier.holder_id if dossier.holder_id in people else None
    return forms.AssignForm(data, people=people.items(), initial={"to": held or only})


def _draft_form(data: Any, files: Any, dossier: Any, actor: Actor, at: datetime) -> forms.DeskForm:
    known = getattr(dossier, "result", None)
    initial = {"outcome": Outcome.GRANTED.value, "title": dossier.revision.result_title or dossier.revision.title}
    if known is not None:
        initial = {name: getattr(known, name) for name in ("outcome", "title", "body", "reasons")}
        initial["kept"] = str(known.file_id or "")
    form = forms.DraftResultForm(data, files, initial=initial)
    form.known_file = str(initial.get("kept", ""))
    return form


def _fee_form(data: Any, files: Any, dossier: Any, actor: Actor, at: datetime) -> forms.DeskForm:
    unknown = [(fee.position, fee.name) for fee in dossier.fees.all() if fee.amount is None]
    return forms.CollectFeeForm(data, unknown=unknown)


def _deliver_form(data: Any, files: Any, dossier: Any, actor: Actor, at: datetime) -> forms.DeskForm:
    channels = return_channels(dossier, at)
    chosen = dossier.return_channel if dossier.return_channel in {one.value for one in channels} else channels[0].value
    return forms.DeliverForm(
        data,
        channels=channels,
        checklist=checklist_of(dossier, today=at.date()),
        registered=dossier.policy.post_return_registered and Channel.POST in channels,
        initial={"channel": chosen, "receiver_name": dossier.applicant_name},
    )


def _draft(code: str, form: Any, by: Actor, at: datetime) -> Any:
    given = form.cleaned_data
    file = keep_file(form, by, at)
    return examine.draft_result(
        code,
        outcome=Outcome(given["outcome"]),
        title=given["title"],
        body=given["body"],
        reasons=given["reasons"],
        file=file,
        by=by,
        at=at,
    )


def keep_file(form: Any, by: Actor, at: datetime) -> StoredFile | None:
    """The finished document: stored at once, so that a mistake elsewhere in the form does not lose it."""
    upload = form.cleaned_data.get("file")
    if upload is not None:
        limits = UploadLimits(max_bytes=settings.UPLOAD_MAX_BYTES, types=frozenset({FileType.PDF}))
        try:
            stored = store(upload, by=by, at=at, limits=limits)
        except Refusal as refusal:
            raise Refusal(
                _("Chưa nhận được văn bản."), field_errors={"file": list(map(str, refusal.messages))}
            ) from None
        form.data = {**form.data.dict(), "kept": str(stored.pk)}
        return stored
    return kept_file(form, by)


def kept_file(form: Any, by: Actor) -> StoredFile | None:
    """A document stored before by this officer, or the one already in the draft; nothing for any other key."""
    try:
        key = UUID(str(form["kept"].value() or ""))
    except ValueError:
        return None
    stored = StoredFile.objects.filter(pk=key, content_type="application/pdf").first()
    is_ours = stored is not None and (stored.uploaded_by_id == by.account_id or str(stored.pk) == form.known_file)
    return stored if is_ours else None


def _deliver(code: str, form: Any, by: Actor, at: datetime) -> Any:
    given = form.cleaned_data
    return deliver.deliver(
        code,
        channel=Channel(given["channel"]),
        receiver_name=given["receiver_name"],
        receiver_identity=given["receiver_identity"],
        parcel_number=given["parcel_number"],
        compared_items=given["compared_items"],
        form_signed=given.get("form_signed", False),
        receipt_signed=given.get("receipt_signed", False),
        note=given["note"],
        by=by,
        at=at,
    )


DOINGS: dict[Act, Doing] = {
    Act.ACCEPT: Doing(lambda code, form, by, at: intake.accept(code, by=by, at=at)),
    Act.FORWARD: Doing(lambda code, form, by, at: examine.forward(code, by=by, at=at)),
    Act.REQUEST_PAYMENT: Doing(clock_deeds.payment_requested, clock_deeds.duty_form),
    Act.DRAFT_APOLOGY: Doing(clock_deeds.apology_drafted, clock_deeds.apology_form),
    Act.SIGN_APOLOGY: Doing(clock_deeds.apology_signed, _plain(clock_forms.SignApologyForm)),
    Act.ALLOW_SUPPLEMENT: Doing(clock_deeds.supplement_allowed, _plain(clock_forms.AllowSupplementForm)),
    Act.PASS_ON: Doing(teamwork.passed_on, teamwork.silence_form),
    Act.PROPOSE: Doing(teamwork.proposed, teamwork.silence_form),
    Act.APPROVE: Doing(lambda code, form, by, at: approve.approve(code, by=by, at=at)),
    Act.SEAL: Doing(lambda code, form, by, at: issue.seal(code, by=by, at=at)),
    Act.REQUEST_SUPPLEMENT: Doing(
        lambda code, form, by, at: intake.request_supplement(code, message=form.cleaned_data["message"], by=by, at=at),
        _plain(forms.SupplementForm),
    ),
    Act.DECLINE: Doing(
        lambda code, form, by, at: intake.decline(code, reasons=form.all_reasons(), by=by, at=at),
        _plain(forms.DeclineForm),
    ),
    Act.PROPOSE_SUPPLEMENT: Doing(
        lambda code, form, by, at: examine.propose_supplement(code, note=form.cleaned_data["note"], by=by, at=at),
        _plain(forms.ProposeSupplementForm),
    ),
    Act.ASSIGN: Doing(
        lambda code, form, by, at: examine.assign(code, to=form.cleaned_data["to"], by=by, at=at), _assign_form
    ),
    Act.DRAFT_RESULT: Doing(_draft, _draft_form),
    Act.SEND_BACK: Doing(
        lambda code, form, by, at: approve.send_back(code, reason=form.cleaned_data["reason"], by=by, at=at),
        _plain(forms.SendBackForm),
    ),
    Act.COLLECT_FEE: Doing(
        lambda code, form, by, at: fees.collect(
            code, receipt_number=form.cleaned_data["receipt_number"], amounts=form.amounts(), by=by, at=at
        ),
        _fee_form,
    ),
    Act.DELIVER: Doing(_deliver, _deliver_form),
    Act.RECORD_ARRIVAL: Doing(
        lambda code, form, by, at: arrivals.record_arrival(code, note=form.cleaned_data["note"], by=by, at=at),
        _plain(forms.ArrivalForm),
    ),
    Act.CONSULT: Doing(teamwork.consulted, teamwork.consult_form),
    Act.OPINE: Doing(teamwork.opined, teamwork.opine_form),
    Act.OPEN_CHILD: Doing(teamwork.part_opened, teamwork.part_form),
    Act.RECALL: Doing(teamwork.recalled, _plain(team_forms.RecallForm)),
    Act.RETURN_TO_GIVER: Doing(teamwork.returned, _plain(team_forms.ReturnForm)),
    Act.STOP: Doing(ending.stopped, _plain(forms.StopForm)),
    Act.TRANSFER: Doing(ending.transferred, ending.transfer_form),
    Act.CORRECT: Doing(ending.corrected, ending.correct_form),
    Act.WITHDRAW: Doing(
        lambda code, form, by, at: withdraw.withdraw(code, reason=form.cleaned_data["reason"], by=by, at=at),
        _plain(forms.WithdrawForm),
    ),
}
