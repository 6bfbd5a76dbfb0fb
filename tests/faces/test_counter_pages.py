"""The counter's pages: who stands here, an intake on one page, scanning afterwards, taking in for others."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.agencies.models import OneStopCounter
from motcua.dossiers.actions import draft, submit
from motcua.dossiers.actions.applicant import WalkIn
from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message
from motcua.papers.queries import latest
from motcua.policy.models import Clause
from motcua.policy.queries import forget
from motcua.rules.acts import Channel, Paper, State
from motcua.rules.people import Role
from tests.acceptance.proof import accepts
from tests.cast import PDF
from tests.faces.getting_in import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

CARD = "052085000321||Trần Văn Tư|02031985|Nam|Thôn Đông, xã An Lành|01012022"
ANSWERS = {
    "ho_ten": "Trần Văn Tư", "so_dinh_danh": "052085000321", "so_ban": "3", "uy_quyen": "khong",
    "_shown": ["ho_ten,so_dinh_danh,ngay_sinh", "so_ban,uy_quyen"],
}  # fmt: skip


@pytest.fixture
def minh(client, cast):
    _ = cast.minh, cast.ha, cast.revision
    client.force_login(cast.minh_account)
    return client


def scan():
    return SimpleUploadedFile("giay.pdf", PDF, content_type="application/pdf")


def begun(client, cast, **changes):
    """From a scanned card to the one page of the intake."""
    client.post(reverse("desk:counter"), {"ai": CARD})
    typed = {"name": "Trần Văn Tư", "identity": "052085000321", "address": "Thôn Đông", "offering": cast.offering.pk}
    typed["phone"] = "0912 345 678"
    answer = client.post(reverse("desk:counter_begin", args=["2.000635"]), {**typed, **changes})
    assert answer.status_code == 302, said(answer)
    return answer["Location"]


@accepts("BN-8", "HY-23", "HY-27")
def test_from_the_card_to_the_printed_slip_in_three_posts(minh, cast):
    """Scan, choose, one page: filed, accepted, forwarded; the slip in two copies with its place in the register."""
    counter = reverse("desk:counter")
    assert minh.post(counter, {"ai": CARD + "\r\n"}).status_code == 302
    page = said(minh.get(counter))
    assert "Trần Văn Tư" in page and "052 085 000 321" in page.replace("\xa0", " ")
    form = minh.get(reverse("desk:counter_begin", args=["2.000635"])).content.decode()
    assert 'value="Trần Văn Tư"' in form and "Thôn Đông, xã An Lành" in form
    once = begun(minh, cast)
    page = minh.get(once).content.decode()
    assert 'value="Trần Văn Tư"' in page and "Số bản" in page and "Bản chính giữ lại" in page
    # What nobody has counted is none: a paper counted as handed over is there (BN-8).
    assert 'name="chinh-giay-chung-minh" value="0"' in page
    sent = {**ANSWERS, "tep-giay-chung-minh": scan(), "chinh-giay-chung-minh": "1", "sao-giay-chung-minh": "2"}
    answer = minh.post(once, {**sent, "return_channel": "counter", "declared": "on"})
    assert answer.status_code == 302, said(answer)
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.applicant_name) == (State.EXAMINING, "Trần Văn Tư")
    # The fee is due at return (HY-23): nothing waits for it, and the person is told without anybody's doing.
    assert dossier.fees.get().paid_at is None
    assert Message.objects.filter(subject_ref=dossier.code, kind="accepted").exists()
    shown = minh.get(answer["Location"])
    assert "In giấy tiếp nhận, 2 liên" in said(shown)
    slip = latest(dossier.code, Paper.APPOINTMENT_SLIP)
    assert (slip.data["register_book"], slip.data["register_number"]) == ("2026", "0001")
    pdf = minh.get(reverse("desk:paper", args=[dossier.code, slip.pk])).content
    assert pdf.startswith(b"%PDF-")
    assert minh.get(counter).context["person"] is None


def test_a_wrong_scan_is_told_and_what_was_typed_stays(minh, cast):
    counter = reverse("desk:counter")
    for wrong, told in (
        ("a|b|c", "không phải mã QR của thẻ căn cước"),
        ("https://example.vn/khuyen-mai", "không phải mã QR của thẻ căn cước, mã hồ sơ"),
    ):
        answer = minh.post(counter, {"ai": wrong})
        assert answer.status_code == 422
        assert told in said(answer) and f'value="{wrong}"' in answer.content.decode()
    url = reverse("desk:counter_begin", args=["2.000635"])
    answer = minh.post(url, {"qr": "a|b|c", "name": "Trần Văn Tư", "identity": "1", "offering": cast.offering.pk})
    page = answer.content.decode()
    assert answer.status_code == 422 and "không phải mã QR của thẻ căn cước" in said(answer)
    assert 'value="a|b|c"' in page and 'value="Trần Văn Tư"' in page
    assert not Dossier.objects.exists()


def test_a_number_finds_the_persons_dossiers_and_a_code_opens_its_dossier(minh, cast):
    filed = cast.submitted()
    minh.post(reverse("desk:counter"), {"ai": "052190000123"})
    page = said(minh.get(reverse("desk:counter")))
    assert "Nguyễn Thị Lan" in page and filed.code in page and "Có tài khoản" in page
    assert (
        reverse("desk:dossier", args=[filed.code]) == minh.post(reverse("desk:counter"), {"ai": filed.code})["Location"]
    )
    receipt = latest(filed.code, Paper.SUBMISSION_RECEIPT)
    assert minh.post(reverse("desk:counter"), {"ai": receipt.check_url})["Location"].endswith(f"{filed.code}/")
    minh.post(reverse("desk:counter"), {"quen": "1"})
    assert "Nguyễn Thị Lan" not in said(minh.get(reverse("desk:counter")))
    minh.force_login(cast.oanh and cast.oanh_account)
    assert minh.post(reverse("desk:counter"), {"ai": filed.code}).status_code == 422
    assert minh.post(reverse("desk:counter"), {"ai": receipt.check_url}).status_code == 422


def test_everything_wrong_on_the_one_page_is_told_at_once_and_nothing_is_lost(minh, cast):
    once = begun(minh, cast)
    answer = minh.post(once, {**ANSWERS, "so_ban": "99", "sao-giay-chung-minh": "hai", "return_channel": "counter"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="99"' in page and 'value="hai"' in page
    words = said(answer)
    assert "Số bản" in words and "Số bản là số từ 0 đến" in words and "cam đoan" in words
    answer = minh.post(once, {**ANSWERS, "return_channel": "counter", "declared": "on"})
    assert answer.status_code == 422 and "Giấy tờ chứng minh" in said(answer)
    assert Dossier.objects.get().state == State.DRAFT
    assert minh.post(once, {**ANSWERS, "so_ban": "5", "luu": "1"}).status_code == 302
    assert 'value="5"' in minh.get(once).content.decode()


def test_a_page_of_the_counter_costs_few_queries(minh, cast, django_assert_max_num_queries):
    once = begun(minh, cast)
    minh.get(once)
    with django_assert_max_num_queries(20):
        minh.get(once)
    with django_assert_max_num_queries(20):
        minh.get(reverse("desk:counter"))


@accepts("BN-9")
def test_paper_not_scanned_is_asked_for_and_scanned_afterwards(minh, cast):
    Clause.objects.create(key="counter_papers_digitised", value=True, since=date(2018, 1, 1), basis="Thử")
    forget()
    once = begun(minh, cast)
    sent = {**ANSWERS, "chinh-giay-chung-minh": "1", "return_channel": "counter", "declared": "on"}
    answer = minh.post(once, sent, follow=True)
    assert "đã nộp nhưng chưa tiếp nhận được" in said(answer) and "Chưa quét: Giấy tờ chứng minh" in said(answer)
    dossier = Dossier.objects.get()
    url = reverse("desk:counter_scan", args=[dossier.code])
    assert "Giấy tờ chứng minh" in said(minh.get(url))
    bad = SimpleUploadedFile("x.pdf", b"MZ", content_type="application/pdf")
    assert minh.post(url, {"tep-giay-chung-minh": bad}).status_code == 422
    assert minh.post(url, {"tep-giay-chung-minh": scan()}).status_code == 302
    assert minh.post(reverse("desk:act", args=[dossier.code, "accept"])).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == State.EXAMINING
    minh.force_login(cast.oanh and cast.oanh_account)
    assert minh.get(url).status_code == 404


@accepts("BN-10")
def test_a_counter_takes_in_for_another_agency_where_the_province_says_so(client, cast):
    counter = OneStopCounter.objects.create(host=cast.other_commune, name="Bộ phận một cửa xã Bình Yên")
    counter.serves.add(cast.other_commune)
    _ = cast.revision, cast.oanh, cast.ha
    client.force_login(cast.oanh_account)
    url = reverse("desk:counter_begin", args=["2.000635"]) + "?thay=1"
    search = reverse("desk:counter")
    assert client.get(url).status_code == 404
    assert "phi địa giới" not in said(client.get(search, {"tim": "ban sao"}))
    Clause.objects.create(key="counter_takes_in_for_others", value=True, since=date(2018, 1, 1), basis="Thử")
    forget()
    assert "Tiếp nhận thay cơ quan khác (phi địa giới)" in said(client.get(search, {"tim": "ban sao"}))
    typed = {"name": "Trần Văn Tư", "identity": "052085000321", "offering": cast.offering.pk}
    answer = client.post(url, typed)
    assert answer.status_code == 302
    sent = {**ANSWERS, "tep-giay-chung-minh": scan(), "chinh-giay-chung-minh": "1"}
    answer = client.post(answer["Location"], {**sent, "return_channel": "counter", "declared": "on"}, follow=True)
    assert "đã nộp và tiếp nhận" in said(answer)
    dossier = Dossier.objects.get()
    assert (dossier.agency, dossier.counter, dossier.state) == (cast.commune, counter, State.EXAMINING)


# --- the queue, the roster, the register


def test_the_queue_is_worked_from_the_counters_page(minh, cast, at):
    kiosk = reverse("portal:queue_kiosk", args=[cast.counter.pk])
    for _ in range(2):
        assert minh.post(kiosk, {"nhom": ""}).status_code == 302
    queue, here = reverse("desk:queue"), {"quay": cast.counter.pk}
    minh.post(queue, {**here, "viec": "next", "cho": "3"})
    page = minh.get(reverse("desk:counter"))
    assert "Đang phục vụ số A001" in said(page) and 'value="3"' in page.content.decode()
    assert "Còn 1 người chờ" in said(page)
    for press in ("again", "absent", "next", "done", "next"):
        assert minh.post(queue, {**here, "viec": press, "cho": "3"}).status_code == 302
    assert "Không còn ai chờ" in said(minh.get(reverse("desk:counter")))
    assert minh.post(queue, {**here, "viec": "again"}).status_code == 409
    assert minh.post(queue, {"quay": "7x", "viec": "next"}).status_code == 404
    minh.force_login(cast.oanh and cast.oanh_account)
    assert minh.post(queue, {**here, "viec": "next"}).status_code == 403


@pytest.mark.parametrize("press", ["next", "absent", "done"])
def test_whose_card_was_read_is_forgotten_when_the_next_one_comes(minh, cast, press):
    """The former person's number and address never fill the papers of whoever is called next."""
    for _ in range(2):
        minh.post(reverse("portal:queue_kiosk", args=[cast.counter.pk]), {"nhom": ""})
    here = {"quay": cast.counter.pk, "viec": "next"}
    minh.post(reverse("desk:queue"), here)
    minh.post(reverse("desk:counter"), {"ai": CARD})
    minh.post(reverse("desk:queue"), {**here, "viec": "again"})
    assert "Trần Văn Tư" in said(minh.get(reverse("desk:counter")))
    assert minh.post(reverse("desk:queue"), {**here, "viec": press}).status_code == 302
    assert "Trần Văn Tư" not in said(minh.get(reverse("desk:counter")))


