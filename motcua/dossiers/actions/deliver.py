"""Handing over the result: at the counter, by post or online, with proof (BD-28, BD-43, BD-44, HY-34, HY-36)."""

from __future__ import annotations

from datetime import datetime

from motcua.base.errors import Refusal
from motcua.dossiers.actions.gate import passing
from motcua.dossiers.facts import papers as paper_facts
from motcua.dossiers.models import Dossier, Handover
from motcua.rules import words
from motcua.rules.acts import Act, Channel, Compared
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
    form_signed: bool = False,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Dossier:
    """Record that the result is in the person's hands (or the post's), and close the dossier."""
    with passing(Act.DELIVER, code, by=by, at=at) as passage:
        dossier = passage.dossier
        problems: dict[str, list[str]] = {}
        if channel not in dossier.policy.return_channels(dossier.service_level):
            problems["channel"] = ["Quy định đang áp dụng cho hồ sơ này không có hình thức trả kết quả đó."]
        if not clean_line(receiver_name):
            problems["receiver_name"] = ["Hãy ghi họ tên người nhận."]
        if channel == Channel.POST and not clean_line(parcel_number):
            problems["parcel_number"] = ["Hãy ghi số hiệu bưu gửi để theo dõi được."]
        if (
            channel == Channel.COUNTER
            and dossier.policy.compared_at_collection != Compared.NOTHING
            and _filed_remotely(dossier)
        ):
            if not form_signed:
                problems["form_signed"] = ["Người nhận phải ký tờ khai khi nhận kết quả."]
            if not originals_checked:
                problems["originals_checked"] = ["Phải đối chiếu giấy tờ với bản chính trước khi trả kết quả."]
        if problems:
            raise Refusal("Chưa trả được kết quả.", field_errors=problems)
        handover = Handover.objects.create(
            dossier=dossier,
            channel=channel.value,
            receiver_name=clean_line(receiver_name)[:250],
            receiver_identity=clean_line(receiver_identity)[:20],
            parcel_number=clean_line(parcel_number)[:60],
            originals_checked=originals_checked,
            form_signed=form_signed,
            note=clean_text(note)[:1000],
            handed_by_name=by.name,
            handed_at=at,
        )
        passage.note = words.CHANNELS[channel]
        passage.details = {"channel": channel.value}
        passage.paper = lambda: paper_facts.handover_record(dossier, handover)
    return passage.dossier


def _filed_remotely(dossier: Dossier) -> bool:
    """Whether papers came as pictures that nobody has yet compared with the originals."""
    return dossier.channel == Channel.ONLINE.value
