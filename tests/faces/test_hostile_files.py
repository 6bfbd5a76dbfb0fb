"""Files as enemies and accidents make them, sent to every place that takes a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.files.models import StoredFile
from motcua.ui.middleware import DoorMiddleware
from tests.acceptance.proof import accepts
from tests.cast import PDF, Cast
from tests.faces.api_calls import Machine, filing
from tests.rooms import file_samples as samples

pytestmark = pytest.mark.usefixtures("clock")

PAPER = "giay-chung-minh"
BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("a.pdf", lambda: b""),
    "mislabelled": ("a.pdf", samples.picture),
    "picture called pdf": ("a.jpg", samples.pdf),
    "html called pdf": ("a.pdf", lambda: b"<html><script>alert(1)</script>"),
    "program": ("a.pdf.exe", lambda: b"MZ" + bytes(200)),
    "svg": ("a.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "svg called png": ("a.png", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "html": ("a.html", lambda: b"<script>alert(1)</script>"),
    "polyglot pdf and html": ("a.pdf", lambda: samples.pdf() + b"<html><script>alert(1)</script></html>"),
    "polyglot pdf and zip": ("a.pdf", lambda: samples.pdf() + samples.docx()),
    "polyglot jpeg and html": ("a.jpg", lambda: samples.picture() + b"<script>alert(1)</script>"),
    "cut short": ("a.pdf", lambda: samples.pdf()[:300]),
    "encrypted": ("a.pdf", lambda: samples.pdf(encryption=samples.pikepdf.Encryption(owner="a", user="b"))),
    "script on opening": ("a.pdf", lambda: samples.pdf(change=samples.action("/JavaScript"))),
    "program on opening": ("a.pdf", lambda: samples.pdf(change=samples.action("/Launch"))),
    "sends the form": ("a.pdf", lambda: samples.pdf(change=samples.action("/SubmitForm"))),
    "file inside": ("a.pdf", lambda: samples.pdf(change=samples.embed)),
    "pixel bomb": ("a.png", samples.pixel_bomb),
    "word file": ("a.docx", samples.docx),
    "no ending": ("a", samples.pdf),
}
NAMES = {
    "../../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\system32\\con.pdf": "_con.pdf",
    "a" * 300 + ".pdf": "a" * 251 + ".pdf",
    "Ủy quyền.pdf": "Ủy quyền.pdf",
    "\u202efdp.exe.pdf": "fdp.exe.pdf",
    "<img src=x onerror=alert(1)>.pdf": "_img src=x onerror=alert(1)_.pdf",
    'a"; filename="b.pdf': None,
    "=1+1.pdf": "=1+1.pdf",
    "hồ sơ\r\nSet-Cookie: a=b.pdf": None,
}


@pytest.fixture
def lan(cast: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.lan_account)
    return client


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


@accepts("BN-6")
@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_beside_its_field_and_never_kept(cast: Cast, lan: Client, case: str) -> None:
    name, make = BAD[case]
    content = make()
    key = cast.draft(complete=False).public_id
    page = lan.post(reverse("portal:papers", args=[key]), {f"tep-{PAPER}": upload(name, content)})
    assert page.status_code == 422
    assert 'href="#tep-giay-chung-minh"' in page.content.decode()
    answer = lan.post(reverse("portal:upload", args=[key, PAPER]), {f"tep-{PAPER}": upload(name, content)})
    assert answer.status_code in {413, 422}
    assert answer.json()["messages"][0] in unescape(page.content.decode())
    assert not StoredFile.objects.exists()


def test_bad_files_are_refused_everywhere_else_too(cast: Cast, lan: Client, at: datetime, standing: Any) -> None:
    minh, ha = Client(), Client()
    minh.force_login(cast.minh_account)
    ha.force_login(cast.ha_account)
    machine = Machine(cast.lan_account, at)
    codes, kept = standing.codes, StoredFile.objects.count()
    for name, make in (BAD["script on opening"], BAD["empty"], BAD["polyglot pdf and html"], BAD["mislabelled"]):
        bad = make()
        scans = {f"tep-{PAPER}": upload(name, bad)}
        walk_in = reverse("desk:counter_papers", args=[standing.walk_in])
        assert minh.post(walk_in, scans).status_code == 422
        scans = {f"tep-{PAPER}": upload(name, bad)}
        assert minh.post(reverse("desk:counter_upload", args=[standing.walk_in, PAPER]), scans).status_code == 422
        mended = {"so_ban": "1", "_shown": "so_ban", f"tep-{PAPER}": upload(name, bad)}
        answer = lan.post(reverse("portal:supplement", args=[codes["awaiting_supplement"]]), mended)
        assert answer.status_code == 422
        draft = {"outcome": "granted", "title": "Giữ lại 7Q", "file": upload(name, bad)}
        answer = ha.post(reverse("desk:act", args=[codes["examining"], "draft-result"]), draft)
        assert answer.status_code == 422 and "Giữ lại 7Q" in answer.content.decode()
        answer = machine.file(filing(), {PAPER: upload(name, bad)}, key="key-of-the-test")
        assert answer.status_code == 422 and f"files.{PAPER}" in answer.json()["field_errors"]
    assert StoredFile.objects.count() == kept


def test_names_of_files_are_words_and_nothing_else(cast: Cast, lan: Client) -> None:
    for number, (given, expected) in enumerate(NAMES.items()):
        key = cast.draft(complete=False).public_id
        sent = upload("a.pdf", PDF + b"%%" + str(number).encode())
        sent._name = given  # the setter would clean it as Django does; the parser of the request must
        answer = lan.post(reverse("portal:upload", args=[key, PAPER]), {f"tep-{PAPER}": sent})
        assert answer.status_code in {201, 400, 422}, (given, answer.content)
        if answer.status_code != 201:
            continue
        stored = Dossier.objects.get(public_id=key).enclosures.get().file
        assert expected is None or stored.name == expected
        assert len(stored.name.encode()) <= 255
        assert not set(stored.name) & set('/\\<>"\r\n\u202e')
        served = lan.get(reverse("portal:file", args=[stored.pk]))
        assert served["Content-Disposition"].startswith("attachment")
        assert "\n" not in served["Content-Disposition"] and "Set-Cookie" not in served.headers
        assert served["X-Content-Type-Options"] == "nosniff"
        assert b"".join(served.streaming_content) == PDF + b"%%" + str(number).encode()


def test_the_same_file_twice_and_two_files_of_one_name(cast: Cast, lan: Client) -> None:
    found = cast.draft(complete=False)
    where = reverse("portal:upload", args=[found.public_id, PAPER])
    first = lan.post(where, {f"tep-{PAPER}": upload("giay.pdf", PDF)})
    again = lan.post(where, {f"tep-{PAPER}": upload("giay.pdf", PDF)})
    other = lan.post(where, {f"tep-{PAPER}": upload("giay.pdf", PDF + b"%2")})
    third = lan.post(where, {f"tep-{PAPER}": upload("giay.pdf", PDF + b"%3")})
    assert [answer.status_code for answer in (first, again, other, third)] == [201, 422, 201, 422]
    assert found.enclosures.count() == 2


class _Unreadable:
    def read(self, *_: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize(
    ("path", "kind", "length"),
    [
        ("/ho-so-nhap/x/giay-to/", "multipart/form-data; boundary=x", 100_000_000),
        ("/tai-khoan/dang-nhap/", "application/x-www-form-urlencoded", 3_000_000),
        ("/api/v1/dossiers", "multipart/form-data; boundary=x", 100_000_000),
        ("/api/v1/worktime", "application/json", 3_000_000),
    ],
)
def test_a_hundred_megabytes_are_refused_unread(rf: RequestFactory, path: str, kind: str, length: int) -> None:
    for accept in ("text/html", "application/json"):
        asked = rf.generic("POST", path, content_type=kind, headers={"Accept": accept})
        asked.META |= {"CONTENT_LENGTH": str(length), "wsgi.input": _Unreadable()}

        def inside(_: Any) -> Any:
            raise AssertionError("it came through the door")

        answer: Any = DoorMiddleware(inside)(asked)
        body = answer.content.decode()
        assert answer.status_code == 413
        if accept == "application/json" or path.startswith("/api/"):
            assert "lớn hơn mức cho phép" in json.loads(body)["messages"][0]
        else:
            assert "lớn hơn mức cho phép" in body and 'lang="vi"' in body


def test_the_door_stands_before_everything_that_reads(client: Client, db: None) -> None:
    """Through all of the middleware: refused although nobody is signed in and no token came along."""
    answer = client.generic(
        "POST", "/tra-cuu/", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(10**9)
    )
    assert answer.status_code == 413
    assert answer["Content-Security-Policy"]
    order = settings.MIDDLEWARE
    assert order.index("motcua.ui.middleware.DoorMiddleware") < order.index("django.middleware.csrf.CsrfViewMiddleware")


def test_a_paper_too_large_for_its_box_is_refused_beside_it(cast: Cast, lan: Client, settings: Any) -> None:
    """Up to the length of a whole request a form is read to its end, and only the file is refused."""
    settings.UPLOAD_MAX_BYTES = 100_000
    key = cast.draft(complete=False).public_id
    page = lan.post(reverse("portal:papers", args=[key]), {f"tep-{PAPER}": upload("phim.pdf", PDF + bytes(200_000))})
    assert page.status_code == 422
    assert 'href="#tep-giay-chung-minh"' in page.content.decode()
    assert Dossier.objects.get(public_id=key).enclosures.count() == 0
