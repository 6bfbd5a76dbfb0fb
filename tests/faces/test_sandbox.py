"""The sandbox twins: real SMTP and a real SMS gateway that keep what they are given, and the pages that show it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.test import Client
from django.urls import reverse

from motcua.gateways import mail_sandbox, sms_sandbox
from motcua.gateways.mail_smtp import SmtpCourier
from motcua.gateways.sandbox_box import Box, BoxHandler, serve
from motcua.gateways.sms_http import HttpSmsCourier
from motcua.notifications import actions
from motcua.notifications.facts import Recipient
from motcua.notifications.models import Message, State
from motcua.notifications.ports import Letter, Undelivered
from tests.acceptance.proof import accepts

CODE = "000.01.H08-261118-0001"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.SANDBOX, settings.SANDBOX_DIR = True, tmp_path
    return tmp_path


@pytest.fixture
def mailbox(settings: Any, folder: Path) -> Iterator[Box]:
    box, port = Box(folder / mail_sandbox.FILE), free_port()
    controller = mail_sandbox.start(box, port)
    settings.SMTP_URL = f"smtp://127.0.0.1:{port}"
    yield box
    controller.stop()


@pytest.fixture
def phones(settings: Any, folder: Path) -> Iterator[Box]:
    box = Box(folder / sms_sandbox.FILE)
    handler = type("Handler", (sms_sandbox.SmsHandler,), {"box": box, "key": "khóa".encode().hex()})
    server = serve(handler, 0)
    threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_address[1]}"
    settings.SMS_KEY = "khóa".encode().hex()
    yield box
    server.shutdown()
    server.server_close()


def letter(address: str, **more: Any) -> Letter:
    return Letter(
        **{"id": "7e0c", "address": address, "body": "Hồ sơ đã được tiếp nhận.\n", "subject": "Đã nhận"} | more
    )


def test_a_mail_arrives_over_smtp_with_every_diacritic(mailbox: Box, at: datetime) -> None:
    name = 'Đỗ Thị Hường, "Ủy ban" <x@y>'
    SmtpCourier().send(letter("lan@example.vn", recipient_name=name, written_at=at, body="Kính gửi bà Đỗ Thị Hường\n"))
    (mail,) = mailbox.find("lan@example.vn")
    assert (mail["subject"], mail["body"], mail["message_id"]) == ("Đã nhận", "Kính gửi bà Đỗ Thị Hường\n", "7e0c")
    assert "Cổng dịch vụ công" in mail["from"]


def test_a_mail_handed_over_twice_is_recognised_by_its_id(mailbox: Box) -> None:
    for _ in range(2):
        SmtpCourier().send(letter("lan@example.vn"))
    (mail,) = mailbox.find()
    assert mail["repeats"] == 1


@pytest.mark.parametrize(
    ("address", "is_final"),
    [
        (f"lan@{mail_sandbox.NO_SUCH_HOST}", True),
        (f"lan@{mail_sandbox.BUSY_HOST}", False),
        ("lan", True),
        ("lan@example.vn\r\nBcc: x@example.vn", True),
        ("hường@example.vn", True),
    ],
)
def test_a_refused_mail_is_final_only_when_trying_again_cannot_help(address: str, is_final: bool, mailbox: Box) -> None:
    with pytest.raises(Undelivered) as failure:
        SmtpCourier().send(letter(address))
    assert failure.value.is_final is is_final
    assert mailbox.find() == []


def test_a_dead_mail_server_is_tried_again_later(settings: Any) -> None:
    settings.SMTP_URL = f"smtp://127.0.0.1:{free_port()}"
    with pytest.raises(Undelivered, match="không kết nối được máy chủ thư") as failure:
        SmtpCourier().send(letter("lan@example.vn"))
    assert not failure.value.is_final


def test_an_sms_arrives_once_however_often_it_is_handed_over(phones: Box) -> None:
    receipts = {HttpSmsCourier().send(letter("0912345678")).provider_id for _ in range(3)}
    assert len(receipts) == 1
    (sms,) = phones.find("0912345678")
    assert sms["body"] == "Hồ sơ đã được tiếp nhận.\n"
    assert HttpSmsCourier().fate(receipts.pop()).is_delivered


@pytest.mark.parametrize(("number", "is_final"), [("0912340000", True), ("0912340002", False), ("12", True)])
def test_a_refused_sms_is_final_only_when_the_number_is_wrong(number: str, is_final: bool, phones: Box) -> None:
    with pytest.raises(Undelivered) as failure:
        HttpSmsCourier().send(letter(number))
    assert failure.value.is_final is is_final


def test_a_wrong_key_is_our_fault_and_not_the_numbers(settings: Any, phones: Box) -> None:
    settings.SMS_KEY = "other"
    with pytest.raises(Undelivered, match="sai khóa") as failure:
        HttpSmsCourier().send(letter("0912345678"))
    assert not failure.value.is_final


def test_an_sms_that_never_arrived_is_reported_later(phones: Box) -> None:
    receipt = HttpSmsCourier().send(letter("0912340001"))
    assert HttpSmsCourier().fate(receipt.provider_id).is_failed


def test_a_dead_sms_gateway_is_tried_again_later(settings: Any) -> None:
    settings.SMS_URL = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(Undelivered, match="không kết nối được cổng tin nhắn"):
        HttpSmsCourier().send(letter("0912345678"))


@accepts("BD-47", "HY-33")
@pytest.mark.django_db
def test_from_the_outbox_to_both_boxes_and_onto_the_page(
    mailbox: Box, phones: Box, client: Client, at: datetime
) -> None:
    recipient = Recipient(name="Trần Thị Lan", email="lan@example.vn", phone="0912345678")
    context = {"procedure": "Đăng ký <b>khai sinh</b>", "agency": "Ủy ban nhân dân phường Lê Lợi"}
    actions.tell("result_ready", recipient=recipient, ref=CODE, context=context, at=at)
    assert actions.deliver_due(at=at) == 2
    assert actions.confirm_due(at=at + timedelta(minutes=1)) == 1
    assert dict(Message.objects.values_list("channel", "state")) == {"email": State.SENT, "sms": State.DELIVERED}

    for name, count in (("sandbox:index", 2), ("sandbox:mail", 1), ("sandbox:sms", 1)):
        answer = client.get(reverse(name))
        assert answer.status_code == 200
        text = answer.content.decode()
        assert text.count("<article") == count
        assert f"Hồ sơ {CODE}" in text
        assert "<b>khai sinh</b>" not in text
    assert client.get(reverse("sandbox:index"), {"to": "nobody"}).content.decode().count("<article") == 0


@pytest.mark.django_db
def test_without_the_sandbox_switch_its_pages_do_not_exist(settings: Any, client: Client, folder: Path) -> None:
    settings.SANDBOX = False
    assert client.get(reverse("sandbox:index")).status_code == 404


def test_a_box_survives_a_restart_and_a_line_cut_short(folder: Path) -> None:
    Box(folder / "x.jsonl").put({"id": "1", "to": "a", "body": "x"})
    with (folder / "x.jsonl").open("a") as file:
        file.write('{"id": "2", "to"')
    assert [message["id"] for message in Box(folder / "x.jsonl").find()] == ["1"]


def test_the_twins_own_page_and_list_escape_what_they_show(folder: Path) -> None:
    box = Box(folder / "x.jsonl")
    box.put({"id": "1", "to": "lan@example.vn", "subject": "<script>", "body": "</pre><script>alert(1)</script>"})
    server = serve(type("Handler", (BoxHandler,), {"box": box, "title": "Hộp thử nghiệm"}), 0)
    threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        page = httpx.get(base, trust_env=False)
        assert "HỘP THỬ NGHIỆM" in page.text
        assert "<script>" not in page.text
        found = httpx.get(f"{base}/messages", params={"to": "lan@example.vn"}, trust_env=False).json()
        assert [message["subject"] for message in found["messages"]] == ["<script>"]
        assert httpx.get(f"{base}/messages/7", trust_env=False).status_code == 404
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("module", ["mail_sandbox", "sms_sandbox"])
def test_a_twin_does_not_start_beside_a_real_system(module: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", f"motcua.gateways.{module}"]
    env = os.environ | {"PRODUCTION": "1", "SANDBOX_DIR": str(tmp_path)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "PRODUCTION" in done.stderr
    assert json.dumps(os.listdir(tmp_path)) == "[]"
