"""A leader's home: every number is a question of the list, and the list answers with the same number."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.dossiers.actions import approve, examine, intake, issue
from motcua.dossiers.models import Dossier
from motcua.rules.acts import Outcome
from tests.faces.getting_in import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HOUR = timedelta(hours=1)


@pytest.fixture
def month(cast, at):
    """Dossiers at every stage, two of them overdue with the division, one result late."""
    _ = cast.minh, cast.ha, cast.binh, cast.quang, cast.thu
    codes = [cast.submitted().code for _ in range(6)]
    for code in codes[1:]:
        intake.accept(code, by=cast.minh, at=at)
    for code in codes[3:]:
        examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp.", by=cast.ha, at=at)
        examine.propose(code, by=cast.ha, at=at)
    for code in codes[4:]:
        approve.approve(code, by=cast.quang, at=at)
        issue.seal(code, by=cast.thu, at=at)
    examine.assign(codes[1], to=cast.ha.account_id, by=cast.ha, at=at)
    Dossier.objects.filter(code__in=codes[1:3]).update(due_at=at - 3 * HOUR)
    Dossier.objects.filter(code=codes[5]).update(promised_at=at - HOUR)
    return codes


def links(page: str, part: str) -> list[tuple[str, str]]:
    """Address and words of each link to the list in one part of the page."""
    return [
        (href.replace("&amp;", "&"), re.sub(r"<[^>]+>", "", words))
        for href, words in re.findall(r'<a [^>]*href="(/mot-cua/\?[^"]+)"[^>]*>(.*?)</a>', part)
    ]


def rows_of(client, href: str) -> int:
    return client.get(href).content.decode().count('<tr role="row" data-key-row')


def test_every_number_opens_as_many_dossiers_as_it_says(client, cast, month):
    client.force_login(cast.quang_account)
    page = client.get(reverse("desk:leader")).content.decode()
    assert "Hôm nay có 1 hồ sơ chờ tôi ký" in page
    asked = links(page, page)
    assert len(asked) > 40
    for href, words in asked:
        number = re.match(r"(\d+)(?! ?%)\b", words.strip())
        if number and "," not in words:
            assert rows_of(client, href) == int(number[1]), (href, words)


def test_what_is_late_and_whose(client, cast, month):
    client.force_login(cast.quang_account)
    page = client.get(reverse("desk:leader"))
    late = page.content.decode().split('id="tre"')[1].split("</section>")[0]
    assert late.count("1 hồ sơ, lâu nhất 1 giờ") == 2  # 06:00 to 09:00 has an hour and a half of office time
    assert "Phạm Thu Hà" in late and "Chưa giao" in late


def test_charts_have_a_table_twin_and_no_style(client, cast, month):
    client.force_login(cast.quang_account)
    page = client.get(reverse("desk:leader")).content.decode()
    assert page.count('<svg class="mc-chart"') == 2 and page.count("Xem dạng bảng") == 2
    assert not re.search(r"\bstyle=|\bon\w+=", page)
    assert not re.search(r'(x|y|cx|cy|height|d)="[^"]*\d,\d', page)  # no decimal commas in coordinates
    assert page.count("Tuần 16/11: nhận 6") == 1 and "50 %" in said(client.get(reverse("desk:leader")))


def test_the_books_balance(client, cast, month):
    client.force_login(cast.quang_account)
    page = client.get(reverse("desk:leader")).content.decode()
    facts = page.split('id="can-doi"')[1].split("</section>")[0]
    over, came, done, left, under_way = (
        int(re.sub(r"<[^>]+>", "", one)) for one in re.findall(r"<dd>(.*?)</dd>", facts)
    )
    assert (over, came, done, left, under_way) == (0, 6, 2, 0, 4) and over + came == done + left + under_way


def test_it_costs_few_queries_and_exists_for_leaders_only(client, cast, month, django_assert_max_num_queries):
    client.force_login(cast.quang_account)
    client.get(reverse("desk:leader"))
    with django_assert_max_num_queries(20):
        assert client.get(reverse("desk:leader")).status_code == 200
    client.force_login(cast.minh_account)
    assert client.get(reverse("desk:leader")).status_code == 404
    assert reverse("desk:leader") not in client.get(reverse("desk:worklist")).content.decode()
