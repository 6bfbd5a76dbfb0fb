"""The carrier: orders over a real socket, reports signed by its secret; nothing forged, repeated or late does harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.actions import fees, posting
from motcua.dossiers.models import Dossier
from motcua.gateways import carrier_sandbox
from motcua.gateways.carrier_http import HttpCarrier
from motcua.gateways.sandbox_box import Box, serve
from motcua.jobs import tasks
from motcua.parcels import actions as post
from motcua.parcels.models import LostCase, Parcel, ParcelEvent
from motcua.parcels.ports import NotTaken, Shipment
from motcua.rules.acts import Channel, State
from motcua.rules.parcels import ParcelState, Way
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.faces.test_sandbox import free_port
from tests.rooms.test_trip import to_ready

HOUR = timedelta(hours=1)
SECRET = "bí mật chung".encode().hex()
CALLBACK = "/api/v1/carrier/events"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def carrier(settings: Any, tmp_path: Path) -> Iterator[type[carrier_sandbox.CarrierHandler]]:
    """The twin, listening on a real socket."""
    settings.SANDBOX, settings.SANDBOX_DIR, settings.CARRIER_SECRET = True, tmp_path, SECRET
    attributes = {
        "box": Box(tmp_path / carrier_sandbox.FILE),
        "reports": Box(tmp_path / carrier_sandbox.REPORTS),
        "key": "khóa".encode().hex(),
        "secret": SECRET,
    }
    handler = type("Handler", (carrier_sandbox.CarrierHandler,), attributes)
    server = serve(handler, 0)
    threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    settings.CARRIER_URL = settings.SANDBOX_CARRIER = f"http://127.0.0.1:{server.server_address[1]}"
    settings.CARRIER_KEY = "khóa".encode().hex()
    yield handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def sent(cast: Cast, at: datetime, settings: Any) -> Parcel:
    """An envelope the post has just taken over."""
    _ = cast.post_office, cast.tam
    cast.return_channel = Channel.POST
    settings.CARRIER_URL, settings.CARRIER_SECRET = settings.CARRIER_URL or "http://127.0.0.1:9", SECRET
    code = to_ready(cast, at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at)
    number = Parcel.objects.get().number
    post.place(number, is_inside=True, by=cast.minh, at=at)
    found = post.open_list(
        Way.TO_CITIZEN, unit=cast.post_office, counter=cast.counter, agency=cast.commune, by=cast.minh, at=at
    )
    posting.scan(found.number, code, by=cast.minh, at=at)
    posting.close_list(found.number, by=cast.minh, at=at)
    posting.confirm_list(found.number, counted=1, by=cast.tam, at=at)
    return Parcel.objects.get()


def shipment(**changes: Any) -> Shipment:
    known: dict[str, Any] = {
        "number": "BG23456789A",
        "receiver_name": "Nguyễn Thị Lan",
        "receiver_address": "Thôn Đông",
        "receiver_phone": "0905123456",
        "from_name": "Bộ phận một cửa",
        "from_address": "Thôn Tây",
        "is_registered": True,
    }
    return Shipment(**(known | changes))


# --- ordering


def test_an_order_arrives_once_however_often_it_is_sent(carrier: Any) -> None:
    labels = {HttpCarrier().ship(shipment()).number for _ in range(3)}
    assert len(labels) == 1
    (order,) = carrier.box.find()
    assert (order["to"], order["registered"], order["repeats"]) == ("Nguyễn Thị Lan", True, 2)


@pytest.mark.parametrize(("phone", "is_final"), [("0905120000", True), ("0905120002", False)])
def test_a_refused_order_is_final_only_when_trying_again_cannot_help(carrier: Any, phone: str, is_final: bool) -> None:
    with pytest.raises(NotTaken) as no:
        HttpCarrier().ship(shipment(receiver_phone=phone))
    assert no.value.is_final is is_final


def test_a_wrong_key_and_a_dead_carrier_are_tried_again(carrier: Any, settings: Any) -> None:
    settings.CARRIER_KEY = "khác"
    with pytest.raises((NotTaken, UnicodeEncodeError)):
        HttpCarrier().ship(shipment())
    settings.CARRIER_KEY, settings.CARRIER_URL = "khac", f"http://127.0.0.1:{free_port()}"
    with pytest.raises(NotTaken, match="không kết nối được") as dead:
        HttpCarrier().ship(shipment())
    assert not dead.value.is_final


def test_an_order_waits_for_a_dead_carrier_and_goes_out_when_it_lives(
    carrier: Any, sent: Parcel, at: datetime, settings: Any
) -> None:
    living, settings.CARRIER_URL = settings.CARRIER_URL, f"http://127.0.0.1:{free_port()}"
    assert post.ship_due(at=at) == 1
    sent.refresh_from_db()
    assert (sent.label_number, sent.ship_attempts) == ("", 1)
    assert "không kết nối được" in sent.ship_error
    assert sent.ship_after is not None and at < sent.ship_after < at + timedelta(minutes=2)
    assert post.ship_due(at=at) == 0  # not before it is time

    settings.CARRIER_URL = living
    assert post.ship_due(at=at + HOUR) == 1
    sent.refresh_from_db()
    assert sent.label_number.startswith("RE") and sent.ship_after is None
    tasks.ship_parcels(0)  # the clock's task finds nothing more to do


def test_an_order_refused_for_good_is_given_up_and_the_clerk_writes_the_label(
    carrier: Any, sent: Parcel, cast: Cast, at: datetime
) -> None:
    Parcel.objects.update(phone="0905120000")
    post.ship_due(at=at)
    sent.refresh_from_db()
    assert sent.ship_after is None and "422" in sent.ship_error
    labelled = post.put_label(sent.number, label="EB000000005VN", by=cast.tam, at=at)
    assert (labelled.label_number, labelled.ship_error) == ("EB000000005VN", "")


# --- reports


@pytest.fixture
def report(client: Client, at: datetime, sent: Parcel) -> Callable[..., Any]:
    """Sends one report, signed unless told otherwise."""
    import hashlib
    import hmac

    def send(
        status: str, sequence: int, *, secret: str = SECRET, age: int = 0, tampered: bool = False, **more: Any
    ) -> Any:
        body = {"id": f"r{sequence}", "parcel": sent.number, "status": status, "sequence": sequence, **more}
        raw, moment = json.dumps(body).encode(), str(int(at.timestamp()) - age)
        mark = hmac.new(secret.encode(), f"{moment}.".encode() + raw, hashlib.sha256).hexdigest()
        return client.post(
            CALLBACK,
            raw.replace(b"lost", b"LOST") if tampered else raw,
            content_type="application/json",
            headers={"X-Carrier-Timestamp": moment, "X-Carrier-Signature": mark},
        )

    return send


LAN = {"name": "Nguyễn Thị Lan", "relation": "Chính người nhận", "signed": True}


@accepts("BD-83")
def test_a_delivery_reported_by_the_carrier_ends_the_dossier(report: Any, sent: Parcel) -> None:
    assert report("accepted", 1).status_code == 200
    assert report("in_transit", 2).status_code == 200
    assert report("delivered", 3, receiver=LAN).status_code == 200
    sent.refresh_from_db()
    assert (sent.state, sent.received_by, sent.receipt_signed) == (ParcelState.DELIVERED, "Nguyễn Thị Lan", True)
    dossier = Dossier.objects.get(code=sent.ref)
    assert dossier.state == State.DELIVERED
    assert dossier.timeline.get(act="deliver").by_name == "Hệ thống bưu chính"


def test_a_report_that_is_forged_tampered_with_or_stale_does_nothing(
    report: Any, sent: Parcel, client: Client, settings: Any
) -> None:
    before = ParcelEvent.objects.count()
    assert report("lost", 1, secret="đoán").status_code == 401
    assert report("lost", 1, tampered=True).status_code == 401
    assert report("lost", 1, age=301).status_code == 401
    assert report("lost", 1, age=-301).status_code == 401
    assert client.post(CALLBACK, {}, content_type="application/json").status_code == 401
    settings.CARRIER_SECRET = ""
    assert report("lost", 1, secret="").status_code == 401  # no secret: nobody is believed
    sent.refresh_from_db()
    assert sent.state == ParcelState.HANDED_OVER
    assert ParcelEvent.objects.count() == before and not LostCase.objects.exists()


def test_a_report_heard_twice_changes_nothing_the_second_time(report: Any, sent: Parcel) -> None:
    for _ in range(2):
        assert report("delivered", 1, receiver=LAN).status_code == 200
    assert ParcelEvent.objects.filter(report_id="r1").count() == 1
    assert Dossier.objects.get(code=sent.ref).timeline.filter(act="deliver").count() == 1


def test_reports_in_the_wrong_order_never_lead_back(report: Any, sent: Parcel) -> None:
    assert report("delivered", 3, receiver=LAN).status_code == 200
    for late in (report("in_transit", 2), report("lost", 1), report("returned", 4)):
        assert late.status_code == 200
    sent.refresh_from_db()
    assert sent.state == ParcelState.DELIVERED
    assert not LostCase.objects.exists()
    assert ParcelEvent.objects.filter(parcel=sent, is_heeded=False).count() == 3


def test_an_older_report_does_not_undo_a_newer_one(report: Any, sent: Parcel) -> None:
    report("in_transit", 5)
    report("lost", 4)
    sent.refresh_from_db()
    assert sent.state == ParcelState.IN_TRANSIT


def test_nothing_is_believed_of_an_envelope_the_post_never_had(report: Any, sent: Parcel) -> None:
    Parcel.objects.update(state=ParcelState.READY, handed_over_at=None)
    assert report("lost", 1).status_code == 200
    sent.refresh_from_db()
    assert sent.state == ParcelState.READY


@accepts("KT-20")
def test_a_registered_delivery_without_a_signature_is_not_believed(report: Any, sent: Parcel) -> None:
    Parcel.objects.update(is_registered=True)
    assert report("delivered", 1, receiver={"name": "Ai đó"}).status_code == 422
    assert report("delivered", 1).status_code == 422
    sent.refresh_from_db()
    assert sent.state == ParcelState.HANDED_OVER
    assert report("delivered", 1, receiver=LAN).status_code == 200  # signed for after all, under the same number


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"id": 1}', b'{"parcel": "\\ud800"}', b"x" * 20_000])
def test_what_makes_no_sense_is_refused_in_words(
    client: Client, at: datetime, settings: Any, body: bytes, db: Any
) -> None:
    import hashlib
    import hmac

    settings.CARRIER_SECRET, moment = SECRET, str(int(at.timestamp()))
    mark = hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"X-Carrier-Timestamp": moment, "X-Carrier-Signature": mark}
    answer = client.post(CALLBACK, body, content_type="application/json", headers=headers)
    assert answer.status_code in (400, 413, 422)
    assert answer.json()["messages"] or answer.json()["field_errors"]


@accepts("BD-82")
def test_a_loss_reported_by_the_carrier_opens_a_case(report: Any, sent: Parcel) -> None:
    assert report("lost", 1, note="Xe chở thư bị cháy").status_code == 200
    assert LostCase.objects.get(parcel=sent).account == "Xe chở thư bị cháy"
    assert Dossier.objects.get(code=sent.ref).state == State.RESULT_READY


# --- the twin


def test_the_twin_signs_its_reports_as_the_product_expects(
    carrier: Any, sent: Parcel, at: datetime, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own signature, taken off the wire and put before the product."""
    post.ship_due(at=at)
    taken: dict[str, Any] = {}

    class Answer:
        status_code, text = 200, ""

    def keep(address: str, *, content: bytes, headers: dict[str, str], **rest: Any) -> Answer:
        taken.update(address=address, content=content, headers=headers)
        return Answer()

    monkeypatch.setattr(carrier_sandbox.httpx, "post", keep)
    report = {"id": "a", "parcel": sent.number, "status": "in_transit", "sequence": 1, "note": ""}
    carrier_sandbox.send(carrier.box.get(sent.number)["callback"], report, SECRET, at=int(at.timestamp()))
    assert taken["address"].endswith(CALLBACK)
    kept = {name: value for name, value in taken["headers"].items() if name != "Content-Type"}
    answer = client.post(CALLBACK, taken["content"], content_type="application/json", headers=kept)
    assert answer.status_code == 200
    sent.refresh_from_db()
    assert sent.state == ParcelState.IN_TRANSIT


def test_the_page_shows_what_the_carrier_took(carrier: Any, client: Client, db: Any) -> None:
    HttpCarrier().ship(shipment(receiver_name="<b>Lan</b>"))
    page = client.get("/sandbox/buu-chinh/").content.decode()
    assert "&lt;b&gt;Lan" in page and "BG23456789A" in page


def test_the_twin_never_starts_beside_a_real_system(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PRODUCTION": "1",
        "SANDBOX_DIR": str(tmp_path),
        "SANDBOX_CARRIER_PORT": str(free_port()),
    }
    command = [sys.executable, "-m", "motcua.gateways.carrier_sandbox"]
    ended = subprocess.run(command, env=environment, capture_output=True, timeout=30)
    assert ended.returncode != 0 and b"PRODUCTION" in ended.stderr
