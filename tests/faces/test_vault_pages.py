"""The vault and its consents on pages, posted as forms without a script (HY-9, HY-12, BN-7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import Consent, KeptAnswer
from motcua.dossiers.models import Dossier, Enclosure
from motcua.files.models import VaultPaper, VaultReading
from motcua.files.queries import open_file
from motcua.rules.acts import State
from motcua.rules.consents import Purpose
from motcua.ui import clock
from tests.acceptance.proof import accepts
from tests.cast import PDF, Cast
from tests.faces.test_filing import begin, fill_all, paper
from tests.rooms.once_only import KIND, PAPER, accepted, again, consent, of_a_kind


@pytest.fixture
def cast(cast: Cast) -> Cast:
    return of_a_kind(cast)


@pytest.fixture
def client_of(cast: Cast, at: datetime) -> Any:
    """A signed-in browser: `client_of(account)`."""

    def signed_in(account: Any) -> Client:
        client = Client()
        client.force_login(account)
        return client

    with clock.frozen(at):
        yield signed_in


def path(name: str, *args: Any) -> str:
    return reverse(f"portal:{name}", args=args)


def kept_bytes(kept: VaultPaper) -> bytes:
    with open_file(kept.file) as stored:
        return bytes(stored.read())


@accepts("HY-12")
def test_consent_is_asked_at_the_end_of_filing_and_never_ticked_beforehand(client_of: Any, cast: Cast) -> None:
    client = client_of(cast.lan_account)
    found = begin(client, cast)
    fill_all(client, found)
    page = client.get(path("review", found.public_id)).content.decode()
    for purpose in Purpose:
        box = page.split(f'id="dong-y-{purpose.value}"')[1].split(">")[0]
        assert "checked" not in box
    client.post(path("review", found.public_id), {"declared": "1", "dong-y-answers": "1"})
    assert list(Consent.objects.order_by("pk").values_list("purpose", flat=True)) == ["answers"]
    assert KeptAnswer.objects.exists()
    profile = client.get(path("profile")).content.decode()
    assert "Đã đồng ý lúc 09:00" in profile
    asked = client.get(path("consent", "answers")).content.decode()
    assert "Số bản: 2" in asked  # what goes is named before it goes
    client.post(path("consent", "answers"), {"_act": "give"})  # sent once more: nothing is taken back
    assert KeptAnswer.objects.exists()
    client.post(path("consent", "answers"), {"_act": "withdraw"})
    assert not KeptAnswer.objects.exists()
    assert "Chưa đồng ý" in client.get(path("profile")).content.decode()


@accepts("HY-12")
def test_what_was_said_last_time_is_filled_in_and_says_so(client_of: Any, cast: Cast, at: datetime) -> None:
    consent(cast, at)
    cast.submitted()
    client = client_of(cast.lan_account)
    begin(client, cast)
    found = Dossier.objects.get(state=State.DRAFT)
    page = client.get(path("fill", found.public_id, "noi_dung")).content.decode()
    assert 'value="2"' in page
    assert "Điền sẵn từ lần trước" in page
    review = client.get(path("review", found.public_id)).content.decode()
    assert "Tôi cam đoan" in review


@accepts("BN-7", "HY-6", "HY-9")
def test_the_papers_step_offers_what_was_given_before_and_one_button_takes_it(
    client_of: Any, cast: Cast, at: datetime
) -> None:
    consent(cast, at)
    first = accepted(cast, at)
    client = client_of(cast.lan_account)
    begin(client, cast)
    found = Dossier.objects.get(state=State.DRAFT)
    kept = VaultPaper.objects.get()
    page = client.get(path("papers", found.public_id)).content.decode()
    assert f"Bạn đã nộp giấy này trong hồ sơ {first} ngày 18/11/2026, còn giá trị đến 18/05/2027." in page
    assert "không phải tải lên lại" in page
    taken = client.post(path("papers", found.public_id), {"_reuse": f"{PAPER}:{kept.pk}"}, follow=True)
    assert taken.status_code == 200
    row = Enclosure.objects.get(dossier=found)
    assert row.reused["code"] == first
    assert f"Dùng lại giấy đã nộp trong hồ sơ {first}" in taken.content.decode()
    gone = client.post(path("papers", found.public_id), {"_reuse": f"{PAPER}:khong-phai-ma"})
    assert gone.status_code == 422
    assert "Không tìm thấy giấy này" in gone.content.decode()


@accepts("BN-7", "HY-6")
def test_an_expired_paper_is_shown_with_why_and_cannot_be_taken(client_of: Any, cast: Cast, at: datetime) -> None:
    consent(cast, at)
    accepted(cast, at)
    kept = VaultPaper.objects.get()
    with clock.frozen(at + timedelta(days=190)):
        client = Client()
        client.force_login(cast.lan_account)
        begin(client, cast)
        found = Dossier.objects.get(state=State.DRAFT)
        page = client.get(path("papers", found.public_id)).content.decode()
        assert "Đã hết giá trị từ ngày 18/05/2027" in page
        assert f"{PAPER}:{kept.pk}" not in page
        refused = client.post(path("papers", found.public_id), {"_reuse": f"{PAPER}:{kept.pk}"})
        assert refused.status_code == 422


@accepts("HY-9")
def test_a_paper_is_put_in_described_referred_to_and_taken_out(client_of: Any, cast: Cast, at: datetime) -> None:
    client = client_of(cast.lan_account)
    assert client.post(path("vault_add"), {"file": paper()})["Location"] == path("consent", "papers")
    client.post(path("consent", "papers"), {"_act": "give"})
    bad = client.post(path("vault_add"), {"file": paper("x.pdf", b"<html>"), "valid_until": "32/13/2026"})
    assert bad.status_code == 422
    empty = client.post(path("vault_add"), {})
    assert "Chọn tệp của giấy" in empty.content.decode()
    client.post(path("vault_add"), {"file": paper(), "title": "Giấy tự thêm", "valid_until": "31/01/2027"})
    kept = VaultPaper.objects.get()
    listed = client.get(path("vault")).content.decode()
    assert "Giấy tự thêm" in listed
    assert "còn giá trị đến 31/01/2027" in listed
    begin(client, cast)
    found = Dossier.objects.get(state=State.DRAFT)
    assert "Lấy từ kho giấy tờ của tôi" in client.get(path("papers", found.public_id)).content.decode()
    client.post(path("papers", found.public_id), {"_reuse": f"{PAPER}:", f"kho-{PAPER}": str(kept.pk)})
    assert Enclosure.objects.get(dossier=found).file_id == kept.file_id
    changed = client.post(path("vault_paper", kept.pk), {"kind": KIND, "number": "12", "valid_until": ""})
    assert changed.status_code == 302
    kept.refresh_from_db()
    assert (kept.kind, kept.number) == (KIND, "12")
    assert client.get(path("vault_file", kept.pk)).getvalue() == PDF
    assert "Hồ sơ nào đã có giấy này thì vẫn giữ nguyên" in client.get(path("vault_remove", kept.pk)).content.decode()
    client.post(path("vault_remove", kept.pk))
    assert not VaultPaper.objects.exists()
    assert client.get(path("file", kept.file_id)).getvalue() == PDF  # the draft has it still


def test_a_stranger_and_an_officer_find_nothing_there(client_of: Any, cast: Cast, at: datetime) -> None:
    consent(cast, at)
    accepted(cast, at)
    kept = VaultPaper.objects.get()
    for account in (cast.dung_account, cast.minh_account):
        client = client_of(account)
        for name in ("vault_paper", "vault_file", "vault_remove"):
            assert client.get(path(name, kept.pk)).status_code in (403, 404)
        assert client.post(path("vault_remove", kept.pk)).status_code in (403, 404)
    assert VaultPaper.objects.exists()


@accepts("BN-7")
def test_the_officer_sees_where_a_reused_paper_is_from_and_must_say_what_is_wrong(
    client_of: Any, cast: Cast, at: datetime
) -> None:
    consent(cast, at)
    first = accepted(cast, at)
    code, kept = again(cast, at)
    client = client_of(cast.minh_account)
    desk = reverse("desk:dossier", args=[code])
    page = client.get(desk).content.decode()
    assert f"Dùng lại giấy đã nộp trong hồ sơ {first}" in page
    typed = {f"v:paper:{PAPER}": "no", f"n:paper:{PAPER}": "Nộp lại bản khác."}
    refused = client.post(desk, typed)
    assert refused.status_code == 422
    assert "không được yêu cầu nộp lại" in refused.content.decode()
    assert client.post(desk, {**typed, f"w:paper:{PAPER}": "unreadable"}).status_code == 302
    kept.refresh_from_db()
    assert kept.wrong_reason.startswith("Tệp mờ")
    opened = client.get(reverse("desk:file", args=[code, kept.file_id]))
    assert opened.getvalue() == kept_bytes(kept)
    assert VaultReading.objects.filter(what="opened", dossier_code=code, paper=kept).count() == 1
    log = client_of(cast.lan_account).get(path("vault")).content.decode()
    assert "Lê Quang Minh" in log


def test_the_vault_asks_the_database_little(
    client_of: Any, cast: Cast, at: datetime, django_assert_max_num_queries: Any
) -> None:
    consent(cast, at)
    accepted(cast, at)
    client = client_of(cast.lan_account)
    client.get(path("vault"))
    with django_assert_max_num_queries(8):
        client.get(path("vault"))


@pytest.mark.parametrize("purpose", ["khong-co", "papers-"])
def test_an_unknown_purpose_is_not_there(client_of: Any, cast: Cast, purpose: str) -> None:
    assert client_of(cast.lan_account).get(path("consent", purpose)).status_code == 404
