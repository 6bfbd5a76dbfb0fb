"""The desk's pages: who may see them, what they cost, what they keep of what was typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from motcua.audit.models import Event
from motcua.desk.doing import DOINGS
from motcua.dossiers.actions import approve, examine, fees, intake, issue
from motcua.dossiers.models import Dossier, Finding
from motcua.dossiers.queries import dossier_of, offers
from motcua.notifications.models import Message
from motcua.papers.queries import latest
from motcua.rules import words
from motcua.rules.acts import Act, Outcome, Paper, State, Verdict
from motcua.rules.lifecycle import Granted
from tests.acceptance.proof import accepts
from tests.cast import PDF
from tests.faces.getting_in import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

MOST_QUERIES = 20
ITEMS = [f"field:{key}" for key in ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")]
HOUR = timedelta(hours=1)


@pytest.fixture
def as_(client, cast):
    """`as_("minh")` signs in and answers the client."""
    for name in ("minh", "ha", "binh", "quang", "thu", "oanh", "dung"):
        getattr(cast, name)

    def sign_in(name):
        client.force_login(getattr(cast, f"{name}_account"))
        return client

    return sign_in


def page_of(code):
    return reverse("desk:dossier", args=[code])


def act_of(code, act):
    return reverse("desk:act", args=[code, act])


def read(answer):
    """The body of a page or of a file, which the client closes at its end."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def accepted(cast, at):
    code = cast.submitted().code
    intake.accept(code, by=cast.minh, at=at)
    return code


def drafted(cast, at, *, propose=False):
    code = accepted(cast, at)
    examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp.", by=cast.ha, at=at)
    if propose:
        examine.propose(code, by=cast.ha, at=at)
    return code


def ready(cast, at):
    code = drafted(cast, at, propose=True)
    approve.approve(code, by=cast.quang, at=at)
    issue.seal(code, by=cast.thu, at=at)
    return code


# --- who may


def test_whoever_is_not_signed_in_is_sent_to_the_door(client, cast):
    code = cast.submitted().code
    for url in (reverse("desk:worklist"), page_of(code), act_of(code, "accept"), reverse("desk:undelivered")):
        answer = client.get(url)
        assert answer.status_code == 302 and "dang-nhap" in answer["Location"], url


@accepts("BN-10")
def test_for_strangers_the_dossier_its_files_and_its_papers_do_not_exist(cast, as_):
    dossier = cast.submitted()
    code, file_id = dossier.code, dossier.enclosures.get().file_id
    urls = [
        page_of(code),
        act_of(code, "accept"),
        reverse("desk:file", args=[code, file_id]),
        reverse("desk:control_sheet", args=[code]),
        reverse("desk:draft_result", args=[code]),
    ]
    for name in ("dung", "oanh", "ha", "thu", "lan"):
        client = as_(name)
        for url in urls:
            assert client.get(url).status_code == 404, (name, url)
        assert client.post(act_of(code, "accept")).status_code == 404
    assert Dossier.objects.get().state == State.SUBMITTED
    assert as_("dung").get(reverse("desk:worklist")).status_code == 404
    assert code not in said(as_("oanh").get(reverse("desk:worklist")))


