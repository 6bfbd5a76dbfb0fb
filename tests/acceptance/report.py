"""`make acceptance`: each demand, its tests, and whether they passed in the last full `make test`.

`--markdown` prints docs/acceptance.md instead.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections import Counter

import pytest

from tests.acceptance.proof import COUNTS, IDS, RESULTS, ids_of


class _Collector:
    """Asks pytest which tests prove what, without running them."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            for one in ids_of(item):
                name = item.nodeid.partition("[")[0]
                if name not in self.tests.setdefault(one, []):
                    self.tests[one].append(name)


def collect() -> dict[str, list[str]]:
    """Demand → names of the tests that claim to prove it, parametrised ones once."""
    collector = _Collector()
    words = io.StringIO()
    with contextlib.redirect_stdout(words):
        code = pytest.main(["--collect-only", "-q", "tests"], plugins=[collector])
    if code not in {0, 5}:
        print(words.getvalue()[-4000:])
        raise SystemExit("some tests do not even import; the list would lie")
    return collector.tests


def states(claims: dict[str, list[str]]) -> dict[str, str]:
    """Demand → passed, failed, skipped, not run or not yet."""
    last: dict[str, dict[str, str]] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    found = {}
    for one in IDS:
        tests = claims.get(one, [])
        outcomes = {result for name, result in last.get(one, {}).items() if name.partition("[")[0] in tests}
        if not tests:
            found[one] = "not yet"
        elif "failed" in outcomes:
            found[one] = "failed"
        elif "passed" in outcomes:
            found[one] = "passed"
        else:
            found[one] = "skipped" if outcomes else "not run"
    return found


def page(claims: dict[str, list[str]]) -> str:
    """docs/acceptance.md: what is claimed to be proved, by which tests. It holds no results: `make acceptance` does."""
    lines = [
        "# Demands and their proofs",
        "",
        "Written by `.venv/bin/python -m tests.acceptance.report --markdown > docs/acceptance.md`; do not edit. The",
        "ids number the demands of five provincial regulations: Bắc Ninh (BN), Bình Định (BD), Cao Bằng (CB), Hưng",
        "Yên (HY), Kon Tum (KT). A test is named only if it proves the demand by itself or completes another one's",
        "proof. Whether they pass today is what `make acceptance` prints.",
        "",
        "| regulation | demands | with a proof |",
        "|---|---|---|",
    ]
    for source, count in COUNTS.items():
        lines.append(f"| {source} | {count} | {sum(one.startswith(source + '-') for one in claims)} |")
    lines += [f"| all | {len(IDS)} | {len(claims)} |", "", "| id | proof |", "|---|---|"]
    for one in IDS:
        lines.append(f"| {one} | {'<br>'.join(f'`{name}`' for name in claims.get(one, [])) or 'not yet'} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Print the list; 1 when a proof failed."""
    claims = collect()
    state = states(claims)
    if "--markdown" in arguments:
        print(page(claims), end="")
        return 0
    for one in IDS:
        tests = claims.get(one, [])
        print(f"{one:<7}{state[one]:<9}{tests[0] if tests else ''}")
        for name in tests[1:]:
            print(" " * 16 + name)
    totals = Counter(state.values())
    by_source = ", ".join(
        f"{source} {sum(state[one] == 'passed' for one in IDS if one.startswith(source + '-'))}/{count}"
        for source, count in COUNTS.items()
    )
    print(f"\n{len(IDS)} demands: " + ", ".join(f"{count} {name}" for name, count in totals.most_common()) + ".")
    print(f"Passed, by regulation: {by_source}.")
    if not RESULTS.exists():
        print("No full test run on record: `make test` writes one.")
    return 1 if totals["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
