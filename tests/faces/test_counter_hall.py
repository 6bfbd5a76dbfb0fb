"""The hall's pages: open to whoever stands there, without a script and without a name."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motcua.reception.actions import call_next
from motcua.reception.models import Ticket
from tests.acceptance.proof import accepts
from tests.faces.getting_in import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_number_is_taken_called_and_shown_without_any_name(client, cast, at):
    kiosk = reverse("portal:queue_kiosk", args=[cast.counter.pk])
    assert "Lấy số" in said(client.get(kiosk))
    answer = client.post(kiosk, {"nhom": ""})
    ticket = client.get(answer["Location"])
    assert "A001" in said(ticket) and "Sắp đến lượt" in said(ticket)
    second = client.post(kiosk, {"nhom": ""})["Location"]
    assert "Còn 1 người trước" in said(client.get(second))
    assert ticket["Refresh"] == "20"
    screen_url = reverse("portal:queue_screen", args=[cast.counter.pk])
    assert "Chưa gọi số nào" in said(client.get(screen_url))
    call_next(cast.counter, place="3", by=cast.minh, at=at)
    screen = client.get(screen_url)
    assert screen["Refresh"] == "5" and "A001" in said(screen) and "Đang có 1 người chờ" in said(screen)
    assert "Minh" not in screen.content.decode()
    assert "Mời đến bàn 3" in said(client.get(answer["Location"]))


def test_the_kiosk_is_closed_with_the_counter_and_bad_input_is_refused(client, cast, at, clock):
    kiosk = reverse("portal:queue_kiosk", args=[cast.counter.pk])
    assert client.post(kiosk, {"nhom": "Z"}).status_code == 404
    assert client.get(reverse("portal:queue_screen", args=[999])).status_code == 404
    assert client.get(reverse("portal:queue_kiosk", args=[10**15])).status_code == 404
    assert client.get(reverse("portal:queue_ticket", args=["00000000-0000-0000-0000-000000000001"])).status_code == 404
    clock.set(at.replace(day=21))
    assert "đã hết giờ hoặc nghỉ" in said(client.get(kiosk))
    assert client.post(kiosk, {"nhom": ""}).status_code == 409
    assert not Ticket.objects.exists()


@accepts("BD-66")
def test_the_agencies_page_says_whether_the_counter_is_open_now(client, cast, at, clock):
    _ = cast.counter
    page = said(client.get(reverse("portal:agencies")))
    assert "Đang mở cửa" in page and "7:30–11:30, 13:30–17:30" in page
    clock.set(at.replace(hour=19))
    assert "Đang nghỉ" in said(client.get(reverse("portal:agencies")))
