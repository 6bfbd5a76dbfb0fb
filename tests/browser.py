"""Finding and starting Chromium for the tests that look at pages as people do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

UNPACKED = Path(__file__).resolve().parents[1] / "var" / "chromium"
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_ARGUMENTS = [
    "--disable-gpu",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--disable-dev-shm-usage",
]


def find() -> Path | None:
    """The variable CHROMIUM, else the system's Chromium, else the one unpacked under var/."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named)
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    unpacked = UNPACKED / "chromium"
    return unpacked if unpacked.exists() else None


def options(*more: str) -> dict[str, Any]:
    """How Chromium is started here; ``more`` are further arguments of its command line."""
    path = find()
    if path is None:
        raise RuntimeError("no Chromium on this machine: `make test` gets one, or set CHROMIUM")
    env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "LD_LIBRARY_PATH"}}
    if path.is_relative_to(UNPACKED):
        env["LD_LIBRARY_PATH"] = f"{UNPACKED / 'al2023' / 'lib'}:{UNPACKED / 'lib'}:{UNPACKED}"
        env.setdefault("FONTCONFIG_PATH", str(UNPACKED))
    arguments = [*_ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 or path.is_relative_to(UNPACKED) else _ARGUMENTS
    return {"executable_path": str(path), "args": [*arguments, *more], "env": env}


@contextmanager
def launched() -> Iterator[Any]:
    """A running Chromium (a playwright Browser)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(**options())
        yield browser
        browser.close()


def ready(page: Any) -> Any:
    """The page, once every script it asked for has come (a key pressed before would fall on deaf ears)."""
    page.wait_for_function("document.documentElement.dataset.ready")
    return page
