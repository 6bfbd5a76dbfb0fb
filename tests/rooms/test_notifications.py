"""Messages: what they say, on which roads they go out, and that each goes out at least once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Refusal
from motcua.notifications import actions, queries
from motcua.notifications.facts import KINDS, Recipient, next_attempt
from motcua.notifications.models import Channel, Message, State
from motcua.notifications.ports import Fate, Letter, Receipt, Undelivered
from motcua.rules.people import Actor, Post, Role
from tests.acceptance.proof import accepts
from tests.conftest import ZONE

CODE = "000.01.H08-261118-0001"
LAN = Recipient(name="Trần Thị Lan", email="lan@example.vn", phone="0912345678")
SAMPLE: dict[str, Any] = {
    "procedure": "Đăng ký khai sinh",
    "agency": "Ủy ban nhân dân phường Lê Lợi",
    "counter": "Bộ phận Một cửa phường Lê Lợi",
    "counter_address": "12 Lê Lợi",
    "counter_phone": "0256 300 0222",
    "items": [{"item": "cccd", "label": "Ảnh căn cước", "note": "Ảnh mờ, không đọc được số"}],
    "reasons": ["Không thuộc thẩm quyền", "Thiếu giấy chứng sinh"],
    "amount": 1_500_000,
    "step": "Thẩm tra",
    "count": 3,
    "asked": "Bắt đầu cung cấp ở mức độ 3 từ 01/12/2026",
    "decision": "Đã chấp thuận",
    "number": "VP-2026-00007",
    "outcome": "Đã xử lý",
    "answer": "Đã thu hồi chữ ký số.",
    "dossier": "BCA-2026-000123",
    "ministry": "Bộ Công an",
    "state": "Đang xử lý",
    "part": "Trình tự thực hiện",
    "login": "lan@example.vn",
    "password": "meo-tre-song-7",
    "minutes": 10,
    "from_agency": "Ủy ban nhân dân phường Trần Phú",
    "acceptance_due_at": datetime(2026, 11, 19, 11, tzinfo=ZONE),
    "was_due_at": datetime(2026, 11, 19, 11, tzinfo=ZONE),
    "new_due_at": datetime(2026, 11, 23, 17, tzinfo=ZONE),
    "due_at": datetime(2026, 11, 19, 11, tzinfo=ZONE),
    "answer_by": datetime(2026, 12, 19, 17, tzinfo=ZONE),
    "reason": "Phải xác minh tại cơ sở",
    "limit": "Ngày hẹn trả",
    "fault": "Gói lưu trữ không còn đúng như khi đưa vào kho.",
    "note": "Đã xong",
    "parcel": "EB123456789VN",
    "post_office": "Bưu cục Quy Nhơn",
    "unit": "Phòng Tư pháp",
    "verdict": "đồng ý",
    "question": "Có đồng ý không?",
    "by": "Phạm Thu Hà",
    "text": "Xem giúp mục 3",
}


class Provider:
    """A courier in memory: answers as it is told, and remembers what it took over."""

    taken: list[Letter] = []
    trouble: Undelivered | Exception | None = None
    fates: dict[str, Fate] = {}

    def send(self, letter: Letter) -> Receipt:
        if Provider.trouble is not None:
            raise Provider.trouble
        Provider.taken.append(letter)
        return Receipt(provider_id=f"P{len(Provider.taken)}")

    def fate(self, provider_id: str) -> Fate:
        return Provider.fates.get(provider_id, Fate())


@pytest.fixture(autouse=True)
def provider(settings: Any) -> Iterator[type[Provider]]:
    settings.MAIL_GATEWAY = settings.SMS_GATEWAY = "tests.rooms.test_notifications.Provider"
    Provider.taken, Provider.trouble, Provider.fates = [], None, {}
    yield Provider


def tell(kind: str, at: datetime, recipient: Recipient = LAN, **more: Any) -> dict[str, Message]:
    context = {**SAMPLE, "promised_at": at + timedelta(days=5), **more}
    messages = actions.tell(kind, recipient=recipient, ref=CODE, context=context, at=at)
    return {message.channel: message for message in messages}


def deliver(at: datetime) -> None:
    while actions.deliver_due(at=at):
        pass


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words_for_each_of_its_roads(kind: str, at: datetime) -> None:
    more = {"code": "482913"} if kind == "code" else {}
    messages = tell(kind, at, Recipient(None, "Trần Thị Lan", "lan@example.vn", "0912345678"), **more)
    assert set(messages) == {road.value for road in KINDS[kind].channels} - {"portal"}
    for message in messages.values():
        assert message.body
        assert "None" not in message.body
        assert message.channel == Channel.SMS or message.subject
        assert "\n" not in message.subject
        assert not message.body.startswith("\n")
        assert "\n\n\n" not in message.body
    if Channel.SMS in KINDS[kind].channels:
        sms = messages["sms"].body
        assert "\n" not in sms
        assert len(sms) <= 320
        assert "Lan" not in sms
        assert "Lan" not in messages["email"].subject


@accepts("BN-13")
@pytest.mark.django_db
def test_acceptance_is_told_with_code_and_promised_date(at: datetime) -> None:
    messages = tell("accepted", at)
    assert messages["email"].subject == f"Hồ sơ {CODE}: đã tiếp nhận, hẹn trả kết quả 09:00 ngày 23/11/2026"
    assert "Kính gửi Trần Thị Lan," in messages["email"].body
    assert f"/ho-so/{CODE}" in messages["sms"].body


@pytest.mark.django_db
def test_a_supplement_message_names_every_item_with_what_is_wrong(at: datetime) -> None:
    body = tell("supplement_requested", at)["email"].body
    assert "1. Ảnh căn cước: Ảnh mờ, không đọc được số" in body


@pytest.mark.django_db
def test_one_message_a_road_in_one_statement_and_none_without_an_address(at: datetime) -> None:
    with CaptureQueriesContext(connection) as asked:
        messages = tell("submitted", at)
    assert set(messages) == {"email", "sms"}
    assert len(asked) == 1
    assert tell("submitted", at, Recipient(name="Lan", email=None, phone=None)) == {}


@pytest.mark.django_db
def test_nothing_a_person_typed_becomes_a_header_or_a_template(at: datetime) -> None:
    nasty = "X\r\nBcc: all@example.vn\u202e {{ 7|add:7 }}{% load x %}"
    message = tell("accepted", at, Recipient(name=nasty, email="a@example.vn"), procedure=nasty, return_words=nasty)
    assert "\n" not in message["email"].subject
    assert "\r" not in message["email"].body
    assert "{{ 7|add:7 }}" in message["email"].body


@pytest.mark.django_db
def test_a_message_without_its_values_is_a_mistake_of_the_programmer(at: datetime) -> None:
    with pytest.raises(ValueError, match="promised_at"):
        tell("accepted", at, promised_at=None)


@pytest.mark.django_db(transaction=True)
def test_a_message_of_an_act_that_fails_never_existed(at: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell("submitted", at)
        raise ZeroDivisionError
    assert Message.objects.count() == 0


@accepts("HY-33")
@pytest.mark.django_db
def test_a_ready_result_goes_out_by_mail_and_by_sms(at: datetime) -> None:
    tell("result_ready", at)
    deliver(at)
    assert {letter.address for letter in Provider.taken} == {"lan@example.vn", "0912345678"}
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}
    deliver(at + timedelta(hours=1))
    assert len(Provider.taken) == 2


@pytest.mark.django_db
def test_the_provider_is_given_the_messages_own_id(at: datetime) -> None:
    message = tell("submitted", at)["email"]
    deliver(at)
    assert str(message.pk) in {letter.id for letter in Provider.taken}


@pytest.mark.django_db
def test_a_failed_hand_over_is_tried_again_later_and_later_for_three_days(at: datetime) -> None:
    Provider.trouble = Undelivered("máy chủ thư không trả lời")
    tell("submitted", at, Recipient(name="Lan", email="lan@example.vn"))
    moment, waits = at, []
    for _ in range(200):
        deliver(moment)
        message = Message.objects.get()
        if message.next_attempt_at is None:
            break
        waits.append(message.next_attempt_at - moment)
        moment = message.next_attempt_at
    assert message.state == State.UNDELIVERABLE
    assert message.last_error == "máy chủ thư không trả lời"
    assert timedelta(hours=70) < moment - at <= timedelta(hours=72)
    assert waits[0] < timedelta(minutes=1)
    assert max(waits) <= timedelta(hours=1.2)
    assert list(queries.undeliverable()) == [message]


@pytest.mark.django_db
def test_everything_goes_out_after_a_day_of_dead_mail_server(at: datetime) -> None:
    Provider.trouble = Undelivered("không kết nối được")
    for _ in range(10):
        tell("submitted", at, Recipient(name="Lan", email="lan@example.vn"))
    for hour in range(25):
        deliver(at + timedelta(hours=hour))
    Provider.trouble = None
    for minutes in range(0, 80, 10):
        deliver(at + timedelta(hours=25, minutes=minutes))
    assert len({letter.id for letter in Provider.taken}) == 10


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_given_up_at_once(at: datetime) -> None:
    Provider.trouble = Undelivered("550 không có hộp thư này", is_final=True)
    tell("submitted", at, Recipient(name="Lan", email="sai@example.vn"))
    deliver(at)
    message = Message.objects.get()
    assert (message.state, message.attempts) == (State.UNDELIVERABLE, 1)


@pytest.mark.django_db
def test_a_fault_in_a_gateway_does_not_stop_the_next_message(at: datetime) -> None:
    Provider.trouble = RuntimeError("bug")
    tell("submitted", at)
    deliver(at)
    assert set(Message.objects.values_list("state", "last_error")) == {(State.FAILED, "RuntimeError: bug")}


@pytest.mark.django_db
def test_a_provider_that_asks_for_patience_gets_it(at: datetime) -> None:
    Provider.trouble = Undelivered("429", retry_after=900)
    tell("submitted", at, Recipient(name="Lan", phone="0912345678"))
    deliver(at)
    message = Message.objects.get()
    assert message.next_attempt_at is not None and message.next_attempt_at >= at + timedelta(minutes=15)


@pytest.mark.django_db
def test_a_worker_killed_in_mid_hand_over_loses_nothing(at: datetime) -> None:
    """Killed after taking the message, or after the provider took it but before we noted so: it goes out again."""
    message = tell("submitted", at, Recipient(name="Lan", email="lan@example.vn"))["email"]
    Provider.trouble = KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        actions.deliver_due(at=at)
    Provider.trouble = None
    assert actions.deliver_due(at=at + timedelta(seconds=30)) == 0, "still leased"
    assert actions.deliver_due(at=at + timedelta(seconds=61)) == 1
    assert [letter.id for letter in Provider.taken] == [str(message.pk)]


@pytest.mark.django_db(transaction=True)
def test_four_workers_hand_over_each_message_once(at: datetime) -> None:
    for _ in range(20):
        tell("submitted", at, Recipient(name="Lan", email="lan@example.vn"))

    def work() -> None:
        deliver(at)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Provider.taken) == len({letter.id for letter in Provider.taken}) == 20


@pytest.mark.django_db
def test_what_became_of_an_sms_is_asked_later(at: datetime) -> None:
    tell("submitted", at, Recipient(name="Lan", phone="0912345678"))
    tell("submitted", at, Recipient(name="Lan", phone="0912345679"))
    deliver(at)
    Provider.fates = {"P1": Fate(is_delivered=True), "P2": Fate(is_failed=True, error="thuê bao không tồn tại")}
    assert actions.confirm_due(at=at + timedelta(seconds=5)) == 0
    assert actions.confirm_due(at=at + timedelta(seconds=30)) == 2
    assert dict(Message.objects.values_list("state", "last_error")) == {
        State.DELIVERED: "",
        State.UNDELIVERABLE: "thuê bao không tồn tại",
    }


@accepts("BN-5", "HY-2")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "recipient", [Recipient(name="Lan", email="lan@example.vn"), Recipient(name="Lan", phone="0912345678")]
)
def test_the_initial_password_goes_to_the_registered_address_and_is_not_kept(
    recipient: Recipient, at: datetime
) -> None:
    tell("account_credential", at, recipient)
    deliver(at)
    assert "meo-tre-song-7" in Provider.taken[0].body
    assert "meo-tre-song-7" not in Message.objects.get().body


@pytest.mark.django_db
def test_an_officer_sees_how_far_each_message_came_but_not_the_whole_address(at: datetime) -> None:
    tell("submitted", at)
    deliver(at)
    rows = queries.delivery_of(CODE)
    assert [(row.channel_words, row.address, row.state_words) for row in rows] == [
        ("Thư điện tử", "l•••@example.vn", "Đã gửi"),
        ("Tin nhắn SMS", "09•••••678", "Đã gửi"),
    ]
    assert queries.delivery_of("") == []


@pytest.mark.django_db
def test_an_officer_has_an_undeliverable_message_sent_once_more(at: datetime) -> None:
    officer = Actor(7, "Minh", (Post(Role.COUNTER_OFFICER, 1),))
    Provider.trouble = Undelivered("hộp thư đầy", is_final=True)
    message = tell("submitted", at, Recipient(name="Lan", email="lan@example.vn"))["email"]
    with pytest.raises(Refusal):
        actions.send_again(message.pk, by=officer, at=at)
    deliver(at)
    Provider.trouble = None
    actions.send_again(message.pk, by=officer, at=at + timedelta(hours=1))
    deliver(at + timedelta(hours=1))
    assert len(Provider.taken) == 1


@pytest.mark.django_db
def test_a_person_reads_only_the_messages_of_their_own_inbox(at: datetime, django_user_model: Any) -> None:
    lan, dung = (django_user_model.objects.create_user(name, full_name=name, created_at=at) for name in ("lan", "dung"))
    tell("submitted", at, Recipient(account_id=lan.pk, name="Lan"))
    tell("submitted", at, Recipient(account_id=dung.pk, name="Dũng"))
    assert queries.unread_count(lan.pk) == 1
    theirs = queries.inbox(dung.pk).get()
    assert actions.mark_read([theirs.pk], by=Actor(lan.pk, "Lan"), at=at) == 0
    assert actions.mark_read(by=Actor(lan.pk, "Lan"), at=at) == 1
    assert (queries.unread_count(lan.pk), queries.unread_count(dung.pk)) == (0, 1)


@pytest.mark.django_db
def test_the_age_of_the_outbox_is_that_of_its_oldest_message(at: datetime) -> None:
    assert queries.oldest_wait(at=at) == timedelta()
    tell("submitted", at)
    assert queries.oldest_wait(at=at + timedelta(minutes=3)) == timedelta(minutes=3)


def test_waits_of_different_messages_are_spread(at: datetime) -> None:
    from uuid import uuid4

    waits = {next_attempt(uuid4(), created_at=at, attempts=5, at=at) for _ in range(50)}
    assert len(waits) > 30
