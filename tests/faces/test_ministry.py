"""Ministries' systems: people handed over by a signed token, dossiers reported back, no forgery believed (BD-12)."""

from __future__ import annotations

import json
import re
import threading
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.gateways import ministry_sandbox
from motcua.gateways.ministry_token import BadToken, read_token, signature, signed_token
from motcua.gateways.sandbox_box import Box, serve
from motcua.notifications.models import Message
from motcua.procedures.actions import publish
from motcua.procedures.actions.ministries import connect_ministries
from motcua.procedures.models import (
    HandOver,
    MinistryDossier,
    MinistryReport,
    MinistryService,
    MinistrySystem,
    ProcedureRevision,
)
from motcua.procedures.queries.completeness import without_taker
from motcua.procedures.queries.ministry import ministry_dossiers_of
from motcua.rules.acts import Channel
from tests.acceptance.proof import accepts
from tests.faces.getting_in import said
from tests.rooms.catalogue_samples import BY, offered, simple
from tests.rooms.test_parcels_race import at_once
from tests.rooms.test_services import Province

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

CODE, KEY, SECRET = "1.001456", "bo-cong-an", "bí mật chung".encode().hex()
BASE = "https://bo-cong-an.example"
EVENTS, HAND_OVERS = "/api/v1/ministry/events", "/api/v1/ministry/hand-overs"
SYSTEMS: dict[str, Any] = {
    "system": [
        {
            "key": KEY, "name": "Cổng dịch vụ công Bộ Công an", "ministry": "Bộ Công an", "base_url": BASE,
            "hand_over": "token",
            "service": [{"procedure": CODE, "level": 4, "code": "HC-01", "since": date(2026, 1, 1)}],
        }
    ]
}  # fmt: skip


@pytest.fixture
def system(at: datetime, settings: Any) -> MinistrySystem:
    settings.MINISTRY_SECRETS, settings.SANDBOX_MINISTRY = {KEY: SECRET, "bo-khac": "khac"}, ""
    publish(simple(CODE, "Cấp hộ chiếu phổ thông"), by=BY, at=at)
    connect_ministries(SYSTEMS, by=BY, at=at)
    return MinistrySystem.objects.get()


@pytest.fixture
def sent(system: MinistrySystem, cast: Any, client: Any) -> HandOver:
    """Lan has agreed and stands on the way to the ministry."""
    client.force_login(cast.lan_account)
    assert client.post(start(), {"agreed": "1"}).status_code == 200
    return HandOver.objects.get()


@pytest.fixture
def taken(sent: HandOver, client: Any, at: datetime) -> HandOver:
    """And the ministry has asked who she is."""
    assert post(client, HAND_OVERS, {"token": token_of(sent)}, at).status_code == 200
    sent.refresh_from_db()
    return sent


def start() -> str:
    return reverse("portal:ministry_start", args=[CODE])


def token_of(row: HandOver, secret: str = SECRET, **changes: Any) -> str:
    claims = {"aud": KEY, "jti": str(row.key), "exp": int(row.expires_at.timestamp()), **changes}
    return signed_token(claims, secret)


def post(client: Any, path: str, body: Any, at: datetime, *, secret: str = SECRET, key: str = KEY, **more: Any) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    moment = str(int(at.timestamp()))
    return client.post(
        path,
        raw,
        content_type="application/json",
        headers={
            "X-Ministry-System": key,
            "X-Ministry-Timestamp": more.get("moment", moment),
            "X-Ministry-Signature": signature(secret, moment, more.get("signed", raw)),
        },
    )


def report(row: HandOver, **changes: Any) -> dict[str, Any]:
    known = {"id": "r1", "dossier": "BCA-2026-000123", "hand_over": str(row.key), "status": 1, "sequence": 1}
    return {**known, **changes}


# --- the way there


