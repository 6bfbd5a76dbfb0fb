"""The pages of the clock: apologies, one more round, what is about to happen, the calendar, outages."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motcua.dossiers.actions import apologise, intake, reschedule
from motcua.dossiers.models import Apology
from motcua.notifications.models import Message
from motcua.papers.queries import of as papers_of
from motcua.policy.models import CalendarChange, Outage
from motcua.rules.acts import State, Verdict
from motcua.rules.people import Role
from tests.faces.getting_in import said
from tests.rooms.late import DAY, HOUR, SYSTEM, accepted, awaited, day, now_of, operator, ring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

MOST_QUERIES = 20


@pytest.fixture
def as_(client, cast):
    """`as_("minh")` signs in and answers the client; "oanh-vh" is the operator."""
    for name in ("minh", "ha", "binh", "quang", "thu", "oanh", "dung"):
        getattr(cast, name)
    keeper = operator(cast)

    def sign_in(name):
        account = getattr(cast, f"{name}_account", None)
        client.logout()
        if account is None:
            from motcua.accounts.models import Account

            account = Account.objects.get(pk=keeper.account_id)
        client.force_login(account)
        return client

    return sign_in


def act_of(code, act):
    return reverse("desk:act", args=[code, act])


# --- on the dossier


def test_an_apology_is_drafted_by_the_officer_and_signed_by_the_leader_on_their_pages(cast, as_, at):
    code = accepted(cast, at)
    ha = as_("ha")
    page = ha.get(act_of(code, "draft-apology"))
    assert page.status_code == 200 and 'value="2026-11-27"' in page.content.decode()  # suggested
    bad = ha.post(act_of(code, "draft-apology"), {"reason": "Chờ xác minh.", "new_day": "2026-11-22"})
    assert bad.status_code == 422 and "ngày làm việc" in said(bad) and "Chờ xác minh." in bad.content.decode()
    assert ha.post(act_of(code, "draft-apology"), {"reason": "", "new_day": "2026-11-30"}).status_code == 422
    assert (
        ha.post(act_of(code, "draft-apology"), {"reason": "Chờ xác minh.", "new_day": "2026-11-30"}).status_code == 302
    )
    assert ha.get(act_of(code, "sign-apology")).status_code == 403
    quang = as_("quang")
    assert "Ký phiếu xin lỗi" in said(quang.get(reverse("desk:dossier", args=[code])))
    page = quang.get(act_of(code, "sign-apology"))
    assert "Chờ xác minh." in said(page) and "17:30 ngày 30/11/2026" in said(page)
    assert quang.post(act_of(code, "sign-apology")).status_code == 302
    assert Apology.objects.get().signed_by_name == "Võ Minh Quang"
    page = said(quang.get(reverse("desk:dossier", args=[code])))
    assert "Hẹn ban đầu 23/11/2026" in page and "Cơ quan xin lỗi và hẹn lại" in page
    assert quang.get(act_of(code, "sign-apology")).status_code == 422


def test_the_citizen_reads_the_apology_both_dates_and_why(cast, as_, at):
    code = accepted(cast, at)
    apologise.draft_apology(code, reason="Chờ xác minh ở nơi khác.", by=cast.ha, at=at)
    apologise.sign_apology(code, by=cast.quang, at=at)
    lan = as_("lan")
    page = lan.get(reverse("portal:dossier", args=[code]))
    text = said(page)
    assert "Hẹn ban đầu: 23/11/2026" in text and "Chờ xác minh ở nơi khác." in text
    assert "hẹn lại một lần" in text
    paper = reverse("portal:paper", args=[code, papers_of(code)[-1].pk])
    assert paper in page.content.decode() and lan.get(paper).content.startswith(b"%PDF")


def test_the_citizen_and_the_officer_read_when_and_why_the_clock_stood(cast, as_, at, clock):
    code = accepted(cast, at)
    from motcua.dossiers.actions import fees

    fees.request_payment(code, name="Lệ phí trước bạ", amount=9_000, by=cast.ha, at=at + HOUR)
    fees.collect(code, receipt_number="1", by=cast.minh, at=at + DAY)
    from motcua.policy.actions import record_outage

    record_outage(
        since=day(at, 20, 8), until=day(at, 20, 9), reason="đứt cáp", by=operator_of(cast), at=day(at, 20, 10)
    )
    reschedule.carry_out(by=SYSTEM, at=day(at, 20, 10))
    clock.set(day(at, 20, 11))
    for name, route in (("lan", "portal:dossier"), ("ha", "desk:dossier")):
        text = said(as_(name).get(reverse(route, args=[code])))
        assert "Chờ người nộp thực hiện nghĩa vụ tài chính" in text, name
        assert "Hệ thống ngừng hoạt động: đứt cáp" in text, name


def operator_of(cast):
    from motcua.accounts.models import Account
    from motcua.agencies.queries import actor_of

    return actor_of(Account.objects.get(login="van-hanh"), at=cast.at)


def test_a_duty_is_asked_for_from_the_examiners_page(cast, as_, at):
    code = accepted(cast, at)
    ha = as_("ha")
    assert "Số tiền (đồng)" in said(ha.get(act_of(code, "request-payment")))
    wrong = ha.post(act_of(code, "request-payment"), {"name": "", "amount": "mười"})
    assert wrong.status_code == 422 and "Số tiền chỉ gồm chữ số" in said(wrong)
    assert (
        ha.post(act_of(code, "request-payment"), {"name": "Thuế", "amount": "1000", "basis": "TB 1"}).status_code == 302
    )
    assert now_of(code).state == State.AWAITING_PAYMENT


def test_a_leader_opens_one_more_round_and_the_list_shows_the_flag(cast, as_, at):
    code = awaited(cast, at)
    from motcua.dossiers.actions import draft, submit

    draft.explain(code, {"paper:giay-chung-minh": "Chỉ có bản này."}, by=cast.lan, at=at)
    submit.supplement(code, by=cast.lan, at=at)
    intake.judge(code, {"paper:giay-chung-minh": (Verdict.WRONG, "Mờ.")}, by=cast.minh, at=at)
    assert as_("minh").post(act_of(code, "allow-supplement"), {"reason": "x"}).status_code == 403
    quang = as_("quang")
    assert quang.post(act_of(code, "allow-supplement"), {"reason": ""}).status_code == 422
    assert quang.post(act_of(code, "allow-supplement"), {"reason": "Ảnh vẫn mờ."}).status_code == 302
    minh = as_("minh")
    assert "Bổ sung thêm lần" in said(minh.get(reverse("desk:dossier", args=[code])))
    assert "Bổ sung thêm lần" in said(minh.get(reverse("desk:worklist")))


def test_the_counters_list_shows_an_unanswered_supplement(cast, as_, at, clock):
    code = awaited(cast, at)
    clock.set(now_of(code).supplement_requests.get().answer_by + DAY)
    page = as_("minh").get(reverse("desk:worklist") + "?nhom=waiting")
    assert code in said(page) and "Quá hạn bổ sung" in said(page)


# --- what is about to happen


def test_the_leader_reads_what_will_happen_and_nothing_happens(cast, as_, at, django_assert_max_num_queries):
    code = accepted(cast, at)
    quang = as_("quang")
    with django_assert_max_num_queries(MOST_QUERIES):
        page = quang.get(reverse("desk:coming"))
    text = said(page)
    assert "Điều gì sẽ xảy ra trong 3 ngày tới" in text and code in text and "Nhắc sắp hết hạn của bước" in text
    assert "Gửi phiếu xin lỗi" in said(quang.get(reverse("desk:coming") + "?ngay=7"))
    assert "3 ngày tới" in said(quang.get(reverse("desk:coming") + "?ngay=999"))
    assert not Message.objects.filter(kind="deadline_near").exists()
    for name in ("minh", "ha", "thu", "dung"):
        assert as_(name).get(reverse("desk:coming")).status_code in (403, 404), name


def test_the_operator_is_told_of_all_by_codes_that_open_nothing(cast, as_, at):
    code = accepted(cast, at)
    page = as_("van-hanh").get(reverse("desk:coming"))
    assert code in said(page) and reverse("desk:dossier", args=[code]) not in page.content.decode()


# --- the calendar


PROPOSAL = {"agency": "", "days_off": "20/11/2026 Nghỉ bão", "working_days": "", "hours": "", "basis": "Thông báo 99"}


def test_one_proposes_another_reads_what_moves_and_confirms(cast, as_, at, clock, django_assert_max_num_queries):
    code = accepted(cast, at)
    keeper = as_("van-hanh")
    wrong = keeper.post(reverse("desk:calendar"), PROPOSAL | {"days_off": "hôm nào đó"})
    assert wrong.status_code == 422 and "Không đọc được ngày ở dòng: hôm nào đó" in said(wrong)
    past = keeper.post(reverse("desk:calendar"), PROPOSAL | {"days_off": "02/11/2026"})
    assert past.status_code == 422 and "đã qua" in said(past)
    sent = keeper.post(reverse("desk:calendar"), PROPOSAL | {"agency": str(cast.commune.pk)})
    change = CalendarChange.objects.get()
    address = reverse("desk:calendar_change", args=[change.pk])
    assert sent.status_code == 302 and sent["Location"] == address
    page = said(keeper.get(address))
    assert code in page and "17:30 ngày 23/11/2026" in page and "17:30 ngày 24/11/2026" in page
    assert "Xác nhận thay đổi lịch" not in page
    assert keeper.post(address).status_code == 403
    quang = as_("quang")
    with django_assert_max_num_queries(MOST_QUERIES):
        page = quang.get(address)
    assert "Xác nhận thay đổi lịch" in said(page)
    assert quang.post(address).status_code == 302
    assert quang.post(address).status_code == 409
    clock.set(at + HOUR)
    reschedule.carry_out(by=SYSTEM, at=at + HOUR)
    reschedule.carry_out(by=SYSTEM, at=at + HOUR)
    assert "Đã tính lại 1 hồ sơ" in said(as_("quang").get(reverse("desk:calendar")))
    assert "Thời hạn được tính lại" in said(as_("lan").get(reverse("portal:dossier", args=[code])))


def test_hours_are_typed_as_they_are_said(cast, as_, at):
    hours = "16/4-15/10: 07:00-11:30, 13:30-17:00\n16/10-15/4: 7:30-12:00, 13:00–16:30"
    given = PROPOSAL | {"days_off": "", "hours": hours, "hours_since": "2026-12-01", "agency": str(cast.commune.pk)}
    assert as_("quang").post(reverse("desk:calendar"), given).status_code == 302
    first, second = CalendarChange.objects.get().hours
    assert (first["first"], first["last"]) == ([4, 16], [10, 15])
    assert second["intervals"] == [["07:30", "12:00"], ["13:00", "16:30"]]
    bad = as_("quang").post(reverse("desk:calendar"), given | {"hours": "sáng và chiều"})
    assert bad.status_code == 422 and "Không đọc được giờ ở dòng" in said(bad)
    gap = as_("quang").post(reverse("desk:calendar"), given | {"hours": hours.splitlines()[0]})
    assert gap.status_code == 422 and "giờ làm việc" in said(gap)


def test_a_proposal_may_be_dropped_and_others_do_not_see_it(cast, as_, at):
    as_("quang").post(reverse("desk:calendar"), PROPOSAL | {"agency": str(cast.commune.pk)})
    address = reverse("desk:calendar_change", args=[CalendarChange.objects.get().pk])
    cast.post(cast.oanh_account, Role.LEADER, cast.other_commune)
    assert as_("oanh").get(address).status_code == 404
    assert as_("quang").post(address, {"bo": "1"}).status_code == 302
    assert CalendarChange.objects.get().dropped_at is not None
    for name in ("minh", "ha", "thu"):
        assert as_(name).get(reverse("desk:calendar")).status_code in (403, 404)


def test_an_outage_is_recorded_on_its_page(cast, as_, at, clock):
    code = accepted(cast, at)
    clock.set(day(at, 19, 12))
    keeper = as_("van-hanh")
    given = {"agency": "", "since": "2026-11-19T08:00", "until": "2026-11-19T10:00", "reason": "mất điện"}
    wrong = keeper.post(reverse("desk:outages"), given | {"until": "2026-11-19T07:00"})
    assert wrong.status_code == 422 and "sau lúc bắt đầu" in said(wrong)
    assert keeper.post(reverse("desk:outages"), given).status_code == 302
    assert Outage.objects.get().since == day(at, 19, 8)
    while reschedule.carry_out(by=SYSTEM, at=day(at, 19, 12)):
        pass
    assert "Đã kéo dài 1 hồ sơ" in said(keeper.get(reverse("desk:outages")))
    assert now_of(code).promised_at == day(at, 24, 17, 30)


# --- what officers are told


def test_officers_read_what_they_were_told_at_the_desk(cast, as_, at, django_assert_max_num_queries):
    code = accepted(cast, at)
    ring(day(at, 19, 13, 30))
    head = as_("binh")  # nobody holds the step: whoever gives it out is told
    with django_assert_max_num_queries(MOST_QUERIES):
        page = head.get(reverse("desk:inbox"))
    assert f"Hồ sơ {code}: hạn của bước 17:00 ngày 19/11/2026" in said(page) and "2 tin chưa đọc" in said(page)
    assert reverse("desk:dossier", args=[code]) in page.content.decode()
    assert head.post(reverse("desk:inbox")).status_code == 302
    assert "chưa đọc" not in said(head.get(reverse("desk:inbox")))
    assert "Chưa có tin nào" in said(as_("thu").get(reverse("desk:inbox")))
    assert as_("dung").get(reverse("desk:inbox")).status_code == 404
