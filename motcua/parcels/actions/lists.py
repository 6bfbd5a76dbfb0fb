"""Hand-over lists between a counter and its post office, both ways (QĐ 45/2016/QĐ-TTg).

The giver fills and closes a list, the receiver counts and confirms it. An envelope stands on one unconfirmed list at
most: the database keeps it so, whoever scans at the same moment.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from motcua.agencies.models import Agency, OneStopCounter
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.parcels.actions.envelopes import write
from motcua.parcels.models import HandoverList, ListLine, Parcel
from motcua.parcels.ports import is_connected
from motcua.parcels.queries import is_giver, is_receiver, list_of, on_the_way_of
from motcua.rules.parcels import STATE_WORDS, ListState, ParcelState, Way
from motcua.rules.people import Actor
from motcua.rules.text import clean_line


@transaction.atomic
def open_list(
    way: Way, *, unit: Agency, counter: OneStopCounter, agency: Agency, by: Actor, at: datetime
) -> HandoverList:
    """A new list from the actor's side to the other. Raises `Refusal` 404 where the actor is not the giver."""
    found = HandoverList.objects.create(
        way=way.value, unit=unit, counter=counter, agency=agency, opened_at=at, opened_by_name=by.name
    )
    if not is_giver(found, by):
        raise Refusal("Không tìm thấy trang này.", status=404)
    record(subject=found.subject, verb="open_list", by=by, at=at, body={"way": way.value, "counter": counter.name})
    return found


@transaction.atomic
def add(number: str, text: str, *, by: Actor, at: datetime) -> Parcel:
    """Put an envelope on the list by what was scanned: its own number, the carrier's, or the dossier's code.

    Raises `Refusal` saying what is wrong: unknown, not from here, already on this or another list, not to be sent.
    """
    found, code = _open_list_of(number, by), clean_line(text).upper()
    if not code:
        raise Refusal("Hãy quét hoặc gõ mã.", field_errors={"code": ["Hãy quét hoặc gõ mã."]})
    parcel = _scanned(found, code)
    if parcel is None:
        raise _no(f"{code}: không có bưu gửi nào mang mã này chờ bàn giao tại đây.")
    if parcel.state != ParcelState.READY:
        raise _no(f"{code}: bưu gửi này đang ở tình trạng “{STATE_WORDS[ParcelState(parcel.state)]}”.", status=409)
    if found.way == Way.TO_CITIZEN and parcel.is_inside is None:
        raise _no(f"{code}: hãy cho biết địa chỉ nhận ở trong hay ngoài tỉnh trước khi bàn giao.")
    try:
        with transaction.atomic():
            ListLine.objects.create(list=found, parcel=parcel, added_at=at, added_by_name=by.name)
    except IntegrityError:
        raise _no(_where_it_stands(found, parcel, code), status=409) from None
    record(subject=found.subject, verb="add", by=by, at=at, body={"parcel": parcel.number})
    return parcel


@transaction.atomic
def remove(number: str, parcel_number: str, *, by: Actor, at: datetime) -> None:
    """Take an envelope off a list that is still being filled."""
    found = _open_list_of(number, by)
    gone, _ = found.lines.filter(parcel__number=parcel_number).delete()
    if not gone:
        raise Refusal("Bưu gửi này không còn trong danh sách.", status=404)
    record(subject=found.subject, verb="remove", by=by, at=at, body={"parcel": parcel_number})


@transaction.atomic
def close(number: str, *, by: Actor, at: datetime) -> HandoverList:
    """The giver has put everything on it: nothing is added any more, the receiver counts."""
    found = _open_list_of(number, by)
    if not found.lines.exists():
        raise Refusal("Danh sách chưa có bưu gửi nào.")
    found.state, found.closed_at, found.closed_by_name = ListState.CLOSED.value, at, by.name
    found.save(update_fields=["state", "closed_at", "closed_by_name"])
    record(subject=found.subject, verb="close_list", by=by, at=at, body={"parcels": found.lines.count()})
    return found