@accepts("BD-12")
def test_a_procedure_of_a_ministrys_system_is_begun_here_and_carried_there_with_a_signed_token(
    system: MinistrySystem, cast: Any, client: Any, at: datetime
) -> None:
    page = client.get(reverse("portal:procedure", args=[CODE]))
    assert start() in page.content.decode()
    assert "Bộ Công an tiếp nhận thủ tục này ở mức độ 4" in said(page)
    assert client.get(start()).status_code == 302  # to the log-in
    client.force_login(cast.lan_account)
    assert "052190000123" in said(client.get(start()))
    refused = client.post(start())
    assert refused.status_code == 422 and not HandOver.objects.exists()
    page = client.post(start(), {"agreed": "1"})
    (address,) = re.findall(rf'href="({BASE}/[^"]+)"', page.content.decode())
    token = parse_qs(urlsplit(unescape(address)).query)["token"][0]
    claims = read_token(token, SECRET, audience=KEY, now=int(at.timestamp()))
    row = HandOver.objects.get()
    assert (claims["procedure"], claims["service"], claims["jti"]) == (CODE, "HC-01", str(row.key))
    assert claims["exp"] - claims["iat"] == 300
    assert not {"name", "identity_number", "phone", "email", "sub"} & set(claims)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert Event.objects.filter(verb="hand_over_to_ministry", subject_id=str(cast.lan_account.pk)).count() == 1


@accepts("BD-12")
def test_the_search_leads_to_our_page_and_filing_here_leads_over(
    system: MinistrySystem, cast: Any, client: Any
) -> None:
    page = client.get(reverse("portal:procedures") + "?tim=ho chieu")
    assert "Mức độ 4 ở hệ thống của Bộ Công an" in said(page)
    assert reverse("portal:procedure", args=[CODE]) in page.content.decode()
    client.force_login(cast.lan_account)
    assert client.get(reverse("portal:start", args=[CODE])).headers["Location"] == start()


@accepts("BD-12")
def test_a_system_that_takes_no_tokens_or_has_no_secret_is_only_opened(
    system: MinistrySystem, cast: Any, client: Any, settings: Any
) -> None:
    client.force_login(cast.lan_account)
    settings.MINISTRY_SECRETS = {}
    page = client.post(start(), {"agreed": "1"})
    assert f'href="{BASE}"' in page.content.decode() and not HandOver.objects.exists()
    settings.MINISTRY_SECRETS = {KEY: SECRET}
    MinistrySystem.objects.update(hand_over="link")
    page = client.post(start(), {"agreed": "1"})
    assert "token=" not in page.content.decode() and not HandOver.objects.exists()


def test_what_is_no_longer_filed_there_is_not_handed_over(system: MinistrySystem, cast: Any, client: Any) -> None:
    client.force_login(cast.lan_account)
    MinistryService.objects.update(until=date(2026, 11, 18))
    assert client.get(start()).status_code == 404
    offered_here = client.get(reverse("portal:procedure", args=[CODE]))
    assert start() not in offered_here.content.decode()


# --- who came


@accepts("BD-12", "BD-65")
def test_the_ministry_learns_once_who_came_and_it_is_recorded(
    sent: HandOver, client: Any, cast: Any, at: datetime
) -> None:
    answer = post(client, HAND_OVERS, {"token": token_of(sent)}, at)
    assert answer.json() == {
        "hand_over": str(sent.key), "procedure": CODE, "service": "HC-01",
        "person": {
            "name": "Nguyễn Thị Lan", "identity_number": "052190000123", "phone": "0905123456",
            "email": "lan@example.vn",
        },
    }  # fmt: skip
    assert Event.objects.filter(verb="given_to_ministry", subject_id=str(cast.lan_account.pk)).count() == 1
    again = post(client, HAND_OVERS, {"token": token_of(sent)}, at)
    assert (again.status_code, again.json()["messages"]) == (
        409, ["Lượt chuyển này đã được nhận; mỗi lượt chỉ nhận một lần."]
    )  # fmt: skip


@accepts("BD-12")
def test_a_forged_expired_or_foreign_token_opens_nothing(sent: HandOver, client: Any, at: datetime, clock: Any) -> None:
    none = signed_token({"aud": KEY, "jti": str(sent.key), "exp": 2**40}, SECRET)
    header = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"  # {"alg":"none","typ":"JWT"}
    for token in (
        token_of(sent, "khác".encode().hex()),
        token_of(sent, aud="bo-khac"),
        token_of(sent, exp=int(at.timestamp())),
        token_of(sent, jti="không phải khóa"),
        f"{header}.{none.split('.')[1]}.",
        "a.b.c", "ả.b.c", "x" * 4000,
    ):  # fmt: skip
        assert post(client, HAND_OVERS, {"token": token}, at).status_code == 401
    later = clock.set(at + timedelta(minutes=6))
    old = post(client, HAND_OVERS, {"token": token_of(sent, exp=int(later.timestamp()) + 60)}, later)
    assert old.status_code == 410
    sent.refresh_from_db()
    assert sent.taken_at is None
    with pytest.raises(BadToken, match="chữ ký"):
        read_token(token_of(sent), "", audience=KEY, now=0)


