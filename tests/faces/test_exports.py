"""Saved views, chosen columns, filters on the form, and the list as a file."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from motcua.audit.models import Event
from motcua.dossiers.actions import exports as exporting
from motcua.dossiers.models import Dossier, ExportRun, SavedView
from motcua.jobs.hands import tend
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
    for name in ('=HYPERLINK("http://x")', "+84", "-1+2", "@SUM(A1)", "\tx", "  =1+1"):
        Dossier.objects.filter(code=code).update(applicant_name=name)
        row = rows_of(exported(minh, "csv"))[1]
        assert all(not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t")) for cell in row), row
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
