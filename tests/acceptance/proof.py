"""What ties the demands of the acceptance list to the tests that prove them: `@accepts("BN-11")` on any test."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

COUNTS = {"BN": 20, "BD": 86, "CB": 25, "HY": 39, "KT": 26}
"""How many demands each of the five regulations makes: Bắc Ninh, Bình Định, Cao Bằng, Hưng Yên, Kon Tum."""

IDS = [f"{source}-{number}" for source, count in COUNTS.items() for number in range(1, count + 1)]
RESULTS = Path(__file__).resolve().parents[2] / "var" / "acceptance.json"
"""What the last full run found: {"<id>": {"<test>": "passed" | "failed" | "skipped"}}."""


def accepts(*ids: str) -> pytest.MarkDecorator:
    """Mark a test (or class, or module through `pytestmark`) as proof of these demands; an unknown id fails."""
    unknown = [one for one in ids if one not in IDS]
    if unknown or not ids:
        raise ValueError(f"no such demand: {', '.join(unknown) or '(none given)'}")
    return pytest.mark.accepts(*ids)


def ids_of(item: pytest.Item) -> list[str]:
    """The demands a collected test proves, in order, each once."""
    return list(dict.fromkeys(one for mark in item.iter_markers("accepts") for one in mark.args))


class _Recorder:
    """Notes which tests prove which demand, and whether they passed."""

    def __init__(self) -> None:
        self.proofs: dict[str, dict[str, str]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: Any) -> Iterator[Any]:
        report = yield
        report.user_properties = [*report.user_properties, ("accepts", ids_of(item))]
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        ids = dict(report.user_properties).get("accepts", [])
        for one in ids if isinstance(ids, list) else []:
            tests = self.proofs.setdefault(one, {})
            if report.failed:
                tests[report.nodeid] = "failed"
            elif report.skipped:
                tests.setdefault(report.nodeid, "skipped")
            elif report.when == "call":
                tests.setdefault(report.nodeid, "passed")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        target = os.environ.get("ACCEPTANCE_RESULTS")
        if target and "PYTEST_XDIST_WORKER" not in os.environ:
            path = Path(target)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(self.proofs, indent=1, sort_keys=True))


def pytest_plugin() -> _Recorder:
    """The plugin the root conftest registers."""
    return _Recorder()