@accepts("BD-12")
def test_another_ministry_cannot_take_up_what_was_not_sent_to_it(sent: HandOver, client: Any, at: datetime) -> None:
    other = {**SYSTEMS["system"][0], "key": "bo-khac", "service": []}
    connect_ministries({"system": [other]}, by=BY, at=at)
    stolen = signed_token({"aud": "bo-khac", "jti": str(sent.key), "exp": 2**40}, "khac")
    answer = post(client, HAND_OVERS, {"token": stolen}, at, secret="khac", key="bo-khac")
    assert answer.status_code == 404


# --- what is reported


@accepts("BD-12")
def test_the_citizen_sees_her_dossier_at_the_ministry_with_state_and_link(
    taken: HandOver, client: Any, cast: Any, at: datetime
) -> None:
    url = f"{BASE}/ho-so/BCA-2026-000123"
    assert post(client, EVENTS, report(taken, url=url), at).json() == {"dossier": "BCA-2026-000123", "heard": "r1"}
    page = client.get(reverse("portal:dossiers"))
    assert "Hồ sơ ở hệ thống của bộ" in said(page) and "Mới đăng ký" in said(page)
    assert f'href="{url}"' in page.content.decode()
    post(client, EVENTS, report(taken, id="r2", sequence=2, status=5, note="Thiếu ảnh"), at)
    page = client.get(reverse("portal:dossiers"))
    assert (
        "Yêu cầu bổ sung giấy tờ" in said(page) and "Thiếu ảnh" in said(page) and f'href="{url}"' in str(page.content)
    )
    letters = Message.objects.filter(kind="ministry_state", channel="portal", recipient_account_id=cast.lan.account_id)
    assert letters.count() == 2
    assert "Hồ sơ ở hệ thống của bộ" not in said(_as(client, cast.dung_account).get(reverse("portal:dossiers")))
    client.logout()
    found = client.post(reverse("portal:lookup"), {"ask": "BCA-2026-000123", "secret": ""})
    assert found.status_code == 200
    assert "Yêu cầu bổ sung giấy tờ" in said(found) and "Bộ Công an" in said(found) and "Lan" not in said(found)
    assert client.post(reverse("portal:lookup"), {"ask": "BCA-2026-999999", "secret": ""}).status_code == 422
    ProcedureRevision.objects.update(is_sensitive=True)
    assert client.post(reverse("portal:lookup"), {"ask": "BCA-2026-000123", "secret": ""}).status_code == 422


def _as(client: Any, account: Any) -> Any:
    client.force_login(account)
    return client


@accepts("BD-12")
def test_a_report_heard_twice_or_overtaken_or_after_the_end_changes_nothing(
    taken: HandOver, client: Any, cast: Any, at: datetime
) -> None:
    for body in (
        report(taken),
        report(taken),
        report(taken, id="r3", sequence=3, status=4),
        report(taken, id="r2", sequence=2, status=2),
        report(taken, id="r4", sequence=4, status=10),
        report(taken, id="r5", sequence=5, status=4),
    ):
        assert post(client, EVENTS, body, at).status_code == 200
    dossier = MinistryDossier.objects.get()
    assert (dossier.status, dossier.sequence) == (10, 4)
    heeded = list(MinistryReport.objects.order_by("pk").values_list("report_id", "is_heeded"))
    assert heeded == [("r1", True), ("r3", True), ("r2", False), ("r4", True), ("r5", False)]
    assert Message.objects.filter(kind="ministry_state", channel="portal").count() == 3
    other = post(client, EVENTS, report(taken, id="r1", status=9), at)
    assert other.status_code == 409


@accepts("BD-12")
def test_an_unknown_state_is_refused_in_words_and_keeps_nothing(taken: HandOver, client: Any, at: datetime) -> None:
    answer = post(client, EVENTS, report(taken, status=42), at)
    assert answer.status_code == 422
    (words,) = answer.json()["field_errors"]["status"]
    assert words.startswith("Không có trạng thái “42”. Các trạng thái: 1 Mới đăng ký; 2 Được tiếp nhận")
    for wrong in (
        {"status": "4"}, {"status": None}, {"sequence": 0}, {"dossier": ""}, {"dossier": " x"}, {"hand_over": "x"},
        {"url": "https://khac.example/x"}, {"url": "https://bo-cong-an.example@khac.example/"}, {"more": 1},
        {"url": "javascript:alert(1)"},
    ):  # fmt: skip
        assert post(client, EVENTS, report(taken, **wrong), at).status_code == 422, wrong
    assert post(client, EVENTS, b"{", at).status_code == 400
    assert not MinistryDossier.objects.exists() and not MinistryReport.objects.exists()


