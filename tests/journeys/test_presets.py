"""The same house under six regulations: what differs, seen in the browser of a product started with each preset.

Nothing below is written in the code for a province; it is what `provinces/*.toml` say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.proof import accepts
from tests.journeys.product import Product
from tests.journeys.test_trip import CODE, _confirm, act


@dataclass
class Place:
    """A province up and running: who enters, and Lan's two drafts."""

    product: Product
    enter: Callable[[str | None], Any]
    high: dict[str, str]
    low: dict[str, str]

    def rules(self) -> str:
        """The public page of the rules in force."""
        page = self.enter(None)
        page.goto("/")
        page.get_by_role("link", name="Quy định đang áp dụng").first.click()
        return str(page.locator("main").inner_text())


@pytest.fixture
def province(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Any:
    """`with province("kon-tum") as place:` starts the product as that province."""

    @contextmanager
    def up(name: str) -> Iterator[Place]:
        folder: Path = tmp_path_factory.mktemp(name)
        for parent in (folder, folder.parent, folder.parent.parent):
            parent.chmod(parent.stat().st_mode | 0o711)
        product = Product(folder, province=name)
        contexts: list[Any] = []

        def enter(login: str | None) -> Any:
            context = browser.new_context(
                base_url=product.url, viewport={"width": 1280, "height": 900}, locale="vi-VN", reduced_motion="reduce"
            )
            context.set_default_timeout(20_000)
            contexts.append(context)
            page = context.new_page()
            if login is not None:
                page.goto("/tai-khoan/dang-nhap/")
                page.get_by_label("Mật khẩu").fill(product.accounts()[login]["password"])
                page.locator("[name=login]").fill(login)
                page.locator("main button.mc-act").click()
                page.wait_for_load_state()
            return page

        try:
            product.start()
            code = "from tests.journeys.stage_presets import main; main()"
            told = product.command("django", "shell", "-v", "0", "-c", code)
            yield Place(product, enter, **json.loads(told.strip().splitlines()[-1]))
        finally:
            for context in contexts:
                context.close()
            product.stop()

    return up


def channels(page: Any, draft: dict[str, str]) -> set[str]:
    """The ways offered to receive the result."""
    page.goto(draft["receive"])
    return set(page.locator("[name=return_channel]").evaluate_all("all => all.map(one => one.value)"))


def file_it(page: Any, draft: dict[str, str], *, channel: str) -> str:
    """Choose how to receive, check, declare, submit; the code on the receipt."""
    page.goto(draft["receive"])
    page.locator(f"[name=return_channel][value={channel}]").check()
    if page.locator("[name=return_address]").count() and channel == "post":
        page.locator("[name=return_address]").fill("Thôn Đông")
    if page.locator("[name=fee_channel]").count():
        page.locator("[name=fee_channel]").first.check()
    page.get_by_role("button", name="Lưu và đi tiếp").last.click()
    page.get_by_label(re.compile("Tôi cam đoan")).check()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    code = CODE.search(page.locator(".mc-receipt").inner_text())
    assert code is not None
    return code[0]


@accepts("BN-11", "BN-13", "BN-18")
def test_bac_ninh_answers_within_one_working_hour(province: Any) -> None:
    with province("bac-ninh") as place:
        assert "1 giờ làm việc" in place.rules()
        lan = place.enter("lan@example.vn")
        assert channels(lan, place.low) == {"counter", "post"}
        code = file_it(lan, place.low, channel="counter")
        lan.goto(f"/ho-so/{code}/")
        assert _why(lan, "1 giờ")
        minh = place.enter("minh")
        act(minh, code, "Tiếp nhận")
        lan.reload()
        assert "hẹn" in lan.locator("main").inner_text().lower()


@accepts("HY-25", "HY-13")
def test_hung_yen_answers_within_eight_working_hours(province: Any) -> None:
    with province("hung-yen") as place:
        assert "8 giờ làm việc" in place.rules()
        lan = place.enter("lan@example.vn")
        assert channels(lan, place.low) == {"counter", "post"}
        code = file_it(lan, place.low, channel="counter")
        lan.goto(f"/ho-so/{code}/")
        assert _why(lan, "8 giờ")


@accepts("BD-30", "BD-43", "BD-81")
def test_binh_dinh_handles_unsigned_level_4_as_level_3_and_gives_the_post_24_hours(province: Any) -> None:
    with province("binh-dinh") as place:
        assert "24 giờ" in place.rules()
        lan = place.enter("lan@example.vn")
        lan.goto(place.high["papers"])
        assert "mức độ 3" in lan.locator("main").inner_text()
        assert channels(lan, place.high) == {"counter", "post"}
        code = file_it(lan, place.high, channel="post")
        lan.goto(f"/ho-so/{code}/")
        assert "giải quyết như dịch vụ mức độ 3" in lan.locator("main").inner_text()


@accepts("KT-13", "KT-19", "KT-7")
def test_kon_tum_waits_for_certified_paper_and_returns_level_3_at_the_agency_only(province: Any) -> None:
    with province("kon-tum") as place:
        lan = place.enter("lan@example.vn")
        assert channels(lan, place.low) == {"counter"}
        lan.goto(place.low["papers"])
        assert "Mỗi giấy tờ chỉ nhận một tệp riêng" in lan.locator("main").inner_text()
        code = file_it(lan, place.high, channel="counter")
        sheet = lan.get_by_role("link", name="Phiếu gửi (PDF)").first
        answer = lan.context.request.get(sheet.evaluate("link => link.href"))
        assert answer.headers["content-type"] == "application/pdf" and answer.body().startswith(b"%PDF")
        lan.goto(f"/ho-so/{code}/")
        assert "Còn phải gửi bản giấy qua bưu chính" in lan.locator("main").inner_text()


@accepts("CB-7", "CB-8", "CB-9", "CB-10", "CB-11")
def test_cao_bang_lets_each_paper_come_in_its_own_way(province: Any) -> None:
    with province("cao-bang") as place:
        lan = place.enter("lan@example.vn")
        lan.goto(place.high["papers"])
        ways = set(lan.locator("input[type=radio][name^=cach-]").evaluate_all("all => all.map(one => one.value)"))
        assert ways == {"scan", "declared", "signed", "e_licence", "e_certified"}
        lan.locator("input[name^=cach-][value=declared]").first.check()
        lan.get_by_role("button", name="Lưu và đi tiếp").last.click()
        assert "mang giấy tờ đó đến để hoàn thiện" in lan.locator("main").inner_text()
        assert channels(lan, place.high) == {"counter"}
        file_it(lan, place.high, channel="counter")


def test_under_todays_law_the_same_trip_bears_todays_names(province: Any) -> None:
    with province("hien-hanh") as place:
        visitor = place.enter(None)
        visitor.goto(f"/thu-tuc/{place.low['procedure']}/")
        words = visitor.locator("main").inner_text()
        assert re.search("toàn trình|một phần", words, re.IGNORECASE) and "Mức độ" not in words
        lan = place.enter("lan@example.vn")
        code = file_it(lan, place.low, channel="counter")
        minh = place.enter("minh")
        act(minh, code, "Tiếp nhận")
        ha = place.enter("ha")
        act(ha, code, "Dự thảo kết quả")
        ha.locator("[name=body]").fill("Xác nhận tình trạng hôn nhân của Nguyễn Thị Lan.")
        ha.locator("form button.mc-act").last.click()
        _confirm(ha, code, "Trình lãnh đạo", "propose")
        _confirm(place.enter("quang"), code, "Ký duyệt", "approve")
        _confirm(place.enter("thu"), code, "Vào sổ, đóng dấu", "seal")
        lan.goto(f"/ho-so/{code}/")
        told = lan.locator("main").inner_text()
        assert "Đã có kết quả" in told
        assert "huyện" not in lan.locator(".mc-dl").first.inner_text().lower()
        lan.goto("/co-quan/")
        assert "Cấp huyện" not in lan.locator("main").inner_text()


def _why(page: Any, words: str) -> bool:
    """Whether "vì sao là ngày này" names these words."""
    page.locator("details summary").evaluate_all("all => all.forEach(one => one.click())")
    return words in page.locator("main").inner_text()
