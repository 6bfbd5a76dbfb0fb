"""Whether a page was of use: rated once a person and version, thanked in place, counted for who writes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.feedback.models import Rating
from motcua.procedures.models import ProcedureRevision
from motcua.rules.people import Role
from tests.acceptance.proof import accepts
from tests.faces.getting_in import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def page(cast):
    return f"procedure:{cast.revision.procedure.code}"


def rate(client, page, y="co", **more):
    return client.post(reverse("portal:rate"), {"trang": page, "y": y, **more})


@accepts("KT-25")
def test_anyone_rates_a_procedure_the_guide_and_the_rules_and_is_thanked_where_they_were(client, cast, page):
    code = page.partition(":")[2]
    for key, address in (
        (page, reverse("portal:procedure", args=[code])),
        ("guide", reverse("portal:guide")),
        ("rules", reverse("portal:rules") + "?ngay=01/09/2020"),
    ):
        seen = client.get(address)
        assert "Nội dung này có ích cho bạn không?" in said(seen) and f'value="{key}"' in seen.content.decode()
        answer = rate(client, key, ve=address, **{"ly-do": "Rõ ràng."})
        assert answer.status_code == 302 and answer.url.startswith(address) and answer.url.endswith("cam-on=1#danh-gia")
        thanks = client.get(answer.url.partition("#")[0])
        assert "Cảm ơn bạn" in said(thanks) and "Gửi đánh giá" not in said(thanks)
    assert Rating.objects.count() == 3


@accepts("KT-25")
def test_one_person_counts_once_for_a_version_and_anew_for_the_next(client, cast, page):
    rate(client, page)
    rate(client, page, "chua")  # changed their mind
    assert [row.is_useful for row in Rating.objects.all()] == [False]
    rate(Client(), page)
    assert Rating.objects.count() == 2
    ProcedureRevision.objects.filter(pk=cast.revision.pk).update(number=2)
    rate(client, page)
    assert Rating.objects.count() == 3
    for browser in (Client(), Client()):  # an account is the same person in every browser
        browser.force_login(cast.lan_account)
        rate(browser, page)
    assert Rating.objects.count() == 4
    assert not {"lan", str(cast.lan_account.pk)} & set(Rating.objects.values_list("rater", flat=True))


def test_what_was_forgotten_is_asked_for_with_the_words_kept(client, page):
    answer = rate(client, page, "", **{"ly-do": "Thiếu <b>mẫu</b> đơn."})
    assert answer.status_code == 422 and "Hãy chọn Có hoặc Chưa." in said(answer)
    assert "Thiếu &lt;b&gt;mẫu&lt;/b&gt; đơn." in answer.content.decode() and not Rating.objects.exists()
    assert rate(client, page, **{"ly-do": "x" * 501}).status_code == 422
    for unknown in ("", "x", "procedure:", "procedure:9.999999", "procedure:../x", "procedure:\x00"):
        assert rate(client, unknown).status_code == 404
    assert client.get(reverse("portal:rate")).status_code == 405


def test_one_comes_back_to_no_other_address(client, page):
    own = reverse("portal:procedure", args=[page.partition(":")[2]])
    for elsewhere in ("//evil.example", "https://evil.example" + own, "/quy-dinh/", own + "\n", own + "#x"):
        assert rate(client, page, ve=elsewhere).url == f"{own}?cam-on=1#danh-gia"


def test_another_site_cannot_rate_for_its_visitors(client, page):
    for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert client.post(reverse("portal:rate"), {"trang": page, "y": "co"}, headers=header).status_code == 403
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert client.post(reverse("portal:rate"), {"trang": page, "y": "co"}, headers=own).status_code == 302


def test_ratings_of_one_network_are_limited(page):
    for _ in range(20):
        assert rate(Client(), page).status_code == 302
    assert rate(Client(), page).status_code == 429 and Rating.objects.count() == 20


@accepts("KT-25")
def test_the_public_reads_a_share_only_and_only_of_enough_people(client, cast, page):
    address = reverse("portal:procedure", args=[page.partition(":")[2]])
    for number in range(5):
        assert "thấy có ích" not in said(client.get(address))
        rate(Client(), page, "co" if number else "chua", **{"ly-do": "Lý do riêng."})
    seen = said(client.get(address))
    assert "80% trong 5 người đánh giá thấy có ích." in seen and "Lý do riêng." not in seen


@accepts("KT-25")
def test_counts_and_reasons_are_read_by_the_agency_and_the_operator_in_a_span(
    client, cast, page, at, clock, django_assert_max_num_queries
):
    rate(client, page, "chua", **{"ly-do": "Không rõ nộp ở đâu."})
    rate(client, "guide")
    cast.post(cast.officer("van-hanh", "Ngô Vận Hành"), Role.OPERATOR, cast.other_commune)
    cast.post(cast.officer("la", "Lê Lạ"), Role.LEADER, cast.other_commune)
    assert cast.quang and cast.minh
    shown = {}
    for login in ("van-hanh", "quang", "la", "minh"):
        from motcua.accounts.models import Account

        client.force_login(Account.objects.get(login=login))
        with django_assert_max_num_queries(20):
            shown[login] = client.get(reverse("desk:ratings"))
    assert "Hướng dẫn sử dụng" in said(shown["van-hanh"]) and "Không rõ nộp ở đâu." in said(shown["van-hanh"])
    assert "Hướng dẫn" not in said(shown["quang"]) and "Không rõ nộp ở đâu." in said(shown["quang"])
    assert "Không rõ" not in said(shown["la"]) and "Chưa có đánh giá" in said(shown["la"])
    assert shown["minh"].status_code == 404
    client.force_login(cast.quang_account)
    before = (at - timedelta(days=1)).date().isoformat()
    assert "Chưa có đánh giá" in said(client.get(f"{reverse('desk:ratings')}?tu=2026-01-01&den={before}"))
    assert "Bản sao trích lục" in said(client.get(f"{reverse('desk:ratings')}?tu=2026-01-01&trang={page}"))
