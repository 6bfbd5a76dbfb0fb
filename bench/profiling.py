"""Where the time of each operation goes: one process, no network, cProfile; the dearest functions and parts."""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import random
import sys
import time
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench.client import Answer, Browser  # noqa: E402
from bench.operations import OPERATIONS  # noqa: E402

ROUNDS = {"submit": 10}
PARTS = (
    "psycopg", "django/template", "django/db", "django/forms", "django/middleware", "django/contrib/sessions",
    "django/core", "django/utils", "django/http", "django", "pikepdf", "zlib", "motcua/rules/eforms",
    "motcua/rules/worktime", "motcua/rules", "motcua/eforms", "motcua/dossiers", "motcua/audit", "motcua/files",
    "motcua/portal", "motcua/desk", "motcua/ui", "motcua",
)  # fmt: skip


class Inside(Browser):
    """The same browser without a network."""

    def __init__(self, number: int) -> None:
        super().__init__(port=0, number=number)
        self.client = Client(
            enforce_csrf_checks=True, HTTP_ACCEPT_ENCODING="gzip, deflate, br", REMOTE_ADDR="127.0.2.1"
        )

    def get(self, path: str) -> Answer:
        return self._told(self.client.get, path)

    def post(self, path: str, values: dict[str, str]) -> Answer:
        return self._told(self.client.post, path, values)

    def upload(self, path: str, values: dict[str, str], file: tuple[str, str, bytes]) -> Answer:
        part, name, content = file
        return self._told(self.client.post, path, {**values, part: SimpleUploadedFile(name, content)})

    def _told(self, ask: Any, *arguments: Any) -> Answer:
        self.requests += 1
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        response = ask(*arguments)
        head = "".join(f"\r\n{name}: {value}" for name, value in response.items()) + "\r\n"
        return Answer(response.status_code, head.encode(), b"".join(response))


class Counter:
    """Counts queries."""

    seen = 0

    def __call__(self, execute: Any, *call: Any) -> Any:
        self.seen += 1
        return execute(*call)


def main() -> None:
    """Print, for each operation: requests, queries, milliseconds, the dearest functions and parts."""
    world = json.loads((Path(os.environ["DATA_DIR"]) / "world.json").read_text())
    for name, operation in OPERATIONS.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        browser, draw, rounds = Inside(200), random.Random(3), ROUNDS.get(name, 60)
        for _ in range(3):
            operation(browser, world, draw)
        browser.requests = 0
        counter = Counter()
        with connection.execute_wrapper(counter):
            operation(browser, world, draw)
        requests = browser.requests
        began = time.process_time()
        for _ in range(rounds):
            operation(browser, world, draw)
        plain = (time.process_time() - began) / rounds * 1000
        profile = cProfile.Profile(time.process_time)
        profile.enable()
        for _ in range(rounds):
            operation(browser, world, draw)
        profile.disable()
        print(f"\n  {name}: {requests} requests, {counter.seen} queries, {plain:.1f} ms CPU in this process")
        _show(pstats.Stats(profile), rounds)


def _show(stats: pstats.Stats, rounds: int) -> None:
    table = stats.stats  # type: ignore[attr-defined]
    parts: dict[str, float] = {}
    for (file, _line, function), (_cc, _nc, own, _whole, _callers) in table.items():
        place = file if file != "~" else function
        part = next((one for one in PARTS if one in place), "python and others")
        parts[part] = parts.get(part, 0.0) + own
    total = sum(parts.values())
    print(
        "    own time by part: "
        + ", ".join(f"{part} {100 * own / total:.0f} %" for part, own in sorted(parts.items(), key=lambda x: -x[1])[:9])
    )
    dear = sorted(table.items(), key=lambda item: -item[1][3])
    shown = 0
    for (file, line, function), (calls, _nc, _own, whole, _callers) in dear:
        if "motcua/" not in file or "/bench/" in file:
            continue
        where = f"{file.split('motcua/', 1)[-1]}:{line} {function}"
        print(f"    {whole / rounds * 1000:7.2f} ms in all, {calls / rounds:6.1f} calls  {where}")
        shown += 1
        if shown == 14:
            break


if __name__ == "__main__":
    main()
