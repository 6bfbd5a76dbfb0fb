"""One envelope: made, placed inside or outside the province, labelled, delivered, returned, given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.agencies.models import Agency, AgencyKind, OneStopCounter
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.files.actions import claim
from motcua.files.models import StoredFile
from motcua.parcels.models import HandoverList, Parcel, ParcelEvent, Service
from motcua.rules import parcels as law
from motcua.rules.parcels import ENDED, LIVE, ON_THE_ROAD, ParcelState, Way, delivery_due, may_become
from motcua.rules.people import Actor
from motcua.rules.text import clean_line

_LIVE = [state.value for state in LIVE]


@dataclass(frozen=True, slots=True)
class Proof:
    """Who took the envelope, what he is to the addressee, whether he signed, and a picture if there is one."""

    receiver: str
    relation: str = ""
    is_signed: bool = False
    photo: StoredFile | None = None


def serve(unit: Agency, counter: OneStopCounter, *, by: Actor, at: datetime) -> Service:
    """This post office works for this counter from now on. Raises `Refusal` for an agency that is no post office."""
    if unit.kind != AgencyKind.POST:
        raise Refusal(f"{unit.name} không phải đơn vị bưu chính.")
    with transaction.atomic():
        service, _ = Service.objects.update_or_create(counter=counter, defaults={"unit": unit})
        record(subject=("agency", unit.code), verb="serve_counter", by=by, at=at, body={"counter": counter.name})
    return service


@transaction.atomic
def make(
    ref: str,
    way: Way,
    *,
    unit: Agency,
    counter: OneStopCounter,
    agency: Agency,
    name: str,
    address: str = "",
    phone: str = "",
    is_registered: bool = False,
    is_inside: bool | None = None,
    within_hours: int = 0,
    ready_at: datetime,
    by: Actor,
    at: datetime,
) -> Parcel:
    """The one live envelope of this dossier and way: made now, unless there is one already.

    ``within_hours`` are elapsed hours from ``ready_at``; they bind only inside the province (BD-81).
    """
    known = Parcel.objects.filter(ref=ref, way=way, state__in=_LIVE).first()
    if known is not None:
        return known
    parcel = Parcel.objects.create(
        ref=ref,
        way=way.value,
        unit=unit,
        counter=counter,
        agency=agency,
        name=clean_line(name)[:250],
        address=clean_line(address)[:400],
        phone=clean_line(phone)[:15],
        is_registered=is_registered,
        is_inside=is_inside,
        within_hours=within_hours,
        ready_at=ready_at,
        due_at=_due(ready_at, is_inside, within_hours),
    )
    write(parcel, "make", law.WAY_WORDS[way], by=by, at=at, body={"ref": ref, "unit": unit.code})
    return parcel


@transaction.atomic
def place(number: str, *, is_inside: bool, by: Actor, at: datetime) -> Parcel:
    """Say whether the address lies inside the province: from that follows the limit of 24 hours (BD-81)."""
    parcel = locked_parcel(number)
    if ParcelState(parcel.state) in ENDED:
        raise Refusal("Bưu gửi này đã kết thúc.", status=409)
    parcel.is_inside = is_inside
    parcel.due_at = _due(parcel.ready_at, is_inside, parcel.within_hours)
    parcel.save(update_fields=["is_inside", "due_at"])
    words = "Địa chỉ trong tỉnh" if is_inside else "Địa chỉ ngoài tỉnh: theo quy định của bưu chính"
    write(parcel, "place", words, by=by, at=at, body={"inside": is_inside})
    return parcel


@transaction.atomic
def put_label(number: str, *, label: str, by: Actor, at: datetime) -> Parcel:
    """Write down the carrier's number that stands on the envelope."""
    parcel, text = locked_parcel(number), clean_line(label)[:60]
    if not text:
        raise Refusal("Chưa ghi số hiệu.", field_errors={"label": ["Hãy ghi hoặc quét số hiệu trên bì thư."]})
    if ParcelState(parcel.state) not in ON_THE_ROAD:
        raise Refusal("Chỉ ghi số hiệu cho bưu gửi mà bưu chính đang giữ.", status=409)
    parcel.label_number, parcel.ship_after, parcel.ship_error = text, None, ""
    parcel.save(update_fields=["label_number", "ship_after", "ship_error"])
    write(parcel, "label", f"Số hiệu bưu gửi: {text}", by=by, at=at, body={"label": text})
    return parcel


@transaction.atomic
def arrive(number: str, proof: Proof, *, by: Actor, at: datetime, report_id: str = "") -> Parcel:
    """The envelope is in somebody's hands, with proof. A registered one must have been signed for (KT-20)."""
    parcel = locked_parcel(number)
    _pass(parcel, ParcelState.DELIVERED)
    problems: dict[str, list[str]] = {}
    receiver = clean_line(proof.receiver)[:250]
    if not receiver:
        problems["receiver"] = ["Hãy ghi họ tên người nhận."]
    if parcel.is_registered and not proof.is_signed:
        problems["is_signed"] = ["Bưu gửi báo phát phải có chữ ký của người nhận."]
    if problems:
        raise Refusal("Chưa ghi được việc phát.", field_errors=problems)
    parcel.state, parcel.ended_at = ParcelState.DELIVERED.value, at
    parcel.received_by, parcel.relation = receiver, clean_line(proof.relation)[:60]
    parcel.receipt_signed, parcel.ship_after = proof.is_signed, None
    if proof.photo is not None:
        parcel.photo = proof.photo
        claim([proof.photo], owner=f"parcel:{parcel.number}")
    parcel.save()
    signed = ", đã ký nhận" if proof.is_signed else ""
    words = f"Đã phát cho {receiver}{signed}"
    body = {"relation": parcel.relation, "signed": proof.is_signed, "photo": str(proof.photo.pk) if proof.photo else ""}
    write(parcel, "arrive", words, by=by, at=at, body=body, report_id=report_id)
    return parcel


