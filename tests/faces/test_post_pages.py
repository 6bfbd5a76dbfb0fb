"""The pages of the post: guided intake of prescribed papers only, lists by scanning, walls around everything else."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from motcua.agencies.models import PostHeld
from motcua.dossiers.actions import fees, intake, posting
from motcua.dossiers.models import Dossier, Enclosure
from motcua.files.models import StoredFile
from motcua.parcels.actions import open_list, place
from motcua.parcels.models import HandoverList, ListLine, LostCase, Parcel
from motcua.policy.actions import add_clause
from motcua.rules.acts import Channel, State, Verdict
from motcua.rules.parcels import CaseState, ParcelState, Way
from motcua.rules.people import Actor, Role
from tests.acceptance.proof import accepts
from tests.cast import PDF, Cast
from tests.faces.getting_in import said
from tests.faces.routes import routes
from tests.rooms.test_trip import to_ready

HOUR = timedelta(hours=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def post(cast: Cast) -> Client:
    """Tâm's browser."""
    _ = cast.tam, cast.revision
    client = Client()
    client.force_login(cast.tam_account)
    return client


@pytest.fixture
def counter(cast: Cast) -> Client:
    """Minh's browser."""
    _ = cast.minh
    client = Client()
    client.force_login(cast.minh_account)
    return client


@pytest.fixture
def ready(cast: Cast, at: datetime) -> Parcel:
    """A result that goes by post waits at the counter, paid."""
    _ = cast.post_office, cast.tam
    cast.return_channel = Channel.POST
    stated = {"since": at.date(), "basis": "Quyết định 44/2019/QĐ-UBND", "by": Actor.system("test"), "at": at}
    add_clause("post_returns_within_hours", 24, **stated)
    code = to_ready(cast, at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at)
    return Parcel.objects.get()


def begun(post: Client) -> str:
    """An intake with its form filled; the address of the page of papers."""
    person = {"name": "Trần Văn Tư", "identity": "052085000321", "phone": "0905111222", "address": "Thôn Đông"}
    begin = reverse("desk:post_intake_begin", args=["2.000635"])
    offering = re.search(r'name="offering" value="(\d+)"', post.get(begin).content.decode())
    assert offering
    step = post.post(begin, {**person, "offering": offering[1]})
    assert step.status_code == 302, said(step)
    following = post.post(step["Location"], {"ho_ten": "Trần Văn Tư", "so_dinh_danh": "052085000321"})
    assert following.status_code == 302, said(following)
    papers = post.post(following["Location"], {"so_ban": "2", "uy_quyen": "khong"})
    assert papers.status_code == 302, said(papers)
    return str(papers["Location"])


def scan(name: str = "giay.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


@accepts("BD-80", "BD-83", "BD-1")
def test_a_clerk_takes_a_dossier_in_and_the_counter_has_it_with_its_papers_on_a_list(
    post: Client, counter: Client, cast: Cast
) -> None:
    papers = begun(post)
    finish = post.post(
        papers, {"tep-giay-chung-minh": scan(), "chinh-giay-chung-minh": "1", "sao-giay-chung-minh": "0"}
    )
    assert finish["Location"].endswith("/nop/"), said(finish)
    done = post.post(finish["Location"], {"return_channel": "counter", "declared": "on"})
    assert done.status_code == 302, said(done)
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.channel, dossier.created_by) == (State.SUBMITTED, "post", cast.tam_account)
    assert dossier.code and dossier.acceptance_due_at  # the same dossier as on every other road
    assert counter.get(reverse("desk:dossier", args=[dossier.code])).status_code == 200

    parcel = Parcel.objects.get()
    assert (parcel.ref, parcel.way, parcel.state) == (dossier.code, "to_counter", ParcelState.READY)
    place = re.search(r'name="noi" value="([^"]+)"', post.get(reverse("desk:post")).content.decode())
    assert place
    opened = post.post(reverse("desk:post_open"), {"noi": place[1]})["Location"]
    assert post.post(opened, {"code": dossier.code}).status_code == 302
    assert post.post(opened, {"viec": "close"}).status_code == 302
    assert counter.post(opened, {"viec": "confirm", "counted": "1"}).status_code == 302
    parcel.refresh_from_db()
    assert (parcel.state, parcel.received_by) == (ParcelState.DELIVERED, "Lê Quang Minh")
    printed = counter.get(opened + "in.pdf")
    assert printed.status_code == 200 and printed.content.startswith(b"%PDF")