def test_a_file_of_another_dossier_is_not_served_through_ones_own(cast, as_):
    first, second = cast.submitted(), cast.submitted()
    foreign = second.enclosures.get().file_id
    assert as_("minh").get(reverse("desk:file", args=[first.code, foreign])).status_code == 404
    own = as_("minh").get(reverse("desk:file", args=[first.code, first.enclosures.get().file_id]))
    assert read(own).startswith(b"%PDF")
    assert own.status_code == 200 and own["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in own["Content-Security-Policy"] and own["X-Frame-Options"] == "SAMEORIGIN"


def test_every_reading_of_the_dossier_and_its_papers_is_remembered(cast, as_, at):
    code = drafted(cast, at)
    dossier = Dossier.objects.get()
    minh = as_("minh")
    slip = reverse("desk:paper", args=[code, latest(code, Paper.APPOINTMENT_SLIP).pk])
    file = reverse("desk:file", args=[code, dossier.enclosures.get().file_id])
    for number, url in enumerate((page_of(code), file, slip, reverse("desk:control_sheet", args=[code])), 1):
        assert read(minh.get(url))
        reads = Event.objects.filter(verb="read", subject_id=str(dossier.public_id), actor_name="Lê Quang Minh")
        assert reads.count() == number, url


def test_the_papers_of_a_dossier_are_pdf(cast, as_, at):
    code = drafted(cast, at)
    minh = as_("minh")
    page = minh.get(page_of(code)).content.decode()
    links = [part.split('"')[0] for part in page.split('href="')[1:] if part.split('"')[0].endswith(".pdf")]
    assert len(links) == 4  # receipt, slip, control sheet, draft
    for link in links:
        answer = minh.get(link)
        assert answer.status_code == 200 and answer.content.startswith(b"%PDF"), link
        assert answer["Cache-Control"] == "private, no-store"


# --- what it costs


@pytest.mark.parametrize("name", ["minh", "ha", "quang", "thu"])
def test_the_work_list_and_the_dossier_cost_few_queries(cast, as_, at, name, django_assert_max_num_queries):
    codes = [drafted(cast, at, propose=True) for _ in range(3)]
    for code in codes:
        approve.approve(code, by=cast.quang, at=at)
    drafted(cast, at)
    client = as_(name)
    for url in (reverse("desk:worklist"), reverse("desk:worklist") + "?nhom=all", page_of(codes[0])):
        client.get(url)  # what a process reads once and keeps
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(url).status_code == 200


def test_the_other_pages_cost_few_queries_too(cast, as_, at, django_assert_max_num_queries):
    code = ready(cast, at)
    minh = as_("minh")
    for url in (act_of(code, "collect-fee"), reverse("desk:undelivered"), reverse("desk:counter")):
        minh.get(url)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert minh.get(url).status_code == 200


# --- buttons follow the table


@pytest.mark.parametrize("name", ["minh", "ha", "binh", "quang", "thu"])
def test_each_button_follows_the_table_and_each_refusal_says_why(cast, as_, at, name):
    made = (cast.submitted().code, accepted(cast, at), drafted(cast, at, propose=True), ready(cast, at))
    actor = getattr(cast, name)
    for code in made:
        answer = as_(name).get(page_of(code))
        if answer.status_code == 404:
            continue
        page = answer.content.decode()
        offered = offers(dossier_of(code, actor), actor, at=at)
        for act in DOINGS:
            href = act_of(code, act.value.replace("_", "-"))
            if isinstance(offered.get(act), Granted):
                assert f'"{href}"' in page, (code, act)
                continue
            assert f'"{href}"' not in page, (code, act)
            if act in offered:
                assert f'id="vi-sao-{act.value}"' in page
                for reason in offered[act].reasons:
                    assert escape(reason.words) in page


def test_every_act_an_officer_may_do_has_its_way_through_the_desk():
    elsewhere = {Act.SUBMIT, Act.SUPPLEMENT, Act.JUDGE}
    of_the_system = {Act.CLOSE_UNANSWERED, Act.RESCHEDULE, Act.SUCCEED}
    assert set(DOINGS) | elsewhere | of_the_system == set(Act)


# --- the checklist


@accepts("BN-14", "HY-24")
def test_a_verdict_on_everything_then_one_complete_notice(cast, as_, at):
    code = cast.submitted().code
    minh = as_("minh")
    assert minh.get(act_of(code, "request-supplement")).status_code == 422
    wrong = {"v:paper:giay-chung-minh": "no", "n:paper:giay-chung-minh": "", "v:field:so_ban": "yes"}
    answer = minh.post(page_of(code), wrong)
    assert answer.status_code == 422 and "Hãy ghi rõ “Giấy tờ chứng minh” sai hoặc thiếu gì" in said(answer)
    page = answer.content.decode()
    assert 'name="v:field:so_ban" value="yes" data-key="a" checked' in page  # what was chosen stays
    assert not Finding.objects.exists()
    sent = {**wrong, "n:paper:giay-chung-minh": "Ảnh mờ, chụp lại.", "rest": "1", "tiep": "request-supplement"}
    answer = minh.post(page_of(code), sent)
    assert answer["Location"] == act_of(code, "request-supplement")
    assert "Phiếu nêu 1 mục Giấy tờ chứng minh : Ảnh mờ, chụp lại." in said(minh.get(answer["Location"]))
    assert Finding.objects.filter(verdict="ok").count() == len(ITEMS)
    minh.post(act_of(code, "request-supplement"), {"message": "Xin nộp lại."})
    assert Dossier.objects.get().state == State.AWAITING_SUPPLEMENT
    waiting = said(minh.get(reverse("desk:worklist") + "?nhom=waiting"))
    assert "Tạm dừng" in waiting and "Người nộp" in waiting


def test_one_button_judges_all_the_rest_right_and_keeps_what_was_judged(cast, as_, at):
    code = cast.submitted().code
    intake.judge(code, {"field:so_ban": (Verdict.WRONG, "Quá nhiều.")}, by=cast.minh, at=at)
    as_("minh").post(page_of(code), {"rest": "1"})
    verdicts = dict(Finding.objects.values_list("item", "verdict"))
    assert verdicts["field:so_ban"] == "wrong" and sorted(verdicts.values()) == ["ok"] * 4 + ["wrong"]


def test_an_officer_who_may_only_look_cannot_judge(cast, as_, at):
    code = drafted(cast, at)
    assert as_("minh").get(page_of(code)).status_code == 200
    answer = as_("quang").post(page_of(code), {"rest": "1"})
    assert answer.status_code == 403
    assert not Finding.objects.exists()


# --- bad input


def test_nothing_typed_into_a_form_is_lost_when_something_is_wrong(cast, as_, at):
    fresh, examined, finished = cast.submitted().code, accepted(cast, at), ready(cast, at)
    fees.collect(finished, receipt_number="1", by=cast.minh, at=at)
    cases = [
        ("minh", fresh, "decline", {"reasons": "   "}, "Hãy ghi ít nhất một lý do"),
        ("minh", fresh, "decline", {"reasons": "Sai\x00thẩm quyền"}, "không gõ được từ bàn phím"),
        ("minh", fresh, "collect-fee", {"receipt_number": ""}, "Hãy điền mục này"),
        ("ha", examined, "draft-result", {"outcome": "refused", "title": "Thông báo số 7"}, "nêu rõ lý do"),
        ("ha", examined, "draft-result", {"outcome": "granted", "title": "x" * 300, "body": "a"}, "250"),
        ("minh", finished, "deliver", {"channel": "post", "receiver_name": "Trần Văn Bưu"}, "số hiệu bưu gửi"),
        ("minh", finished, "deliver", {"channel": "counter", "receiver_name": "Bà Lan"}, "Còn phải đối chiếu"),
        ("minh", finished, "deliver", {"channel": "bay", "receiver_name": "Bà Lan"}, "bay"),
    ]
    for name, code, act, sent, told in cases:
        before = Dossier.objects.get(code=code).state
        answer = as_(name).post(act_of(code, act), sent)
        assert answer.status_code == 422, (act, answer.status_code)
        assert told in said(answer), (act, said(answer))
        for value in sent.values():
            if value.strip() and value.isprintable() and value != "bay" and act != "decline":
                assert value in answer.content.decode(), (act, value)
        assert Dossier.objects.get(code=code).state == before


def test_a_finished_document_survives_a_mistake_elsewhere_in_the_form(cast, as_, at):
    code = accepted(cast, at)
    ha = as_("ha")
    file = SimpleUploadedFile("trich-luc.pdf", PDF, content_type="application/pdf")
    answer = ha.post(act_of(code, "draft-result"), {"outcome": "granted", "title": "", "file": file})
    assert answer.status_code == 422
    file = SimpleUploadedFile("trich-luc.pdf", PDF, content_type="application/pdf")
    answer = ha.post(act_of(code, "draft-result"), {"outcome": "refused", "title": "Trích lục", "file": file})
    assert answer.status_code == 422 and "Đang kèm: trich-luc.pdf" in said(answer)
    kept = answer.content.decode().split('name="kept" value="')[1].split('"')[0]
    answer = ha.post(act_of(code, "draft-result"), {"outcome": "granted", "title": "Trích lục", "kept": kept})
    assert answer.status_code == 302
    drawn = as_("quang").get(reverse("desk:draft_result", args=[code]))
    assert read(drawn) == PDF
    bad = SimpleUploadedFile("x.pdf", b"<html><script>", content_type="application/pdf")
    answer = as_("ha").post(act_of(code, "draft-result"), {"outcome": "granted", "title": "T", "file": bad})
    assert answer.status_code == 422


def test_unknown_acts_and_filters_are_met_calmly(cast, as_):
    code = cast.submitted().code
    minh = as_("minh")
    assert minh.get(act_of(code, "burn")).status_code == 404
    assert minh.post(act_of(code, "submit")).status_code == 404
    for query in ("nhom=x&tinh-trang=y&han=z&kenh=q&thu-tuc=%00&trang=-3", "trang=99999999999999", "tim=nope"):
        assert minh.get(f"{reverse('desk:worklist')}?{query}").status_code == 200
    for text in ("'; DROP TABLE", "\x00", "a" * 5000, "& | !", "H08", "   "):
        answer = minh.post(reverse("desk:worklist"), {"tim": text})
        assert answer.status_code == 302
        assert minh.get(answer["Location"]).status_code == 200


# --- finding


@pytest.mark.parametrize(
    "typed", ["nguyen thi lan", "LAN", "052 190 000 123", "H08.41.01-2611", "lan nguyen", "Nguyễn Thị L"]
)
def test_a_dossier_is_found_by_code_name_without_accents_and_identity_number(cast, as_, typed):
    code = cast.submitted().code
    minh = as_("minh")
    answer = minh.post(reverse("desk:worklist"), {"tim": typed})
    assert "052190" not in answer["Location"] and "lan" not in answer["Location"].lower().split("tim=")[0]
    assert code in said(minh.get(answer["Location"]))
    other = minh.post(reverse("desk:worklist"), {"tim": "khong co ai"})
    assert "Không có hồ sơ nào khớp" in said(minh.get(other["Location"]))


def test_a_whole_code_opens_the_dossier_at_once(cast, as_):
    code = cast.submitted().code
    assert as_("minh").post(reverse("desk:worklist"), {"tim": f" {code.lower()} "})["Location"] == page_of(code)
    assert as_("oanh").post(reverse("desk:worklist"), {"tim": code})["Location"] != page_of(code)


def test_tabs_and_filters_hold_what_they_say(cast, as_, at, clock):
    fresh, waiting, examined = cast.submitted().code, cast.submitted().code, accepted(cast, at)
    done = cast.submitted().code
    intake.decline(done, reasons=["Không thuộc thẩm quyền."], by=cast.minh, at=at)
    verdicts = dict.fromkeys(ITEMS, (Verdict.OK, "")) | {"paper:giay-chung-minh": (Verdict.WRONG, "Mờ.")}
    intake.judge(waiting, verdicts, by=cast.minh, at=at)
    intake.request_supplement(waiting, by=cast.minh, at=at)
    minh, home = as_("minh"), reverse("desk:worklist")
    held = {"": {fresh}, "waiting": {waiting}, "elsewhere": {examined}, "done": {done}}
    for tab, codes in {**held, "all": {fresh, waiting, examined, done}}.items():
        page = minh.get(f"{home}?nhom={tab}").content.decode()
        assert {code for code in (fresh, waiting, examined, done) if f">{code}<" in page} == codes, tab
    for query, codes in {
        "tinh-trang=examining": {examined},
        "kenh=post": set(),
        "thu-tuc=2.000635": {fresh, waiting, examined, done},
        "han=late": set(),
    }.items():
        page = minh.get(f"{home}?nhom=all&{query}").content.decode()
        assert {code for code in (fresh, waiting, examined, done) if f">{code}<" in page} == codes, query
    clock.set(at + 200 * HOUR)
    minh.logout()
    page = as_("minh").get(f"{home}?nhom=all&han=late").content.decode()
    assert f">{fresh}<" in page and f">{examined}<" in page and f">{waiting}<" not in page
    assert "Quá hạn" in page and "mc-due--late" in page


def test_answers_are_filtered_from_to_and_what_is_no_number_or_day_is_answered(cast, as_, clock):
    code = str(cast.submitted(ngay_sinh="1990-05-17").code)
    minh, here = as_("minh"), reverse("desk:worklist")

    def listed(**asked):
        given = {f"f.{name.replace('_tu', '~tu').replace('_den', '~den')}": one for name, one in asked.items()}
        sent = minh.post(here, {"nhom": "all", "thu-tuc": "2.000635", **given})
        return minh.get(sent["Location"]).content.decode()

    page = listed(so_ban_tu="1", so_ban_den="10", ngay_sinh_tu="01/05/1990", ngay_sinh_den="31/05/1990")
    assert code in page and 'value="01/05/1990"' in page and "Số bản, từ" in page and "Ngày sinh, đến" in page
    assert code not in listed(so_ban_tu="3") and code not in listed(ngay_sinh_den="30/04/1990")
    for asked, told in (
        ({"so_ban_tu": "hai"}, "Hãy ghi một số."),
        ({"ngay_sinh_tu": "31/02/1990"}, "Hãy ghi ngày dạng ngày/tháng/năm."),
        ({"so_ban_tu": "5", "so_ban_den": "2"}, "không nhỏ hơn giá trị ở ô"),
    ):
        page = listed(**asked)
        assert told in page and 'aria-invalid="true"' in page and code not in page, asked
    old = minh.get(f"{here}?nhom=all&thu-tuc=2.000635&f.so_ban=2").content.decode()
    assert code in old and old.count('value="2"') >= 2  # what was kept as one value is a span of it


def test_what_falls_due_first_stands_first(cast, as_, at):
    later, sooner = cast.submitted().code, cast.submitted().code
    Dossier.objects.filter(code=sooner).update(due_at=at + HOUR)
    page = as_("minh").get(reverse("desk:worklist")).content.decode()
    assert page.index(sooner) < page.index(later)
    assert "Còn 1 giờ" in page and "mc-due--soon" in page


def test_case_officers_have_their_own_and_what_nobody_holds(cast, as_, at):
    free, own, foreign = (accepted(cast, at) for _ in range(3))
    examine.assign(own, to=cast.ha_account.pk, by=cast.ha, at=at)
    examine.assign(foreign, to=cast.binh_account.pk, by=cast.binh, at=at)
    page = said(as_("ha").get(reverse("desk:worklist")))
    assert free in page and own in page and foreign not in page
    assert "Tôi" in page and "Chưa giao" in page
    assert foreign in said(as_("ha").get(reverse("desk:worklist") + "?nhom=elsewhere"))


# --- leaders, messages, the rest


@accepts("HY-30")
def test_a_leader_signs_or_sends_back_from_the_list(cast, as_, at):
    first, second = drafted(cast, at, propose=True), drafted(cast, at, propose=True)
    quang = as_("quang")
    home = said(quang.get(reverse("desk:worklist")))
    assert "Chờ tôi ký duyệt 2" in home and "Trích lục (PDF)" in home
    answer = quang.post(act_of(first, "approve"), {"tro-ve": "danh-sach"})
    assert answer["Location"] == reverse("desk:worklist")
    told = said(quang.get(answer["Location"]))
    assert "Lãnh đạo đã ký duyệt. Tiếp theo: Vào sổ, đóng dấu" in told
    assert quang.post(act_of(second, "send-back"), {"reason": ""}).status_code == 422
    assert quang.post(act_of(second, "send-back"), {"reason": "Sai số bản."}).status_code == 302
    assert Dossier.objects.get(code=second).state == State.EXAMINING
    assert "Sai số bản." in said(as_("ha").get(page_of(second)))


def test_messages_nobody_got_are_listed_and_sent_again_only_by_who_sees_the_dossier(cast, as_, at):
    code = cast.submitted().code
    message = Message.objects.get(subject_ref=code, channel="sms")
    Message.objects.filter(pk=message.pk).update(state="undeliverable", last_error="Số không liên lạc được")
    url = reverse("desk:undelivered")
    page = said(as_("minh").get(url))
    assert "Số không liên lạc được" in page and "0905123456" not in page
    assert "Mọi tin nhắn đều đã đi" in said(as_("oanh").get(url))
    assert as_("oanh").post(url, {"message": str(message.pk)}).status_code == 404
    assert as_("minh").post(url, {"message": "rác"}).status_code == 404
    assert as_("minh").post(url, {"message": str(message.pk)}).status_code == 302
    message.refresh_from_db()
    assert message.state == "pending"
    assert "Không gửi được" not in said(as_("minh").get(page_of(code)))


@accepts("HY-27")
def test_an_act_tells_what_happened_and_what_comes_next(cast, as_):
    code = cast.submitted().code
    minh = as_("minh")
    told = said(minh.get(minh.post(act_of(code, "accept"))["Location"]))
    assert f"{code}: Đã tiếp nhận hồ sơ. Tiếp theo: Thẩm tra, Bộ phận Tư pháp – Hộ tịch." in told


def test_the_second_officer_reads_that_somebody_was_first(cast, as_):
    code = cast.submitted().code
    minh = as_("minh")
    minh.post(act_of(code, "accept"))
    answer = minh.post(act_of(code, "accept"))
    assert answer.status_code == 409
    page = said(answer)
    assert "Việc này vừa có người làm trước" in page and words.REASONS["already_accepted"] in page
    assert f'href="{page_of(code)}"' in answer.content.decode()


def test_a_get_changes_nothing(cast, as_, at):
    code = accepted(cast, at)
    before = Dossier.objects.values().get(code=code)
    for act in DOINGS:
        as_("ha").get(act_of(code, act.value.replace("_", "-")))
    assert Dossier.objects.values().get(code=code) == before
