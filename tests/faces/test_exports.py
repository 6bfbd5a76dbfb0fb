"""Saved views, chosen columns, filters on the form, and the list as a file."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from motcua.agencies.actions import appoint, relieve
from motcua.agencies.models import PostHeld
from motcua.audit.models import Event
from motcua.dossiers.actions import examine, intake
from motcua.dossiers.actions import exports as exporting
from motcua.dossiers.models import Dossier, ExportRun, SavedView
from motcua.jobs.hands import tend
from motcua.rules.acts import Outcome
from motcua.rules.people import Actor, Role
from tests.faces.getting_in import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def minh(client, cast):
    _ = cast.quang, cast.oanh
    client.force_login(cast.minh and cast.minh_account)
    return client


def exported(client, kind: str, query: str = "") -> bytes:
    answer = client.post(reverse("desk:export"), {"kind": kind, "danh-sach": query})
    file = client.get(answer["Location"])
    assert file.status_code == 200 and "attachment" in file["Content-Disposition"]
    return file.content


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def cells_of(content: bytes, sheet: int = 1) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        tree = ElementTree.fromstring(package.read(f"xl/worksheets/sheet{sheet}.xml"))
        for name in package.namelist():
            ElementTree.fromstring(package.read(name))
    return [["".join(cell.itertext()) for cell in row] for row in tree.iter(f"{SHEET}row")]


def test_the_file_has_exactly_the_rows_and_columns_of_the_screen(cast, minh):
    codes = [cast.submitted(so_ban=str(n)).code for n in (1, 2, 2)]
    query = "thu-tuc=2.000635&f.so_ban=2&cot=ma&cot=ngay-nop&cot=f.so_ban&cot=f.uy_quyen&cot=nguoi-nop"
    page = said(minh.get(reverse("desk:worklist") + "?" + query))
    assert codes[0] not in page and codes[1] in page and codes[2] in page
    rows = rows_of(exported(minh, "csv", query))
    assert rows[0] == ["Mã hồ sơ", "Ngày nộp", "Số bản", "Nộp thay người khác", "Người nộp"]
    assert rows[1:] == [[code, "18/11/2026", "2", "Không", "Nguyễn Thị Lan"] for code in codes[1:]]
    sheet = cells_of(exported(minh, "xlsx", query))
    assert sheet[0] == rows[0] and [row[0] for row in sheet[1:]] == codes[1:]
    assert sheet[1][1] == "46344"  # 18/11/2026 as a spreadsheet counts days
    assert ["Người xuất", "Lê Quang Minh"] in cells_of(exported(minh, "xlsx", query), 2)


def test_names_that_look_like_formulas_stay_names(cast, minh):
    code = cast.submitted().code
    signs = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    for name in ('=HYPERLINK("http://x")', *(f"{sign}1+1" for sign in signs), "  =1+1", "\u00a0=1+1", "\u3000＝1"):
        Dossier.objects.filter(code=code).update(applicant_name=name)
        row = rows_of(exported(minh, "csv"))[1]
        assert f"'{name}" in row
        with zipfile.ZipFile(io.BytesIO(exported(minh, "xlsx"))) as package:
            assert b't="inlineStr"' in package.read("xl/worksheets/sheet1.xml")
            assert b'r="C2" s="3" ' in package.read("xl/worksheets/sheet1.xml"), name
            assert b'quotePrefix="1"' in package.read("xl/styles.xml")
    Dossier.objects.filter(code=code).update(applicant_name="=1+1 <b>&\x01")
    content = exported(minh, "xlsx")
    assert cells_of(content)[1][2] == "=1+1 <b>&"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_a_long_list_is_made_by_a_worker_and_every_export_is_remembered(cast, minh, monkeypatch):
    for _ in range(3):
        cast.submitted()
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    answer = minh.post(reverse("desk:export"), {"kind": "csv", "danh-sach": ""})
    assert answer["Location"] == reverse("desk:exports")
    run = ExportRun.objects.get()
    assert run.content is None and "Đang tạo tệp" in said(minh.get(reverse("desk:exports")))
    assert minh.get(reverse("desk:export_file", args=[run.pk])).status_code == 404
    assert tend() and not tend()
    assert "Tải CSV" in said(minh.get(reverse("desk:exports")))
    assert len(rows_of(minh.get(reverse("desk:export_file", args=[run.pk])).content)) == 4
    verbs = Event.objects.filter(subject_kind="export").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["export_asked", "export_made", "export_taken"]


def test_a_file_is_its_takers_alone_and_gone_after_two_days(cast, minh, at):
    cast.submitted()
    exported(minh, "csv")
    run = ExportRun.objects.get()
    minh.force_login(cast.quang_account)
    assert minh.get(reverse("desk:export_file", args=[run.pk])).status_code == 404
    exporting.forget(at=at + timedelta(days=3))
    minh.force_login(cast.minh_account)
    assert minh.get(reverse("desk:export_file", args=[run.pk])).status_code == 404
    assert minh.post(reverse("desk:export"), {"kind": "exe"}).status_code == 400


def test_what_one_may_not_see_is_in_no_file(cast, minh):
    cast.submitted()
    minh.force_login(cast.oanh_account)
    assert len(rows_of(exported(minh, "csv", "nhom=all"))) == 1


def test_a_list_is_kept_under_a_name_for_oneself_or_for_the_agency(cast, minh):
    cast.submitted()
    query = "thu-tuc=2.000635&han=late&cot=ma&cot=tinh-trang"
    for name, shared in (("Trích lục quá hạn", "1"), ("Của riêng tôi", "")):
        minh.post(reverse("desk:view_save"), {"name": name, "shared": shared, "danh-sach": query})
    home = minh.get(reverse("desk:worklist"))
    assert "Trích lục quá hạn" in said(home) and "Của riêng tôi" in said(home)
    kept = SavedView.objects.get(name="Của riêng tôi")
    assert kept.query == query
    assert minh.get(f"{reverse('desk:worklist')}?{kept.query}").status_code == 200
    minh.force_login(cast.quang_account)
    colleague = said(minh.get(reverse("desk:worklist")))
    assert "Trích lục quá hạn" in colleague and "Của riêng tôi" not in colleague
    assert minh.post(reverse("desk:views"), {"view": kept.pk}).status_code == 404
    minh.force_login(cast.oanh_account)
    assert "Trích lục quá hạn" not in said(minh.get(reverse("desk:worklist")))
    minh.force_login(cast.minh_account)
    assert minh.post(reverse("desk:views"), {"view": kept.pk}).status_code == 302
    assert not SavedView.objects.filter(pk=kept.pk).exists()


def test_a_leader_removes_what_somebody_shared_and_left_and_nobodys_own(cast, minh):
    for name, shared in (("Chung", "1"), ("Riêng", "")):
        minh.post(reverse("desk:view_save"), {"name": name, "shared": shared, "danh-sach": "nhom=all"})
    common, own = (SavedView.objects.get(name=name).pk for name in ("Chung", "Riêng"))
    for account in (cast.binh and cast.binh_account, cast.oanh_account):
        minh.force_login(account)
        assert minh.post(reverse("desk:views"), {"view": common}).status_code == 404
    minh.force_login(cast.quang_account)
    page = minh.get(reverse("desk:views")).content.decode()
    assert f'value="{common}"' in page and f'value="{own}"' not in page
    assert minh.post(reverse("desk:views"), {"view": own}).status_code == 404
    assert minh.post(reverse("desk:views"), {"view": common}).status_code == 302
    assert list(SavedView.objects.values_list("pk", flat=True)) == [own]


def test_what_was_typed_to_search_is_not_kept_in_a_view(cast, minh):
    cast.submitted()
    found = minh.post(reverse("desk:worklist"), {"tim": "nguyen thi lan", "nhom": "all"})["Location"]
    assert "1" in said(minh.get(found))
    minh.post(reverse("desk:view_save"), {"name": "Tìm Lan", "danh-sach": found.split("?")[1]})
    assert SavedView.objects.get().query == "nhom=all"
    assert len(rows_of(exported(minh, "csv", found.split("?")[1]))) == 2  # but the file is what was on the screen


def test_a_view_needs_a_name(cast, minh):
    answer = minh.post(reverse("desk:view_save"), {"name": " ", "danh-sach": ""}, follow=True)
    assert "Hãy đặt tên cho danh sách" in said(answer) and not SavedView.objects.exists()


def test_the_pages_cost_few_queries(cast, minh, django_assert_max_num_queries):
    for _ in range(3):
        cast.submitted()
    minh.post(reverse("desk:view_save"), {"name": "Một", "danh-sach": "nhom=all"})
    query = "?nhom=all&thu-tuc=2.000635&f.so_ban=2&cot=linh-vuc&cot=bo-phan&cot=f.so_ban"
    for url in (reverse("desk:worklist") + query, reverse("desk:views"), reverse("desk:exports")):
        minh.get(url)
        with django_assert_max_num_queries(20):
            assert minh.get(url).status_code == 200


def test_typed_answers_are_found_by_words_that_stand_in_no_address_and_in_no_view(cast, minh):
    mine, other = (str(cast.submitted(ho_ten=name).code) for name in ("Trần Thị Mận", "Lê Văn Đào"))
    url = reverse("desk:worklist")
    home = minh.get(url, {"thu-tuc": "2.000635"}).content.decode()
    assert (
        'name="f.ho_ten~co"' in home
        and home.count('<button class="govuk-button">Lọc</button>') == 2
        and 'name="f.so_dinh_danh' not in home
    )
    asked = {"thu-tuc": "2.000635", "f.ho_ten~co": "tran MAN", "f.so_ban~tu": "1"}
    found = minh.post(url, asked)["Location"]
    assert "tran" not in found.lower() and "man" not in found.lower().split("?")[1]
    page = said(minh.get(found))
    assert mine in page and other not in page
    assert 'value="tran MAN"' in minh.get(found).content.decode()
    query = found.split("?")[1]
    assert [row[1] for row in rows_of(exported(minh, "csv", query))[1:]] == [mine]
    assert "MAN" not in str(list(Event.objects.filter(subject_kind="export").values_list("body", flat=True)))
    minh.post(reverse("desk:view_save"), {"name": "Mận", "danh-sach": query})
    assert SavedView.objects.get().query == "thu-tuc=2.000635&f.so_ban~tu=1"
    assert "ít nhất một chữ" in said(minh.get(minh.post(url, {**asked, "f.ho_ten~co": "?!"})["Location"]))
    assert other in said(minh.get(url + "?thu-tuc=2.000635&f.ho_ten~co=man"))  # typed into an address it asks nothing


def test_what_was_asked_of_another_procedures_form_is_dropped_with_its_boxes(cast, minh):
    cast.submitted()
    asked = {"thu-tuc": "", "f.ho_ten~co": "lan", "f.so_ban~tu": "1", "f.uy_quyen": "khong"}
    assert minh.post(reverse("desk:worklist"), asked)["Location"] == reverse("desk:worklist")


def test_a_list_is_never_cut_short_on_its_way_into_a_file_a_deed_or_a_view(cast, minh):
    cast.submitted()
    long = "f.so_ban~tu=0&" * 100 + "thu-tuc=1.000000"  # nothing matches: what stands at the end is heeded too
    assert 1000 < len(long) < 8000
    assert len(rows_of(exported(minh, "csv", "f.so_ban~tu=0"))) == 2
    assert len(rows_of(exported(minh, "csv", long))) == 1
    answer = minh.post(reverse("desk:bulk"), {"viec": "notify", "tat-ca": "1", "danh-sach": long})
    assert answer["Location"].startswith(reverse("desk:worklist") + "?")  # nothing was chosen
    for name, more in (("export", {"kind": "csv"}), ("bulk", {"viec": "notify"}), ("view_save", {"name": "Dài"})):
        assert minh.post(reverse(f"desk:{name}"), {**more, "danh-sach": "x" * 8001}).status_code == 400
    named = "&".join(f"cot=f.{n:070d}" for n in range(20))
    assert minh.post(reverse("desk:view_save"), {"name": "Dài", "danh-sach": named}).status_code == 400
    assert not SavedView.objects.exists()


def test_the_file_of_what_awaits_a_signature_says_what_is_to_be_signed(cast, minh, at):
    _ = cast.ha
    code = str(cast.submitted().code)
    intake.accept(code, by=cast.minh, at=at)
    examine.draft_result(code, outcome=Outcome.REFUSED, title="Thông báo", reasons="Sai", by=cast.ha, at=at)
    examine.propose(code, by=cast.ha, at=at)
    minh.force_login(cast.quang_account)
    page = said(minh.get(reverse("desk:worklist")))
    assert "Thông báo" in page and "Không giải quyết" in page and "Phạm Thu Hà trình" in page
    heading, row = rows_of(exported(minh, "csv"))
    assert "Văn bản kết quả" in heading and "Người soạn kết quả" in heading and "Người giữ" not in heading
    assert "Thông báo. Không giải quyết" in row and "Phạm Thu Hà" in row and code in row


def test_a_file_closes_with_the_post_that_opened_it(cast, minh, at, clock):
    cast.submitted()
    exported(minh, "csv")
    file = reverse("desk:export_file", args=[ExportRun.objects.get().pk])
    assert minh.get(file).status_code == 200
    end = at + timedelta(minutes=5)
    relieve(PostHeld.objects.get(account=cast.minh_account), until=end, by=Actor.system("test"), at=at)
    appoint(cast.minh_account, Role.COUNTER_OFFICER, cast.other_commune, since=end, by=Actor.system("test"), at=at)
    clock.set(end)
    assert minh.get(file).status_code == 404
    page = minh.get(reverse("desk:exports"))
    assert page.status_code == 200 and "vị trí công tác không còn giữ" in said(page)
    assert file not in page.content.decode()