@accepts("BD-80")
def test_the_page_offers_the_prescribed_components_and_no_other(post: Client, cast: Cast) -> None:
    page = post.get(begun(post)).content.decode()
    offered = set(re.findall(r'type="file"[^>]*name="([^"]+)"|name="([^"]+)"[^>]*type="file"', page))
    names = {name for pair in offered for name in pair if name}
    assert names == {"tep-giay-chung-minh", "tep-van-ban-uy-quyen"}
    assert "không yêu cầu giấy tờ nào khác" in page


@accepts("BD-80")
@pytest.mark.parametrize(
    "other", ["tep-giay-khac", "tep-so-ho-khau", "chinh-so-ho-khau", "sao-giay-khac", "giay-to-khac"]
)
def test_a_paper_outside_the_prescribed_components_is_refused_and_nothing_is_kept(post: Client, other: str) -> None:
    papers = begun(post)
    value: Any = "1" if other.startswith(("chinh", "sao")) else scan("so-ho-khau.pdf")
    refused = post.post(papers, {"tep-giay-chung-minh": scan(), other: value})
    assert refused.status_code == 422
    assert "Bưu chính chỉ nhận các thành phần hồ sơ theo quy định" in said(refused)
    assert not Enclosure.objects.exists() and not StoredFile.objects.exists()


@accepts("BD-1")
def test_after_filing_the_clerk_sees_the_envelope_and_nothing_of_the_dossier(post: Client, cast: Cast) -> None:
    papers = begun(post)
    post.post(papers, {"tep-giay-chung-minh": scan()})
    post.post(papers.replace("giay-to", "nop"), {"return_channel": "counter", "declared": "on"})
    dossier = Dossier.objects.get()
    assert dossier.code
    key, file = str(dossier.public_id), str(Enclosure.objects.get().file_id)
    assert post.get(papers).status_code == 404
    assert post.get(reverse("desk:post_intake_finish", args=[key])).status_code == 404
    for address in (
        reverse("desk:dossier", args=[dossier.code]),
        reverse("desk:file", args=[dossier.code, file]),
        reverse("portal:dossier", args=[dossier.code]),
        reverse("portal:file", args=[file]),
    ):
        assert post.get(address).status_code in (403, 404), address
    page = post.get(reverse("desk:post_parcel", args=[Parcel.objects.get().number])).content.decode()
    assert "Trần Văn Tư" in page and dossier.code in page
    for hidden in ("052085000321", "giay.pdf", "Nộp thay người khác", str(dossier.revision.title)):
        assert hidden not in page


@accepts("BD-1")
def test_every_other_page_of_the_desk_is_closed_to_a_postal_clerk(post: Client, ready: Parcel, cast: Cast) -> None:
    """Hostile: every address of the desk, with real codes in its places, read and written."""
    dossier = Dossier.objects.get()
    issued = {"code": str(dossier.code), "act": "deliver", "procedure": "2.000635", "step": "noi_dung", "slug": "x"}
    kinds = {"str": "x", "int": "1", "uuid": str(dossier.public_id), "slug": "x"}
    own = ("desk:post",)
    asked, answered = 0, []
    for route in routes():
        if route.namespace != "desk" or (route.name.startswith(own) and route.name != "desk:post_overview"):
            continue
        address = route.path_with({**kinds, **issued})
        for ask in (post.get, post.post):
            asked += 1
            response = ask(address)
            if response.status_code not in (403, 404):
                answered.append(f"{route.name} answered {response.status_code}")
    assert asked > 30
    assert not answered
    assert post.get("/api/v1/dossiers").status_code in (401, 403, 404)


def test_a_clerk_logs_in_to_the_post(post: Client) -> None:
    assert post.get(reverse("account_landing"))["Location"] == reverse("desk:post")


def test_rights_end_with_the_post_held(post: Client, cast: Cast, at: datetime) -> None:
    PostHeld.objects.filter(account=cast.tam_account).update(until=at)
    assert post.get(reverse("desk:post")).status_code in (403, 404)