@accepts("BD-66")
def test_the_leader_plans_who_is_on_duty_and_the_counter_shows_it(client, cast, at, clock):
    _ = cast.minh, cast.quang, cast.counter
    client.force_login(cast.quang_account)
    url = reverse("desk:roster")
    page = said(client.get(url))
    assert "Ngày chưa có người trực: 16/11, 17/11, 18/11, 19/11, 20/11" in page and "Lê Quang Minh" in page
    day = at.date().isoformat()
    shift = {
        "quay": cast.counter.pk,
        "tuan": day,
        f"buoi-{day}-morning": "1",
        f"truc-{day}-morning": cast.minh_account.pk,
    }
    assert client.post(url, shift).status_code == 302
    assert "Đang trực: Lê Quang Minh" in said(client.get(url))
    week = {"quay": cast.counter.pk, "tuan": "2026-11-25", "chep": "1"}
    assert "Đã chép 1 buổi trực" in said(client.post(url, week, follow=True))
    bad = {**shift, f"truc-{day}-morning": cast.ha_account.pk}
    assert client.post(url, bad).status_code == 422
    client.force_login(cast.minh_account)
    assert "Đang trực: Lê Quang Minh" in said(client.get(reverse("desk:counter")))
    assert "Lưu lịch trực" not in said(client.get(url))
    assert client.post(url, shift).status_code == 403
    client.force_login(cast.ha and cast.ha_account)
    assert client.get(url).status_code == 404


