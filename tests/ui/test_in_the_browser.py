"""The common room met by a browser: nothing for axe to find, comfort where scripts run, ability where they do not."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from tests.ui import urls

AXE = Path(__file__).resolve().parents[1] / "vendor/axe.min.js"


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the test says what matters."""


@pytest.fixture
def chromium(browser: Any) -> Any:
    """The one Chromium of this process: two drivers at once do not stand each other."""
    return browser


@pytest.fixture
def address(room: Client) -> Iterator[str]:
    """Where the common room listens; ``room`` has arranged its settings."""
    urls.saved.clear()
    with make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), _Server, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _page(chromium: Any, *, width: int = 1280, **context: Any) -> Any:
    page = chromium.new_context(viewport={"width": width, "height": 900}, **context).new_page()
    page.set_default_timeout(15_000)
    return page


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("side", ["", "?mat=ban"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chromium: Any, address: str, width: int, side: str) -> None:
    page = _page(chromium, width=width, bypass_csp=True)
    for contrast in (False, True):
        page.goto(f"{address}/_thu-vien/{side}")
        page.locator("#contrast").set_checked(contrast, force=True)
        page.add_script_tag(path=str(AXE))
        found = page.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])")
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 422, 429, 500])
def test_axe_finds_nothing_on_a_fault_page(chromium: Any, address: str, status: int) -> None:
    page = _page(chromium, width=320, bypass_csp=True)
    page.goto(f"{address}/loi/{status}/")
    page.add_script_tag(path=str(AXE))
    assert page.evaluate("async () => (await axe.run()).violations.map(v => v.id)") == []
    page.context.close()


def test_the_strict_policy_is_never_broken_by_ourselves(chromium: Any, address: str) -> None:
    page = _page(chromium)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in ("/_thu-vien/", "/_thu-vien/?mat=ban", "/to-khai/"):
        page.goto(address + path, wait_until="networkidle")
    assert complaints == []
    page.context.close()


def test_text_grows_at_once_and_is_remembered(chromium: Any, address: str) -> None:
    page = _page(chromium)
    page.goto(f"{address}/to-khai/", wait_until="networkidle")
    page.fill("#ten", "Lan")
    with page.expect_response("**/hien-thi/"):
        page.locator("#size-l").check(force=True)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "19px"
    assert page.input_value("#ten") == "Lan"
    assert not page.get_by_role("button", name="Ghi nhớ").is_visible()
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "19px"
    page.context.close()


def test_without_a_script_the_switch_acts_at_once_and_offers_to_remember(chromium: Any, address: str) -> None:
    page = _page(chromium, java_script_enabled=False)
    page.goto(f"{address}/_thu-vien/")
    save = page.get_by_role("button", name="Ghi nhớ")
    assert not save.is_visible()
    page.locator("#contrast").check(force=True)
    save.click()
    assert page.locator("html.mc-contrast").count() == 1
    assert page.locator("#contrast").is_checked()
    assert page.locator("input[type=file]").first.is_visible()
    page.context.close()


def test_an_answer_is_saved_as_it_is_given(chromium: Any, address: str) -> None:
    page = _page(chromium)
    page.goto(f"{address}/to-khai/", wait_until="networkidle")
    page.fill("#ten", "Nguyễn Thị Lan")
    page.locator("#ten").blur()
    page.get_by_text("Đã lưu lúc 10:42").wait_for()
    assert urls.saved[-1] == {"ten": ["Nguyễn Thị Lan"]}
    assert page.evaluate("localStorage.length") == 0
    page.context.close()


def test_an_answer_that_cannot_be_sent_is_kept_shown_and_sent_later(chromium: Any, address: str) -> None:
    page = _page(chromium)
    page.goto(f"{address}/to-khai/", wait_until="networkidle")
    page.context.set_offline(True)
    page.fill("#ten", "Trần Minh Khôi")
    page.locator("#ten").blur()
    page.get_by_text("Chưa lưu được vì mất kết nối").wait_for()
    page.context.set_offline(False)
    page.get_by_text("Đã lưu lúc 10:42").wait_for()
    page.fill("#ten", "tắt máy chủ")
    page.locator("#ten").blur()
    page.get_by_text("Chưa lưu được vì mất kết nối").wait_for()
    page.reload(wait_until="networkidle")
    assert page.input_value("#ten") == "tắt máy chủ"
    assert [entry["ten"] for entry in urls.saved] == [["Trần Minh Khôi"]]
    page.context.close()


def test_each_file_goes_up_by_itself_and_says_what_is_wrong_with_it(chromium: Any, address: str) -> None:
    page = _page(chromium)
    page.goto(f"{address}/to-khai/", wait_until="networkidle")
    files = [
        {"name": "tot.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
        {"name": "rong.pdf", "mimeType": "application/pdf", "buffer": b""},
        {"name": "to.pdf", "mimeType": "application/pdf", "buffer": b"%" * 2000},
        {"name": "gia.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90"},
        {"name": "anh.png", "mimeType": "image/png", "buffer": b"\x89PNG"},
    ]
    page.set_input_files("#tep", files)
    rows = page.locator("[data-upload-list] > li")
    rows.filter(has_text="tot.pdf").get_by_text("SHA-256 9f41 9f41").wait_for()
    rows.filter(has_text="gia.pdf").get_by_text("Tệp này không phải là PDF.").wait_for()
    assert "rỗng" in rows.filter(has_text="rong.pdf").inner_text()
    assert "quá mức" in rows.filter(has_text="to.pdf").inner_text()
    assert "Loại tệp này không nhận" in rows.filter(has_text="anh.png").inner_text()
    rows.filter(has_text="rong.pdf").get_by_role("button", name="Bỏ").click()
    assert rows.filter(has_text="rong.pdf").count() == 0
    page.context.close()


def test_an_officer_judges_by_keyboard(chromium: Any, address: str) -> None:
    page = _page(chromium)
    page.goto(f"{address}/_thu-vien/?mat=ban", wait_until="networkidle")
    assert page.locator("#muc-2.is-here").count() == 1
    page.locator("body").press("a")
    assert page.locator("#muc-2 input[value=yes]").is_checked()
    page.keyboard.press("j")
    page.keyboard.press("s")
    assert page.locator("#muc-3 input[value=no]").is_checked()
    page.keyboard.press("?")
    page.get_by_role("heading", name="Phím tắt").wait_for()
    page.get_by_role("button", name="Đóng").click()
    page.locator("#ghi-chu-3").fill("")
    page.locator("#ghi-chu-3").press("a")
    assert page.input_value("#ghi-chu-3") == "a"
    page.context.close()


def test_an_act_that_is_not_allowed_does_nothing_but_can_be_reached(chromium: Any, address: str) -> None:
    page = _page(chromium)
    page.goto(f"{address}/_thu-vien/?mat=ban", wait_until="networkidle")
    button = page.get_by_role("button", name="Yêu cầu bổ sung")
    button.focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "vi-sao-supplement"
    before = page.url
    page.keyboard.press("Enter")
    assert page.url == before
    page.context.close()
