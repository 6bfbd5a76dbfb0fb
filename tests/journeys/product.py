"""The whole product in a folder of its own, started and stopped as an operator would."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PATIENCE = 180
"""Seconds to wait for something the product must do by itself; only a broken product uses them up."""

OWN = ("MOTCUA_TESTING", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER", "SMTP_URL", "SMS_URL")


class Product:
    """`motcua run` with a demo province but without its three hundred dossiers."""

    def __init__(self, folder: Path, *, province: str = "") -> None:
        self.folder, self.province = folder, province
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Bring it up and wait until demo accounts are there."""
        environment = {key: value for key, value in os.environ.items() if key not in OWN}
        environment |= {
            "DATA_DIR": str(self.folder),
            "PORT": str(self.port),
            "DEMO_DOSSIERS": "0",
            "LOOKUP_TRIES": "10000",
            **self._place(),
        }
        (self.folder / "demo.json").unlink(missing_ok=True)
        with (self.folder / "run.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "motcua.config.cli", "run"],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.until((self.folder / "demo.json").exists, "the product did not come up")

    def stop(self) -> None:
        """Ctrl-C; whatever is left afterwards is killed."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def kill(self, *names: str) -> int:
        """`kill -9` every process of the product whose command line holds one of these names; answers how many."""
        hit = 0
        for pid in self.processes():
            if any(name in _command(pid) for name in names):
                try:
                    os.kill(pid, signal.SIGKILL)
                    hit += 1
                except ProcessLookupError:
                    continue
        return hit

    def processes(self) -> list[int]:
        """Every process below the supervisor, and the supervisor itself."""
        assert self.process is not None
        children: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                except (OSError, IndexError):
                    continue
                children.setdefault(parent, []).append(int(entry.name))
        found, queue = [], [self.process.pid]
        while queue:
            pid = queue.pop()
            found.append(pid)
            queue += children.get(pid, [])
        return found

    def accounts(self) -> dict[str, dict[str, str]]:
        """Demo accounts by login."""
        facts: dict[str, Any] = json.loads((self.folder / "demo.json").read_text())
        return {account["login"]: account for account in facts["accounts"]}

    def command(self, *verb: str) -> str:
        """What `motcua <verb>` prints against this product's data."""
        environment = {key: value for key, value in os.environ.items() if key not in OWN}
        environment |= {"DATA_DIR": str(self.folder), "BASE_URL": self.url, **self._place()}
        done = subprocess.run(
            [sys.executable, "-m", "motcua.config.cli", *verb],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _place(self) -> dict[str, str]:
        return {"PROVINCE": self.province} if self.province else {}

    def letters(self) -> list[dict[str, Any]]:
        """All that the sandbox twins of mail and SMS have received."""
        return [
            json.loads(line)
            for path in sorted((self.folder / "sandbox").glob("*.jsonl"))
            for line in path.read_text().splitlines()
            if line.strip()
        ]

    def until(self, condition: Any, otherwise: str) -> Any:
        """Wait until the product has done something by itself."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := condition():
                return found
            if self.process is not None and self.process.poll() is not None:
                break
            time.sleep(0.1)
        log = (self.folder / "run.log").read_text(errors="replace")[-3000:]
        raise AssertionError(f"{otherwise}\n{log}")


def _command(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
