"""An officer compares a declaration with connected databases, over a real socket; nobody else can; nothing blocks."""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import connection
from django.test import Client

from motcua.accounts.models import Account
from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import crosscheck, intake
from motcua.dossiers.models import CrossCheck, Dossier
from motcua.dossiers.ports import Entry, Inquiry, Unanswered
from motcua.eforms.actions import publish as publish_form
from motcua.gateways import registers_http, registers_sandbox
from motcua.gateways.registers_http import HttpRegisters
from motcua.gateways.sandbox_box import Box, serve
from motcua.gateways.sandbox_people import write_people
from motcua.rules.acts import Verdict
from motcua.rules.crosscheck import BIRTH_DATE, NAME, Register
from motcua.rules.people import Actor
from tests.acceptance.proof import accepts
from tests.cast import FORM, Cast
from tests.faces.test_sandbox import free_port

LAN, TAX = "052190000123", "0301442989"
KEY, SECRET = "khóa của tỉnh".encode().hex(), "bí mật chung".encode().hex()

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def twin(settings: Any, tmp_path: Path, at: datetime, monkeypatch: Any) -> Iterator[Any]:
    """The twin, listening on a real socket, knowing Lan by the name and day she declares."""
    settings.SANDBOX, settings.SANDBOX_DIR = True, tmp_path
    settings.REGISTERS_KEY, settings.REGISTERS_SECRET = KEY, SECRET
    attributes = {
        "box": Box(tmp_path / registers_sandbox.FILE), "key": KEY, "secret": SECRET, "folder": tmp_path,
        "now": staticmethod(lambda: int(at.timestamp())), "stopped": threading.Event(),
    }  # fmt: skip
    handler = type("Handler", (registers_sandbox.RegistersHandler,), attributes)
    server = serve(handler, 0)
    threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    settings.REGISTERS_URL = f"http://127.0.0.1:{server.server_address[1]}"
    knows(tmp_path, {LAN: {NAME: "NGUYỄN THỊ  LAN", BIRTH_DATE: "1990-05-17", "address": "không được hỏi"}})
    with registers_http.client.__wrapped__(registers_http._TIMEOUT) as own:  # its connections end with this twin
        monkeypatch.setattr(registers_http, "client", lambda timeout: own)
        yield handler
    handler.stopped.set()
    server.shutdown()
    server.server_close()


def knows(folder: Path, people: dict[str, Any]) -> None:
    write_people(folder, {"population": people, "enterprises": {TAX: {NAME: "Công ty TNHH Biển Xanh"}}})


def filed(cast: Cast, **answers: Any) -> Dossier:
    """Lan's dossier, on a form that says whose number it is."""
    form = copy.deepcopy(FORM)
    form["steps"][0]["fields"][1] |= {"named": "ho_ten", "born": "ngay_sinh"}
    cast.__dict__["revision"] = cast.procedure(eform=publish_form("doi-chieu", form, by=Actor.system("t"), at=cast.at))
    return cast.submitted(ngay_sinh="17/05/1990", **answers)


def as_officer(client: Client, account: Account) -> Client:
    client.force_login(account)
    return client


def inquiry(at: datetime, **changes: Any) -> Inquiry:
    known: dict[str, Any] = {
        "request_id": "5c4b9a80-0000-4000-8000-000000000001", "register": Register.POPULATION, "number": LAN,
        "parts": (NAME, BIRTH_DATE), "dossier": "H08.41.01-261118-0001", "procedure": "2.000635",
        "purpose": "Giải quyết hồ sơ", "agency": "H08.41.01", "officer": "Lê Quang Minh", "asked_at": at,
    }  # fmt: skip
    return Inquiry(**(known | changes))


# --- asking


