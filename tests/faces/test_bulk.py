"""The pages of acts on many: choose, see, confirm, watch, take back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.agencies.actions import appoint, relieve
from motcua.agencies.models import PostHeld
from motcua.desk.views import worklist as pages
from motcua.dossiers.models import BulkRun, Dossier
from motcua.dossiers.queries import worklist
from motcua.jobs.hands import tend
from motcua.rules.acts import State
from motcua.rules.people import Actor, Role
from tests.faces.getting_in import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def as_(client, cast):
    """`as_("minh")` signs in and answers the client."""
    for name in ("minh", "ha", "binh", "quang", "thu", "oanh", "dung"):
        getattr(cast, name)

    def sign_in(name):
        client.force_login(getattr(cast, f"{name}_account"))
        return client

    return sign_in


def chosen(client, act, codes, **more):
    return client.post(reverse("desk:bulk"), {"viec": act, "ma": codes, "danh-sach": "", **more})


def test_choose_see_confirm_and_watch_without_a_script(cast, as_):
    codes = [cast.submitted().code for _ in range(3)]
    minh = as_("minh")
    home = minh.get(reverse("desk:worklist")).content.decode()
    for code in codes:
        assert f'name="ma" value="{code}" form="loat"' in home
    answer = chosen(minh, "accept", codes[:2])
    page = minh.get(answer["Location"])
    assert "2 hồ sơ sẽ được thực hiện" in said(page) and "Thẩm tra" in said(page)
    assert codes[0] in said(page) and codes[2] not in said(page)
    assert Dossier.objects.filter(state=State.SUBMITTED).count() == 3
    for _ in range(2):
        assert minh.post(answer["Location"], {"xac-nhan": "1"}).status_code == 302
    page = minh.get(answer["Location"])
    assert "Đã xử lý 0 trong 2 hồ sơ" in said(page) and "data-refresh" in page.content.decode()
    assert tend() and not tend()
    page = minh.get(answer["Location"])
    assert "Xong: 2 trong 2 hồ sơ" in said(page)
    assert Dossier.objects.filter(state=State.EXAMINING).count() == 2
    assert "Xong 2 trong 2" in said(minh.get(reverse("desk:bulk_runs")))
    back = minh.post(reverse("desk:bulk_undo", args=[BulkRun.objects.get().pk]))
    assert "Rút lại về bước trước" in said(minh.get(back["Location"]))


def test_all_of_the_filter_are_chosen_not_only_the_page(cast, as_):
    for _ in range(27):
        cast.submitted()
    minh = as_("minh")
    assert "Chọn 27 hồ sơ của cả danh sách này" in said(minh.get(reverse("desk:worklist")))
    chosen(minh, "accept", [], **{"tat-ca": "1", "danh-sach": "tinh-trang=submitted"})
    assert BulkRun.objects.get().items.count() == 27
    assert BulkRun.objects.get().back == "tinh-trang=submitted"


def test_a_deed_that_needs_words_asks_for_them_once(cast, as_):
    codes = [cast.submitted().code for _ in range(2)]
    minh = as_("minh")
    url = chosen(minh, "notify", codes)["Location"]
    assert "Lời nhắn" in said(minh.get(url))
    wrong = minh.post(url, {"text": ""})
    assert wrong.status_code == 422 and "Hãy điền mục này" in said(wrong)
    assert minh.post(url, {"text": "Mời ông/bà gọi lại."}).status_code == 302
    assert "2 hồ sơ sẽ được thực hiện" in said(minh.get(url))


def test_a_division_head_assigns_many(cast, as_, at):
    from motcua.dossiers.actions import intake

    codes = [cast.submitted().code for _ in range(2)]
    for code in codes:
        intake.accept(code, by=cast.minh, at=at)
    binh = as_("binh")
    url = chosen(binh, "assign", codes)["Location"]
    assert "Phạm Thu Hà" in said(binh.get(url))
    binh.post(url, {"to": cast.ha.account_id})
    assert "Giao cho Phạm Thu Hà" in said(binh.get(url))
    binh.post(url, {"xac-nhan": "1"})
    tend()
    assert set(Dossier.objects.values_list("holder_id", flat=True)) == {cast.ha.account_id}


def test_mixed_rights_and_strangers(cast, as_):
    mine = cast.submitted().code
    assert chosen(as_("dung"), "accept", [mine]).status_code == 404
    assert chosen(as_("oanh"), "accept", [mine]).status_code == 404
    assert chosen(as_("quang"), "accept", [mine]).status_code == 403
    assert chosen(as_("minh"), "delete", [mine]).status_code == 403
    url = chosen(as_("minh"), "accept", [mine])["Location"]
    for name in ("oanh", "dung"):
        assert as_(name).get(url).status_code == 404
        assert as_(name).post(url, {"xac-nhan": "1"}).status_code == 404
    assert chosen(as_("minh"), "accept", []).status_code == 302
    assert not BulkRun.objects.filter(confirmed_at__isnull=False).exists()


def test_the_pages_cost_few_queries(cast, as_, django_assert_max_num_queries):
    codes = [cast.submitted().code for _ in range(5)]
    minh = as_("minh")
    url = chosen(minh, "accept", codes)["Location"]
    for page in (url, reverse("desk:bulk_runs")):
        minh.get(page)
        with django_assert_max_num_queries(20):
            assert minh.get(page).status_code == 200
    with django_assert_max_num_queries(30):
        chosen(minh, "accept", codes)


def test_who_is_transferred_leaves_the_names_of_the_old_office_behind(cast, as_, at, clock):
    code = str(cast.submitted().code)
    minh = as_("minh")
    url = chosen(minh, "accept", [code])["Location"]
    assert code in said(minh.get(url))
    end = at + timedelta(minutes=5)
    relieve(PostHeld.objects.get(account=cast.minh_account), until=end, by=Actor.system("test"), at=at)
    appoint(cast.minh_account, Role.COUNTER_OFFICER, cast.other_commune, since=end, by=Actor.system("test"), at=at)
    clock.set(end)
    page = minh.get(url)
    assert page.status_code == 200
    assert code not in said(page) and "Nguyễn Thị Lan" not in said(page)


def test_the_bar_says_when_a_list_is_longer_than_what_is_done_at_once(cast, as_, monkeypatch):
    for _ in range(3):
        cast.submitted()
    for module in (worklist, pages):
        monkeypatch.setattr(module, "MOST_COUNTED", 1)
        monkeypatch.setattr(module, "PAGE_SIZE", 1)
    monkeypatch.setattr(pages, "MOST", 2)
    page = said(as_("minh").get(reverse("desk:worklist")))
    assert "Chọn 2 hồ sơ đầu danh sách này" in page and "của cả danh sách" not in page
