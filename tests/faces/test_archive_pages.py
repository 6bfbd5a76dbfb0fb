"""The archive on the screen: lists with their filters, one package, holds, terms, a list for destruction."""

from __future__ import annotations

import io
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from motcua.archive import verifying
from motcua.archive.actions import propose
from motcua.archive.models import Destruction, Hold, Package
from motcua.audit.models import Event
from motcua.console.commands import archive as command
from motcua.dossiers.models import Dossier, Enclosure
from motcua.files.storage import storage
from motcua.rules.people import Role
from tests.acceptance.proof import accepts
from tests.faces.getting_in import said
from tests.rooms.archived import DAY, MONTH, archivist, keep_all, kept, term, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

MOST_QUERIES = 20


@pytest.fixture(autouse=True)
def _a_vault_of_its_own(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def yen(cast):
    return archivist(cast)


def signed_in(client, actor):
    from motcua.accounts.models import Account

    client.logout()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def page_of(client, tab: str = "", **asked: str):
    query = {"nhom": tab, **asked} if tab else asked
    return client.get(f"{reverse('desk:archive')}?{urlencode(query)}")


@accepts("HY-37")
def test_what_is_due_stands_in_a_list_with_what_hinders_it(cast, client, clock, at, yen) -> None:
    fine, broken = withdrawn(cast, at), withdrawn(cast, at)
    later = clock.set(at + MONTH)
    page = said(page_of(signed_in(client, yen)))
    assert fine in page and broken in page and "Được đóng gói đêm nay" in page
    file = Enclosure.objects.get(dossier__code=broken).file
    storage().delete(file.storage_key)
    keep_all(later)
    page = said(page_of(client))
    assert fine not in page and broken in page and "Không còn thấy tệp" in page


@accepts("HY-37")
def test_the_lists_are_narrowed_and_cost_few_queries(
    cast, client, clock, at, yen, django_assert_max_num_queries
) -> None:
    term("2", procedure_code="2.000635")
    rows = [kept(cast, at) for _ in range(3)] and list(Package.objects.order_by("pk"))
    clock.set(at.replace(year=at.year + 2) + DAY)
    signed_in(client, yen)
    Hold.objects.create(package=rows[0], reason="Vụ án", placed_by_name="Yến", placed_at=at)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = said(page_of(client, "dang-luu"))
    assert all(row.code in page for row in rows)
    assert rows[0].code not in said(page_of(client, "het-han")) and rows[1].code in said(page_of(client, "het-han"))
    assert rows[0].code in said(page_of(client, "giu-lai")) and rows[1].code not in said(page_of(client, "giu-lai"))
    assert rows[1].code in said(page_of(client, "dang-luu", ma="0002"))
    assert rows[0].code not in said(page_of(client, "dang-luu", ma="0002"))
    assert rows[0].code in said(page_of(client, "dang-luu", nam="2026", **{"thoi-han": "2", "thu-tuc": "2.000635"}))
    for other in ({"nam": "2025"}, {"thoi-han": "permanent"}, {"thu-tuc": "1.000000"}, {"chua-xac-nhan": "1"}):
        assert "Không có hồ sơ nào trong nhóm này" in said(page_of(client, "dang-luu", **other)), other


def test_nothing_of_another_agency_and_nothing_without_the_right(cast, client, clock, at, yen) -> None:
    code = kept(cast, at).code
    clock.set(at + MONTH + DAY)
    other = cast.post(cast.officer("nga", "Vũ Nga"), Role.ARCHIVIST, cast.other_commune)
    signed_in(client, other)
    assert code not in said(page_of(client, "dang-luu"))
    for route in ("archive_item", "archive_package"):
        assert client.get(reverse(f"desk:{route}", args=[code])).status_code == 404
    for route in ("archive_hold", "archive_term"):
        assert client.post(reverse(f"desk:{route}", args=[code]), {"reason": "x"}).status_code == 404
    signed_in(client, cast.minh)
    assert client.get(reverse("desk:archive")).status_code == 404
    signed_in(client, cast.quang)
    assert code in said(page_of(client, "dang-luu"))
    assert client.post(reverse("desk:archive_hold", args=[code]), {"reason": "x"}).status_code == 404
    assert not Hold.objects.exists()


@accepts("HY-38")
def test_the_package_is_downloaded_whole_and_the_reading_recorded(cast, client, clock, at, yen) -> None:
    code = kept(cast, at).code
    clock.set(at + MONTH + DAY)
    answer = signed_in(client, yen).get(reverse("desk:archive_package", args=[code]))
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    assert verifying.verify(io.BytesIO(b"".join(answer.streaming_content))).is_whole
    event = Event.objects.get(subject_kind="archive", verb="read")
    assert event.actor_name == "Đinh Hải Yến" and event.subject_id == code


@accepts("HY-37")
def test_an_archivist_holds_lifts_and_confirms_a_term_on_the_page(cast, client, clock, at, yen) -> None:
    code = kept(cast, at).code
    clock.set(at + MONTH + DAY)
    signed_in(client, yen)
    item = reverse("desk:archive_item", args=[code])
    assert "Vĩnh viễn" in said(client.get(item)) and "Chờ xác nhận" in said(client.get(item))
    empty = client.post(reverse("desk:archive_hold", args=[code]), {"reason": ""})
    assert empty.status_code == 422 and "Hãy điền mục này" in said(empty)
    assert client.post(reverse("desk:archive_hold", args=[code]), {"reason": "Khiếu nại số 5"}).status_code == 302
    assert "Khiếu nại số 5" in said(client.get(item)) and "không thể hủy" in said(client.get(item))
    done = client.post(reverse("desk:archive_hold", args=[code]), {"bo": "1", "lift_reason": "Đã xong"})
    assert done.status_code == 302 and Hold.objects.get().lift_reason == "Đã xong"
    bad = client.post(reverse("desk:archive_term", args=[code]), {"term": "3", "basis": "x"})
    assert bad.status_code == 422
    good = client.post(reverse("desk:archive_term", args=[code]), {"term": "10", "basis": "Danh mục số 3"})
    assert good.status_code == 302
    page = said(client.get(item))
    assert "10 năm, đến hết ngày 18/11/2036" in page and "Danh mục số 3" in page and "Chờ xác nhận" not in page


@accepts("HY-37")
def test_a_list_is_made_by_one_and_decided_by_another_on_the_pages(
    cast, client, clock, at, yen, django_capture_on_commit_callbacks
) -> None:
    term("2", procedure_code="2.000635")
    codes = [kept(cast, at) for _ in range(2)] and [row.code for row in Package.objects.order_by("pk")]
    clock.set(at.replace(year=at.year + 2) + DAY)
    signed_in(client, yen)
    assert f'value="{codes[0]}"' in page_of(client, "het-han").content.decode()
    bad = client.post(reverse("desk:archive_propose"), {"ho-so": codes, "reason": ""})
    assert bad.status_code == 422 and bad.content.decode().count('checked data-key="x"') == 2
    nothing = client.post(reverse("desk:archive_propose"), {"reason": "Hết hạn"})
    assert nothing.status_code == 422 and "Hãy chọn từ 1" in said(nothing)
    made = client.post(reverse("desk:archive_propose"), {"ho-so": codes, "reason": "Danh mục hết hạn"})
    listed = reverse("desk:archive_list", args=[Destruction.objects.get().pk])
    assert made.status_code == 302 and made["Location"] == listed
    assert 'name="ho-so"' not in page_of(client, "het-han").content.decode()
    assert "Đang chờ duyệt hủy" in said(page_of(client, "het-han"))
    page = said(client.get(listed))
    assert all(code in page for code in codes) and "chờ một người khác duyệt" in page and "Duyệt và hủy" not in page
    assert client.post(listed, {"duyet": "1"}).status_code == 403 and Dossier.objects.count() == 2
    signed_in(client, cast.quang)
    assert "Chờ người thứ hai" in said(client.get(reverse("desk:archive_lists")))
    assert "Duyệt và hủy" in said(client.get(listed))
    assert client.post(listed, {"bo": "1", "drop_reason": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(listed, {"duyet": "1"}).status_code == 302
    assert not Dossier.objects.exists() and "Đã hủy" in said(client.get(listed))
    assert codes[0] in said(page_of(client, "da-huy"))
    gone = said(client.get(reverse("desk:archive_item", args=[codes[0]])))
    assert "Chỉ còn mã băm" in gone and "Tải gói" not in gone
    assert client.get(reverse("desk:archive_package", args=[codes[0]])).status_code == 409


def test_a_list_is_dropped_with_a_reason(cast, client, clock, at, yen) -> None:
    term("2", procedure_code="2.000635")
    code = kept(cast, at).code
    later = clock.set(at.replace(year=at.year + 2) + DAY)
    listed = propose([code], reason="Hết hạn", by=yen, at=later)
    answer = signed_in(client, yen).post(
        reverse("desk:archive_list", args=[listed.pk]), {"bo": "1", "drop_reason": "Rà lại"}
    )
    assert answer.status_code == 302 and Dossier.objects.count() == 1
    assert "Rà lại" in said(client.get(answer["Location"]))


@accepts("HY-38")
def test_the_command_verifies_a_file_and_everything_kept(cast, at, capsys, tmp_path, clock) -> None:
    from argparse import Namespace

    from motcua.archive.vault import vault
    from tests.rooms.archived import bytes_of

    withdrawn(cast, at)
    clock.set(at + MONTH)
    assert command.run(Namespace(what="keep", files=[])) == 0
    package = Package.objects.get()
    copy = tmp_path / "goi.zip"
    copy.write_bytes(bytes_of(package))
    assert command.run(Namespace(what="verify", files=[copy])) == 0
    assert command.run(Namespace(what="verify", files=[])) == 0
    assert command.run(Namespace(what="key", files=[])) == 0
    told = capsys.readouterr().out.split()
    assert len(told[-1]) == 64
    content = bytearray(copy.read_bytes())
    content[content.index(b"%PDF-1.4") + 20] ^= 1
    copy.write_bytes(content)
    assert command.run(Namespace(what="verify", files=[copy])) == 1
    assert "data/originals/001-giay-chung-minh.pdf" in capsys.readouterr().out
    vault().delete(package.key)
    assert command.run(Namespace(what="verify", files=[])) == 1
    assert "Không còn thấy gói" in capsys.readouterr().out