@accepts("HY-20")
def test_the_counter_sees_each_declared_value_beside_the_sources(client: Client, cast: Cast, twin: Any) -> None:
    code = filed(cast).code
    _ = cast.minh
    page = as_officer(client, cast.minh_account).get(f"/mot-cua/ho-so/{code}/").content.decode()
    assert "Đối chiếu dữ liệu" in page and "Chưa đối chiếu" in page
    assert not twin.box.find()  # opening a dossier asks nothing

    answer = client.post(f"/mot-cua/ho-so/{code}/doi-chieu/", follow=True)
    page = answer.content.decode()
    assert "Đã đối chiếu" in page and page.count("Khớp</span>") == 2
    assert "Bản thử nghiệm của Cơ sở dữ liệu quốc gia về dân cư" in page

    (row,) = CrossCheck.objects.all()
    assert [one["match"] for one in row.results] == ["same", "same"]
    assert not any("source_value" in one for one in row.results)  # what agrees is not kept twice
    assert (row.asked_by_name, row.asked_at, len(row.answer_digest)) == ("Lê Quang Minh", cast.at, 64)
    (asked,) = twin.box.find()
    assert asked["id"] == str(row.request_id)
    assert f"dossier: {code}" in asked["body"] and "purpose: Giải quyết hồ sơ" in asked["body"]


@accepts("HY-20")
def test_what_differs_stands_side_by_side_and_goes_into_the_supplement_request_by_one_button(
    client: Client, cast: Cast, twin: Any, tmp_path: Path
) -> None:
    knows(tmp_path, {LAN: {NAME: "Nguyễn Thị Lan", BIRTH_DATE: "1990-05-18"}})
    code = filed(cast).code
    _ = cast.minh
    as_officer(client, cast.minh_account)
    page = client.post(f"/mot-cua/ho-so/{code}/doi-chieu/", follow=True).content.decode()
    assert "Có 1 mục không khớp" in page and "17/05/1990" in page and "18/05/1990" in page

    row = CrossCheck.objects.get()
    page = client.post(f"/mot-cua/ho-so/{code}/doi-chieu/", {"sai": f"{row.pk}:{BIRTH_DATE}"}, follow=True)
    finding = Dossier.objects.get(code=code).findings.get()
    assert (finding.item, finding.verdict) == ("field:ngay_sinh", "wrong")
    assert "không khớp với Cơ sở dữ liệu quốc gia về dân cư" in finding.note
    assert "1990-05-18" not in finding.note and "18/05/1990" not in finding.note  # told to nobody outside
    page = client.get(f"/mot-cua/ho-so/{code}/").content.decode()
    assert "Đưa vào yêu cầu bổ sung" not in page  # it is in already
    others = ("field:ho_ten", "field:so_dinh_danh", "field:so_ban", "field:uy_quyen", "paper:giay-chung-minh")
    intake.judge(str(code), dict.fromkeys(others, (Verdict.OK, "")), by=cast.minh, at=cast.at)
    request = intake.request_supplement(str(code), by=cast.minh, at=cast.at).supplement_requests.get()
    assert request.items[0]["item"] == "field:ngay_sinh"


def test_only_a_difference_can_be_taken_over(client: Client, cast: Cast, twin: Any) -> None:
    code = filed(cast).code
    _ = cast.minh
    as_officer(client, cast.minh_account).post(f"/mot-cua/ho-so/{code}/doi-chieu/")
    row = CrossCheck.objects.get()
    for mark in (f"{row.pk}:{BIRTH_DATE}", "x:name", f"{row.pk}:", f"{row.pk}:address"):
        assert client.post(f"/mot-cua/ho-so/{code}/doi-chieu/", {"sai": mark}).status_code == 404


def test_an_unknown_number_is_no_data_and_a_change_afterwards_asks_to_compare_again(
    client: Client, cast: Cast, twin: Any
) -> None:
    dossier = filed(cast, so_dinh_danh="052190000999")
    _ = cast.minh
    as_officer(client, cast.minh_account)
    page = client.post(f"/mot-cua/ho-so/{dossier.code}/doi-chieu/", follow=True).content.decode()
    assert page.count("Không có dữ liệu</span>") == 2
    Dossier.objects.filter(pk=dossier.pk).update(answers={**dossier.answers, "ho_ten": "Nguyễn Thị Lam"})
    page = client.get(f"/mot-cua/ho-so/{dossier.code}/").content.decode()
    assert "Tờ khai đã sửa sau lần đối chiếu này" in page


