"""The gallery draws every component, for citizens and officers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.ui.conftest import room  # noqa: F401 - the fixture of the common room
from tests.ui.test_built_css import OURS, build_ui

COMPONENTS = Path(build_ui.PACKAGE) / "ui/templates/ui/components"
FRAME = {
    "account.html",
    "brand.html",
    "display.html",
    "messages.html",
    "back.html",
    "form_hints.html",
    "steps_list.html",
}


@pytest.mark.parametrize("side", ["", "?mat=ban"])
def test_the_gallery_is_drawn_for_both_sides(room: Client, side: str) -> None:  # noqa: F811
    response = room.get(f"/_thu-vien/{side}")
    page = response.content.decode()
    assert response.status_code == 200
    assert ("mc-desk" in page) is bool(side)
    assert "Bản trình diễn: người và hồ sơ không có thật" in page
    assert "<title>Thư viện thành phần – Một Cửa tỉnh Mẫu</title>" in re.sub(r"\s+", " ", page)


def test_every_component_stands_in_the_gallery() -> None:
    shown = (COMPONENTS.parent / "gallery_parts.html").read_text(encoding="utf-8")
    shown += (COMPONENTS.parent / "gallery.html").read_text(encoding="utf-8")
    inside = "".join(path.read_text(encoding="utf-8") for path in COMPONENTS.glob("*.html"))
    for path in COMPONENTS.glob("*.html"):
        if path.name not in FRAME:
            assert f"components/{path.name}" in shown or f'include "ui/components/{path.name}"' in inside, path.name


def test_every_class_the_gallery_ends_up_with_is_in_the_sheet(room: Client) -> None:  # noqa: F811
    built = set(build_ui.CLASS.findall((build_ui.BUILT / "desk.css").read_text(encoding="utf-8")))
    sources = [*build_ui.VENDOR.glob("*.css"), *build_ui.CSS.rglob("*.css")]
    known = set(build_ui.CLASS.findall("".join(path.read_text(encoding="utf-8") for path in sources)))
    page = room.get("/_thu-vien/").content.decode()
    used = {name for value in re.findall(r'class="([^"]*)"', page) for name in OURS.findall(value)}
    assert used & known <= built
    assert {name for name in used if name.startswith("mc-")} - known <= {"mc-size-m"}


def test_no_id_stands_twice_on_the_page(room: Client) -> None:  # noqa: F811
    ids = re.findall(r'\sid="([^"]+)"', room.get("/_thu-vien/").content.decode())
    assert sorted(ids) == sorted(set(ids))