@accepts("BD-81", "BD-83")
def test_a_result_goes_through_both_sides_pages_to_the_citizens_hands(
    post: Client, counter: Client, ready: Parcel, cast: Cast, clock: Any, at: datetime
) -> None:
    mine = reverse("desk:post_parcel", args=[ready.number])
    assert "trong 24 giờ" in counter.get(mine).content.decode()
    assert counter.post(mine, {"viec": "place", "noi": "trong"}).status_code == 302
    assert post.post(mine, {"viec": "place", "noi": "ngoai"}).status_code == 409  # the counter says it

    place = re.search(r'name="noi" value="([^"]+)"', counter.get(reverse("desk:post")).content.decode())
    assert place
    opened = counter.post(reverse("desk:post_open"), {"noi": place[1]})["Location"]
    assert post.post(opened, {"code": ready.ref}).status_code == 403  # the giver's list
    unknown = counter.post(opened, {"code": "KHÔNG-CÓ"})
    assert unknown.status_code == 422 and "không có bưu gửi nào mang mã này" in said(unknown)
    assert counter.post(opened, {"code": ready.ref}).status_code == 302
    again = counter.post(opened, {"code": ready.ref})
    assert again.status_code == 409 and "đã có trong danh sách này" in said(again)
    counter.post(opened, {"viec": "close"})
    miscounted = post.post(opened, {"viec": "confirm", "counted": "3"})
    assert miscounted.status_code == 422 and "bạn đếm được 3" in said(miscounted)
    assert post.post(opened, {"viec": "confirm", "counted": "1"}).status_code == 302
    assert HandoverList.objects.get().state == "confirmed"

    clock.set(at + 30 * HOUR)
    for client, account in ((post, cast.tam_account), (counter, cast.minh_account)):
        client.logout()
        client.force_login(account)  # the next morning
        page = said(client.get(reverse("desk:post")))
        assert "1 bưu gửi đã quá hạn phát" in page and "Quá hạn từ" in page

    nobody = post.post(mine, {"viec": "arrive", "receiver": "", "relation": "Người nhà"})
    assert nobody.status_code == 422
    proof = {"viec": "arrive", "receiver": "Nguyễn Văn Hòa", "relation": "Người nhà", "is_signed": "on"}
    assert post.post(mine, proof).status_code == 302
    assert Dossier.objects.get().state == State.DELIVERED
    assert "Phát trễ hạn" in said(post.get(mine))


def test_the_operator_sees_counts_and_no_person(cast: Cast, ready: Parcel) -> None:
    chief = cast.officer("dat", "Vũ Tiến Đạt")
    cast.post(chief, Role.OPERATOR, cast.commune)
    client = Client()
    client.force_login(chief)
    page = said(client.get(reverse("desk:post_overview")))
    assert "Bưu chính giao kết quả trong tỉnh trong vòng 24 giờ sau khi có kết quả." in page  # the clause's, not ours
    assert "Bưu cục An Lành" in page and "Nguyễn Thị Lan" not in page
    assert client.get(reverse("desk:post")).status_code == 404


@accepts("BD-82")
def test_a_lost_envelope_goes_through_its_case_to_words_for_the_citizen(
    post: Client, counter: Client, ready: Parcel
) -> None:
    mine, case = (reverse(f"desk:{name}", args=[ready.number]) for name in ("post_parcel", "post_case"))
    assert counter.post(mine, {"viec": "lost", "account": ""}).status_code == 422
    assert counter.post(mine, {"viec": "lost", "account": "Không thấy bì thư khi bàn giao."}).status_code == 302
    found = LostCase.objects.get()
    assert (found.state, found.reporter) == (CaseState.OPENED, "counter")
    assert post.post(case, {"buoc": "helped", "words": "Xong"}).status_code == 409  # no step is skipped
    assert post.post(case, {"buoc": "opened"}).status_code == 422
    paid = {
        "buoc": "opened",
        "name-1": "Phí cấp bản sao",
        "amount-1": "16000",
        "name-2": "Cước gửi",
        "amount-2": "30000",
    }
    assert post.post(case, paid).status_code == 302
    helped = {"buoc": "compensated", "is_duplicate_asked": "on", "contact": "Trần Thị Tâm, 0256 300 0000"}
    assert post.post(case, helped).status_code == 302
    assert post.post(case, {"buoc": "helped", "words": "Bản sao mới đã gửi lại cho ông bà."}).status_code == 302
    page = said(counter.get(case))
    for words in ("46.000", "Trần Thị Tâm, 0256 300 0000", "Bản sao mới đã gửi lại", "Đã kết thúc"):
        assert words in page


