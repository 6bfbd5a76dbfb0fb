"""Reporting a violation without an account, following it, and the case book of those whose post it is."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.audit.models import Event
from motcua.feedback.actions import Report, accuse, report, take
from motcua.feedback.facts import secret_of
from motcua.feedback.models import Case, CaseReporter, Via
from motcua.files.models import StoredFile
from motcua.notifications.models import Message
from motcua.papers.queries import of as papers_of
from motcua.rules.people import NOBODY, Role
from motcua.rules.violations import KIND_WORDS
from tests.acceptance.proof import accepts
from tests.cast import PDF
from tests.faces.getting_in import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TOLD = "Có người đứng tên tôi nộp hồ sơ này."
GIVEN = {"kind": "impersonation", "account": TOLD, "accused_is": "other", "thing": "none"}
PORTAL_QUERIES, DESK_QUERIES = 12, 20


@pytest.fixture
def as_(client, cast):
    """`as_("minh")` signs in; "thanh" inspects the commune, "van-hanh" runs the portal."""
    cast.post(cast.officer("thanh", "Nguyễn Văn Thanh"), Role.INSPECTOR, cast.commune)
    cast.post(cast.officer("van-hanh", "Ngô Vận Hành"), Role.OPERATOR, cast.other_commune)
    for name in ("minh", "quang", "lan"):
        getattr(cast, name)

    def sign_in(name):
        from motcua.accounts.models import Account

        client.logout()
        client.force_login(Account.objects.get(login={"lan": "lan@example.vn"}.get(name, name)))
        return client

    return sign_in


def opened(cast, at, **changes):
    given = Report(**{"kind": "impersonation", "account": TOLD, "accused_is": "other", **changes})
    return report(given, via=Via.PORTAL, by=NOBODY, at=at)


# --- the public form


@accepts("BD-17", "BD-18", "BD-19")
def test_anyone_reports_any_kind_without_an_account_and_gets_a_number_and_a_secret(client, settings, clock, at):
    settings.SITE = {**settings.SITE, "forbidden_acts": "Quy chế, điều 4"}
    page = client.get(reverse("portal:report"))
    for words in KIND_WORDS.values():
        assert words.title in said(page)
    assert said(page).count("20/2023/QH15, điều 6") == 1 and "Quy chế, điều 4" in said(page)
    clock.set(at.replace(year=2020))
    assert "51/2005/QH11, điều 9 khoản 6" in said(client.get(reverse("portal:report")))
    clock.set(at)
    for number, kind in enumerate(KIND_WORDS, 1):
        answer = client.post(reverse("portal:report"), {**GIVEN, "kind": kind.value}, follow=True)
        case = Case.objects.get(kind=kind.value)
        assert case.number == f"VP-2026-{number:05d}"
        assert case.number in said(answer) and secret_of(case) in said(answer)
    assert not CaseReporter.objects.exists()
    assert client.get(reverse("portal:home")).content.decode().count(reverse("portal:report")) == 1


def test_from_a_dossier_a_message_and_a_paper_the_form_comes_prefilled(cast, as_, at):
    code = cast.submitted().code
    lan = as_("lan")
    letter = Message.objects.filter(recipient_account=cast.lan_account, channel="portal").first()
    token = papers_of(code)[0].token
    for page, thing, ref in (
        (reverse("portal:dossier", args=[code]), "dossier", code),
        (reverse("portal:message", args=[letter.pk]), "message", str(letter.pk)),
        (reverse("portal:verify_token", args=[token]), "paper", token),
    ):
        link = re.search(rf'href="({reverse("portal:report")}\?[^"]+)"', lan.get(page).content.decode())
        form = lan.get(link[1].replace("&amp;", "&")).content.decode()
        assert f'value="{ref}"' in form and f'<option value="{thing}" selected>' in form


def test_bad_input_keeps_what_was_typed_and_the_files_that_came(client):
    wrong = {**GIVEN, "kind": "", "contact": "không phải", "name": "Trần Lan"}
    picture = SimpleUploadedFile("anh.pdf", PDF, content_type="application/pdf")
    hostile = SimpleUploadedFile("virus.pdf", b"MZ\x90 not a pdf", content_type="application/pdf")
    page = client.post(reverse("portal:report"), {**wrong, "files": [picture, hostile]})
    text = page.content.decode()
    assert page.status_code == 422 and not Case.objects.exists()
    assert TOLD in text and 'value="Trần Lan"' in text and "anh.pdf" in text and "virus.pdf" in text
    assert StoredFile.objects.get().uploaded_by_id is None
    kept = re.search(r'name="kept" value="([^"]+)"', text)[1]
    sent = client.post(reverse("portal:report"), {**GIVEN, "kept": kept, "contact": "0905123456"})
    assert sent.status_code == 302
    case = Case.objects.get()
    assert [row.file.name for row in case.files.all()] == ["anh.pdf"]
    assert CaseReporter.objects.get().contact == "0905123456"
    forged = client.post(reverse("portal:report"), {**GIVEN, "kept": kept + "x"})
    assert forged.status_code == 302 and not Case.objects.latest("pk").files.exists()


def test_odd_signs_and_unknown_choices_are_refused_in_words(client):
    for changes in ({"account": "abc\x00def ghi jkl"}, {"kind": "khác"}, {"ref": "\x00"}, {"accused_is": ""}):
        assert client.post(reverse("portal:report"), {**GIVEN, **changes}).status_code == 422
    assert client.get(reverse("portal:report") + "?loai=x&ma=%00").status_code == 200
    assert not Case.objects.exists()


def test_reports_of_one_network_are_limited_and_nothing_typed_is_lost(client):
    for _ in range(10):
        assert client.post(reverse("portal:report"), GIVEN).status_code == 302
    page = client.post(reverse("portal:report"), GIVEN)
    assert page.status_code == 429 and TOLD in said(page) and Case.objects.count() == 10


def test_a_double_press_opens_one_case(client):
    once = re.search(r'name="once" value="([^"]+)"', client.get(reverse("portal:report")).content.decode())[1]
    for _ in range(2):
        assert client.post(reverse("portal:report"), {**GIVEN, "once": once}).status_code == 302
    assert Case.objects.count() == 1


def test_one_who_is_logged_in_may_stay_unnamed(cast, as_):
    lan = as_("lan")
    lan.post(reverse("portal:report"), {**GIVEN, "unnamed": "on"})
    assert not CaseReporter.objects.exists()
    lan.post(reverse("portal:report"), GIVEN)
    assert CaseReporter.objects.get().account_id == cast.lan_account.pk


def test_the_receipt_is_for_the_browser_that_reported_and_the_case_for_who_has_its_secret(client, cast, as_, at):
    client.post(reverse("portal:report"), GIVEN)
    case = Case.objects.get()
    client.cookies.clear()
    assert client.get(reverse("portal:report_done")).status_code == 302
    follow = reverse("portal:report_follow")
    seen = client.post(follow, {"number": case.number, "secret": secret_of(case)})
    assert "Mới" in said(seen) and TOLD not in said(seen)
    assert "Không có gì để hiển thị" in said(client.post(follow, {"number": case.number, "secret": "22222222"}))
    for _ in range(4):
        client.post(follow, {"number": case.number, "secret": "22222222"})
    assert client.post(follow, {"number": case.number, "secret": secret_of(case)}).status_code == 429


# --- the case book


@accepts("BD-19")
def test_the_case_book_is_narrowed_by_kind_state_agency_and_lateness(cast, as_, at, django_assert_max_num_queries):
    code = cast.submitted().code
    first = opened(cast, at, thing="dossier", ref=code)
    second = opened(cast, at, kind="software")
    operator = as_("van-hanh")
    with django_assert_max_num_queries(DESK_QUERIES):
        page = operator.get(reverse("desk:cases"))
    assert first.number in said(page) and second.number in said(page)
    for query, shown in (
        ("loai=software", [second]),
        ("tinh-trang=new", [first, second]),
        ("tinh-trang=handled", []),
        (f"co-quan={cast.commune.pk}", [first]),
        ("han=qua", []),
    ):
        text = said(operator.get(f"{reverse('desk:cases')}?{query}"))
        assert [case for case in (first, second) if case.number in text] == shown, query
    inspector = as_("thanh")
    text = said(inspector.get(reverse("desk:cases")))
    assert first.number in text and second.number not in text


def test_for_other_officers_the_book_and_the_case_do_not_exist(cast, as_, at):
    code = cast.submitted().code
    case = opened(cast, at, thing="dossier", ref=code)
    for name in ("minh", "quang"):
        officer = as_(name)
        for address in (reverse("desk:cases"), reverse("desk:case", args=[case.number]), reverse("desk:cases_export")):
            assert officer.get(address).status_code == 404
        page = officer.get(reverse("desk:dossier", args=[code]))
        assert case.number not in page.content.decode() and "Vụ việc" not in said(page)


def test_while_a_case_is_open_the_dossier_says_so_to_whoever_may_see_both(cast, as_, at):
    code = cast.submitted().code
    case = opened(cast, at, thing="dossier", ref=code)
    cast.post(cast.quang_account, Role.INSPECTOR, cast.commune)
    assert case.number in said(as_("quang").get(reverse("desk:dossier", args=[code])))
    assert case.number not in said(as_("minh").get(reverse("desk:dossier", args=[code])))


@accepts("BD-18")
def test_an_inspector_verifies_and_ends_a_case_and_the_reporter_reads_the_answer(
    cast, as_, at, client, django_assert_max_num_queries
):
    code = cast.submitted().code
    case = opened(cast, at, thing="dossier", ref=code, contact="lan@example.vn")
    page_of = reverse("desk:case", args=[case.number])
    thanh = as_("thanh")
    with django_assert_max_num_queries(DESK_QUERIES):
        page = thanh.get(page_of)
    assert "lan@example.vn" in said(page) and "Còn nguyên" in said(page) and case.evidence_sha256 in said(page)
    assert Event.objects.filter(subject_kind="case", subject_id=case.number, verb="read").count() == 1
    assert thanh.post(page_of, {"viec": "close"}).status_code == 409
    assert thanh.post(page_of, {"viec": "take"}).status_code == 302
    note = {"viec": "note", "note-words": "Đã gọi người báo.", "note-file": SimpleUploadedFile("bien-ban.pdf", PDF)}
    assert thanh.post(page_of, note).status_code == 302
    bad = thanh.post(page_of, {"viec": "close", "close-state": "transferred", "close-words": "Có dấu hiệu tội phạm."})
    assert bad.status_code == 422 and "Có dấu hiệu tội phạm." in said(bad)
    with django_assert_max_num_queries(DESK_QUERIES):
        page = thanh.get(page_of)
    stored = case.files.get()
    paper = thanh.get(reverse("desk:case_file", args=[case.number, stored.file_id]))
    assert b"".join(paper.streaming_content) == PDF
    done = {"viec": "close", "close-state": "handled", "close-words": "Đúng.", "close-answer": "Đã hủy hồ sơ giả."}
    assert thanh.post(page_of, done).status_code == 302
    text = said(thanh.get(page_of))
    assert "Đã gọi người báo." in text and "Kết thúc và trả lời" not in text
    client.logout()
    answer = client.post(reverse("portal:report_follow"), {"number": case.number, "secret": secret_of(case)})
    assert "Đã hủy hồ sơ giả." in said(answer) and "Đúng." not in said(answer) and "Thanh" not in said(answer)


def test_an_officer_records_a_violation_from_a_dossier(cast, as_, at):
    code = cast.submitted().code
    minh = as_("minh")
    address = reverse("desk:case_report", args=[code])
    assert address in minh.get(reverse("desk:dossier", args=[code])).content.decode()
    bad = minh.post(address, {"kind": "data", "account": "Giấy chứng minh bị sửa ngày sinh.", "accused_is": ""})
    assert bad.status_code == 422 and "Giấy chứng minh bị sửa ngày sinh." in said(bad)
    given = {"kind": "data", "account": "Giấy chứng minh bị sửa ngày sinh.", "accused_is": "other"}
    page = minh.post(address, given, follow=True)
    minh.post(address, given)  # pressed twice
    case = Case.objects.get()
    assert case.number in said(page) and case.dossier_code == code and case.get_via_display() == "Cán bộ ghi nhận"
    assert case.evidence["answers"] and as_("thanh").get(reverse("desk:case", args=[case.number])).status_code == 200
    assert minh.get(reverse("desk:case_report", args=["H99.99-1"])).status_code == 404


def test_the_export_has_the_narrowed_rows_no_reporter_and_no_formula(cast, as_, at):
    opened(cast, at, account='=HYPERLINK("http://x") kéo dữ liệu', name="Người Tố Cáo", contact="0905123456")
    opened(cast, at, kind="software")
    operator = as_("van-hanh")
    text = operator.get(reverse("desk:cases_export") + "?loai=impersonation&tep=csv").content.decode("utf-8-sig")
    assert text.count("VP-2026-") == 1 and "'=HYPERLINK" in text
    assert "Người Tố Cáo" not in text and "0905123456" not in text
    book = operator.get(reverse("desk:cases_export")).content
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("VP-2026-") == 2 and "<f>" not in sheet
    assert Event.objects.filter(subject_kind="case_book", body__export="csv").exists()


def test_the_evidence_can_be_taken_away_and_has_its_digest(cast, as_, at):
    import hashlib

    case = opened(cast, at, thing="dossier", ref=cast.submitted().code)
    content = as_("thanh").get(reverse("desk:case_evidence", args=[case.number])).content
    assert hashlib.sha256(content).hexdigest() == case.evidence_sha256


@accepts("BD-18")
def test_a_reported_officer_who_inspects_gets_404_for_the_case_its_files_and_its_evidence(cast, as_, at):
    case = opened(cast, at, thing="dossier", ref=cast.submitted().code, name="Nguyễn Thị Lan")
    thanh = as_("thanh")
    from motcua.agencies.queries import actor_of

    actor = actor_of(thanh.get(reverse("desk:cases")).wsgi_request.user, at=at)
    take(case.number, by=actor, at=at)
    accuse(case.number, [actor.account_id], by=actor, at=at)
    for name in ("desk:case", "desk:case_evidence"):
        assert thanh.get(reverse(name, args=[case.number])).status_code == 404
    assert case.number not in said(thanh.get(reverse("desk:cases")))
    assert case.number not in thanh.get(reverse("desk:cases_export") + "?tep=csv").content.decode()