@transaction.atomic
def reopen(number: str, *, by: Actor, at: datetime) -> HandoverList:
    """The count was not right: the giver fills the list again, as long as nobody has confirmed it."""
    found = _locked(number, by)
    if not is_giver(found, by):
        raise Refusal("Chỉ bên giao mở lại được danh sách.", status=403)
    if found.state != ListState.CLOSED:
        raise Refusal("Danh sách này không mở lại được nữa.", status=409)
    found.state, found.closed_at, found.closed_by_name = ListState.OPEN.value, None, ""
    found.save(update_fields=["state", "closed_at", "closed_by_name"])
    record(subject=found.subject, verb="reopen_list", by=by, at=at)
    return found


@transaction.atomic
def confirm(number: str, *, counted: int, by: Actor, at: datetime) -> HandoverList:
    """The receiver has counted as many as are listed: the envelopes change hands now.

    Results are then with the post, and carriage is ordered; dossiers are then at the counter.
    """
    found = _locked(number, by)
    if not is_receiver(found, by):
        raise Refusal("Chỉ bên nhận xác nhận được danh sách.", status=403)
    if found.state != ListState.CLOSED:
        raise Refusal("Bên giao chưa chốt danh sách này, hoặc danh sách đã được xác nhận.", status=409)
    listed = found.lines.count()
    if counted != listed:
        words = (
            f"Danh sách có {listed} bưu gửi, bạn đếm được {counted}. Hãy đếm lại; nếu sai, bên giao mở lại danh sách."
        )
        raise Refusal(words, field_errors={"counted": [words]})
    found.state, found.counted = ListState.CONFIRMED.value, counted
    found.confirmed_at, found.confirmed_by_name = at, by.name
    found.save(update_fields=["state", "counted", "confirmed_at", "confirmed_by_name"])
    held = Parcel.objects.select_for_update(of=("self",)).filter(lines__list=found).order_by("pk")
    for parcel in held:
        _change_hands(parcel, found, by, at)
    found.lines.update(is_pending=False)
    record(subject=found.subject, verb="confirm_list", by=by, at=at, body={"counted": counted})
    return found


def _change_hands(parcel: Parcel, found: HandoverList, by: Actor, at: datetime) -> None:
    if parcel.state != ParcelState.READY:
        return
    parcel.handed_over_at = at
    if found.way == Way.TO_CITIZEN:
        parcel.state = ParcelState.HANDED_OVER.value
        parcel.ship_after = at if is_connected() else None
        words = f"Bưu chính đã nhận để phát: {found.unit.name}"
    else:
        parcel.state, parcel.ended_at = ParcelState.DELIVERED.value, at
        parcel.received_by, parcel.relation, parcel.receipt_signed = by.name, "Cán bộ một cửa", True
        words = f"Bộ phận một cửa đã nhận: {found.counter.name}"
    parcel.save()
    write(parcel, "change_hands", words, by=by, at=at, body={"list": found.number})


def _locked(number: str, by: Actor) -> HandoverList:
    list_of(number, by)  # 404 for a stranger, before anything is locked
    found: HandoverList = HandoverList.objects.select_for_update(of=("self",)).get(number=number)
    return found


def _open_list_of(number: str, by: Actor) -> HandoverList:
    found = _locked(number, by)
    if not is_giver(found, by):
        raise Refusal("Chỉ bên giao sửa được danh sách.", status=403)
    if found.state != ListState.OPEN:
        raise Refusal("Danh sách đã chốt, không sửa được nữa.", status=409)
    return found


def _scanned(found: HandoverList, code: str) -> Parcel | None:
    """The newest envelope of this list's way and places that the scanned sign names."""
    named = on_the_way_of(found).filter(Q(number=code) | Q(ref=code) | Q(label_number=code))
    return named.order_by("-pk").first()


def _where_it_stands(found: HandoverList, parcel: Parcel, code: str) -> str:
    line = parcel.lines.filter(is_pending=True).select_related("list").first()
    if line is None or line.list_id == found.pk:
        return f"{code}: đã có trong danh sách này."
    return f"{code}: đã nằm trong danh sách {line.list.number}."


def _no(words: str, *, status: int = 422) -> Refusal:
    return Refusal(words, field_errors={"code": [words]}, status=status)
