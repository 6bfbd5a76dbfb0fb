"""What the product's processes take: CPU from /proc/<pid>/stat, memory from smaps_rollup."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def descendants(root: int) -> dict[int, int]:
    """Every process below `root` (itself included) with its parent."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    found = {root: parents.get(root, 0)}
    grown = True
    while grown:
        more = {pid: parent for pid, parent in parents.items() if parent in found and pid not in found}
        found |= more
        grown = bool(more)
    return found


def roles(root: int) -> dict[str, list[int]]:
    """The product's processes by what they do: web, worker, database, others."""
    found: dict[str, list[int]] = {"web": [], "worker": [], "database": [], "others": []}
    parents = descendants(root)
    for pid in parents:
        found[_role(pid, parents)].append(pid)
    return found


def _role(pid: int, parents: dict[int, int]) -> str:
    at: int | None = pid
    while at in parents:
        words = _command(at)
        if "granian" in words:
            return "web"
        if "motcua.config.cli worker" in words:
            return "worker"
        if "postgres" in words and "/bin/postgres" in words:
            return "database"
        at = parents.get(at)
    return "others"


def _command(pid: int) -> str:
    with contextlib.suppress(OSError):
        return (Path("/proc") / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def cpu_seconds(pids: list[int]) -> float:
    """CPU these processes took so far, with that of children they have already reaped."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError, IndexError):
            cells = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(cell) for cell in cells[11:15])
    return ticks / TICK


def memory(pids: list[int]) -> tuple[float, float]:
    """Resident and proportional memory of these processes, in MB."""
    rss = pss = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines():
                if line.startswith("Rss:"):
                    rss += int(line.split()[1])
                elif line.startswith("Pss:"):
                    pss += int(line.split()[1])
    return rss / 1024, pss / 1024
