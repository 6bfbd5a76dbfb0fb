"""`make test [T=…]`: the whole suite on two processes, or only the named part of it in one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """pytest's exit code. Browser tests of one file stay in one process (`--dist loadfile`).

    Files are given out as they were collected (`--no-loadscope-reorder`): `tests/conftest.py` puts the long ones first.
    """
    command = [sys.executable, "-m", "pytest", "-q"]
    env = dict(os.environ)
    if arguments:
        command += arguments
    else:
        command += ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "--durations", "15"]
        env["ACCEPTANCE_RESULTS"] = str(ROOT / "var" / "acceptance.json")
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
