"""One product for all journeys of a run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.product import Product


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product, up and with its demo province."""
    folder: Path = tmp_path_factory.mktemp("san-pham")
    for parent in (folder, folder.parent, folder.parent.parent):
        parent.chmod(parent.stat().st_mode | 0o711)
    running = Product(folder)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def facts(product: Product) -> dict[str, Any]:
    """Thirty dossiers in every state, and where each page of them is (`tests.journeys.stage`)."""
    told = product.command("django", "shell", "-v", "0", "-c", "from tests.journeys.stage import main; main()")
    found: dict[str, Any] = json.loads(told.strip().splitlines()[-1])
    return found


@pytest.fixture
def people(product: Product, browser: Any) -> Iterator[Any]:
    """`people(login)` opens a signed-in browser of that person's own; `people(None)` a visitor's."""
    contexts: list[Any] = []

    def enter(login: str | None, *, javascript: bool = True, width: int = 1280) -> Any:
        context = browser.new_context(
            base_url=product.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
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

    yield enter
    for context in contexts:
        context.close()
