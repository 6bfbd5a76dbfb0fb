"""Mending what was written down wrongly at intake: who files, how to reach them, how the result comes, papers counted.

Every value before and after stands in the audit record; the appointment slip is given out anew and the old one is void.
The declaration itself is the applicant's word and is mended by a supplement, never here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.base.errors import Refusal
from motcua.dossiers.actions.applicant import describe
from motcua.dossiers.actions.draft import return_channels
from motcua.dossiers.actions.gate import passing
from motcua.dossiers.facts import papers as paper_facts
from motcua.dossiers.facts import requirements_of
from motcua.dossiers.models import Dossier
from motcua.reception.queries import entry_of
from motcua.rules.acts import Act, Channel
from motcua.rules.codes import BadCode, parse_email, parse_identity, parse_phone
from motcua.rules.people import Actor
from motcua.rules.text import clean_line, clean_text

LABELS: Mapping[str, str] = {
    "name": "Họ và tên người nộp",
    "identity": "Số định danh",
    "phone": "Số điện thoại",
    "email": "Thư điện tử",
    "address": "Địa chỉ",
    "return_channel": "Hình thức nhận kết quả",
    "return_address": "Địa chỉ nhận bưu gửi",
    "received": "Giấy tờ nhận tại quầy",
}
"""What may be corrected, in the words of papers and messages."""

_PARSERS = {"identity": lambda text: parse_identity(text)[1], "phone": parse_phone, "email": parse_email}
_OWN_WORDS = ("name", "identity")
"""Of a dossier filed online these are the applicant's own declaration, not an officer's slip of the pen."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What shall stand instead; None leaves a thing as it is. ``received`` is (originals, copies) by component."""

    name: str | None = None
    identity: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    return_channel: str | None = None
    return_address: str | None = None
    received: Mapping[str, tuple[int, int]] | None = None


def correct(code: str, wanted: Correction, *, reason: str, by: Actor, at: datetime) -> Dossier:
    """Put right what is wrong, tell the applicant, and give out a new slip in place of the old.

    Raises `Refusal` naming every wrong field, without a reason, and when nothing would change.
    """
    cleaned = clean_text(reason)
    with passing(Act.CORRECT, code, by=by, at=at) as passage:
        dossier = passage.dossier
        before = standing(dossier)
        after = {**before, **_parsed(dossier, wanted, at)}
        changed = [key for key in LABELS if after[key] != before[key]]
        _check(dossier, after, changed, cleaned)
        _write(dossier, after, changed)
        names = ", ".join(LABELS[key].lower() for key in changed)
        passage.note = f"Đã sửa: {names}. Lý do: {cleaned}"
        passage.details = {
            "before": {key: before[key] for key in changed},
            "after": {key: after[key] for key in changed},
        }
        passage.told = {"items": [{"label": LABELS[key]} for key in changed]}
        passage.replaces = f"Sửa sai sót khi tiếp nhận ({names})"
        passage.paper = lambda: paper_facts.appointment_slip(
            dossier, entry_of(code), officer=by.name, accepted_at=dossier.accepted_at or at
        )
    return dossier


def standing(dossier: Dossier) -> dict[str, Any]:
    """What is written down now, by the keys of `LABELS`."""
    return {
        "name": dossier.applicant_name,
        "identity": dossier.applicant_identity,
        "phone": dossier.applicant_phone,
        "email": dossier.applicant_email,
        "address": dossier.applicant_address,
        "return_channel": dossier.return_channel,
        "return_address": dossier.return_address,
        "received": dossier.received,
    }


def _parsed(dossier: Dossier, wanted: Correction, at: datetime) -> dict[str, Any]:
    """The wanted values in the writing that is kept. Raises `Refusal` naming every one that is none."""
    found: dict[str, Any] = {}
    problems: dict[str, list[str]] = {}
    for key in ("name", "identity", "phone", "email", "address", "return_channel", "return_address"):
        given = getattr(wanted, key)
        if given is None:
            continue
        text = clean_line(given)
        try:
            found[key] = _PARSERS[key](text) if key in _PARSERS and text else text[:400]
        except BadCode as bad:
            problems[key] = [bad.message]
    if "name" in found and not found["name"]:
        problems["name"] = ["Hãy ghi họ tên người nộp."]
    offered = {channel.value for channel in return_channels(dossier, at)}
    if found.get("return_channel", dossier.return_channel) not in offered:
        problems["return_channel"] = ["Quy định áp dụng cho hồ sơ này không có hình thức trả kết quả đó."]
    if wanted.received is not None:
        known = {requirement.key for requirement in requirements_of(dossier)}
        if any(min(counts) < 0 or max(counts) > 999 for counts in wanted.received.values()):
            problems["received"] = ["Số bản nhận tại quầy từ 0 đến 999."]
        found["received"] = {
            key: {"originals": originals, "copies": copies}
            for key, (originals, copies) in wanted.received.items()
            if key in known and (originals or copies)
        }
    if problems:
        raise Refusal("Chưa sửa được hồ sơ.", field_errors=problems)
    return found


def _check(dossier: Dossier, after: dict[str, Any], changed: list[str], reason: str) -> None:
    problems: dict[str, list[str]] = {}
    if dossier.channel == Channel.ONLINE.value:
        words = "Người nộp tự khai mục này khi nộp trực tuyến. Muốn sửa, hãy yêu cầu bổ sung."
        problems |= {key: [words] for key in _OWN_WORDS if key in changed}
    if after["return_channel"] == Channel.POST.value and not after["return_address"]:
        problems["return_address"] = ["Hãy ghi địa chỉ nhận bưu gửi, đủ từ số nhà, thôn xóm đến tỉnh."]
    if not reason:
        problems["reason"] = ["Hãy ghi vì sao phải sửa."]
    if problems:
        raise Refusal("Chưa sửa được hồ sơ.", field_errors=problems)
    if not changed:
        raise Refusal("Không có mục nào khác với hồ sơ đang lưu nên không có gì để sửa.")


def _write(dossier: Dossier, after: dict[str, Any], changed: list[str]) -> None:
    describe(dossier, **{key: after[key] for key in ("name", "identity", "phone", "email", "address")})
    dossier.return_channel = after["return_channel"]
    dossier.return_address = after["return_address"] if after["return_channel"] == Channel.POST.value else ""
    dossier.received = after["received"]
    account = dossier.applicant
    if "identity" in changed and account is not None and account.identity_number != dossier.applicant_identity:
        # The number led to somebody else's account; whoever owns that one must not see this dossier any longer.
        dossier.applicant = None