def test_groups_of_the_queue_are_named_by_who_manages_the_counter(client, cast):
    _ = cast.quang
    client.force_login(cast.quang_account)
    url, here = reverse("desk:queue_groups"), {"quay": cast.counter.pk}
    assert client.post(url, {**here, "ky-hieu": "b", "ten": "Đất đai"}, follow=True).status_code == 200
    kiosk = reverse("portal:queue_kiosk", args=[cast.counter.pk])
    assert "Đất đai" in said(client.get(kiosk))
    assert "một chữ cái" in said(client.post(url, {**here, "ky-hieu": "12", "ten": "X"}, follow=True))
    group = cast.counter.service_groups.get()
    client.post(url, {**here, "dong": group.pk})
    assert "Đất đai" not in said(client.get(kiosk))


def test_the_register_is_read_printed_and_turned_over(minh, cast, at, django_assert_max_num_queries):
    accepted = []
    for _ in range(2):
        accepted.append(cast.submitted().code)
        minh.post(reverse("desk:act", args=[accepted[-1], "accept"]))
    url = reverse("desk:register")
    with django_assert_max_num_queries(14):
        page = said(minh.get(url))
    assert all(code in page for code in accepted) and "0002" in page
    assert "Không có hồ sơ nào vào sổ" in said(minh.get(url, {"tu": "2026-11-01", "den": "2026-11-10"}))
    assert minh.get(url, {"tu": "bậy", "sau": "x"}).status_code == 200
    pdf = minh.get(reverse("desk:register_book"), {"quay": cast.counter.pk})
    assert pdf.content.startswith(b"%PDF-") and pdf["Content-Type"] == "application/pdf"
    assert minh.get(url, {"quay": "999999"}).status_code == 404
    minh.force_login(cast.ha_account)
    assert minh.get(url).status_code == 404


def test_a_draft_of_another_way_of_filing_is_no_intake(minh, cast):
    """The one page opens intakes of this officer only."""
    lan = cast.draft()
    assert minh.get(reverse("desk:counter_once", args=[lan.public_id])).status_code == 404
    person = WalkIn("Trần Văn Tư", "052085000321")
    kha = cast.post(cast.officer("kha", "Đỗ Kha"), Role.COUNTER_OFFICER, cast.commune, counter=cast.counter)
    own = draft.start(
        cast.revision, cast.offering, applicant=None, channel=Channel.COUNTER, walk_in=person, by=kha, at=cast.at
    )
    assert minh.get(reverse("desk:counter_once", args=[own.public_id])).status_code == 404
    filed = submit.submit(str(lan.public_id), declared=True, by=cast.lan, at=cast.at)
    assert minh.get(reverse("desk:counter_once", args=[filed.public_id])).status_code == 409