# --- who may


@accepts("HY-20")
def test_only_whoever_handles_the_dossier_now_may_ask(client: Client, cast: Cast, twin: Any, at: datetime) -> None:
    code = str(filed(cast).code)
    address = f"/mot-cua/ho-so/{code}/doi-chieu/"
    _ = cast.minh, cast.ha, cast.quang, cast.oanh, cast.thu
    assert as_officer(client, cast.oanh_account).post(address).status_code == 404  # another counter
    assert as_officer(client, cast.thu_account).post(address).status_code == 404  # no right at all
    assert as_officer(client, cast.lan_account).post(address).status_code == 404  # the applicant herself
    assert as_officer(client, cast.ha_account).post(address).status_code == 404  # it has not come to her yet
    intake.accept(code, by=cast.minh, at=at)
    assert as_officer(client, cast.minh_account).post(address).status_code == 409  # out of his hands
    assert not twin.box.find() and not CrossCheck.objects.exists()
    assert as_officer(client, cast.ha_account).post(address).status_code == 302
    assert len(twin.box.find()) == 1
    page = as_officer(client, cast.minh_account).get(f"/mot-cua/ho-so/{code}/").content.decode()
    assert "Đối chiếu dữ liệu" in page and "Đối chiếu lại" not in page  # he reads what it came to, and asks nothing


def test_a_colleague_does_not_ask_while_somebody_else_holds_the_step(cast: Cast, twin: Any, at: datetime) -> None:
    code = str(filed(cast).code)
    intake.accept(code, by=cast.minh, at=at)
    _ = cast.ha, cast.binh
    intake.judge(code, {"field:ho_ten": (Verdict.OK, "")}, by=cast.ha, at=at)
    with pytest.raises(Refusal) as no:
        crosscheck.begin(code, by=cast.binh, at=at)
    assert no.value.status == 409


def test_asking_without_end_is_slowed_down(cast: Cast, twin: Any, at: datetime, monkeypatch: Any) -> None:
    code = str(filed(cast).code)
    monkeypatch.setattr(crosscheck, "MOST_AN_HOUR", 2)
    for _ in range(2):
        crosscheck.begin(code, by=cast.minh, at=at)
    with pytest.raises(Refusal) as no:
        crosscheck.begin(code, by=cast.minh, at=at)
    assert no.value.status == 429


@accepts("HY-20")
def test_asking_and_its_outcome_are_audited_without_any_value(
    client: Client, cast: Cast, twin: Any, tmp_path: Path
) -> None:
    knows(tmp_path, {LAN: {NAME: "Nguyễn Thị Lan", BIRTH_DATE: "1990-05-18"}})
    code = filed(cast).code
    _ = cast.minh
    as_officer(client, cast.minh_account).post(f"/mot-cua/ho-so/{code}/doi-chieu/")
    asked, answered = Event.objects.filter(verb__startswith="crosscheck").order_by("seq")
    assert asked.body["purpose"].startswith("Giải quyết hồ sơ")
    assert asked.body["requests"][0]["id"] == answered.body["answered"][0]["id"]
    assert answered.body["answered"][0]["matches"] == {"same": 1, "different": 1, "no_data": 0}
    written = f"{asked.body}{answered.body}"
    assert not [value for value in (LAN, "Lan", "1990-05") if value in written]


# --- when the other side fails


