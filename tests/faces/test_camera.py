"""The camera at the counter, in a real browser that sees a card's QR picture through its camera."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.browser import options, ready
from tests.cast import Cast
from tests.faces.test_counter_pages import CARD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]

WIDTH, HEIGHT = 640, 480


def film(text: str, target: Path) -> Path:
    """A few frames of a QR code held before the camera (YUV4MPEG2)."""
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=5, border=4)
    code = Image.open(drawn).convert("L").rotate(7, expand=True, fillcolor=235)  # nobody holds it straight
    picture = Image.new("L", (WIDTH, HEIGHT), 235)
    picture.paste(code, ((WIDTH - code.width) // 2, (HEIGHT - code.height) // 2))
    frame = b"FRAME\n" + picture.tobytes() + bytes([128]) * (WIDTH * HEIGHT // 2)
    target.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 3)
    return target


@pytest.fixture
def seen(browser: Any, live_server: Any, cast: Cast, tmp_path: Path) -> Iterator[Any]:
    """`seen(text)` opens Minh's page in a browser before whose camera that QR code is held; None: it has none."""
    started: list[Any] = []

    def open_page(text: str | None) -> Any:
        more = ["--use-fake-ui-for-media-stream"]
        if text is not None:
            more += ["--use-fake-device-for-media-stream"]
            more += [f"--use-file-for-fake-video-capture={film(text, tmp_path / 'the.y4m')}"]
        chromium = browser.browser_type.launch(**options(*more))
        started.append(chromium)
        context = chromium.new_context(base_url=live_server.url, locale="vi-VN")
        context.set_default_timeout(10_000)
        client = Client()
        _ = cast.minh, cast.revision
        client.force_login(cast.minh_account)
        context.add_cookies([{"name": "phien", "value": client.cookies["phien"].value, "url": live_server.url}])
        return context.new_page()

    yield open_page
    for chromium in started:
        chromium.close()


def test_the_camera_reads_the_card_and_finds_the_person(seen: Any) -> None:
    page = seen(CARD)
    page.goto(reverse("desk:counter"))
    with page.expect_navigation():
        ready(page).get_by_role("button", name="Dùng camera").click()
    main = page.locator("main").inner_text()
    assert "Trần Văn Tư" in main and "Thôn Đông, xã An Lành" in main


def test_a_picture_that_is_no_card_is_told_and_a_missing_camera_too(seen: Any) -> None:
    page = seen("https://example.vn/khong-phai-the")
    page.goto(reverse("desk:counter"))
    with page.expect_navigation():
        ready(page).get_by_role("button", name="Dùng camera").click()
    assert "Đây không phải mã QR của thẻ căn cước" in page.locator("main").inner_text()

    page = seen(None)
    page.goto(reverse("desk:counter"))
    ready(page).get_by_role("button", name="Dùng camera").click()
    page.get_by_text("Không mở được camera").wait_for()
    assert page.evaluate("document.activeElement.id") == "ai"
