"""Handing over the result: at the counter, by post or online, with proof (BD-28, BD-43, BD-44, HY-34, HY-36)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.actions import once
from motcua.dossiers.actions.draft import return_channels
from motcua.dossiers.actions.gate import passing
from motcua.dossiers.facts import CONTENTS, HEAVY, RELATED, checklist_of, components_of
from motcua.dossiers.facts import papers as paper_facts
from motcua.dossiers.models import Dossier, Handover
from motcua.parcels.actions import give_way
from motcua.rules import words
from motcua.rules.acts import Act, Channel
from motcua.rules.components import Checklist, forbidden
from motcua.rules.people import Actor
from motcua.rules.text import clean_line, clean_text


def deliver(
    code: str,
    *,
    channel: Channel,
    receiver_name: str,
    receiver_identity: str = "",
    parcel_number: str = "",
    originals_checked: bool = False,
    compared_items: Collection[str] | None = None,
    form_signed: bool = False,
    receipt_signed: bool = False,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Dossier:
    """Record that the result is in the person's hands (or the post's), and close the dossier.

    ``compared_items`` are the components of the counter's checklist that were held against paper; left out,
    ``originals_checked`` says so of all of them at once. ``receipt_signed``: sent registered, to be signed for (KT-20).
    Asking for the paper of a signed component is refused, and the attempt is kept in the audit record (HY-26).
    """
    _never_ask_again(code, compared_items or (), by=by, at=at)
    with passing(Act.DELIVER, code, by=by, at=at) as passage:
        dossier = passage.dossier
        give_way(code, by_post=channel == Channel.POST, by=by, at=at)
        checklist = checklist_of(dossier, today=at.date()) if channel == Channel.COUNTER else Checklist()
        done = set(compared_items) if compared_items is not None else set(checklist.keys if originals_checked else ())
        problems = _left_to_do(checklist, done, form_signed=form_signed, by_item=compared_items is not None)
        if channel not in return_channels(dossier, at):
            problems["channel"] = ["Quy định đang áp dụng cho hồ sơ này không có hình thức trả kết quả đó."]
        if not clean_line(receiver_name):
            problems["receiver_name"] = ["Hãy ghi họ tên người nhận."]
        if channel == Channel.POST:
            if not clean_line(parcel_number):
                problems["parcel_number"] = ["Hãy ghi số hiệu bưu gửi để theo dõi được."]
            if dossier.policy.post_return_registered and not receipt_signed:
                problems["receipt_signed"] = ["Kết quả phải gửi bảo đảm, người nhận ký nhận."]
        if problems:
            raise Refusal("Chưa trả được kết quả.", field_errors=problems)
        handover = Handover.objects.create(
            dossier=dossier,
            channel=channel.value,
            receiver_name=clean_line(receiver_name)[:250],
            receiver_identity=clean_line(receiver_identity)[:20],
            parcel_number=clean_line(parcel_number)[:60],
            originals_checked=bool(checklist.compare),
            form_signed=form_signed,
            compared_with=dossier.policy.compared_at_collection.value if checklist.compare else "",
            compared_items=list(checklist.keys),
            receipt_signed=receipt_signed and channel == Channel.POST,
            note=clean_text(note)[:1000],
            handed_by_name=by.name,
            handed_at=at,
        )
        once.keep_papers(dossier, at=at)
        once.keep_result(dossier, at=at)
        passage.note = words.CHANNELS[channel]
        passage.details = {"channel": channel.value, "compared": list(checklist.keys)}
        passage.paper = lambda: paper_facts.handover_record(dossier, handover)
    return passage.dossier


def _left_to_do(checklist: Checklist, done: set[str], *, form_signed: bool, by_item: bool) -> dict[str, list[str]]:
    """What of the checklist is not done yet, and what is not on it (BD-28, KT-9)."""
    problems: dict[str, list[str]] = {}
    if checklist.sign_form and not form_signed:
        problems["form_signed"] = ["Người nhận phải ký tờ khai khi nhận kết quả."]
    field = "compared_items" if by_item else "originals_checked"
    if left := [line.name for line in checklist.compare if line.key not in done]:
        problems[field] = [f"Còn phải đối chiếu trước khi trả kết quả: {'; '.join(left)}."]
    elif done - set(checklist.keys):
        problems[field] = ["Có giấy tờ không nằm trong danh sách phải đối chiếu."]
    return problems


def _never_ask_again(code: str, asked: Collection[str], *, by: Actor, at: datetime) -> None:
    """Refuse to hold a signed component against paper. The attempt is written down before the no is said, in a
    transaction of its own, so that the no does not take it back (HY-26).
    """
    if not asked:
        return
    found = Dossier.objects.select_related(*RELATED).defer(*HEAVY).prefetch_related(*CONTENTS).filter(code=code).first()
    if found is None:
        return
    wrong = forbidden(asked, components_of(found, today=at.date(), policy=found.policy))
    if not wrong:
        return
    record(
        subject=found.subject,
        verb="asked_again",
        by=by,
        at=at,
        body={"code": code, "items": [component.key for component in wrong]},
    )
    names = "; ".join(component.name for component in wrong)
    raise Refusal(
        "Chưa trả được kết quả.",
        field_errors={
            "compared_items": [
                f"Không được yêu cầu lại bản giấy của giấy tờ đã ký số hoặc là bản điện tử: {names}. "
                "Việc yêu cầu này đã được ghi lại."
            ]
        },
    )
