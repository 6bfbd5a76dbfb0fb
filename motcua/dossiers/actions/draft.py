"""Before submission: starting, filling, enclosing papers, choosing how to receive the result.

The same verbs serve the applicant who answers a supplement request; then only the marked items can be touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import Account
from motcua.accounts.queries import kept_answers
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.actions.applicant import WalkIn, describe_from_account, describe_walk_in, known_of
from motcua.dossiers.actions.gate import lock
from motcua.dossiers.actions.taking import must_take_online
from motcua.dossiers.facts import (
    components_of,
    form_of,
    level_of,
    lookups_of,
    owner_of,
    policy_for,
    requirements_of,
    result_channels_of,
)
from motcua.dossiers.models import Dossier, Enclosure, SupplementRequest
from motcua.eforms.queries import form_key
from motcua.files.actions import claim, release
from motcua.files.models import StoredFile
from motcua.procedures.models import Offering, ProcedureRevision, Requirement
from motcua.rules import levels
from motcua.rules.acts import Channel, FeeChannel, Mode, State
from motcua.rules.components import FAULTS, NUMBERED, Fault
from motcua.rules.eforms import Outcome, Said, prefill, validate
from motcua.rules.people import Actor, at_counter
from motcua.rules.text import clean_line

FILLABLE = frozenset({State.DRAFT, State.AWAITING_SUPPLEMENT})


def start(
    revision: ProcedureRevision,
    offering: Offering,
    *,
    applicant: Account | None,
    case: str = "",
    channel: Channel = Channel.ONLINE,
    walk_in: WalkIn | None = None,
    by: Actor,
    at: datetime,
) -> Dossier:
    """Begin a dossier at the agency of ``offering``; known facts of the applicant are filled in with their source.

    A walk-in without an account has no ``applicant``; ``walk_in`` is the person as the counter officer wrote it down,
    and wins over what an account says.
    """
    if channel == Channel.ONLINE:
        must_take_online(revision, at)
    if not revision.accepts_at_counter:
        raise Refusal("Thủ tục này chưa đủ điều kiện để tiếp nhận trên hệ thống.", status=409)
    if offering.procedure_id != revision.procedure_id:
        raise Refusal("Cơ quan được chọn không giải quyết thủ tục này.", status=422)
    if not offering.takes(channel.value):
        raise Refusal("Cơ quan này chưa nhận hồ sơ của thủ tục theo cách này.", status=409)
    if revision.cases and case not in {row["key"] for row in revision.cases}:
        raise Refusal("Hãy chọn trường hợp của bạn.", field_errors={"case": ["Hãy chọn một trường hợp."]})
    dossier = Dossier(
        revision=revision,
        case=case,
        agency=offering.agency,
        counter=offering.counter,
        channel=channel.value,
        service_level=offering.level_of(revision),
        created_by_id=by.account_id,
        created_at=at,
        saved_at=at,
    )
    if applicant is not None:
        describe_from_account(dossier, applicant)
        said = {row.meaning: Said(row.type, row.value) for row in kept_answers(applicant.pk)}
        offered = prefill(
            form_of(dossier),
            {"account": known_of(applicant)},
            form_key=form_key(revision.eform_id) if said and revision.eform_id else "",
            kept=said,
        )
        dossier.answers, dossier.provenance = offered.answers, offered.provenance
    if walk_in is not None:
        describe_walk_in(dossier, walk_in)
    with transaction.atomic():
        dossier.save()
        record(
            subject=dossier.subject,
            verb="start",
            by=by,
            at=at,
            body={"procedure": revision.procedure.code, "agency": offering.agency.code, "channel": channel.value},
        )
    return dossier


@transaction.atomic
def fill(code: str, posted: Mapping[str, Any], *, step: str | None = None, by: Actor, at: datetime) -> Outcome:
    """Keep what was typed, right or wrong, and say what is wrong. Nothing typed is ever lost.

    ``posted`` holds raw answers by key (one step's, or a few); ``step`` limits the errors told to that page.
    """
    dossier = fillable(code, by=by)
    request = open_request(dossier)
    allowed = dict(posted)
    if request is not None:
        marked = {row["item"].removeprefix("field:") for row in request.items if row["item"].startswith("field:")}
        allowed = {key: value for key, value in posted.items() if key in marked}
    outcome = validate(
        form_of(dossier),
        {**dossier.answers, **allowed},
        today=at.date(),
        lookups=lookups_of(dossier, today=at.date()),
        only_step=step,
        partial=step is None,
    )
    dossier.answers = outcome.draft
    dossier.provenance = {
        key: source for key, source in dossier.provenance.items() if key not in allowed or _same(dossier, key, posted)
    }
    dossier.saved_at = at
    dossier.save(update_fields=["answers", "provenance", "saved_at"])
    return outcome


@transaction.atomic
def attach(code: str, requirement_key: str, file: StoredFile, *, by: Actor, at: datetime) -> Enclosure:
    """Enclose a stored file for a component. Raises `Refusal` beyond the component's number of files."""
    dossier = fillable(code, by=by)
    requirement = next((row for row in requirements_of(dossier) if row.key == requirement_key), None)
    if requirement is None:
        raise Refusal("Thủ tục này không yêu cầu giấy tờ đó.", status=404)
    request = open_request(dossier)
    must_be_marked(request, f"paper:{requirement_key}")
    present = [
        row for row in dossier.enclosures.all() if row.requirement_key == requirement_key and row.removed_at is None
    ]
    if any(row.file.sha256 == file.sha256 for row in present):
        raise Refusal(
            "Tệp này đã được đính kèm.",
            field_errors={requirement_key: [f"Tệp “{file.name}” đã có, không cần tải lại."]},
        )
    if dossier.channel == Channel.ONLINE.value and policy_for(dossier, at).separate_files:
        must_be_separate(dossier, requirement, file)
    if len(present) >= requirement.max_files:
        words = f"Giấy tờ này nhận tối đa {requirement.max_files} tệp. Hãy xóa bớt tệp cũ trước."
        raise Refusal(words, field_errors={requirement_key: [words]})
    enclosure = Enclosure.objects.create(
        dossier=dossier,
        requirement_key=requirement_key,
        file=file,
        added_at=at,
        added_by_name=by.name,
        supplement_number=request.number if request else 0,
    )
    claim([file], owner=owner_of(dossier))
    dossier.saved_at = at
    if request is not None and dossier.component_modes.get(requirement_key) == Mode.DECLARED:
        # What was only declared and is now handed in as a file is a picture like any other.
        dossier.component_modes = {k: mode for k, mode in dossier.component_modes.items() if k != requirement_key}
    dossier.save(update_fields=["saved_at", "component_modes"])
    return enclosure


def must_be_separate(dossier: Dossier, requirement: Requirement, file: StoredFile) -> None:
    """Each paper is one file of its own: no second file for it, and no file that stands for another paper (KT-7)."""
    names = {row.key: row.name for row in requirements_of(dossier)}
    for row in dossier.enclosures.all():
        if row.removed_at is not None:
            continue
        if row.requirement_key == requirement.key:
            words = (
                f"Mỗi giấy tờ là một tệp riêng và giấy tờ này đã có tệp “{row.file.name}”. Hãy gộp các trang của giấy "
                "tờ vào một tệp PDF, bỏ tệp cũ rồi nộp tệp mới."
            )
            raise Refusal(words, field_errors={requirement.key: [words]})
        if row.file.sha256 == file.sha256:
            other = names.get(row.requirement_key, row.requirement_key)
            words = f"Tệp “{file.name}” đã nộp cho “{other}”. Mỗi giấy tờ phải là một tệp riêng; hãy tách ra rồi nộp."
            raise Refusal(words, field_errors={requirement.key: [words]})


@transaction.atomic
def choose_modes(code: str, chosen: Mapping[str, tuple[str, str]], *, by: Actor, at: datetime) -> Dossier:
    """How each component comes: ``{requirement key: (mode, number)}`` among the ways the agency accepts (CB-7…CB-11).

    An empty mode takes the choice back. The number is that of an electronic licence or certified copy. Raises `Refusal`
    naming each component whose way is not accepted.
    """
    dossier = fillable(code, by=by)
    request = open_request(dossier)
    policy = policy_for(dossier, at)
    modes, numbers = dict(dossier.component_modes), dict(dossier.component_numbers)
    problems: dict[str, list[str]] = {}
    for component in components_of(dossier, today=at.date(), policy=policy):
        if component.key not in chosen:
            continue
        must_be_marked(request, f"paper:{component.key}")
        mode, number = chosen[component.key]
        modes.pop(component.key, None)
        numbers.pop(component.key, None)
        if mode and mode not in component.accepted:
            problems[component.key] = [FAULTS[Fault.NOT_ACCEPTED]]
        elif mode:
            modes[component.key] = mode
            if Mode(mode) in NUMBERED and clean_line(number):
                numbers[component.key] = clean_line(number)[:100]
    if problems:
        raise Refusal("Chưa chọn được cách nộp giấy tờ.", field_errors=problems)
    dossier.component_modes, dossier.component_numbers, dossier.saved_at = modes, numbers, at
    dossier.save(update_fields=["component_modes", "component_numbers", "saved_at"])
    return dossier


@transaction.atomic
def detach(code: str, enclosure_id: int, *, by: Actor, at: datetime) -> None:
    """Take a paper out. Before submission it is forgotten; in a supplement the old one stays, marked as removed."""
    dossier = fillable(code, by=by)
    enclosure = next((row for row in dossier.enclosures.all() if row.pk == enclosure_id), None)
    if enclosure is None or enclosure.removed_at is not None:
        raise Refusal("Tệp này không còn trong hồ sơ.", status=404)
    request = open_request(dossier)
    must_be_marked(request, f"paper:{enclosure.requirement_key}")
    enclosure.removed_at = at
    enclosure.save(update_fields=["removed_at"])
    Dossier.objects.filter(pk=dossier.pk).update(saved_at=at)


@transaction.atomic
def receive_papers(code: str, counts: Mapping[str, tuple[int, int]], *, by: Actor, at: datetime) -> Dossier:
    """Keep how many originals and copies on paper were handed over with the dossier, by component (Mẫu 01)."""
    dossier = fillable(code, by=by)
    known = {requirement.key for requirement in requirements_of(dossier)}
    dossier.received = {
        key: {"originals": originals, "copies": copies}
        for key, (originals, copies) in counts.items()
        if key in known and (originals or copies)
    }
    dossier.saved_at = at
    dossier.save(update_fields=["received", "saved_at"])
    return dossier


@transaction.atomic
def choose_return(
    code: str, *, channel: str, address: str = "", fee_channel: str = "", by: Actor, at: datetime
) -> Dossier:
    """How the result shall come and how the fee shall be paid, among what is open for this level (BD-29, BD-43, BD-44).

    Without ``fee_channel`` the way is settled at submission: the only one, or the first that is open.
    """
    dossier = fillable(code, by=by)
    offered = return_channels(dossier, at)
    problems: dict[str, list[str]] = {}
    if channel not in {item.value for item in offered}:
        problems["return_channel"] = ["Hãy chọn một hình thức nhận kết quả."]
    elif channel == Channel.POST and not clean_line(address):
        problems["return_address"] = ["Hãy ghi địa chỉ nhận bưu gửi, đủ từ số nhà, thôn xóm đến tỉnh."]
    if fee_channel and fee_channel not in {item.value for item in fee_ways(dossier, at).open}:
        problems["fee_channel"] = ["Hãy chọn một cách nộp phí, lệ phí."]
    if problems:
        raise Refusal("Chưa chọn được cách nhận kết quả, nộp phí.", field_errors=problems)
    dossier.return_channel = channel
    dossier.return_address = clean_line(address)[:400] if channel == Channel.POST else ""
    dossier.fee_channel = fee_channel
    dossier.saved_at = at
    dossier.save(update_fields=["return_channel", "return_address", "fee_channel", "saved_at"])
    return dossier


@transaction.atomic
def explain(code: str, explanations: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """The applicant's words on marked items kept as they were."""
    dossier = fillable(code, by=by)
    request = open_request(dossier)
    if request is None:
        raise Refusal("Hồ sơ không có yêu cầu bổ sung nào đang chờ.", status=409)
    marked = {row["item"] for row in request.items}
    request.explanations = {
        **request.explanations,
        **{item: clean_line(words)[:1000] for item, words in explanations.items() if item in marked},
    }
    request.save(update_fields=["explanations"])


@transaction.atomic
def discard(code: str, *, by: Actor, at: datetime) -> None:
    """Throw a draft away; a dossier that was submitted can only be withdrawn."""
    dossier = fillable(code, by=by)
    if dossier.state != State.DRAFT:
        raise Refusal("Hồ sơ đã nộp không xóa được. Bạn có thể rút hồ sơ.", status=409)
    record(subject=dossier.subject, verb="discard", by=by, at=at, body={})
    owner = owner_of(dossier)
    dossier.delete()
    release(owner=owner)


def return_channels(dossier: Dossier, at: datetime) -> tuple[Channel, ...]:
    """Channels on offer for the level it is handled as: by the pinned policy once submitted, by today's before."""
    return result_channels_of(dossier, at)


def fee_ways(dossier: Dossier, at: datetime) -> levels.FeeWays:
    """Ways of paying on offer for the level it is handled as; who files at the counter pays there."""
    if dossier.channel != Channel.ONLINE.value:
        return levels.FeeWays((FeeChannel.COUNTER,))
    channels = policy_for(dossier, at).fee_channels(level_of(dossier, at))
    return levels.fee_ways(channels, has_account=bool(dossier.agency.bank_account))


def fillable(code: str, *, by: Actor) -> Dossier:
    """The dossier, locked, if this actor may fill it now. Others get 404, as if it were not there.

    Who took it in for somebody else may only until it is filed. A supplement may also be brought to the counter, whose
    officer then enters it.
    """
    dossier = lock(code, contents=())
    hands = {dossier.applicant_id, dossier.created_by_id if dossier.state == State.DRAFT else None} - {None}
    is_owner = by.account_id in hands
    if not is_owner and not (dossier.state == State.AWAITING_SUPPLEMENT and _is_at_counter(by, dossier)):
        raise Refusal("Không tìm thấy hồ sơ này.", status=404)
    if State(dossier.state) not in FILLABLE:
        raise Refusal("Hồ sơ đã nộp nên không sửa được nữa. Khi cơ quan yêu cầu bổ sung, bạn sẽ sửa được.", status=409)
    return dossier


def _is_at_counter(by: Actor, dossier: Dossier) -> bool:
    return any(
        at_counter(
            post,
            agency_id=dossier.agency_id,
            counter_id=dossier.counter_id,
            taken_in_by_id=dossier.taken_in_by_id,
        )
        for post in by.posts
    )


def open_request(dossier: Dossier) -> SupplementRequest | None:
    """The supplement request that waits for an answer, if any."""
    return next((row for row in dossier.supplement_requests.all() if row.answered_at is None), None)


def must_be_marked(request: SupplementRequest | None, item: str) -> None:
    """Raise `Refusal` when an open supplement request leaves this item alone."""
    if request is not None and item not in {row["item"] for row in request.items}:
        raise Refusal("Lần bổ sung này không yêu cầu sửa giấy tờ đó.", status=409)


def _same(dossier: Dossier, key: str, posted: Mapping[str, Any]) -> bool:
    return bool(dossier.answers.get(key) == posted.get(key))
