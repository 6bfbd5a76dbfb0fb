"""Nobody needs a mouse: a citizen files with Tab, Space, arrows and Enter; an officer works with single keys."""

from __future__ import annotations

import re
from typing import Any

from tests.acceptance.proof import accepts
from tests.browser import ready

COMMUNE = "Ủy ban nhân dân xã Phước Hiệp"
MOST_TABS = 90

LOOK = """e => {
  const parts = [[e], [e.closest("label")], [e.nextElementSibling], [e.nextElementSibling, "::before"]];
  return parts.filter(([box]) => box).map(([box, pseudo]) => {
    const s = getComputedStyle(box, pseudo);
    return [s.outline, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth].join();
  }).join("|");
}"""
"""How a control looks, together with what is drawn for it (a label, the ring of a radio button)."""


class Hands:
    """Two hands on a keyboard. Whatever they reach must look different while they are there."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.unseen: list[str] = []
        self.at: tuple[Any, str] | None = None

    def tab(self) -> Any:
        """One Tab further; the control now focused."""
        self.page.keyboard.press("Tab")
        element = self.page.evaluate_handle("document.activeElement").as_element()
        before, self.at = self.at, (element, str(element.evaluate(LOOK)))
        if before is not None and before[0].evaluate("e => e.isConnected && e !== document.activeElement"):
            self._was_seen(*before)
        return element

    def _was_seen(self, element: Any, look: str) -> None:
        if element.evaluate(LOOK) == look:
            self.unseen.append(f"{self.page.url}: {element.evaluate('e => e.outerHTML.slice(0, 160)')}")

    def enter_main(self) -> None:
        """Skip header and navigation, as the first link of a page offers; the page after a form has skipped them."""
        self.at = None
        if self.page.url.endswith("#noi-dung"):
            return
        assert self.tab().inner_text() == "Đến nội dung chính"
        self.press("Enter")

    def reach(self, selector: str, text: str = "") -> Any:
        """Tab until such a control has the focus."""
        for _ in range(MOST_TABS):
            element = self.tab()
            if element.evaluate("(e, s) => e.matches(s)", selector) and text in self.name(element):
                return element
        raise AssertionError(f"Tab never comes to {selector} {text!r} on {self.page.url}")

    @staticmethod
    def name(element: Any) -> str:
        """Label and text of a control."""
        return str(element.evaluate("e => [...(e.labels ?? [])].map(l => l.innerText).join() + e.innerText"))

    def press(self, key: str) -> None:
        """A key; a page that changes is waited for and forgets where the hands were."""
        self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    def go(self, selector: str, text: str = "") -> None:
        """Reach a link or button and press Enter: another page comes."""
        self.reach(selector, text)
        with self.page.expect_event("load"):
            self.page.keyboard.press("Enter")
        self.at = None

    def write(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def choose(self, selector: str, label: str) -> None:
        """An option of a list, with the arrow."""
        box = self.reach(selector)
        chosen = "e => e.selectedOptions[0]?.label ?? ''"
        if box.evaluate(chosen) == label:
            return
        box.evaluate_handle(
            "e => new Promise(done => { const look = () => e.length > 1 ? done() : setTimeout(look, 20); look(); })"
        )
        self.page.keyboard.press("Home")
        for _ in range(200):
            if box.evaluate(chosen) == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} is not offered")


@accepts("HY-31")
def test_a_citizen_files_without_a_mouse(people: Any) -> None:
    page = people("lan@example.vn")
    hands = Hands(page)
    page.goto("/")
    hands.enter_main()
    hands.write("[name=tim]", "ban sao khai sinh")
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    hands.enter_main()
    hands.go("a", "Bản sao trích lục hộ tịch")
    hands.enter_main()
    hands.go("a.mc-act")

    hands.enter_main()
    hands.choose("select", COMMUNE)
    hands.go("button.mc-act")

    hands.enter_main()
    hands.reach("[name=uy_quyen]")
    page.keyboard.press("Space")
    hands.go("button.mc-act")

    hands.enter_main()
    hands.reach("[name=loai_trich_luc]")
    page.keyboard.press("Space")
    hands.write("[name=ho_ten]", "Nguyễn Thị Lan")
    for name, value in (("ngay_sinh-d", "17"), ("ngay_sinh-m", "5"), ("ngay_sinh-y", "1990")):
        hands.write(f"[name={name}]", value)
    for name, value in (("province", "Tỉnh Bình Định"), ("district", "Huyện Tuy Phước"), ("unit", "Xã Phước Hiệp")):
        hands.choose(f"[name=noi_da_dang_ky-{name}]", value)
    hands.write("[name=so_ban_sao]", "1")
    hands.go("button.mc-act")

    hands.enter_main()
    hands.go("button.mc-act")
    hands.enter_main()
    hands.reach("main input[type=radio]")
    page.keyboard.press("Space")
    hands.go("button.mc-act")
    hands.enter_main()
    hands.reach("[name=declared]")
    page.keyboard.press("Space")
    hands.go("button.mc-act")
    assert re.search(r"H\d\d(?:\.\d+)*-\d{6}-\d{4,}", page.locator(".mc-receipt").inner_text())
    assert hands.unseen == []


def test_an_officer_works_with_single_keys(facts: dict[str, Any], people: Any) -> None:
    page = people("minh")
    page.goto("/mot-cua/")
    ready(page)
    row = page.locator("[data-key-row].is-here")
    page.keyboard.press("j")
    first = row.inner_text()
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert row.inner_text() == first
    assert page.evaluate("document.activeElement.matches('.is-here a')")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('[data-search]')")
    page.keyboard.type("jkoa?")
    assert page.input_value("[data-search]") == "jkoa?"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("heading", name="Phím tắt").wait_for()
    page.keyboard.press("Escape")
    with page.expect_event("load"):
        page.keyboard.press("o")
    assert "/mot-cua/ho-so/" in page.url

    page.goto(f"/mot-cua/ho-so/{_submitted(page)}/")
    items = ready(page).locator(".mc-items > li")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("j")
    page.keyboard.press("s")
    assert items.nth(0).locator("[value=yes]").is_checked()
    assert items.nth(1).locator("[value=no]").is_checked()
    page.keyboard.press("k")
    page.keyboard.press("s")
    assert items.nth(0).locator("[value=no]").is_checked()

    page.reload()
    ready(page)
    with page.expect_event("load"):
        page.keyboard.press("a")
    assert "Đã tiếp nhận" in page.locator("main").inner_text()


def _submitted(page: Any) -> str:
    """A dossier waiting to be accepted, from the officer's own list."""
    page.goto("/mot-cua/")
    line = page.locator("[data-key-row]", has_text="Chờ tiếp nhận").first
    return str(line.locator("[data-open]").inner_text())
