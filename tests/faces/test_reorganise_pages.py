"""The operators' pages of a reorganisation: drawing up, the preview, the second person, the log."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.accounts.models import Account
from motcua.agencies.models import PlannedReorganisation, Reorganisation
from motcua.dossiers.actions import intake
from motcua.dossiers.actions import reorganisation_plans as plans
from motcua.rules.people import Role
from tests.faces.getting_in import said
from tests.rooms.late import SYSTEM, operator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NEW = "/mot-cua/sap-xep/moi/"
GIVEN = {
    "lap": "1", "basis": "Nghị quyết 10/NQ-HĐND", "day": "2026-11-18", "kind": "merge",
    "sources": "H08.41.01\nuy ban nhan dan xa binh yen", "shares": "",
    "heirs": "H08.30.001 | Ủy ban nhân dân xã Lành Yên",
}  # fmt: skip


@pytest.fixture
def as_(client, cast):
    for name in ("minh", "ha", "quang"):
        getattr(cast, name)
    _ = cast.other_commune
    operator(cast)
    cast.post(cast.officer("van-hanh-2", "Lý Thị Hai"), Role.OPERATOR, cast.commune)

    def sign_in(login):
        client.force_login(Account.objects.get(login=login))
        return client

    return sign_in


def page_of(planned):
    return reverse("desk:reorganisation_plan", args=[planned.pk])


def test_one_draws_up_another_reads_what_moves_and_confirms_and_the_log_stays(
    cast, as_, at, django_assert_max_num_queries
):
    code = str(cast.submitted().code)
    intake.accept(code, by=cast.minh, at=at)
    keeper = as_("van-hanh")
    with django_assert_max_num_queries(20):
        assert "Cơ quan được sắp xếp" in said(keeper.get(NEW))
    sent = keeper.post(NEW, GIVEN)
    planned = PlannedReorganisation.objects.get()
    assert sent.status_code == 302 and sent["Location"] == page_of(planned)
    with django_assert_max_num_queries(30):
        own = keeper.get(page_of(planned))
    text = said(own)
    assert "Sáp nhập: Ủy ban nhân dân xã An Lành, Ủy ban nhân dân xã Bình Yên → Ủy ban nhân dân xã Lành Yên" in text
    assert "thành lập mới" in text and "Xác nhận phương án" not in text
    assert keeper.post(page_of(planned), {"xac-nhan": "1", "seen": plans.seen_as(planned)}).status_code == 403
    other = as_("van-hanh-2")
    assert "Chờ người thứ hai" in said(other.get(reverse("desk:reorganisations")))
    page = other.get(page_of(planned))
    assert "Xác nhận phương án" in said(page) and "Thêm thay đổi" not in said(page)
    assert other.post(page_of(planned), {"xac-nhan": "1", "seen": "cũ"}).status_code == 409
    assert other.post(page_of(planned), {"xac-nhan": "1", "seen": plans.seen_as(planned)}).status_code == 302
    assert plans.carry_out_due(by=SYSTEM, at=at) == 1
    log = reverse("desk:reorganisation", args=[Reorganisation.objects.get().pk])
    assert other.get(page_of(planned))["Location"] == log
    with django_assert_max_num_queries(20):
        text = said(other.get(log))
    assert code in text and "Lý Thị Hai" in text and "Ngô Văn Oánh" in text
    with django_assert_max_num_queries(20):
        assert "1 thay đổi, 1 hồ sơ" in said(other.get(reverse("desk:reorganisations")))


def test_what_cannot_be_is_told_at_its_field_or_with_its_place(cast, as_):
    keeper = as_("van-hanh")
    wrong = keeper.post(NEW, GIVEN | {"sources": "Ủy ban nhân dân", "day": "hôm nào"})
    text = said(wrong)
    assert wrong.status_code == 422 and "có thể là: H08.41.01" in text and "Hãy ghi ngày như" in text
    assert "Không có cơ quan nào" in said(keeper.post(NEW, GIVEN | {"sources": "Sở Mây"}))
    assert "cần từ 2" in said(keeper.post(NEW, GIVEN | {"kind": "split", "sources": "H08.41.01"}))
    shares = keeper.post(NEW, GIVEN | {"shares": "bộ phận Múa = H08.30.001"})
    assert shares.status_code == 422 and "Cơ quan không có bộ phận “Múa”" in said(shares)
    assert "Không đọc được dòng" in said(keeper.post(NEW, GIVEN | {"shares": "cái này"}))
    assert not PlannedReorganisation.objects.exists()


def test_another_change_of_the_same_decision_is_added_and_taken_out(cast, as_):
    keeper = as_("van-hanh")
    keeper.post(NEW, GIVEN | {"sources": "H08.41.01"})
    planned = PlannedReorganisation.objects.get()
    again = keeper.post(NEW, GIVEN | {"sources": "H08.41.02"})
    assert again.status_code == 422 and "hãy thêm thay đổi vào phương án ấy" in said(again)
    more = {"them": "1", "kind": "rename", "sources": "H08.41.02", "heirs": "UBND phường Bình Yên", "shares": ""}
    assert keeper.post(page_of(planned), more).status_code == 302
    text = said(keeper.get(page_of(planned)))
    assert "2. Đổi tên: Ủy ban nhân dân xã Bình Yên → UBND phường Bình Yên" in text
    assert keeper.post(page_of(planned), more | {"heirs": ""}).status_code == 422
    assert keeper.post(page_of(planned), {"bot": "2"}).status_code == 302
    planned.refresh_from_db()
    assert len(planned.changes) == 1
    assert keeper.post(page_of(planned), {"bot": "1"}).status_code == 409
    assert keeper.post(page_of(planned), {"bo": "1"}).status_code == 302
    assert "Đã bỏ" in said(keeper.get(page_of(planned)))


def test_a_plan_comes_as_the_file_the_command_reads(cast, as_):
    keeper = as_("van-hanh")
    plan = (
        'day = 2026-11-18\nbasis = "NQ 12"\n[[change]]\nkind = "split"\nfrom = "H08.41.01"\n'
        'to = ["H08.41.02", "H08.41.01"]\n[change.shares]\n"procedure:2.000635" = "H08.41.02"\n'
    )
    sent = keeper.post(NEW, {"tep": "1", "p-file": SimpleUploadedFile("pa.toml", plan.encode())})
    assert sent.status_code == 302 and PlannedReorganisation.objects.get().basis == "NQ 12"
    for bad, words in ((b"\xff", "Không đọc được tệp"), (b'day = "x"', "Thiếu căn cứ")):
        answer = keeper.post(NEW, {"tep": "1", "p-file": SimpleUploadedFile("pa.toml", bad)})
        assert answer.status_code == 422 and words in said(answer)


def test_what_stands_in_the_way_is_shown_and_nobody_else_opens_the_pages(cast, as_, at):
    keeper = as_("van-hanh")
    keeper.post(NEW, GIVEN | {"kind": "dissolve", "sources": "H08.41.01", "heirs": "H08.41.02"})
    planned = PlannedReorganisation.objects.get()
    cast.post(cast.quang_account, Role.LEADER, cast.other_commune)
    cast.quang_account.posts.filter(agency=cast.other_commune).update(until="2027-01-01T00:00:00+07:00")
    text = said(as_("van-hanh-2").get(page_of(planned)))
    assert "Vị trí trùng nhau" in text and "Xác nhận phương án" not in text
    for login in ("minh", "ha", "quang"):
        client = as_(login)
        for address in (reverse("desk:reorganisations"), NEW, page_of(planned)):
            assert client.get(address).status_code in (403, 404), (login, address)
