"""What a citizen's first visit costs before the page itself: style sheet, fonts, first script, mark."""

from __future__ import annotations

import brotli

from tests.ui.test_built_css import build_ui

BUDGET = 60 * 1024
FOR_THE_PAGE = 16 * 1024  # HTML of the longest page and the modules a form asks for


def test_sheet_fonts_and_first_scripts_leave_room_for_the_page() -> None:
    static = build_ui.BUILT.parent
    texts = [static / "built/portal.css", static / "js/main.js", static / "js/display.js", static / "mark.svg"]
    compressed = sum(len(brotli.compress(path.read_bytes())) for path in texts)
    fonts = sum(path.stat().st_size for path in (static / "fonts").glob("*.woff2"))
    assert compressed + fonts <= BUDGET - FOR_THE_PAGE