@pytest.mark.parametrize("name", ["post_parcel", "post_case", "post_list"])
def test_what_belongs_to_another_post_office_does_not_exist(post: Client, ready: Parcel, cast: Cast, name: str) -> None:
    Parcel.objects.update(unit=cast.commune)
    assert post.get(reverse(f"desk:{name}", args=[ready.number])).status_code == 404


@pytest.mark.parametrize(
    "noi", ["", "to_citizen", "to_citizen.1.2", "to_citizen.a.b.c", "x.1.1.1", "to_citizen.9.9.9", "to_citizen.²..1"]
)
def test_a_list_between_places_that_are_none_is_refused(counter: Client, ready: Parcel, noi: str) -> None:
    assert counter.post(reverse("desk:post_open"), {"noi": noi}).status_code == 404


@accepts("BD-82")
def test_a_citizen_follows_the_envelope_and_says_that_it_never_came(ready: Parcel, cast: Cast) -> None:
    lan, stranger = Client(), Client()
    lan.force_login(cast.lan_account)
    stranger.force_login(cast.dung_account)
    mine = reverse("portal:parcels", args=[ready.ref])
    assert stranger.get(mine).status_code == 404
    assert mine in lan.get(reverse("portal:dossier", args=[ready.ref])).content.decode()
    assert ready.number in said(lan.get(mine))
    assert lan.post(mine, {"buu-gui": ready.number, "account": ""}).status_code == 422
    assert lan.post(mine, {"buu-gui": "BG22222222X", "account": "Chưa thấy."}).status_code == 404
    assert lan.post(mine, {"buu-gui": ready.number, "account": "Chưa thấy ai đến."}).status_code == 302
    assert LostCase.objects.get().reporter == "citizen"
    assert "Bưu chính bồi thường toàn bộ" in said(lan.get(mine))


def test_a_dossier_without_an_envelope_has_no_such_page(cast: Cast, client: Client) -> None:
    dossier = cast.submitted()
    client.force_login(cast.lan_account)
    assert client.get(reverse("portal:parcels", args=[dossier.code])).status_code == 404
    assert "buu-gui" not in client.get(reverse("portal:dossier", args=[dossier.code])).content.decode()


def test_of_who_files_the_post_reads_name_and_address_but_no_telephone(
    post: Client, counter: Client, ready: Parcel
) -> None:
    mine = reverse("desk:post_parcel", args=[ready.number])
    assert ready.phone
    assert "0905 123 456" in said(counter.get(mine))
    page = said(post.get(mine))
    assert ready.name in page and ready.address in page
    assert "0905" not in page and "Điện thoại" not in page


@pytest.mark.parametrize("name", ["fill", "papers", "receive", "review"])
def test_an_intake_under_way_is_closed_to_a_clerk_who_has_left_the_post(
    post: Client, cast: Cast, at: datetime, name: str
) -> None:
    """Hostile: what was typed about somebody else is opened from the citizens' side."""
    papers = begun(post)
    key = str(Dossier.objects.get().public_id)
    PostHeld.objects.filter(account=cast.tam_account).update(until=at)
    address = reverse(f"portal:{name}", args=[key, "noi_dung"] if name == "fill" else [key])
    assert post.get(address).status_code == 404
    assert post.get(papers).status_code in (403, 404)