@transaction.atomic
def mark_returned(number: str, *, reason: str, by: Actor, at: datetime, report_id: str = "") -> Parcel:
    """Nobody could be given the envelope: it comes back to the counter, where the result can be collected."""
    parcel, words = locked_parcel(number), clean_line(reason)[:200]
    _pass(parcel, ParcelState.RETURNED)
    if not words:
        raise Refusal("Chưa ghi lý do.", field_errors={"reason": ["Hãy ghi vì sao không phát được."]})
    end(parcel, ParcelState.RETURNED, at)
    write(parcel, "return", f"Chuyển hoàn: {words}", by=by, at=at, report_id=report_id)
    return parcel


@transaction.atomic
def cancel(number: str, *, reason: str, by: Actor, at: datetime) -> Parcel:
    """The envelope is not sent after all; only while the post does not have it and it is on no list."""
    parcel = locked_parcel(number)
    _pass(parcel, ParcelState.CANCELLED)
    if (line := parcel.lines.filter(is_pending=True).select_related("list").first()) is not None:
        raise Refusal(f"Bưu gửi đang nằm trong danh sách bàn giao {line.list.number}.", status=409)
    end(parcel, ParcelState.CANCELLED, at)
    write(parcel, "cancel", clean_line(reason)[:200] or "Không gửi nữa", by=by, at=at)
    return parcel


def give_way(ref: str, *, by_post: bool = False, by: Actor, at: datetime) -> None:
    """A result is about to be handed over: an envelope still waiting is cancelled where it goes another way.

    Raises `Refusal` 409 while the post has it, and for one that waits to go ``by_post``: then only the post can say
    that it arrived, by when and into whose hands (BD-81, KT-20).
    """
    waiting = Parcel.objects.filter(ref=ref, way=Way.TO_CITIZEN, state__in=_LIVE).first()
    if waiting is None:
        return
    if ParcelState(waiting.state) in ON_THE_ROAD:
        raise Refusal(
            f"Kết quả đang ở bưu chính (bưu gửi {waiting.number}); hồ sơ tự kết thúc khi bưu chính phát xong.",
            status=409,
        )
    if by_post:
        raise Refusal(
            f"Bưu gửi {waiting.number} đang chờ bàn giao: hãy đưa vào danh sách bàn giao cho bưu chính; hồ sơ tự kết "
            "thúc khi bưu chính phát xong.",
            status=409,
        )
    cancel(waiting.number, reason="Kết quả được trả bằng cách khác", by=by, at=at)


def locked_parcel(number: str) -> Parcel:
    """The envelope of this number, locked until the transaction ends."""
    found = Parcel.objects.select_for_update(of=("self",)).filter(number=number).first()
    if found is None:
        raise Refusal("Không tìm thấy bưu gửi này.", status=404)
    return found


def end(parcel: Parcel, state: ParcelState, at: datetime) -> None:
    """Nothing further is expected of this envelope."""
    parcel.state, parcel.ended_at, parcel.ship_after = state.value, at, None
    parcel.save(update_fields=["state", "ended_at", "ship_after"])


def succeed(ref: str, before: Agency, heir: Agency, *, by: Actor, at: datetime) -> None:
    """Envelopes of a dossier that are still on their way, and the lists they wait on, are the successor's from now
    on: its counter sees them, hands them over and takes them back. What another counter took in for it stays there.
    """
    for parcel in Parcel.objects.select_for_update().filter(ref=ref, state__in=_LIVE, agency=before).order_by("pk"):
        parcel.agency = heir
        parcel.save(update_fields=["agency"])
        write(parcel, "succeed", f"{heir.name} kế thừa", by=by, at=at)
    waiting = HandoverList.objects.filter(lines__parcel__ref=ref, confirmed_at__isnull=True, agency=before)
    waiting.update(agency=heir)


def write(
    parcel: Parcel,
    verb: str,
    words: str,
    *,
    by: Actor,
    at: datetime,
    body: dict[str, Any] | None = None,
    report_id: str = "",
    is_heeded: bool = True,
) -> None:
    """What happened, for people and for the audit record."""
    ParcelEvent.objects.create(
        parcel=parcel, at=at, words=words[:300], by_name=by.name, report_id=report_id, is_heeded=is_heeded
    )
    record(subject=parcel.subject, verb=verb, by=by, at=at, body={"ref": parcel.ref, **(body or {})})


def _pass(parcel: Parcel, then: ParcelState) -> None:
    now = ParcelState(parcel.state)
    if not may_become(now, then):
        raise Refusal(f"Bưu gửi {parcel.number} đang ở tình trạng “{law.STATE_WORDS[now]}”.", status=409)


def _due(ready_at: datetime, is_inside: bool | None, within_hours: int) -> datetime | None:
    return delivery_due(ready_at, is_inside=bool(is_inside), within_hours=within_hours)


def wipe(ref: str) -> int:
    """Take names and addresses off the envelopes of a dossier whose term of preservation is over; answers how many.

    The envelopes stay, because the lists and the accounts with the post name them by number.
    """
    gone = "(đã hủy)"
    rows = Parcel.objects.filter(ref=ref)
    rows.exclude(received_by="").update(received_by=gone, relation="")
    return rows.update(name=gone, address="", phone="")