@accepts("HY-20")
@pytest.mark.parametrize("number", ["052190000002", "gone"])
def test_a_silent_database_holds_nobody_up(
    client: Client, cast: Cast, twin: Any, settings: Any, number: str, at: datetime
) -> None:
    code = str(filed(cast, **({} if number == "gone" else {"so_dinh_danh": number})).code)
    if number == "gone":
        settings.REGISTERS_URL = f"http://127.0.0.1:{free_port()}"
    _ = cast.minh
    answer = as_officer(client, cast.minh_account).post(f"/mot-cua/ho-so/{code}/doi-chieu/", follow=True)
    assert answer.status_code == 200
    assert "Bạn có thể hỏi lại sau" in answer.content.decode()
    assert not CrossCheck.objects.exists()
    assert Event.objects.get(verb="crosscheck-answer").body["unanswered"]
    intake.accept(code, by=cast.minh, at=at)  # the work goes on


def test_a_slow_a_forging_and_a_foreign_answer_are_not_used(
    twin: Any, settings: Any, at: datetime, monkeypatch: Any
) -> None:
    assert HttpRegisters().look_up(inquiry(at)).record == {NAME: "NGUYỄN THỊ LAN", BIRTH_DATE: "1990-05-17"}
    with httpx.Client(timeout=0.2, trust_env=False) as hasty, monkeypatch.context() as patience:
        patience.setattr(registers_http, "client", lambda timeout: hasty)
        with pytest.raises(Unanswered, match="không trả lời trong thời gian"):
            HttpRegisters().look_up(inquiry(at, number="052190000003"))
    twin.stopped.set()
    monkeypatch.setattr(registers_sandbox, "signature", lambda *parts: "0" * 64)
    with pytest.raises(Unanswered):
        HttpRegisters().look_up(inquiry(at))


def test_the_twin_believes_no_wrong_key_signature_or_old_question(twin: Any, settings: Any, at: datetime) -> None:
    for name in ("REGISTERS_KEY", "REGISTERS_SECRET"):
        right = getattr(settings, name)
        setattr(settings, name, "khac")
        with pytest.raises(Unanswered, match="khóa kết nối"):
            HttpRegisters().look_up(inquiry(at))
        setattr(settings, name, right)
    with pytest.raises(Unanswered, match="khóa kết nối"):
        HttpRegisters().look_up(inquiry(at - timedelta(hours=1)))
    assert not twin.box.find()


def test_an_answer_whose_signature_is_wrong_is_not_believed(twin: Any, at: datetime, monkeypatch: Any) -> None:
    answer = twin._answer_signed
    monkeypatch.setattr(twin, "_answer_signed", lambda self, value: self.answer_json(200, {**value, "forged": True}))
    with pytest.raises(Unanswered, match="chữ ký"):
        HttpRegisters().look_up(inquiry(at))
    monkeypatch.setattr(twin, "_answer_signed", answer)
    assert HttpRegisters().look_up(inquiry(at, register=Register.ENTERPRISES, number=TAX, parts=(NAME,))).record == {
        NAME: "Công ty TNHH Biển Xanh"
    }


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_database_thinks(
    client: Client, cast: Cast, settings: Any, monkeypatch: Any
) -> None:
    code = filed(cast).code
    _ = cast.minh
    settings.REGISTERS_URL = "http://127.0.0.1:9"
    seen = []

    def look_up(self: Any, inquiry: Inquiry) -> Entry:
        seen.append(connection.in_atomic_block)
        return Entry(record=None, source="", as_of=None, digest="0" * 64)

    monkeypatch.setattr(HttpRegisters, "look_up", look_up)
    as_officer(client, cast.minh_account).post(f"/mot-cua/ho-so/{code}/doi-chieu/")
    assert seen == [False]


def test_without_a_connected_database_the_panel_is_not_there(client: Client, cast: Cast, settings: Any) -> None:
    settings.REGISTERS_URL = settings.REGISTERS_GATEWAY = ""
    code = filed(cast).code
    _ = cast.minh
    assert (
        "Đối chiếu dữ liệu" not in as_officer(client, cast.minh_account).get(f"/mot-cua/ho-so/{code}/").content.decode()
    )
    assert client.post(f"/mot-cua/ho-so/{code}/doi-chieu/").status_code == 409