def test_papers_for_a_dossier_filed_before_are_taken_in_by_its_code(post: Client, cast: Cast, at: datetime) -> None:
    code = str(cast.submitted().code)
    bring = reverse("desk:post_bring")
    refused = post.post(bring, {"code": code}, follow=True)
    assert "Không có hồ sơ nào mang mã này cần gửi giấy tờ" in said(refused)  # nothing is awaited of it
    assert not Parcel.objects.exists()
    verdicts = {f"field:{key}": (Verdict.OK, "") for key in ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")}
    wrong = {"paper:giay-chung-minh": (Verdict.WRONG, "Ảnh mờ.")}
    intake.judge(code, {**verdicts, **wrong}, by=cast.minh, at=at)
    intake.request_supplement(code, by=cast.minh, at=at)
    assert "Đã nhận giấy tờ" in said(post.post(bring, {"code": code.lower()}, follow=True))
    assert (Parcel.objects.get().ref, Parcel.objects.get().way) == (code, "to_counter")


def test_nobody_finds_names_by_trying_codes(post: Client, cast: Cast) -> None:
    tries = [post.post(reverse("desk:post_bring"), {"code": f"H08.41.01-261118-{n:04d}"}) for n in range(61)]
    assert [answer.status_code for answer in tries] == [302] * 60 + [429]


def test_the_list_costs_the_same_queries_for_one_and_for_thirty(
    counter: Client, ready: Parcel, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        ready.pk, ready.number, ready.ref = None, f"BG{number:09d}", f"H08.41.01-261118-9{number:03d}"
        ready.save(force_insert=True)
    with django_assert_max_num_queries(18):
        assert "31 bưu gửi" in said(counter.get(reverse("desk:post")))


# --- many at once


@pytest.fixture
def five(ready: Parcel, cast: Cast, at: datetime) -> list[Parcel]:
    """Five results wait at the counter: two placed inside the province, one not, one unpaid, one on another list."""
    for number in range(4):
        code = to_ready(cast, at)
        if number != 2:
            fees.collect(code, receipt_number=f"000{number + 2}", by=cast.minh, at=at)
    found = list(Parcel.objects.order_by("pk"))
    for parcel in (*found[:2], *found[3:]):
        place(parcel.number, is_inside=True, by=cast.minh, at=at)
    return found


def opened(counter: Client, parcel: Parcel) -> str:
    key = f"to_citizen.{parcel.unit_id}.{parcel.counter_id}.{parcel.agency_id}"
    return str(counter.post(reverse("desk:post_open"), {"noi": key})["Location"])


@accepts("BD-83")
def test_many_are_put_on_a_list_at_once_each_by_its_own_guards(
    counter: Client, five: list[Parcel], cast: Cast, at: datetime
) -> None:
    mine = opened(counter, five[0])
    other = open_list(
        Way.TO_CITIZEN, unit=cast.post_office, counter=cast.counter, agency=cast.commune, by=cast.minh, at=at
    )
    posting.scan(other.number, five[4].ref, by=cast.minh, at=at)
    page = said(counter.get(mine))
    assert "Chọn cả 4 bưu gửi" in page and five[4].ref not in page

    chosen = {"ma": [parcel.number for parcel in five]}
    preview = said(counter.post(mine + "chon/", chosen))
    assert "3 bưu gửi thêm được" in preview and "Chưa có gì thay đổi" in preview
    assert "Chưa thu đủ" in preview or "chưa nộp" in preview.lower()  # the unpaid one, in the words of the single act
    assert f"Đã nằm trong danh sách {other.number}" in preview
    assert ListLine.objects.count() == 1

    confirmed = {**chosen, "xac-nhan": "1", f"noi-{five[2].number}": "trong"}
    done = said(counter.post(mine + "chon/", confirmed))
    assert "Đã thêm 3 trong 5 bưu gửi" in done
    on_it = set(ListLine.objects.exclude(list=other).values_list("parcel__number", flat=True))
    assert on_it == {five[0].number, five[1].number, five[2].number}
    five[2].refresh_from_db()
    assert five[2].is_inside and five[2].due_at
    five[3].refresh_from_db()
    assert five[3].state == ParcelState.READY
    again = said(counter.post(mine + "chon/", confirmed))
    assert "Đã thêm 0 trong 5 bưu gửi" in again and "đã có trong danh sách này" in again


def test_an_address_nobody_placed_stays_behind_with_its_reason(counter: Client, five: list[Parcel]) -> None:
    mine = opened(counter, five[0])
    left = said(counter.post(mine + "chon/", {"ma": five[2].number, "xac-nhan": "1", f"noi-{five[2].number}": ""}))
    assert "Đã thêm 0 trong 1 bưu gửi" in left and "trong hay ngoài tỉnh" in left
    assert not ListLine.objects.exists()


def test_only_the_giver_chooses_and_only_what_lies_there(
    post: Client, counter: Client, five: list[Parcel], cast: Cast
) -> None:
    mine = opened(counter, five[0]) + "chon/"
    assert post.post(mine, {"tat-ca": "1"}).status_code == 403
    assert counter.get(mine).status_code == 405
    assert counter.post(mine, {"ma": "BG22222222X"}).status_code == 302  # nothing was chosen
    Parcel.objects.filter(pk=five[1].pk).update(agency=cast.other_commune)
    both = {"ma": [five[0].number, five[1].number], "xac-nhan": "1"}
    assert "Đã thêm 1 trong 1 bưu gửi" in said(counter.post(mine, both))
    counter.post(mine.removesuffix("chon/"), {"viec": "close"})
    assert counter.post(mine, {"tat-ca": "1"}).status_code == 409
    stranger = Client()
    stranger.force_login(cast.oanh and cast.oanh_account)
    assert stranger.post(mine, {"tat-ca": "1"}).status_code == 404


def test_a_preview_costs_the_same_queries_for_two_and_for_five(
    counter: Client, five: list[Parcel], django_assert_max_num_queries: Any
) -> None:
    mine = opened(counter, five[0]) + "chon/"
    for chosen in (five[:2], five):
        with django_assert_max_num_queries(32):
            assert counter.post(mine, {"ma": [parcel.number for parcel in chosen]}).status_code == 200


# --- the receipt


def taken_in(post: Client) -> Parcel:
    """Filed at the post office, one original handed over and scanned."""
    papers = begun(post)
    post.post(papers, {"tep-giay-chung-minh": scan(), "chinh-giay-chung-minh": "1", "sao-giay-chung-minh": "2"})
    post.post(papers.replace("giay-to", "nop"), {"return_channel": "counter", "declared": "on"})
    return Parcel.objects.get()


@accepts("BD-83", "BD-1")
def test_who_files_at_the_post_office_has_a_receipt_in_two_copies_naming_every_paper(
    post: Client, counter: Client, cast: Cast, at: datetime
) -> None:
    parcel = taken_in(post)
    mine, printed = (reverse(f"desk:{name}", args=[parcel.number]) for name in ("post_parcel", "post_receipt"))
    assert printed in post.get(mine).content.decode()
    answer = post.get(printed)
    assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
    sheets = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.content)).pages]
    assert len(sheets) == 2 and "Bưu cục giữ" in sheets[0] and "Người gửi giữ" in sheets[1]
    for words in (parcel.ref, parcel.number, "Trần Văn Tư", "Bưu cục An Lành", "Giấy tờ chứng minh 1 2 1"):
        assert words in sheets[1]
    assert "052085000321" not in sheets[1] and "0905" not in sheets[1]

    colleague = cast.officer("bich", "Lý Thị Bích")
    cast.post(colleague, Role.POSTAL_CLERK, cast.post_office)
    other = Client()
    other.force_login(colleague)
    assert other.get(mine).status_code == 200 and printed not in other.get(mine).content.decode()
    assert other.get(printed).status_code == counter.get(printed).status_code == 404
    Parcel.objects.update(state=ParcelState.HANDED_OVER)
    assert post.get(printed).status_code == 404  # the papers are gone, and what they were with them


def test_a_sealed_envelope_has_a_receipt_that_knows_no_contents(post: Client, cast: Cast, at: datetime) -> None:
    code = str(cast.submitted().code)
    Dossier.objects.update(paper_owed=True)
    post.post(reverse("desk:post_bring"), {"code": code})
    parcel = Parcel.objects.get()
    answer = post.get(reverse("desk:post_receipt", args=[parcel.number]))
    text = " ".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())
    assert code in text and "bì thư kèm phiếu gửi" in text
    assert "Giấy tờ chứng minh" not in text and str(cast.revision.name) not in text


def test_a_clerks_own_filing_as_a_citizen_is_no_intake_of_the_post(post: Client, cast: Cast) -> None:
    own = cast.draft()
    Dossier.objects.update(created_by=cast.tam_account)
    for name in ("post_intake_papers", "post_intake_finish"):
        assert post.get(reverse(f"desk:{name}", args=[own.public_id])).status_code == 404
