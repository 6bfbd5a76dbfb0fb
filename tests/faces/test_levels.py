"""What the pages say and take of levels, ways, signatures and payment: posted without a script."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft, submit
from motcua.dossiers.models import Dossier
from motcua.eforms.actions import publish as publish_form
from motcua.files.models import StoredFile
from motcua.papers.queries import of as papers_of
from motcua.rules.acts import Act, Channel, Compared, Mode, State, Unsigned
from motcua.rules.people import Actor
from motcua.rules.words import MODES
from tests.acceptance.proof import accepts
from tests.cast import FORM, PDF, Cast
from tests.faces.api_calls import Machine
from tests.faces.getting_in import said
from tests.rooms.late import ask
from tests.rooms.test_levels import PAPER, bare_draft, clause, file, level_four, per_component, province, to_ready
from tests.signed_pdf import signed_pdf

pytestmark = pytest.mark.usefixtures("clock")
ACCOUNT = "1020 1234 5678, Ngân hàng thử, UBND xã An Lành"


@pytest.fixture
def lan(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.lan_account)
    return client


@pytest.fixture
def minh(cast: Cast) -> Client:
    _ = cast.minh
    client = Client()
    client.force_login(cast.minh_account)
    return client


def upload(content: bytes, name: str = "giay.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, answer
    return said(answer)


# --- what a level gives


@pytest.mark.parametrize(
    ("level", "told", "not_told"),
    [
        pytest.param(
            1,
            ("Đọc đầy đủ thông tin", "nhận tại bộ phận một cửa", "Chưa nộp được trên mạng"),
            "Điền tờ khai và nộp",
            marks=accepts("BD-4"),
        ),
        pytest.param(
            2,
            ("Đọc đầy đủ thông tin", "Tải hoặc in mẫu đơn", "Chưa nộp được trên mạng"),
            "Điền tờ khai và nộp",
            marks=accepts("BD-5"),
        ),
        pytest.param(
            3,
            (
                "Tải hoặc in mẫu đơn",
                "Điền tờ khai và nộp hồ sơ trên mạng",
                "Nộp phí, lệ phí: trực tiếp tại bộ phận một cửa; nộp cho nhân viên bưu chính",
                "Nhận kết quả: trực tiếp tại bộ phận một cửa; qua bưu chính công ích",
            ),
            "chữ ký số",
            marks=accepts("BD-6", "CB-15"),
        ),
        (
            4,
            (
                "Điền tờ khai và nộp hồ sơ trên mạng",
                "không có thì giải quyết như mức độ 3",
                "Nộp trực tuyến mở khi cổng kết nối thanh toán",
                "Nhận kết quả: trực tuyến; qua bưu chính công ích; trực tiếp",
            ),
            "Chưa nộp được trên mạng",
        ),
    ],
)
def test_the_procedure_page_says_what_one_can_do_online(
    client: Client, cast: Cast, at: datetime, level: int, told: tuple[str, ...], not_told: str
) -> None:
    changes: dict[str, Any] = {} if level > 1 else {"eform": None}
    cast.revision = cast.procedure(service_level=level, service_mode="full" if level > 2 else "information", **changes)
    text = page(client, "portal:procedure", "2.000635")
    begin = text.index("Bạn làm được gì trực tuyến")
    shown = text[begin : text.index("Giấy tờ cần nộp", begin)]
    for words in told:
        assert words in shown
    assert not_told not in shown
    if level < 3:
        with pytest.raises(Refusal):
            draft.start(cast.revision, cast.offering, applicant=cast.lan_account, by=cast.lan, at=at)


# --- told before anything is filed


@accepts("BD-30")
def test_who_files_without_a_signature_is_told_what_follows_before_filing(cast: Cast, lan: Client) -> None:
    province(Unsigned.AS_LEVEL_3)
    level_four(cast)
    key = cast.draft().public_id
    for name in ("portal:papers", "portal:receive", "portal:review"):
        assert "sẽ được giải quyết như dịch vụ mức độ 3" in page(lan, name, key)
    choices = page(lan, "portal:receive", key)
    assert "Trực tuyến" not in choices[choices.index("Nhận kết quả bằng cách nào") : choices.index("Phí, lệ phí")]
    lan.post(reverse("portal:review", args=[key]), {"declared": "1"})
    code = str(Dossier.objects.get(public_id=key).code)
    for name in ("portal:receipt", "portal:dossier"):
        assert "được giải quyết như dịch vụ mức độ 3" in page(lan, name, code)


@accepts("KT-13")
def test_the_cover_sheet_is_offered_until_the_counter_records_the_arrival(
    cast: Cast, at: datetime, lan: Client, minh: Client
) -> None:
    province(Unsigned.PAPER_BY_POST, compared=Compared.ORIGINAL)
    level_four(cast)
    key = cast.draft().public_id
    assert "gửi bản sao có chứng thực qua bưu chính" in page(lan, "portal:review", key)
    lan.post(reverse("portal:review", args=[key]), {"declared": "1"})
    code = str(Dossier.objects.get(public_id=key).code)
    for name in ("portal:receipt", "portal:dossier"):
        text = lan.get(reverse(name, args=[code])).content.decode()
        href = text[: text.index("Phiếu gửi (PDF)")].rsplit('href="', 1)[1].split('"')[0]
        assert lan.get(href)["Content-Type"] == "application/pdf"
    desk = page(minh, "desk:dossier", code)
    assert "Chờ bản sao có chứng thực gửi qua bưu chính" in desk and "Ghi nhận bản giấy đã đến" in desk
    answer = minh.post(reverse("desk:act", args=[code, "record-arrival"]), {"note": "Đủ."})
    assert answer.status_code == 302
    assert "Bản sao có chứng thực đã đến" in page(minh, "desk:dossier", code)
    text = page(lan, "portal:dossier", code)
    assert "Phiếu gửi (PDF)" not in text and "Cơ quan đã nhận bản giấy của bạn" in text


def test_no_arrival_is_asked_for_where_none_is_awaited(cast: Cast, minh: Client) -> None:
    code = str(cast.submitted().code)
    text = page(minh, "desk:dossier", code)
    assert text.index("Ghi nhận bản giấy đã đến") > text.index("Tiếp nhận")  # folded away with other states' acts
    assert minh.post(reverse("desk:act", args=[code, "record-arrival"]), {"note": ""}).status_code == 422


def test_the_api_records_an_arrival(cast: Cast, at: datetime) -> None:
    province(Unsigned.PAPER_BY_POST)
    level_four(cast)
    code = str(file(cast, at, str(cast.draft().public_id)).code)
    _ = cast.minh
    answer = Machine(cast.minh_account, at).act(code, Act.RECORD_ARRIVAL.value, note="Đủ.")
    assert answer.status_code == 200
    assert Dossier.objects.get(code=code).paper_arrived_at == at


# --- one way for each paper


@accepts("CB-7", "CB-8", "CB-9", "CB-10", "CB-11")
def test_the_citizen_chooses_how_each_paper_comes(cast: Cast, at: datetime, lan: Client) -> None:
    per_component(cast)
    key = bare_draft(cast, at)
    here = reverse("portal:papers", args=[key])
    text = said(lan.get(here))
    for words in (*MODES.values(), "Số hoặc mã của bản điện tử"):
        assert words in text
    for mode, sent, told in (
        ("scan", {}, "Chưa có tệp nào cho giấy tờ này."),
        ("signed", {f"tep-{PAPER}": upload(PDF)}, "không có chữ ký số"),
        ("e_licence", {}, "Hãy ghi số hoặc mã"),
        ("bay", {}, "Hãy chọn cách khác"),
    ):
        answer = lan.post(here, {f"cach-{PAPER}": mode, **sent})
        assert answer.status_code == 422
        assert told in said(answer), mode
    assert lan.post(here, {f"cach-{PAPER}": "e_certified", f"so-{PAPER}": "CT-7"}).status_code == 302
    assert "Bản sao chứng thực điện tử, số CT-7" in page(lan, "portal:review", key)
    assert lan.post(here, {f"cach-{PAPER}": "declared", f"so-{PAPER}": ""}).status_code == 302
    found = Dossier.objects.get(public_id=key)
    assert (found.component_modes, found.component_numbers) == ({PAPER: "declared"}, {})
    text = page(lan, "portal:receive", key)
    assert "kết quả được nhận tại bộ phận một cửa" in text


def test_where_a_file_will_do_the_other_ways_are_folded_away(cast: Cast, at: datetime, lan: Client) -> None:
    province(Unsigned.WHERE_REQUIRED)
    clause("component_modes", ["scan", "signed", "e_licence"])
    level_four(cast)
    key = bare_draft(cast, at)
    here = reverse("portal:papers", args=[key])
    text = lan.get(here).content.decode()
    folded = text[text.index("Nộp giấy tờ này theo cách khác") :].split("</details>")[0]
    assert f'name="cach-{PAPER}"' in folded and "Khai thông tin" not in folded
    assert lan.post(here, {f"cach-{PAPER}": "e_licence", f"so-{PAPER}": "GP-1"}).status_code == 422  # no file yet
    assert page(lan, "portal:papers", key).count("Nộp giấy tờ này theo cách khác") == 1  # the other paper's


def test_an_officer_sees_how_each_paper_came(cast: Cast, at: datetime, minh: Client) -> None:
    per_component(cast)
    key = bare_draft(cast, at)
    draft.choose_modes(key, {PAPER: (Mode.E_LICENCE.value, "GP-1")}, by=cast.lan, at=at)
    draft.attach(key, PAPER, cast.signed_paper(), by=cast.lan, at=at)
    text = page(minh, "desk:dossier", str(file(cast, at, key).code))
    assert "Giấy phép, chứng từ điện tử, số GP-1" in text and "có chữ ký số, chưa kiểm tra hiệu lực" in text


@accepts("KT-7")
def test_a_second_file_for_a_paper_is_refused_in_words(cast: Cast, at: datetime, lan: Client) -> None:
    clause("separate_files", True)
    key = bare_draft(cast, at)
    here = reverse("portal:papers", args=[key])
    assert "không gộp nhiều giấy tờ vào một tệp" in said(lan.get(here))
    both = [upload(PDF + b"%1\n", "mot.pdf"), upload(PDF + b"%2\n", "hai.pdf")]
    answer = lan.post(here, {f"tep-{PAPER}": both})
    assert answer.status_code == 422
    assert "giấy tờ này đã có tệp “mot.pdf”" in said(answer)


# --- pick-up


@accepts("HY-26")
def test_neither_the_form_nor_the_api_asks_again_for_a_signed_paper(cast: Cast, at: datetime, minh: Client) -> None:
    cast.signs = True
    code = to_ready(cast, at, str(cast.submitted().code))
    there = reverse("desk:act", args=[code, "deliver"])
    form = minh.get(there).content.decode()
    assert f'value="{PAPER}"' not in form
    assert "Không yêu cầu lại bản giấy của giấy tờ đã ký số" in form
    given = {"channel": "counter", "receiver_name": "Nguyễn Thị Lan", "form_signed": "on"}
    answer = minh.post(there, {**given, "compared_items": PAPER})
    assert answer.status_code == 422 and "Không được yêu cầu lại" in said(answer)
    machine = Machine(cast.minh_account, at)
    forced = {**given, "form_signed": True, "compared_items": [PAPER]}
    assert "compared_items" in machine.act(code, "deliver", **forced).json()["field_errors"]
    dossier = Dossier.objects.get(code=code)
    attempts = Event.objects.filter(subject_id=str(dossier.public_id), verb="asked_again")
    assert [event.actor_name for event in attempts] == ["Lê Quang Minh"] * 2
    assert minh.post(there, given).status_code == 302


@accepts("BD-28")
def test_the_counter_ticks_each_paper_it_has_compared(cast: Cast, at: datetime, minh: Client) -> None:
    code = to_ready(cast, at, str(cast.submitted().code))
    there = reverse("desk:act", args=[code, "deliver"])
    assert "Giấy tờ chứng minh: đối chiếu với bản chính hoặc bản sao có chứng thực" in said(minh.get(there))
    given = {"channel": "counter", "receiver_name": "Nguyễn Thị Lan", "form_signed": "on"}
    answer = minh.post(there, given)
    assert answer.status_code == 422 and "Còn phải đối chiếu" in said(answer)
    assert minh.post(there, {**given, "compared_items": PAPER}).status_code == 302
    assert Dossier.objects.get(code=code).handover.compared_items == [PAPER]


@accepts("KT-20")
def test_the_counter_says_that_a_parcel_is_signed_for(cast: Cast, at: datetime, minh: Client) -> None:
    clause("post_return_registered", True)
    code = to_ready(cast, at, str(cast.submitted().code))
    there = reverse("desk:act", args=[code, "deliver"])
    given = {"channel": "post", "receiver_name": "Trần Văn Bưu", "parcel_number": "EB1"}
    answer = minh.post(there, given)
    assert answer.status_code == 422 and "người nhận ký nhận" in said(answer)
    assert minh.post(there, {**given, "receipt_signed": "on"}).status_code == 302


# --- paying


@accepts("KT-16", "KT-17")
def test_who_pays_by_transfer_sees_the_agencys_account(cast: Cast, at: datetime, lan: Client, minh: Client) -> None:
    clause("fee_channels_level_3", ["counter", "transfer"])
    cast.commune.bank_account = ACCOUNT
    cast.commune.save()
    key = str(cast.draft().public_id)
    assert ACCOUNT in page(lan, "portal:receive", key)
    sent = {"return_channel": "counter", "return_address": "", "fee_channel": "transfer"}
    assert lan.post(reverse("portal:receive", args=[key]), sent).status_code == 302
    assert "Chuyển qua bưu điện vào tài khoản của cơ quan" in page(lan, "portal:review", key)
    lan.post(reverse("portal:review", args=[key]), {"declared": "1"})
    code = str(Dossier.objects.get(public_id=key).code)
    for name in ("portal:receipt", "portal:dossier"):
        text = page(lan, name, code)
        assert ACCOUNT in text and f"Ghi mã hồ sơ {code} trong nội dung chuyển tiền" in text
    assert "Nộp phí, lệ phí: Chuyển qua bưu điện" in page(minh, "desk:dossier", code)


def test_it_is_said_plainly_that_online_payment_is_not_connected(cast: Cast, lan: Client) -> None:
    clause("fee_channels_level_4", ["online"])
    clause("unsigned_level_4", "where_required")
    level_four(cast)
    text = page(lan, "portal:receive", cast.draft().public_id)
    assert "Nộp trực tuyến mở khi cổng kết nối thanh toán; trong lúc đó bạn nộp tại bộ phận một cửa." in text


# --- files in the form


def test_a_file_question_takes_a_file_on_the_page_and_the_officer_opens_it(
    cast: Cast, at: datetime, lan: Client, minh: Client
) -> None:
    asks = [{"key": "hinh", "type": "file", "label": "Ảnh hiện trạng", "required": True, "min_items": 1}]
    steps = [*FORM["steps"], {"key": "rieng", "title": "Phần riêng", "fields": asks}]
    form = publish_form("to-khai-rieng", {**FORM, "steps": steps}, by=Actor.system("test"), at=at)
    cast.revision = cast.procedure(eform=form)
    key = str(cast.draft().public_id)
    here = reverse("portal:fill", args=[key, "rieng"])
    assert 'enctype="multipart/form-data"' in lan.get(here).content.decode()
    answer = lan.post(here, {"upload:hinh": upload(b"<html>", "trang.pdf")})
    assert answer.status_code == 422 and "không phải là loại được nhận" in said(answer)
    answer = lan.post(here, {"upload:hinh": upload(signed_pdf("a"), "nha.pdf")})
    assert answer.status_code == 302, said(answer)
    stored = StoredFile.objects.get(name="nha.pdf")
    assert "nha.pdf" in said(lan.get(here))
    dropped = lan.post(here, {"hinh": str(stored.pk), "_drop:hinh": str(stored.pk)})
    assert dropped.status_code == 200 and "nha.pdf" not in said(dropped)
    assert lan.post(here, {"hinh": str(stored.pk)}).status_code == 302
    lan.post(reverse("portal:review", args=[key]), {"declared": "1"})
    found = Dossier.objects.get(public_id=key)
    assert (found.state, found.answers["hinh"]) == (State.SUBMITTED, [str(stored.pk)])
    assert "Trong tờ khai: Ảnh hiện trạng" in page(minh, "desk:dossier", found.code)
    opened = minh.get(reverse("desk:file", args=[found.code, stored.pk]))
    assert b"".join(opened.streaming_content) == signed_pdf("a")  # type: ignore[attr-defined]


# --- a supplement asks and decides anew


def marked_paper(cast: Cast, at: datetime, code: str) -> str:
    """Minh marks the one paper as wrong and asks for it."""
    ask(cast, code, at)
    return code


@accepts("CB-7", "CB-8", "CB-11")
def test_in_a_supplement_the_citizen_chooses_anew_how_the_marked_paper_comes(
    cast: Cast, at: datetime, lan: Client
) -> None:
    per_component(cast)
    key = bare_draft(cast, at)
    draft.attach(key, PAPER, cast.paper(), by=cast.lan, at=at)
    draft.choose_modes(key, {PAPER: ("scan", "")}, by=cast.lan, at=at)
    code = marked_paper(cast, at, str(file(cast, at, key).code))
    here = reverse("portal:supplement", args=[code])
    text = said(lan.get(here))
    for words in MODES.values():
        assert words in text
    refused = lan.post(here, {f"cach-{PAPER}": "bay"})
    assert refused.status_code == 422 and "Hãy chọn cách khác" in said(refused)
    unmarked = lan.post(here, {"cach-van-ban-uy-quyen": "scan"})
    assert unmarked.status_code == 422 and "van-ban-uy-quyen" not in Dossier.objects.get(code=code).component_modes
    sent = lan.post(here, {f"cach-{PAPER}": "e_certified", f"so-{PAPER}": "CT-9", f"tep-{PAPER}": upload(PDF + b"%%")})
    assert sent.status_code == 302, said(sent)
    found = Dossier.objects.get(code=code)
    assert (found.state, found.component_modes, found.component_numbers) == (
        State.SUBMITTED,
        {PAPER: "e_certified"},
        {PAPER: "CT-9"},
    )


@accepts("BD-30")
def test_signed_papers_of_a_supplement_lift_the_dossier_and_unsigned_ones_lower_it(
    cast: Cast, at: datetime, lan: Client
) -> None:
    province(Unsigned.AS_LEVEL_3)
    level_four(cast, signs=True)
    cast.return_channel = Channel.ONLINE
    code = marked_paper(cast, at, str(cast.submitted().code))
    assert Dossier.objects.get(code=code).handled_as_level is None
    here = reverse("portal:supplement", args=[code])
    assert lan.post(here, {f"tep-{PAPER}": upload(PDF + b"%1"), "_stay": "1"}).status_code in (200, 302)
    assert "như dịch vụ mức độ 3" in said(lan.get(here))
    replaced(cast, code, at, PDF + b"%2")
    submit.supplement(code, by=cast.lan, at=at)
    lowered = Dossier.objects.get(code=code)
    assert (lowered.handled_as_level, lowered.return_channel) == (3, "counter")
    assert "Kết quả trả theo cách khác" in lowered.timeline.get(act="supplement").note

    Dossier.objects.filter(code=code).update(extra_rounds=1)
    ask(cast, code, at)
    replaced(cast, code, at, signed_pdf("lần hai"))
    submit.supplement(code, by=cast.lan, at=at)
    assert Dossier.objects.get(code=code).handled_as_level is None


@accepts("KT-13")
def test_a_signed_supplement_owes_no_copies_by_post_and_an_unsigned_one_has_its_cover_sheet(
    cast: Cast, at: datetime
) -> None:
    province(Unsigned.PAPER_BY_POST)
    level_four(cast)
    code = marked_paper(cast, at, str(cast.submitted().code))
    assert Dossier.objects.get(code=code).paper_owed
    replaced(cast, code, at, signed_pdf("đã ký"))
    submit.supplement(code, by=cast.lan, at=at)
    assert not Dossier.objects.get(code=code).paper_owed
    Dossier.objects.filter(code=code).update(extra_rounds=1)
    ask(cast, code, at)
    replaced(cast, code, at, PDF + b"%3")
    submit.supplement(code, by=cast.lan, at=at)
    assert Dossier.objects.get(code=code).paper_owed
    assert [paper.kind for paper in papers_of(code)].count("cover_sheet") == 2


def replaced(cast: Cast, code: str, at: datetime, content: bytes) -> None:
    """Lan takes out what lies under the marked paper and hands another file in."""
    for row in Dossier.objects.get(code=code).enclosures.filter(removed_at__isnull=True, requirement_key=PAPER):
        draft.detach(code, row.pk, by=cast.lan, at=at)
    draft.attach(code, PAPER, cast.paper(content=content), by=cast.lan, at=at)
