"""Architecture §3 told through the faces: Lan files, the commune does its parts, the result comes home."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.acceptance.proof import accepts
from tests.cast import PDF
from tests.journeys.product import Product
from tests.journeys.story import Story

COMMUNE = "Ủy ban nhân dân xã Phước Hiệp"
CODE = re.compile(r"H\d\d(?:\.\d+)*-\d{6}-\d{4,}")


def paper(name: str, mark: str) -> dict[str, Any]:
    """A small real PDF to choose in a file control."""
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF + f"%% {mark}".encode()}


def file_dossier(page: Any, story: Story, *, mark: str, javascript: bool) -> str:
    """Lan finds the procedure by words without accents and goes through every page of filing."""
    page.goto("/")
    page.get_by_label("Tên thủ tục, giấy tờ hoặc việc bạn cần").fill("ban sao khai sinh")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name="Bản sao trích lục hộ tịch").first.click()
    story.tell("Nguyễn Thị Lan", "tìm “ban sao khai sinh”", page.locator("h1").inner_text())
    page.get_by_role("link", name="Nộp hồ sơ").first.click()
    page.get_by_label("Nộp đến cơ quan").select_option(label=COMMUNE)
    page.get_by_role("button", name="Bắt đầu điền tờ khai").click()

    page.get_by_label("Có, tôi được người khác ủy quyền").check()
    _address(page, "nyc_noi_cu_tru", javascript=javascript)
    page.get_by_role("button", name="Lưu và đi tiếp").last.click()
    story.tell("", "khai người yêu cầu", page.locator("h1").inner_text())

    page.get_by_label("Khai sinh", exact=True).check()
    page.get_by_label("Họ tên người được cấp").fill("Nguyễn Thị Lan")
    for name, value in (("ngay_sinh-d", "17"), ("ngay_sinh-m", "5"), ("ngay_sinh-y", "1990")):
        page.locator(f"[name={name}]").fill(value)
    _address(page, "noi_da_dang_ky", javascript=javascript)
    page.get_by_label("Số lượng bản sao").fill("2")
    page.get_by_role("button", name="Lưu và đi tiếp").last.click()
    story.tell("", "khai việc hộ tịch", page.locator("h1").inner_text())

    page.locator("input[type=file]").first.set_input_files(paper("uy-quyen.pdf", mark))
    if javascript:
        page.locator(".mc-filerow a", has_text="uy-quyen.pdf").wait_for()
    page.get_by_role("button", name="Lưu và đi tiếp").last.click()
    story.tell("", "đính kèm văn bản ủy quyền", page.locator("h1").inner_text())

    page.locator("[name=return_channel][value=counter]").check()
    page.get_by_role("button", name="Lưu và đi tiếp").last.click()
    page.get_by_label(re.compile("Tôi cam đoan")).check()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    code = CODE.search(page.locator(".mc-receipt").inner_text())
    assert code is not None
    assert "SHA-256" in page.locator("main").inner_text()
    story.tell("", "nộp hồ sơ", f"biên nhận {code[0]}")
    return code[0]


def _address(page: Any, field: str, *, javascript: bool) -> None:
    """Choose a commune; without a script each list is asked for by a button."""
    district, commune = page.locator(f"[name={field}-district]"), page.locator(f"[name={field}-unit]")
    if commune.count() and commune.input_value():
        return
    if not javascript and district.count() == 0:
        page.locator(f"[name=_units][value={field}]").click()
    if page.locator(f"[name={field}-province]").input_value() == "":
        page.locator(f"[name={field}-province]").select_option(label="Tỉnh Bình Định")
        if not javascript:
            page.locator(f"[name=_units][value={field}]").click()
    district.select_option(label="Huyện Tuy Phước")
    if not javascript:
        page.locator(f"[name=_units][value={field}]").click()
    commune.select_option(label="Xã Phước Hiệp")


def act(page: Any, code: str, name: str) -> None:
    """Open the dossier at the desk and press an act."""
    page.goto(f"/mot-cua/ho-so/{code}/")
    deeds = page.locator(".mc-acts")
    deeds.locator("a, button").filter(has_text=re.compile(f"^{re.escape(name)}")).first.click()
    page.wait_for_load_state()


def stands(page: Any, code: str) -> str:
    """The state the desk shows."""
    page.goto(f"/mot-cua/ho-so/{code}/")
    return str(page.locator(".mc-route .is-now").first.inner_text()).replace("\n", ", ")


@accepts("HY-19", "HY-33", "BD-11", "BD-46", "BD-47")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_one_dossier_from_the_form_to_the_delivered_result(product: Product, people: Any, javascript: bool) -> None:
    story = Story(f"Chuyến đi của một hồ sơ ({'có' if javascript else 'không có'} JavaScript ở phía người dân)")
    lan = people("lan@example.vn", javascript=javascript, width=360 if not javascript else 1280)
    code = file_dossier(lan, story, mark=str(javascript), javascript=javascript)

    minh = people("minh")
    minh.goto("/mot-cua/")
    minh.locator("input[name=tim]").first.fill(code)
    minh.keyboard.press("Enter")
    minh.wait_for_url(f"**/mot-cua/ho-so/{code}/")
    minh.goto(f"/mot-cua/ho-so/{code}/")
    row = minh.locator(".mc-items li", has_text="Văn bản ủy quyền").first
    row.locator("label.no").click()
    row.get_by_label(re.compile("Ghi chú cho phiếu")).fill("Thiếu chữ ký của người ủy quyền.")
    minh.get_by_role("button", name="Đạt tất cả phần còn lại").click()
    act(minh, code, "Yêu cầu bổ sung")
    minh.locator("form button.mc-act").last.click()
    story.tell("Lê Quang Minh", "yêu cầu bổ sung một lần cho đủ", "Chờ bổ sung")

    lan.goto(f"/ho-so/{code}/")
    assert "Đồng hồ dừng" in lan.locator("main").inner_text()
    lan.get_by_role("link", name="Bổ sung hồ sơ").click()
    assert "Thiếu chữ ký của người ủy quyền." in lan.locator("main").inner_text()
    lan.locator("input[type=file]").first.set_input_files(paper("uy-quyen-co-chu-ky.pdf", f"moi {javascript}"))
    if javascript:
        lan.locator(".mc-filerow a", has_text="uy-quyen-co-chu-ky.pdf").wait_for()
    lan.get_by_role("button", name="Gửi bổ sung").click()
    story.tell("Nguyễn Thị Lan", "bổ sung đúng mục được đánh dấu", lan.locator(".mc-state__words").inner_text())

    act(minh, code, "Tiếp nhận")
    story.tell("Lê Quang Minh", "tiếp nhận, in giấy hẹn, chuyển ngay", stands(minh, code))
    ha = people("ha")
    act(ha, code, "Dự thảo kết quả")
    ha.locator("[name=body]").fill("Cấp 2 bản sao trích lục khai sinh cho Nguyễn Thị Lan.")
    ha.locator("form button.mc-act").last.click()
    _confirm(ha, code, "Trình lãnh đạo", "propose")
    story.tell("Phạm Thu Hà", "dự thảo kết quả, trình lãnh đạo", stands(ha, code))
    quang = people("quang")
    _confirm(quang, code, "Ký duyệt", "approve")
    story.tell("Võ Minh Quang", "ký duyệt", stands(quang, code))
    thu = people("thu")
    _confirm(thu, code, "Vào sổ, đóng dấu", "seal")
    story.tell("Hồ Thị Thu", "vào sổ, đóng dấu", stands(thu, code))
    act(minh, code, "Thu phí, lệ phí")
    minh.locator("[name=receipt_number]").fill("0000123")
    minh.locator("form button.mc-act").last.click()
    act(minh, code, "Trả kết quả")
    minh.locator("[name=channel][value=counter]").check()
    for box in ("compared_items", "form_signed"):
        minh.locator(f"[name={box}]").check()
    minh.locator("[name=receiver_name]").fill("Nguyễn Thị Lan")
    minh.locator("form button.mc-act").last.click()
    story.tell("Lê Quang Minh", "thu phí, đối chiếu bản chính, trả kết quả")

    lan.goto(f"/ho-so/{code}/")
    assert lan.locator(".mc-state__words").inner_text() == "Đã trả kết quả"
    papers = [row.inner_text().replace("\n", " · ") for row in lan.locator("section[aria-labelledby=h-giay] li").all()]
    for href in lan.locator("section[aria-labelledby=h-giay] a").evaluate_all("links => links.map(l => l.href)"):
        answer = lan.context.request.get(href)
        assert answer.headers["content-type"] == "application/pdf", href
        assert answer.body().startswith(b"%PDF")
    assert len(papers) == 5
    story.add("Giấy tờ Lan nhận được", papers)

    def arrived() -> list[dict[str, Any]]:
        return [letter for letter in product.letters() if code in str(letter)]

    # Seven things were told: filed, supplement asked for, supplement received, accepted, fee, result, delivered.
    product.until(lambda: len(arrived()) >= 14, "not every message went out")
    lines = [f"{letter['to']}: {letter.get('subject') or letter['body']}"[:110] for letter in arrived()]
    story.add(f"{len(lines)} tin nhắn đã đến qua thư điện tử và SMS", lines)
    verdict = product.command("audit", "verify").strip().splitlines()[-1]
    assert "TOÀN VẸN" in verdict
    story.tell("Thanh tra", "kiểm tra nhật ký", verdict)
    story.print()


def _confirm(page: Any, code: str, name: str, slug: str) -> None:
    """Press an act that either happens at once or asks on a page of its own."""
    act(page, code, name)
    if page.url.rstrip("/").endswith(slug):
        page.locator("form button.mc-act").last.click()
        page.wait_for_load_state()