@accepts("BD-12")
def test_a_bad_signature_is_refused_whatever_is_wrong_with_it(taken: HandOver, client: Any, at: datetime) -> None:
    early, late = at - timedelta(minutes=6), at + timedelta(minutes=6)
    answers = [
        post(client, EVENTS, report(taken), at, secret="khac"),
        post(client, EVENTS, report(taken), at, secret=""),
        post(client, EVENTS, report(taken), at, key="bo-la", secret="khac"),
        post(client, EVENTS, report(taken), at, key="bo-khac", secret="khac"),
        post(client, EVENTS, report(taken), at, signed=b"{}"),
        post(client, EVENTS, report(taken), at, moment=str(int(at.timestamp()) + 1)),
        post(client, EVENTS, report(taken), early),
        post(client, EVENTS, report(taken), late),
        client.post(EVENTS, json.dumps(report(taken)), content_type="application/json"),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.json()["messages"][0] for answer in answers} == {"Chữ ký không đúng hoặc đã cũ."}
    assert not MinistryDossier.objects.exists()


@accepts("BD-12")
def test_nobodys_dossier_and_a_second_one_for_a_hand_over_are_refused(
    sent: HandOver, client: Any, at: datetime
) -> None:
    assert post(client, EVENTS, report(sent), at).status_code == 404  # nobody asked yet who came
    assert post(client, EVENTS, report(sent, hand_over=None), at).status_code == 404
    post(client, HAND_OVERS, {"token": token_of(sent)}, at)
    assert post(client, EVENTS, report(sent), at).status_code == 200
    assert post(client, EVENTS, report(sent, id="r2", dossier="BCA-2"), at).status_code == 409
    assert post(client, EVENTS, report(sent, id="r3", sequence=2, hand_over=None, status=2), at).status_code == 200
    assert MinistryDossier.objects.get().status == 2


@pytest.mark.django_db(transaction=True)
@accepts("BD-12")
def test_the_first_report_sent_twice_at_once_makes_one_dossier(taken: HandOver, at: datetime, cast: Any) -> None:
    from motcua.procedures.actions import ministry

    system = MinistrySystem.objects.get()
    body = ministry.Report(id="r1", dossier="BCA-1", status=1, sequence=1, hand_over=taken.key)
    told = at_once(*[lambda: ministry.hear(body, system=system, base_url=BASE, by=BY, at=at)] * 2)
    assert told[0] == "done"
    assert (MinistryDossier.objects.count(), MinistryReport.objects.count()) == (1, 1)
    assert Message.objects.filter(kind="ministry_state", channel="portal").count() == 1
    assert len(ministry_dossiers_of(cast.lan)) == 1


# --- which systems


@accepts("BD-12")
def test_systems_come_from_data_and_what_is_wrong_there_keeps_nothing(at: datetime) -> None:
    publish(simple(CODE, "Cấp hộ chiếu phổ thông"), by=BY, at=at)
    assert connect_ministries(SYSTEMS, by=BY, at=at) == 2
    assert connect_ministries(SYSTEMS, by=BY, at=at) == 0
    own = SYSTEMS["system"][0]
    wrong = {
        "system": [
            {**own, "key": "Bộ A"}, {**own, "base_url": "http://x.example"}, {**own, "hand_over": "thư"},
            {**own, "key": "bo-b"},
            {**own, "service": [{**own["service"][0], "level": 2}]},
            {**own, "service": [{**own["service"][0], "procedure": "9.999999"}]},
            {**own, "name": "Tên mới", "service": [{"procedure": CODE, "level": 4, "since": "hôm nay"}]},
        ]
    }  # fmt: skip
    with pytest.raises(Refusal) as no:
        connect_ministries(wrong, by=BY, at=at)
    assert len(no.value.messages) == 7
    assert MinistrySystem.objects.get().name == own["name"]


def test_the_systems_of_the_demo_province_can_be_taken_in(at: datetime) -> None:
    given = tomllib.loads((django_settings.REPOSITORY / "demo/ministries.toml").read_text(encoding="utf-8"))
    for definition in given["procedure"]:
        publish(definition, by=BY, at=at)
    assert connect_ministries(given, by=BY, at=at) == 3


