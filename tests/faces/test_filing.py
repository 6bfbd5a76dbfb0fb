"""Filing in the browser's own words: pages posted one after another, without a script."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.rules.acts import State
from motcua.ui import clock
from tests.acceptance.proof import accepts
from tests.cast import PDF, Cast


@pytest.fixture
def client_of(cast: Cast, at: datetime) -> Any:
    """A signed-in browser: `client_of(account)`."""

    def signed_in(account: Any) -> Client:
        client = Client()
        client.force_login(account)
        return client

    with clock.frozen(at):
        yield signed_in


def paper(name: str = "giay.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def begin(client: Client, cast: Cast) -> Dossier:
    page = client.post(reverse("portal:start", args=[cast.revision.procedure.code]), {"agency": cast.offering.pk})
    assert page.status_code == 302, page.content.decode()
    return Dossier.objects.get(state=State.DRAFT)


def fill_all(client: Client, found: Dossier) -> None:
    key = str(found.public_id)
    first = {"ho_ten": "Nguyễn Thị Lan", "so_dinh_danh": "052190000123"}
    assert client.post(reverse("portal:fill", args=[key, "nguoi_yeu_cau"]), first).status_code == 302
    second = {"so_ban": "2", "uy_quyen": "khong"}
    assert client.post(reverse("portal:fill", args=[key, "noi_dung"]), second).status_code == 302
    sent = client.post(reverse("portal:papers", args=[key]), {"tep-giay-chung-minh": paper()})
    assert sent.status_code == 302
    received = client.post(
        reverse("portal:receive", args=[key]), {"return_channel": "counter", "fee_channel": "counter"}
    )
    assert received.status_code == 302


@accepts("BD-6", "BD-27", "HY-8", "HY-11", "KT-6", "KT-8")
def test_a_citizen_files_without_a_script_and_gets_a_receipt(client_of: Any, cast: Cast) -> None:
    client = client_of(cast.lan_account)
    found = begin(client, cast)
    fill_all(client, found)
    key = str(found.public_id)
    page = client.get(reverse("portal:review", args=[key])).content.decode()
    assert "Nguyễn Thị Lan" in page
    assert "16.000" in page
    filed = client.post(reverse("portal:review", args=[key]), {"declared": "1"}, follow=True)
    found.refresh_from_db()
    body = filed.content.decode()
    assert found.state == State.SUBMITTED
    assert str(found.code) in body
    assert "SHA-256" in body
    pdf = client.get(re.search(r'href="(/ho-so/[^"]+/giay/\d+/)"', body)[1])  # type: ignore[index]
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(client_of: Any, cast: Cast) -> None:
    client = client_of(cast.lan_account)
    found = begin(client, cast)
    page = client.post(
        reverse("portal:fill", args=[found.public_id, "nguoi_yeu_cau"]), {"ho_ten": "Lan", "so_dinh_danh": "12a"}
    )
    body = page.content.decode()
    assert page.status_code == 422
    assert "govuk-error-message" in body
    assert 'value="12a"' in body
    found.refresh_from_db()
    assert found.answers["so_dinh_danh"] == "12a"


def test_each_answer_is_saved_as_it_is_given(client_of: Any, cast: Cast) -> None:
    client = client_of(cast.lan_account)
    found = begin(client, cast)
    answer = client.post(reverse("portal:autosave", args=[found.public_id, "noi_dung"]), {"so_ban": "3"})
    assert answer.json() == {"saved_at": "09:00"}
    found.refresh_from_db()
    assert found.answers["so_ban"] == 3
    assert found.answers["ho_ten"] == "Nguyễn Thị Lan"


def test_a_file_uploaded_by_script_answers_with_its_row_or_with_what_is_wrong(client_of: Any, cast: Cast) -> None:
    client = client_of(cast.lan_account)
    found = begin(client, cast)
    where = reverse("portal:upload", args=[found.public_id, "giay-chung-minh"])
    good = client.post(where, {"tep-giay-chung-minh": paper()})
    assert good.status_code == 201
    assert "giay.pdf" in good.json()["html"]
    bad = client.post(where, {"tep-giay-chung-minh": paper("giay.pdf", b"")})
    assert bad.status_code in (400, 422)
    assert bad.json()["messages"]


@accepts("BD-75", "KT-5")
def test_a_supplement_request_lands_on_the_marked_items(client_of: Any, cast: Cast, at: datetime) -> None:
    from motcua.dossiers.actions import intake
    from motcua.rules.acts import Verdict

    code = str(cast.submitted().code)
    ok = {f"field:{key}": (Verdict.OK, "") for key in ("ho_ten", "so_dinh_danh", "uy_quyen")}
    wrong = {
        "field:so_ban": (Verdict.WRONG, "Chỉ cấp tối đa 2 bản."),
        "paper:giay-chung-minh": (Verdict.WRONG, "Ảnh mờ."),
    }
    intake.judge(code, ok | wrong, by=cast.minh, at=at)
    intake.request_supplement(code, by=cast.minh, at=at)
    client = client_of(cast.lan_account)
    where = reverse("portal:supplement", args=[code])
    body = client.get(where).content.decode()
    assert "Chỉ cấp tối đa 2 bản." in body
    assert "Ảnh mờ." in body
    assert "Số định danh" not in body
    early = client.post(where, {"so_ban": "1", "_shown": "so_ban"})
    assert early.status_code == 422
    told = early.content.decode()
    assert 'href="#tep-giay-chung-minh"' in told and told.count("cũng chưa ghi lý do giữ nguyên") == 2
    done = client.post(where, {"so_ban": "1", "_shown": "so_ban", "tep-giay-chung-minh": paper("moi.pdf", PDF + b"%x")})
    assert done.status_code == 302, done.content.decode()
    assert Dossier.objects.get(code=code).state == State.SUBMITTED


def test_nobody_reads_or_moves_another_persons_dossier(client_of: Any, cast: Cast) -> None:
    found = cast.submitted()
    stranger = client_of(cast.dung_account)
    for name in ("dossier", "receipt", "answers", "withdraw", "supplement"):
        assert stranger.get(reverse(f"portal:{name}", args=[found.code])).status_code == 404, name
    assert stranger.post(reverse("portal:withdraw", args=[found.code])).status_code == 404
    enclosed = found.enclosures.get()
    assert stranger.get(reverse("portal:file", args=[enclosed.file_id])).status_code == 404


def test_pages_of_a_person_ask_few_queries(client_of: Any, cast: Cast, django_assert_max_num_queries: Any) -> None:
    found = cast.submitted()
    client = client_of(cast.lan_account)
    drafted = cast.draft()
    pages = [
        reverse("portal:dossiers"),
        reverse("portal:dossier", args=[found.code]),
        reverse("portal:receipt", args=[found.code]),
        reverse("portal:answers", args=[found.code]),
        reverse("portal:inbox"),
        *(reverse(f"portal:{name}", args=[drafted.public_id]) for name in ("papers", "receive", "review", "discard")),
        reverse("portal:fill", args=[drafted.public_id, "noi_dung"]),
    ]
    for page in pages:
        with django_assert_max_num_queries(20):
            assert client.get(page).status_code == 200, page


@accepts("HY-17", "HY-18")
def test_the_look_up_shows_six_facts_with_the_secret_and_masks_the_name_without(cast: Cast, at: datetime) -> None:
    from motcua.dossiers.actions import intake
    from motcua.dossiers.facts.secrets import lookup_secret

    found = cast.submitted()
    intake.accept(str(found.code), by=cast.minh, at=at)
    with clock.frozen(at):
        visitor = Client()
        bare = visitor.post(reverse("portal:lookup"), {"ask": found.code}).content.decode()
        assert "Nguyễn Thị Lan" not in bare
        assert "N***" in bare
        secret = lookup_secret(found)
        full = visitor.post(reverse("portal:lookup"), {"ask": found.code, "secret": secret.lower()}).content.decode()
        for fact in (found.code, "Bản sao trích lục hộ tịch", "Nguyễn Thị Lan", "18/11/2026", "23/11/2026"):
            assert str(fact) in full
        assert "Đang thẩm tra" in full
        listed = visitor.post(reverse("portal:lookup"), {"ask": "052190000123", "secret": secret}).content.decode()
        assert str(found.code) in listed
        nothing = visitor.post(reverse("portal:lookup"), {"ask": "052190000123"}).content.decode()
        unknown = visitor.post(reverse("portal:lookup"), {"ask": "052190000124"}).content.decode()
        token = re.compile(r'csrfmiddlewaretoken" value="[^"]+"')
        assert token.sub("", nothing).replace("052190000123", "") == token.sub("", unknown).replace("052190000124", "")


def test_five_wrong_secrets_lock_the_code_for_an_hour(cast: Cast, at: datetime) -> None:
    from motcua.dossiers.facts.secrets import lookup_secret

    found = cast.submitted()
    with clock.frozen(at):
        visitor = Client()
        for _ in range(5):
            visitor.post(reverse("portal:lookup"), {"ask": found.code, "secret": "AAAAAAAA"})
        right = visitor.post(reverse("portal:lookup"), {"ask": found.code, "secret": lookup_secret(found)})
        assert right.status_code == 429


def test_a_code_sent_to_the_contact_on_file_opens_the_dossiers(cast: Cast, at: datetime) -> None:
    from motcua.notifications.models import Message

    found = cast.submitted()
    with clock.frozen(at):
        visitor = Client()
        asked = visitor.post(reverse("portal:lookup"), {"ask": "052190000123", "_code": "1"})
        assert asked.status_code == 302
        sent = Message.objects.get(kind="code")
        assert sent.address == "0905123456"
        digits = re.search(r"\b\d{6}\b", sent.body)[0]  # type: ignore[index]
        wrong = visitor.post(reverse("portal:lookup_code"), {"code": "000000"})
        assert wrong.status_code == 422
        opened = visitor.post(reverse("portal:lookup_code"), {"code": digits}).content.decode()
        assert str(found.code) in opened
        assert "Nguyễn Thị Lan" in opened
