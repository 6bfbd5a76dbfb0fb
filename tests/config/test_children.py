"""What dies is started again; what is told to end ends, helpers included."""

import os
import signal
import subprocess
import sys

import pytest

from motcua.config import children
from motcua.config.children import Child

_SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]
_STUBBORN = [
    sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)",
]  # fmt: skip


@pytest.fixture
def child(tmp_path):
    child = Child("sleeper", _SLEEPER, dict(os.environ) | children.marked(tmp_path), tmp_path / "sleeper.log")
    yield child
    child.kill_group()
    if child.process:
        child.process.wait()


def test_a_killed_child_is_started_again_at_once(child):
    said = []
    child.start()
    first = child.process
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    child.tend(said.append)
    child.tend(said.append)
    assert child.process.pid != first.pid
    assert "SIGKILL" in said[0]


def test_a_child_that_keeps_dying_waits_longer_each_time(tmp_path):
    child = Child("broken", [sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ), tmp_path / "log")
    pauses = []
    for _ in range(4):
        child.start()
        child.process.wait()
        before = child.due
        child.tend(lambda words: None)
        pauses.append(child.due - max(before, child.started))
    assert pauses == sorted(pauses)
    assert child.deaths == 4


def test_ending_all_insists_after_its_patience(tmp_path):
    stubborn = Child("stubborn", _STUBBORN, dict(os.environ), tmp_path / "log")
    stubborn.start()
    children.end_all([stubborn], patience=0.1)
    assert stubborn.process.returncode in {-signal.SIGKILL, -signal.SIGTERM}


def test_leftovers_of_a_killed_supervisor_are_found_by_their_mark(tmp_path):
    left = subprocess.Popen(_SLEEPER, env=os.environ | children.marked(tmp_path), stdout=subprocess.PIPE)
    assert left.stdout.readline() == b"up\n"
    other = subprocess.Popen(_SLEEPER, env=os.environ | children.marked(tmp_path / "other"), stdout=subprocess.PIPE)
    assert other.stdout.readline() == b"up\n"
    os.waitid(os.P_PID, left.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    reaper = subprocess.run(
        [sys.executable, "-c", f"from motcua.config.children import _leftovers; from pathlib import Path\n"
         f"print(_leftovers(Path({str(tmp_path)!r})))"],
        capture_output=True, text=True, env=os.environ | {"PYTHONPATH": "."}, check=True,
    )  # fmt: skip
    assert reaper.stdout.strip() == f"[{left.pid}]"
    for process in (left, other):
        process.kill()
        process.wait()
        process.stdout.close()
