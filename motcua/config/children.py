"""Processes under a supervisor: started in a group of their own, restarted when they die, ended together.

A child dies with its supervisor (PR_SET_PDEATHSIG) and carries the data folder's name in its environment, so that the
next start finds and ends whatever a `kill -9` of everything at once may have left.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

_MARK = "MOTCUA_SUPERVISED_FOR"
_LONGEST_PAUSE = 10.0  # seconds before a child that keeps dying is tried again
_STEADY = 30.0  # seconds of life after which earlier deaths are forgotten


@dataclass
class Child:
    """One supervised process and its log file."""

    name: str
    command: list[str]
    env: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    due: float = field(default=0.0)

    def start(self) -> None:
        """Start it, output to its log."""
        parent, libc = os.getpid(), ctypes.CDLL(None)

        def attach() -> None:
            libc.prctl(1, signal.SIGTERM, 0, 0, 0)  # PR_SET_PDEATHSIG
            if os.getppid() != parent:
                os._exit(1)

        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command, env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                start_new_session=True, preexec_fn=attach,
            )  # fmt: skip
        self.started = time.monotonic()

    def tend(self, say: Callable[[str], None]) -> None:
        """Restart the process when it is gone, after a pause that doubles with every quick death."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.kill_group()
        self.process = None
        self.deaths = 1 if now - self.started > _STEADY else self.deaths + 1
        pause = 0.0 if self.deaths == 1 else min(_LONGEST_PAUSE, 0.25 * 2**self.deaths)
        self.due = now + pause
        again = f"again in {pause:.0f} s" if pause else "starting it again"
        say(f"{self.name} ended ({_reason(code)}); {again}. Its log: {self.log}")

    def end(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def kill_group(self) -> None:
        """End whatever is left of it, helpers included, at once."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        with contextlib.suppress(OSError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        return ""


def end_all(children: Iterable[Child], patience: float = 1.5) -> None:
    """Ask all of them at once, wait `patience` seconds for all of them, then insist."""
    children = [child for child in children if child.process is not None]
    for child in children:
        child.end()
    deadline = time.monotonic() + patience
    while any(child.process.poll() is None for child in children if child.process) and time.monotonic() < deadline:
        time.sleep(0.02)
    for child in children:
        child.kill_group()
        if child.process is not None:
            child.process.wait()


def marked(folder: Path) -> dict[str, str]:
    """The environment variable that tells whose child a process is."""
    return {_MARK: str(folder)}


def end_leftovers(folder: Path, patience: float = 3.0) -> int:
    """End processes an earlier, killed supervisor of this data folder left; how many there were."""
    first = left = _leftovers(folder)
    deadline = time.monotonic() + patience
    while left:
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM if time.monotonic() < deadline else signal.SIGKILL)
        time.sleep(0.1)
        left = _leftovers(folder)
    return len(first)


def _leftovers(folder: Path) -> list[int]:
    mark = f"{_MARK}={folder}\0".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) not in {os.getpid(), os.getppid()}:
            with contextlib.suppress(OSError):
                if (
                    mark in (entry / "environ").read_bytes() + b"\0"
                    and b"postgres" not in (entry / "comm").read_bytes()
                ):
                    found.append(int(entry.name))
    return found


def _reason(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