def test_the_command_takes_a_file_in_and_says_what_is_wrong(at: datetime, tmp_path: Path, capsys: Any) -> None:
    from argparse import Namespace

    from motcua.console.commands import ministries

    file = tmp_path / "m.toml"
    file.write_text('[[system]]\nkey = "bo-a"\nname = "A"\nministry = "Bộ A"\nbase_url = "https://a.example"\n')
    assert ministries.run(Namespace(file=file)) == 0 and "1 dòng mới" in capsys.readouterr().out
    file.write_text('[[system]]\nkey = "Bộ A"\n')
    assert ministries.run(Namespace(file=file)) == 1 and "key chỉ gồm" in capsys.readouterr().err
    assert ministries.run(Namespace(file=tmp_path / "none.toml")) == 1


# --- the twin


@pytest.fixture
def twin(system: MinistrySystem, live_server: Any, settings: Any, tmp_path: Path, monkeypatch: Any) -> Iterator[str]:
    """The twin on a real socket, its clock held with ours."""
    boxes = {"box": Box(tmp_path / ministry_sandbox.FILE), "people": Box(tmp_path / ministry_sandbox.PEOPLE)}
    handler = type("Handler", (ministry_sandbox.MinistryHandler,), boxes)
    from motcua.ui import clock

    monkeypatch.setattr(ministry_sandbox, "unix_now", lambda: int(clock.now().timestamp()))
    server = serve(handler, 0)
    threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    settings.SANDBOX_MINISTRY = f"http://127.0.0.1:{server.server_address[1]}"
    settings.BASE_URL = live_server.url
    yield settings.SANDBOX_MINISTRY
    server.shutdown()
    server.server_close()


@pytest.mark.django_db(transaction=True)
@accepts("BD-12")
def test_the_whole_way_through_the_twin_and_back(twin: str, cast: Any, client: Any) -> None:
    client.force_login(cast.lan_account)
    page = client.post(start(), {"agreed": "1"}).content.decode()
    (address,) = re.findall(rf'href="({twin}/[^"]+)"', page)
    welcome = httpx.get(unescape(address), trust_env=False)
    assert welcome.status_code == 200 and "Nguyễn Thị Lan" in welcome.text
    assert httpx.get(unescape(address), trust_env=False).status_code == 409
    (key,) = re.findall(r'name="hand_over" value="([^"]+)"', welcome.text)
    opened = _send(f"{twin}/{KEY}/ho-so", {"hand_over": key})
    assert opened.status_code == 200
    (dossier,) = ministry_dossiers_of(cast.lan)
    assert (dossier.state, dossier.url) == ("Mới đăng ký", f"{twin}/{KEY}/ho-so/{dossier.code}")
    _send(dossier.url, {"status": "4"})
    assert ministry_dossiers_of(cast.lan)[0].state == "Đang xử lý"
    unknown = _send(dossier.url, {"status": "77"})
    assert unknown.status_code == 422 and "Không có trạng thái" in unknown.text
    assert httpx.get(f"{twin}/{KEY}/tiep-nhan?token=a.b.c", trust_env=False).status_code == 401
    assert _send(f"{twin}/{KEY}/ho-so", {"hand_over": "x"}).status_code == 404


def _send(address: str, fields: dict[str, str]) -> httpx.Response:
    return httpx.post(
        address,
        content=urlencode(fields),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        trust_env=False,
    )


@accepts("BD-12")
def test_what_a_ministry_takes_is_not_offered_by_an_agency_nor_missed_by_the_province(
    system: MinistrySystem, cast: Any, at: datetime
) -> None:
    province = Province(cast, at)
    wanted = province.service(1, "information", (Channel.COUNTER,))
    with pytest.raises(Refusal) as no:
        province.propose(wanted, code=CODE)
    assert "Bộ, ngành tự nhận" in no.value.field_errors["procedure"][0]
    assert without_taker(at.date()) == 1  # the province's own, offered by nobody yet
    assert ProcedureRevision.objects.count() == 2


def test_what_we_take_ourselves_stays_as_it_was(system: MinistrySystem, client: Any, at: datetime) -> None:
    offered(at)
    page = client.get(reverse("portal:procedure", args=["1.001193"]))
    assert reverse("portal:start", args=["1.001193"]) in page.content.decode()
