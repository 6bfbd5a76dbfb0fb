"""`make check` and `make fix`: everything that can be judged without running the product.

Each check prints one line; what a failing one has to say comes below it. All of them run, then the exit code tells.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON_FILES = ["motcua", "tests", "tools", *(["bench"] if (ROOT / "bench").exists() else [])]


def templates() -> list[str]:
    """Every HTML template of ours."""
    return sorted(str(p.relative_to(ROOT)) for p in (ROOT / "motcua").glob("*/templates/**/*.html"))


def checks() -> dict[str, list[str]]:
    """Name and command of each check, the slow ones first."""
    python = str(sys.executable)
    return {
        "types": [f"{BIN}/mypy"],
        "house": [python, "-m", "pytest", "-q", "tests/house"],
        "django": [python, "tools/check_django.py"],
        "imports": [f"{BIN}/lint-imports", "--no-cache"],
        "format": [f"{BIN}/ruff", "format", "--check", "-q", *PYTHON_FILES],
        "lint": [f"{BIN}/ruff", "check", "--output-format=concise", "-q", *PYTHON_FILES],
        "templates": [f"{BIN}/djade", "--target-version", "5.2", "--check", *templates()],
        "translations": [python, "tools/messages.py", "--check"],
        "map": [python, "tools/map.py", "--check"],
    }


def mend() -> None:
    """What `make fix` runs first."""
    python = str(sys.executable)
    for command in (
        [f"{BIN}/ruff", "check", "--fix", "-q", "--exit-zero", *PYTHON_FILES],
        [f"{BIN}/ruff", "format", "-q", *PYTHON_FILES],
        [f"{BIN}/djade", "--target-version", "5.2", *templates()],
        [python, "tools/messages.py"],
        [python, "tools/map.py"],
    ):
        subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)


def run(command: Sequence[str]) -> tuple[int, str, float]:
    """Exit code, words and seconds of one command."""
    began = time.monotonic()
    env = os.environ | {"MOTCUA_TESTING": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=env, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return done.returncode, done.stdout, time.monotonic() - began


def main(arguments: Sequence[str]) -> int:
    """0 when every check passes."""
    if "--fix" in arguments:
        mend()
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, (code, words, seconds) in zip(checks(), pool.map(run, checks().values()), strict=True):
            print(f"{'ok  ' if code == 0 else 'FAIL'} {name:<14}{seconds:5.1f} s", flush=True)
            if code:
                failed.append(name)
                print("\n".join("     " + line for line in words.rstrip().splitlines()[-60:]), flush=True)
    if failed:
        print(f"make check: {', '.join(failed)} failed. `make fix` mends all but types, imports and house.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
